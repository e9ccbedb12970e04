r"""A large JSON file as the signs that it is built of, however it is written: UTF-8, UTF-16, UTF-32, Big5, GB18030.

What JSON is built of is ASCII. It is read as it stands there, and any other character of another encoding than UTF-8
as `?`, one for each unit of that encoding (two bytes in UTF-16): so a place among the signs is one in the file, nothing
has to be written anew, and half of a Chinese character is never taken for `\` or `{`.
"""

import re
from pathlib import Path
from typing import BinaryIO

from detectors.documents.formats.decoding import marked
from detectors.documents.formats.lined import LOOKED, NoTextError, Written, head, written

_CHINESE = frozenset({"big5hkscs", "gb18030"})
_CHARACTERS = re.compile(rb"(?:[\x80-\xff](?:[0-9][\x81-\xfe][0-9]|[@-~\x80-\xfe])?+)++")
"""Those of Big5 or GB18030 beyond ASCII, two bytes each or four; the later ones may look like ASCII from `0` on."""
_CERTAIN = re.compile(rb".*[\x00-/]", re.DOTALL)
"""Up to the last byte that can be no part of one: a space, a quotation mark, a comma, the end of a line."""
_BACK = 1 << 12
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
"""Characters of two units in UTF-16."""


def written_json(path: Path) -> Written:
    """How a JSON file is written, by its beginning; as UTF-8, which JSON should be, where nothing tells."""
    with path.open("rb") as file:
        try:
            return written(head(file))
        except NoTextError:
            return Written()


class Signs:
    """The file. Places are counted in units of its encoding; `begin` is the first one behind a byte order mark."""

    def __init__(self, file: BinaryIO, how: Written) -> None:
        self._file, self._how, self._at = file, how, 0
        self.width = len(how.end)
        """Bytes of a unit."""
        file.seek(0)
        self.begin = len(marked(file.read(4))[0]) // self.width

    @property
    def end(self) -> int:
        """Where the file ends."""
        return self._file.seek(0, 2) // self.width

    def seek(self, at: int) -> None:
        """Read on at a place."""
        self._at = at

    def read(self, count: int) -> bytes:
        """The next signs, fewer at the end of the file, where there are none."""
        start, self._at = self._at, self._at + count
        if self._how.encoding in _CHINESE:
            certain = self._certain(start)
            return _CHARACTERS.sub(_hidden, self._raw(certain, start + count))[start - certain :]
        raw = self._raw(start, start + count)
        if self._how.plain:
            return raw
        text = raw.decode(self._how.encoding, "surrogatepass" if self.width == 2 else "replace")
        return (_ASTRAL.sub("??", text) if self.width == 2 else text).encode("ascii", "replace")

    def text(self, start: int, end: int) -> bytes:
        """What stands between two places, in UTF-8."""
        raw = self._raw(start, end)
        return raw if self._how.plain else raw.decode(self._how.encoding, "replace").encode("utf-8")

    def _raw(self, start: int, end: int) -> bytes:
        self._file.seek(start * self.width)
        raw = self._file.read((end - start) * self.width)
        return raw[: len(raw) - len(raw) % self.width]

    def _certain(self, at: int) -> int:
        """The nearest place at or before `at` where a character begins for sure."""
        back = _BACK
        while at > 0:
            start = max(0, at - back)
            if sure := _CERTAIN.match(self._raw(start, at)):
                return start + sure.end()
            if not start:
                break
            back *= 8
        return 0


def _hidden(characters: re.Match[bytes]) -> bytes:
    return b"?" * len(characters[0])


def beginning(path: Path) -> bytes:
    """The signs that a JSON file begins with: enough to tell whose it is."""
    with path.open("rb") as file:
        signs = Signs(file, written_json(path))
        signs.seek(signs.begin)
        return signs.read(LOOKED)
