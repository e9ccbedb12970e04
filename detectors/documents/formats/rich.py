"""RTF: the words between its control words (Microsoft's specification 1.9.1), in Unicode or the code page it names."""

import re
from collections.abc import Iterator

from detectors.documents.document import Place
from detectors.documents.formats import text
from detectors.documents.formats.intake import Intake

_PIECE = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-z'])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<said>[^\\{}\r\n]+)",
    re.DOTALL,
)
_UNSEEN = frozenset(
    b"fonttbl colortbl stylesheet pict themedata datastore listtable listoverridetable rsidtbl generator".split()
)
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t"}
_PAGES = {b"936": "gb18030", b"950": "big5hkscs"}


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take what a reader sees, and the notes and properties."""
    words = "".join(_words(data)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text.add(words, take, place)


def _words(data: bytes) -> Iterator[str]:
    page = re.search(rb"\\ansicpg(\d+)", data[:2_000])
    encoding = _PAGES.get(page[1], f"cp{page[1].decode()}") if page else "cp1252"
    hidden, depth, skip, instead, run = 0, 0, 0, 1, bytearray()
    for piece in _PIECE.finditer(data):
        written = piece["said"] or (bytes((int(piece["byte"], 16),)) if piece["byte"] else b"")
        if written:
            kept = written[skip:] if piece["said"] else written * (not skip)
            skip = max(0, skip - len(written))
            run += b"" if hidden else kept
            continue
        if run:
            yield _decoded(bytes(run), encoding)
            run.clear()
        if piece["open"]:
            depth += 1
        elif piece["close"]:
            depth -= 1
            hidden = 0 if depth < hidden else hidden
        elif piece["word"] in _UNSEEN or piece["sign"] == b"*":
            hidden = hidden or depth
        elif not hidden:
            instead = int(piece["number"] or 1) if piece["word"] == b"uc" else instead
            skip = instead if piece["word"] == b"u" else skip
            yield _said(piece)
    yield _decoded(bytes(run), encoding)


def _said(piece: re.Match[bytes]) -> str:
    """What a control word or sign stands for."""
    if piece["word"] == b"u" and piece["number"]:
        return chr(int(piece["number"]) % 0x10000)
    if piece["sign"] in (b"\\", b"{", b"}"):
        return piece["sign"].decode()
    return " " if piece["sign"] == b"~" else _BREAKS.get(piece["word"], "")


def _decoded(run: bytes, encoding: str) -> str:
    try:
        return run.decode(encoding, "replace")
    except LookupError:
        return run.decode("cp1252", "replace")
