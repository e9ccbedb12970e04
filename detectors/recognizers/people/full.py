"""Full names in Latin letters, as patterns over words that stand side by side."""

import re

from detectors.recognizers.people.lists import GIVEN, SURNAME, SURNAME_WORD, Lists
from detectors.recognizers.people.words import Word

Found = tuple[int, float, tuple[str, ...]]
"""How many words make a name, how sure that is, and why."""

_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i(?:ang|ong|ao|an|ng|a|e|n|u)?|u(?:ang|ai|an|o|a|i|e|n)?|ang|eng|ong|ai|ei|ao|ou|an|en|er|a|o|e)){2}"
)


def full_name(words: list[Word], lists: Lists) -> Found | None:
    """Return the longest name of several words (or one with a hyphen) that begins with the first of `words`."""
    return _surname_first(words, lists) or _given_first(words, lists) or _syllables_first(words)


def _surname_first(words: list[Word], lists: Lists) -> Found | None:
    """Chan Tai Man; CHAN Tai-man; Au Tsz Kit, Maria; Wu Jiaxin; Wong Peter."""
    if len(words) < 2 or not _may_be_surname(words[0]):
        return None
    start = 2 if lists.words.get(f"{words[0].lower}-{words[1].lower}", 0) & SURNAME else 1
    rest = words[start:]
    if rest and rest[0].syllables:
        return _with_english(words, start + 1), 0.9, ("surname", "syllables")
    if len(rest) > 1 and _are_syllables(rest[:2]) and rest[0].capital == rest[1].capital and _fits(words[0], rest[0]):
        return _with_english(words, start + 2), 0.9, ("surname", "syllables")
    if words[0].is_surname() and words[1].written in {"Sir", "sir"}:
        return 2, 0.7, ("surname", "title")
    return _surname_and_one(words[0], words[1])


def _may_be_surname(word: Word) -> bool:
    return word.is_surname() or bool(word.kinds & SURNAME_WORD and not word.is_ordinary())


def _surname_and_one(surname: Word, second: Word) -> Found | None:
    """Wong Peter; Wu Jiaxin; Chan Ming."""
    if not (surname.is_surname() and second.capital):
        return None
    if second.is_given():
        return 2, 0.8, ("surname", "given_name")
    if second.is_ordinary():
        return None
    if _PINYIN.fullmatch(second.lower):
        return 2, 0.7, ("surname", "pinyin")
    return (2, 0.65, ("surname", "syllable")) if second.is_syllable() and surname.kinds & SURNAME else None


def _given_first(words: list[Word], lists: Lists) -> Found | None:
    """Peter Chan; Peter Chan Tai Man; Peter Tai Man Chan; Rita Whitfield."""
    if not words[0].is_given() or len(words) < 2:
        return None
    second = words[1]
    if second.is_surname() and second.capital == words[0].capital:
        behind = _surname_first(words[1:], lists)
        more = behind[0] if behind and behind[2] == ("surname", "syllables") else 1
        return 1 + more, 0.9, ("given_name", "surname")
    if len(words) > 2 and _are_syllables(words[1:3]) and second.capital and not second.is_ordinary():
        return (4 if len(words) > 3 and words[3].is_surname() else 3), 0.85, ("given_name", "syllables")
    unlikely = second.is_unlikely() or second.is_given() or second.written.isupper()
    if second.capital and not unlikely and words[0].kinds & GIVEN:
        return 2, 0.7, ("given_name", "capital")
    return None


def _syllables_first(words: list[Word]) -> Found | None:
    """Hoi-Yan; Sze-Wing Choi; Tai Man Chan; Lai Kuen; Wing Wing."""
    first = words[0]
    if first.syllables:
        return (2 if len(words) > 1 and words[1].is_surname() else 1), 0.8, ("syllables",)
    pair = words[:2]
    if len(pair) > 1 and first.capital and first.written == pair[1].written and first.is_syllable():
        return 2, 0.6, ("syllables",)
    plain = len(pair) > 1 and _are_syllables(pair) and all(word.capital and not word.is_ordinary() for word in pair)
    if plain:
        return (3 if len(words) > 2 and words[2].is_surname() else 2), 0.6, ("syllables",)
    return None


def _with_english(words: list[Word], length: int) -> int:
    """Take the English name behind a Chinese one along: Au Tsz Kit, Maria."""
    return length + 1 if len(words) > length and words[length].is_given() and words[length].capital else length


def _are_syllables(words: list[Word]) -> bool:
    return all(word.is_syllable() for word in words)


def _fits(surname: Word, syllable: Word) -> bool:
    """In lower case nothing may be an English word: "so far on", "to go in"."""
    if surname.capital and syllable.capital:
        return True
    return not surname.capital and not syllable.capital and not syllable.is_ordinary()
