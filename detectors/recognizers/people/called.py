"""How colleagues call each other: 阿明, 阿May, 權叔, 肥仔明, May姐; and whom they point to: @amy, staff no. 10234."""

import re
from collections.abc import Iterator

from detectors.recognizers.people.han import is_word
from detectors.recognizers.people.lists import Lists
from detectors.recognizers.people.name import HINT, Name

_AH = re.compile(r"阿(?:[A-Z][A-Za-z]{1,11}|[a-z]{2,9}|[\u4e00-\u9fff])")
_KIN = frozenset("媽爸爺嫲公婆哥姐弟妹叔伯姨嬸嫂女仔囡孫")
_NOBODY = frozenset({"頭", "乜", "邊", "哋", "sir", "miss"})
_CALLED = re.compile(
    r"(?:肥仔|高佬|大佬|豬|肥|細|老|小)?(?P<name>[\u4e00-\u9fff])(?P<suffix>仔|姐|哥|叔|嫂|姨|伯|嬸|爺)"
)
_NICK = re.compile(r"(?:肥仔|肥妹|高佬|細|老|肥|大|小)(?P<name>[\u4e00-\u9fff])")
_LOOKS = re.compile(r"(?:肥[仔妹佬]|[大細老高矮黑][仔姐哥叔伯嬸嫂])(?![\u4e00-\u9fff]?[店粉褲裝紙])")
"""Called by their looks, without a name."""
_LATIN_CALLED = re.compile(r"(?<![A-Za-z])(?:[A-Z][a-z]{1,10}(?:[姐哥仔叔嫂嬸]|[sS]ir)|[a-z]{2,11}[姐哥仔叔嫂嬸])")
_SUFFIX = re.compile("[仔姐哥叔嫂姨伯嬸爺]")
_LATIN_SUFFIX = re.compile("[姐哥仔叔嫂嬸]|[sS]ir")
"""Quicker to look for than what they end."""

_HANDLE = re.compile(r"(?<![\w.])@(?!here|channel|everyone|all|team)[A-Za-z][\w.]{1,30}")
_STAFF_NUMBER = re.compile(r"(?<![A-Za-z])(?:[Ss]taff|[Ee]mployee) (?:[Nn]o\.? ?|#)?[A-Z]{0,3}\d{3,}")


def called(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    """Yield the nicknames in text[start:end], and hints: handles and staff numbers."""
    if not text.isascii():
        yield from _nicknames(text, start, end, lists)
    for match in _LATIN_CALLED.finditer(text, start, end) if _LATIN_SUFFIX.search(text, start, end) else ():
        yield Name(match.start(), match.end(), 0.85, ("nickname",))
    for match in _HANDLE.finditer(text, start, end) if "@" in text else ():
        yield Name(match.start(), match.end(), HINT, ("handle",))
    for match in _STAFF_NUMBER.finditer(text, start, end) if "taff " in text or "mployee " in text else ():
        yield Name(match.start(), match.end(), HINT, ("staff_number",))


def _nicknames(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    for match in _AH.finditer(text, start, end):
        name = match.group()[1:].lower()
        if name not in _NOBODY:
            yield Name(match.start(), match.end(), HINT if name in _KIN else 0.8, ("nickname",))
    for match in _CALLED.finditer(text, start, end) if _SUFFIX.search(text, start, end) else ():
        char = match["name"]
        known = char in lists.characters or char in lists.common_characters or char in lists.han_surnames
        if known and not is_word(text, match.start(), lists) and not is_word(text, match.start("name"), lists):
            yield Name(match.start(), match.end(), 0.75, ("nickname",))
    for match in _NICK.finditer(text, start, end):
        elder = match.group()[0] in "老小" and match["name"] in lists.han_surnames
        known = elder or match["name"] in lists.characters
        if known and not is_word(text, match.start(), lists):
            yield Name(match.start(), match.end(), 0.65, ("nickname",))
    for match in _LOOKS.finditer(text, start, end):
        if not is_word(text, match.start(), lists):
            yield Name(match.start(), match.end(), HINT, ("nickname",))
