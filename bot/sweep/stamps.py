"""How the lines of a WhatsApp export begin that begin a message; its reader tells more of them."""

import re

MARKS = "\u200e\u200f\ufeff\u202a\u202c"
"""What the app writes before its own words, and around names and numbers."""
_SPACE = r"[ \u00a0\u202f]"
HEAD = re.compile(
    rf"[{MARKS}]*(?P<open>\[)?(?P<one>\d{{1,4}})(?P<mark>[/.\-年])(?P<two>\d{{1,2}})[/.\-月](?P<three>\d{{1,4}})日?"
    rf",?{_SPACE}*(?:星期.{_SPACE}*)?(?P<before>[上下中]午|凌晨|清晨|早上|午夜|傍晚|晚上)?{_SPACE}*"
    rf"(?P<hour>\d{{1,2}})[:.時](?P<minute>\d\d)(?:[:.分](?P<second>\d\d))?秒?"
    rf"(?:{_SPACE}*(?P<after>[AaPp])\.?{_SPACE}?[Mm]\.?)?(?:\]{_SPACE}|{_SPACE}[-–]{_SPACE})"
)
_BEGINS = re.compile(rb"(?:\xe2\x80[\x8e\x8f\xaa]|\xef\xbb\xbf)*\[?\d{1,4}(?:[/.\-]|\xe5\xb9\xb4)\d")


def stamp(raw: bytes) -> tuple[re.Match[str], str] | None:
    """Return when and how a line begins a message, and the line as text; None for one that goes on."""
    if not _BEGINS.match(raw):
        return None
    text = raw.decode("utf-8", "replace").rstrip("\r\n")
    found = HEAD.match(text)
    if found is None or (found["open"] is None) == (text[found.end() - 2] == "]"):
        return None
    return found, text


def begins(raw: bytes) -> bool:
    """Tell whether a line begins a message."""
    return stamp(raw) is not None
