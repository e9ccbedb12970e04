"""Names in Chinese characters: 陳大文, 陳生, 家豪, 阿明, 阿May, 權叔, 肥仔明, 欣欣.

Chinese has no capitals and no blanks, so the characters decide: surnames, characters that names are made of, and a list
of ordinary words that look alike.
"""

import re
from collections.abc import Iterator

from detectors.recognizers.people.latin import Name
from detectors.recognizers.people.lists import Lists

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_TITLED = re.compile(
    r"先生|小姐|女士|太太|經理|主任|姑娘|師傅|老師|醫生|律師|校長|教授|主管|總監|董事|主席|秘書|議員|sir|Sir|SIR"
    r"|(?P<short>總|生(?![日產存活意病命字果])|太(?![多大過太子古空陽]))"
)
_AH = re.compile(r"阿(?:[A-Z][A-Za-z]{1,11}|[a-z]{2,9}|[\u4e00-\u9fff])")
_GRAMMAR = frozenset(
    "的是在有係唔我你佢嘅個話了不人咗緊過住啲呢嗰邊乜點做去嚟返俾同埋都仲又就先到要冇未得可以會上下日年月號時分元蚊"
)
_KIN = frozenset("媽爸爺嫲公婆哥姐弟妹叔伯姨嬸嫂頭女仔囡孫乜邊哋")
_CALLED = re.compile(
    r"(?:肥仔|高佬|大佬|豬|肥|細|老|小)?(?P<name>[\u4e00-\u9fff])(?P<suffix>仔|姐|哥|叔|嫂|姨|伯|嬸|爺)"
)
_NICK = re.compile(r"(?:肥仔|肥妹|高佬|細|老|肥|大)(?P<name>[\u4e00-\u9fff])")
_LATIN_CALLED = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{1,10}(?:姐|哥|仔|叔|嫂|sir|Sir)")
_SUFFIX = re.compile("[仔姐哥叔嫂姨伯嬸爺]")
_LATIN_SUFFIX = re.compile("[姐哥仔叔嫂]|[sS]ir")
"""Quicker to look for than what they end."""
_NOT_BEFORE_SHORT = re.compile(r"[\u4e00-\u9fff]")
_PARTICLES = frozenset(
    "嘅個話係今請電同搵叫幫俾畀先呢嗰,、。:; \t\n()-+的是的在有冇要身住喺仲都就會去做確被食打睇入出返走"
    "病放約拎飲考升轉過收得炒唔未而又份呀喇啦僱雇退辭停"
)
_PLACE = re.compile(
    r"(?![喺去話住係嘅入到])[\u4e00-\u9fff]{0,2}(?:村|苑|樓|閣|花園|道|街|路|半島|城|零售|集團|公司|有限|貿易|科技|飲食|酒樓|醫院|大廈|中心|測試|眼|病)"
)


def han_names(text: str, lists: Lists) -> Iterator[Name]:
    """Yield the names in Chinese characters in a normalised text; some may overlap, the surer one comes first."""
    if text.isascii():
        for match in _LATIN_CALLED.finditer(text) if "sir" in text or "Sir" in text else ():
            yield Name(match.start(), match.end(), 0.85, ("nickname",))
        return
    yield from _nicknames(text, lists)
    for run in _HAN.finditer(text):
        yield from _full_names(text, run.start(), run.end(), lists)


def _full_names(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    """Read a run of characters from left to right: surname with title, surname with given name, given name alone."""
    opening = lists.han_opening.search(text, start, end)
    while opening:
        at = opening.start()
        name = _at(text, at, end, lists)
        if name:
            yield name
        opening = lists.han_opening.search(text, name.end if name else at + 1, end)


def _at(text: str, at: int, end: int, lists: Lists) -> Name | None:
    for size in (2, 1):
        if text[at : at + size] in lists.han_surnames and at + size < end + 3:
            found = _after_surname(text, at, at + size, end, lists)
            if found:
                return found
    return _given_alone(text, at, end, lists)


def _after_surname(text: str, at: int, given: int, end: int, lists: Lists) -> Name | None:
    title = _TITLED.match(text, given)
    if title and not (title["short"] and _is_word(text, at, lists)):
        return Name(at, title.end(), 0.85, ("surname", "title"))
    if _is_word(text, at, lists) or given >= end:
        return None
    free = _stands_free(text, at, given + 2)
    pair = text[given : given + 2] if given + 2 <= end else ""
    if _are_name_characters(pair, lists, enough=0 if free else 1):
        return Name(at, given + 2, 0.85, ("surname", "given_name"))
    if pair and free and _may_be_given(pair, lists):
        return Name(at, given + 2, 0.55, ("surname", "rare_character"))
    if text[given] in lists.characters and _stands_free(text, at, given + 1):
        return Name(at, given + 1, 0.6, ("surname", "given_name"))
    return None


def _given_alone(text: str, at: int, end: int, lists: Lists) -> Name | None:
    """家豪, 綺雯, 琪琪: two characters that hardly occur but in names."""
    pair = text[at : at + 2]
    if at + 2 > end or pair[1] not in lists.characters or _is_word(text, at, lists) or _PLACE.match(text, at + 2):
        return None
    if pair[0] in lists.characters or (pair[0] in lists.weak_characters and _stands_free(text, at, at + 2)):
        return Name(at, at + 2, 0.6, ("given_name",))
    return None


def _stands_free(text: str, start: int, end: int) -> bool:
    """Tell whether what stands before and behind may border a name."""
    before = start == 0 or text[start - 1] in _PARTICLES or not _NOT_BEFORE_SHORT.match(text[start - 1])
    return before and (end >= len(text) or text[end] in _PARTICLES)


def _are_name_characters(pair: str, lists: Lists, enough: int) -> bool:
    """Tell whether names are made of both characters, and of `enough` of them hardly anything else is."""
    strong = sum(char in lists.characters for char in pair)
    weak = sum(char in lists.weak_characters for char in pair)
    return strong + weak == 2 and strong >= enough


def _may_be_given(pair: str, lists: Lists) -> bool:
    """Tell whether one character is a name's, and the other at least none of grammar: names hold rare ones, too."""
    return any(char in lists.characters for char in pair) and not any(char in _GRAMMAR for char in pair)


def _is_word(text: str, at: int, lists: Lists) -> bool:
    return any(text[at : at + size] in lists.han_words for size in (2, 3, 4))


def _nicknames(text: str, lists: Lists) -> Iterator[Name]:
    for match in _AH.finditer(text):
        called = match.group()[1:]
        if called not in _KIN and called.lower() not in {"sir", "miss"}:
            yield Name(match.start(), match.end(), 0.8, ("nickname",))
    for match in _CALLED.finditer(text) if _SUFFIX.search(text) else ():
        char = match["name"]
        known = char in lists.characters or char in lists.weak_characters or char in lists.han_surnames
        if known and not _is_word(text, match.start(), lists) and not _is_word(text, match.start("name"), lists):
            yield Name(match.start(), match.end(), 0.75, ("nickname",))
    for match in _NICK.finditer(text):
        known = match["name"] in lists.characters or (match.group()[0] == "老" and match["name"] in lists.han_surnames)
        if known and not _is_word(text, match.start(), lists):
            yield Name(match.start(), match.end(), 0.65, ("nickname",))
    for match in _LATIN_CALLED.finditer(text) if _LATIN_SUFFIX.search(text) else ():
        yield Name(match.start(), match.end(), 0.85, ("nickname",))
