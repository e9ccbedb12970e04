"""How colleagues call each other: 阿明, 阿May, 權叔, 肥仔明, May姐; and whom they point to: @amy, staff no. 10234."""

import re
from collections.abc import Iterator

from detectors.recognizers.people.han import is_word, may_end
from detectors.recognizers.people.lists import GIVEN, GIVEN_WORD, SURNAME, SURNAME_WORD, Lists
from detectors.recognizers.people.name import HINT, Name
from detectors.text.normalise import fold_han

_AH = re.compile(r"阿(?:[A-Z][A-Za-z]{1,11}|[a-z]{2,9}|[\u4e00-\u9fff])")
_KIN = frozenset("媽爸爺嫲公婆哥姐弟妹叔伯姨嬸嫂女仔囡孫")
_NOBODY = frozenset({"頭", "乜", "邊", "哋", "sir", "miss"})
_CALLED = re.compile(
    r"(?:肥仔|高佬|大佬|豬|肥|細|老|小)?(?P<name>[\u4e00-\u9fff])"
    r"(?P<suffix>仔|姐|哥|叔|嫂|姨|伯|嬸|爺|婆婆|公公|婆|姑娘|記(?![錄得者住低性賬數認憶號]))"
)
_NICK = re.compile(
    fold_han(
        r"(?:肥仔|肥妹|高佬|矮仔|大隻|大舊|大頭|排骨|蛇王|駝背|光頭|崩牙|老鬼|傻|細|老|肥|大|小"
        r"|棚|釘板|石屎|泥水|板模|扎鐵|燒焊|大廚|二廚|科文|判頭)(?P<name>[\u4e00-\u9fff])"
    )
)
"""By their looks or their trade, and a character of their name: 肥榮, 排骨雄, 釘板標, 大廚輝."""

_NUMBERED = re.compile(
    fold_han(
        r"[二三四五六七八九](?<![第一二三四五六七八九十兩幾零\d].)"
        r"(?:叔公|舅公|姑婆|姨婆|叔|嫂|嬸|姑|姨|伯|舅)(?=[話個隻條嘅同今琴尋又都有冇入出返係去做喺傷病請,。:\s(]|$)"
    )
)
"""By their place among brothers and sisters: 三嫂, 八叔公."""

_COMMON = frozenset(fold_han("陳黃李張林梁劉吳郭鄭謝鄧馮蔡蘇曾潘徐朱胡楊羅趙譚許"))
"""Surnames that many bear and no word behind 大 or 細 begins with: 大陳, 細張."""
_LETTER = re.compile(r"[大細老肥](?:B(?![A-Za-z0-9])|[A-Z][a-z]{1,8}(?![A-Za-z]))")
"""細B, 肥Lo."""
_BYNAME = re.compile(
    r"(?:豆皮|波仔|四眼仔|四眼妹|四眼|老鬼|鬼仔|牛佬|波仔|雞仔|蛇仔|大碌木|光頭佬|肥仔|肥妹|肥婆|高佬|矮仔|大隻佬|黑仔)(?=[話個隻條嘅同今琴尋又都有冇入出返番係去做喺中發傷補俾上落隻對太老請前昨尋連快仲日夜返遣\s,。:(]|$)"
)
_LOOKS = re.compile(r"(?:肥[仔妹佬]|[大細老高矮黑][仔姐哥叔伯嬸嫂])(?![\u4e00-\u9fff]?[店粉褲裝紙])")
"""Called by their looks, without a name."""
_LATIN_CALLED = re.compile(
    r"[A-Za-z](?<![A-Za-z].)(?:(?<=[A-Z])[a-z]{1,10}"
    r"(?:[姐哥仔叔嫂嬸太伯生]|婆婆|姑娘|師傅|醫生|老師|[sS]ir| [mM]iss(?![A-Za-z]))"
    r"|(?<=[a-z])[a-z]{1,10}[姐哥仔叔嫂嬸])"
)
_SUFFIX = re.compile("[仔姐哥叔嫂姨伯嬸爺婆公姑記]")
_LATIN_SUFFIX = re.compile("[姐哥仔叔嫂嬸太伯生婆姑師醫老sS ](?:(?<=[^sS ])|(?<=[sS])ir|(?<= )[mM]iss)")
"""Quicker to look for than what they end."""

_INITIALS = re.compile(
    r"[A-Z](?<![A-Za-z0-9.&].)(?:\. ?(?P<surname>[A-Z][a-z]{1,14})|(?P<given_name>[a-z]{2,11}) [A-Z]\.)"
    r"(?![A-Za-z0-9])"
)
"""T. Kwok; Patrick K. without its P: the initial stays outside, as a sentence may seem to end behind it."""
_HANDLE = re.compile(r"(?<![\w.])@(?!here|channel|everyone|all|team)[A-Za-z][\w.]{1,30}")
_STAFF_NUMBER = re.compile(r"(?<![A-Za-z])(?:[Ss]taff|[Ee]mployee) (?:[Nn]o\.? ?|#)?[A-Z]{0,3}\d{3,}")


def called(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    """Yield the nicknames in text[start:end], and hints: handles and staff numbers."""
    if not text.isascii():
        yield from _nicknames(text, start, end, lists)
    for match in _LATIN_CALLED.finditer(text, start, end) if _LATIN_SUFFIX.search(text, start, end) else ():
        yield Name(match.start(), match.end(), 0.85, ("nickname",))
    for match in _INITIALS.finditer(text, start, end) if "." in text else ():
        part, wanted = ("surname", SURNAME | SURNAME_WORD) if match["surname"] else ("given_name", GIVEN | GIVEN_WORD)
        first, last = match.start(part) if match["surname"] else match.start(), match.end(part)
        if lists.words.get(text[first:last].lower(), 0) & wanted:
            yield Name(first, last, 0.7, (part,))
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
    yield from _nicked(text, start, end, lists)
    for match in _LETTER.finditer(text, start, end):
        yield Name(match.start(), match.end(), 0.65, ("nickname",))
    for match in _BYNAME.finditer(text, start, end):
        yield Name(match.start(), match.end(), 0.55, ("nickname",))
    for match in _NUMBERED.finditer(text, start, end):
        yield Name(match.start(), match.end(), 0.55, ("nickname",))
    for match in _LOOKS.finditer(text, start, end):
        if not is_word(text, match.start(), lists):
            yield Name(match.start(), match.end(), HINT, ("nickname",))


def _nicked(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    for match in _NICK.finditer(text, start, end):
        name = match["name"]
        known = _COMMON if match.group()[0] in "大細" else lists.han_surnames
        elder = match.group()[0] in "老小大細" and name in known
        told = (
            match.start("name") - match.start() > 1 and name in lists.common_characters and may_end(text, match.end())
        )
        if (elder or told or name in lists.characters) and not is_word(text, match.start(), lists):
            yield Name(match.start(), match.end(), 0.65, ("nickname",))
