"""Names in Chinese characters: 陳大文, 陳生, 家豪, 琪琪.

Chinese has no capitals and no blanks, so the characters decide: surnames, characters that names are made of, and a list
of ordinary words that look alike.
"""

import re
from collections.abc import Iterator

from detectors.recognizers.people.lists import Lists
from detectors.recognizers.people.name import Name
from detectors.text.normalise import fold_han

_GRAMMAR = frozenset(
    "的是在有係唔我你佢嘅個話了不人咗緊過住啲呢嗰邊乜點做去嚟返俾同埋都仲又就先到要冇未得可以會上下日年月號時分元蚊"
)
_BORDERS = frozenset(
    "名嘅個話係今請電同搵叫幫俾畀先呢嗰,、。:; \t\n()-+的是的在有冇要身住喺仲都就會去做確被食打睇入出返走"
    "病放約拎飲考升轉過收得炒唔未而又份呀喇啦僱雇退辭停"
)
"""What may stand before and behind a name."""
_BEFORE = _BORDERS | frozenset(fold_han("把將給讓跟和與及對欠替為由令找問請要罰員到向勸說賠補扣發"))
"""What may stand before one."""
_BEHIND = _BORDERS | frozenset(
    fold_han("最已正登隻對也還因自不沒前昨尋琴他她這那寫領拿借從說績試屋補嗰跟和與及把將給讓因談漲賠簽差離休懷查患")
)
"""What may stand behind one."""
_PLACE = re.compile(
    r"(?![喺去話住係嘅入到])[\u4e00-\u9fff]{0,2}(?:村|苑|樓|閣|花園|道|街|路|半島|城|零售|集團|公司|有限|貿易|科技|飲食|酒樓|醫院|大廈|中心|測試|眼|病)"
)


def han_names(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    """Yield the names that begin in text[start:end], from left to right: with a surname, or a given name alone."""
    opening = None if text.isascii() else lists.opening.search(text, start, end)
    while opening:
        at = opening.start()
        name = _at(text, at, lists)
        if name:
            yield name
        opening = lists.opening.search(text, name.end if name else at + 1, end)


def _at(text: str, at: int, lists: Lists) -> Name | None:
    for size in (2, 1):
        if text[at : at + size] in lists.han_surnames:
            found = _titled(text, at, at + size, lists) or _behind_surname(text, at, at + size, lists)
            if found:
                return found
    return _given_alone(text, at, lists)


def _titled(text: str, at: int, behind: int, lists: Lists) -> Name | None:
    """陳生, 李小姐: a short title must not be a part of a word with the surname."""
    if text[behind : behind + 1] not in lists.titles_begin:
        return None
    title = lists.titles.match(text, behind)
    if not title or (title["short"] and is_word(text, at, lists)):
        return None
    return Name(at, title.end(), 0.85, ("surname", "title"))


def _behind_surname(text: str, at: int, given: int, lists: Lists) -> Name | None:
    """陳大文, 歐陽家豪; with less to go by only where a name may begin and end."""
    first, second = text[given : given + 1], text[given + 1 : given + 2]
    strong = (first in lists.characters) + (second in lists.characters)
    both = strong + (first in lists.common_characters) + (second in lists.common_characters) == 2
    if not (strong or both) or is_word(text, at, lists):
        return None
    begins = _may_begin(text, at)
    free = begins and may_end(text, given + 2)
    if both and (free or (strong and first + second not in lists.han_words)):
        return Name(at, given + 2, 0.85, ("surname", "given_name"))
    if free and is_han(second) and _may_be_given(first + second):
        return Name(at, given + 2, 0.55, ("surname", "rare_character"))
    if begins and first in lists.characters and may_end(text, given + 1):
        return Name(at, given + 1, 0.6, ("surname", "given_name"))
    return None


def _given_alone(text: str, at: int, lists: Lists) -> Name | None:
    """家豪, 綺雯: two characters that hardly occur but in names; 琪琪, 仙仙: the same one twice."""
    first, second = text[at], text[at + 1 : at + 2]
    double = first == second
    if not (double or second in lists.characters) or is_word(text, at, lists) or _PLACE.match(text, at + 2):
        return None
    free = first in lists.common_characters and _may_begin(text, at) and may_end(text, at + 2)
    if free or first in lists.characters:
        return Name(at, at + 2, 0.6, ("given_name",) if double else ("name_characters",))
    return None


def _may_begin(text: str, at: int) -> bool:
    """Tell whether a name may stand behind what stands before `at`."""
    return at == 0 or text[at - 1] in _BEFORE or not is_han(text[at - 1])


def may_end(text: str, at: int) -> bool:
    """Tell whether a name may stand before what stands at `at`."""
    return at >= len(text) or text[at] in _BEHIND


def _may_be_given(pair: str) -> bool:
    """Tell whether neither character is one of grammar: beside a name's character, names hold rare ones, too."""
    return not any(char in _GRAMMAR for char in pair)


def is_han(char: str) -> bool:
    """Tell whether this is a Chinese character."""
    return "\u4e00" <= char <= "\u9fff"


def is_word(text: str, at: int, lists: Lists) -> bool:
    """Tell whether an ordinary word begins at `at`."""
    words = lists.han_words
    return text[at : at + 2] in words or text[at : at + 3] in words or text[at : at + 4] in words
