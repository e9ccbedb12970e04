"""Names in Latin letters: Chan Tai Man, Tai-man Chan, Peter Chan, Ah Fai, Sister Ying, Ms Chan, Kelvin.

At each word of a run the longest pattern wins. Capitals count: a name in lower case needs parts that are nothing but
names.
"""

from collections.abc import Iterator

from detectors.recognizers.people.full import Found, full_name
from detectors.recognizers.people.lists import (
    FAMILIAR,
    GIVEN,
    LEADING,
    ORGANISATION,
    PLACE,
    SURNAME,
    SURNAME_WORD,
    SYLLABLE,
    TITLE,
    Lists,
)
from detectors.recognizers.people.name import Name
from detectors.recognizers.people.single import before_number, hint, single
from detectors.recognizers.people.words import Word, runs_in

_LONGEST = 5
"""Words of the longest name."""
_MOST_HINTS = 50
"""Where more words of a stretch have a capital, as in a heading or a list of titles, capitals say nothing of names."""


def latin_names(text: str, start: int, end: int, lists: Lists) -> Iterator[Name]:
    """Yield the names and hints in text[start:end], from left to right, none inside another."""
    hints = 0
    for run in runs_in(text, start, end, lists):
        at = 0
        while at < len(run):
            length, name = _read(text, run, at, lists)
            if not length and hints < _MOST_HINTS:
                name = hint(text, run, at)
                hints += name is not None
            if name:
                yield name
            at += length or 1


def _read(text: str, run: list[Word], at: int, lists: Lists) -> tuple[int, Name | None]:
    """Return how many words of the run make a name or a place at `at` (0: they don't), and the name if it is one."""
    place = _place(run[at : at + 3], lists) if run[at].kinds & PLACE else 0
    if place:
        return place, None
    words = run[at : at + _LONGEST]
    found = (_known(text, words, lists) if words[0].is_known() else None) or before_number(text, words)
    if not found:
        return 0, None
    length, score, evidence = found
    if _is_thing(run, at, at + length):
        return length, None
    first = words[1] if evidence[0] == "title" else words[0]
    return length, Name(first.start, words[length - 1].end, score, evidence)


def _known(text: str, words: list[Word], lists: Lists) -> Found | None:
    return _titled(words, lists) or _familiar(words) or full_name(words, lists) or single(text, words[0])


def _titled(words: list[Word], lists: Lists) -> Found | None:
    """Ms Chan; Dr. Lam Siu Fai: the title stays outside."""
    if len(words) < 2 or not words[0].kinds & TITLE or words[1].is_ordinary():
        return None
    if not words[1].capital:
        return (2, 0.6, ("title",)) if _is_dictated(words) and words[0].lower != "miss" else None
    behind = _titled(words[1:], lists) or _familiar(words[1:]) or full_name(words[1:], lists)
    return (behind[0] if behind else 1) + 1, 0.85, ("title",)


def _familiar(words: list[Word]) -> Found | None:
    """Ah Fai; Sister Ying; ah fai, uncle bing, if it is a part of names."""
    if len(words) < 2 or not words[0].kinds & FAMILIAR:
        return None
    if words[0].capital and words[1].capital:
        return 2, 0.8, ("nickname",)
    return (2, 0.6, ("nickname",)) if _is_dictated(words) and not words[1].is_ordinary() else None


def _is_dictated(words: list[Word]) -> bool:
    """Tell whether a name stands behind a title where nothing has a capital, as in what people spoke: mrs pang."""
    return not words[0].capital and bool(words[1].kinds & (SURNAME | SURNAME_WORD | GIVEN | SYLLABLE))


def _is_thing(run: list[Word], first: int, after: int) -> bool:
    """Tell whether the word behind makes the name a firm's or a street's (Jade Garden), or the one before a thing's."""
    for behind in run[after : after + 2]:
        if not behind.capital:
            break
        if behind.kinds & ORGANISATION:
            return True
    before = run[first - 1] if first else None
    return bool(before and before.capital and before.kinds & LEADING)


def _place(words: list[Word], lists: Lists) -> int:
    """Return how many of the words name a place (Tsim Sha Tsui), or 0."""
    lower = [word.lower for word in words]
    return next((length for length in (3, 2) if " ".join(lower[:length]) in lists.places), 0)
