"""Plain text and Markdown, and HTML without its tags."""

from html.parser import HTMLParser

from detectors.documents.document import PartKind, Place, Unread
from detectors.documents.formats.decoding import decoded, is_text
from detectors.documents.formats.intake import Intake, UnreadError

_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_BLOCKS = frozenset(("address", "br", "div", "dd", "dt", "hr", "li", "ol", "p", "section", "tr", "ul", *_HEADINGS))
_UNSEEN = frozenset({"script", "style"})


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the text, whatever its encoding. Raises UnreadError for what is none."""
    text = decoded(data)
    if not is_text(text):
        raise UnreadError(Unread.NO_READER)
    add(without_tags(text) if _is_html(text) else text, take, place)


def add(text: str, take: Intake, place: Place) -> None:
    """Take a text, whatever ends its lines."""
    take.add(PartKind.TEXT, place, text.replace("\r\n", "\n").replace("\r", "\n"))


def without_tags(html: str) -> str:
    """Return what a reader sees of a page or mail: lines, and cells parted by tabs."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces)


def _is_html(text: str) -> bool:
    head = text[:1000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html"))


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append("\t")
        self.pieces += [f" {value} " for name, value in attrs if name == "href" and value and "mailto:" in value]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        elif tag in ("p", "div", "tr", "table"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))
