"""Words in Latin letters that may be a part of a name, each with what it may be, in runs that stand side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.recognizers.people.lists import (
    ABROAD,
    ALONE,
    GIVEN,
    GIVEN_WORD,
    NAMING,
    ORDINARY,
    ORGANISATION,
    SURNAME,
    SURNAME_WORD,
    SYLLABLE,
    TITLE,
    Lists,
)

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_GLUE = frozenset("0123456789_@#/&-")
"""What makes a word before which it stands a part of a number, an address or a code; a dot does so behind a letter."""
_GLUED = re.compile(r"[A-Za-z_@]|/[A-Za-z]|[0-9]+[A-Za-z_@.]|\.[A-Za-z0-9]|['’]t")
"""The same behind a word; and a word that ends in n't is none."""


@dataclass(slots=True)
class Word:
    """A word and what it may be; not frozen: many words of a message become one, and freezing takes thrice as long."""

    start: int
    end: int
    written: str
    lower: str
    capital: bool
    kinds: int
    syllables: bool

    def is_known(self) -> bool:
        """Tell whether a list knows this as a part of names, or its two parts as syllables of them."""
        return self.syllables or bool(self.kinds & NAMING)

    def is_surname(self) -> bool:
        """Tell whether this may be a surname; one that is also a word needs its capital."""
        if self.capital:
            return bool(self.kinds & (SURNAME | SURNAME_WORD))
        return bool(self.kinds & SURNAME and not self.kinds & ABROAD)

    def is_given(self) -> bool:
        """Tell whether this may be a given name; one that is also a word, or short, needs its capital."""
        if self.capital:
            return bool(self.kinds & (GIVEN | GIVEN_WORD))
        return bool(self.kinds & GIVEN and not self.kinds & ABROAD) and len(self.lower) > 2

    def is_syllable(self) -> bool:
        """Tell whether this may be a syllable of a Chinese given name."""
        return bool(self.kinds & SYLLABLE)

    def is_ordinary(self) -> bool:
        """Tell whether this is a word of everyday."""
        return bool(self.kinds & ORDINARY)

    def is_short(self) -> bool:
        """Tell whether this may stand for something longer: two letters, or capitals alone."""
        return len(self.written) < 3 or self.written.isupper()

    def is_unlikely(self) -> bool:
        """Tell whether this is no name when nothing but its capital says so."""
        return bool(self.kinds & (ORDINARY | ORGANISATION | ALONE))


def runs_in(text: str, start: int, end: int, lists: Lists) -> Iterator[list[Word]]:
    """Yield the words of text[start:end] that may be parts of names, those that stand side by side together.

    A title may end in a full stop, and an English name may stand behind a comma: Au Tsz Kit, Maria.
    """
    run: list[Word] = []
    for word in _words(text, start, end, lists):
        if run and not _are_joined(text, run, word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _are_joined(text: str, run: list[Word], word: Word) -> bool:
    last = run[-1]
    if word.start - last.end > 2:
        return False
    between = text[last.end : word.start]
    if between == " ":
        return True
    return (between == ". " and bool(last.kinds & TITLE)) or (between == ", " and len(run) > 2 and word.is_given())


def _words(text: str, start: int, end: int, lists: Lists) -> Iterator[Word]:
    known = lists.words
    for match in _WORD.finditer(text, start, end):
        written = match.group()
        capital = written[0] < "a"
        lower = written.lower()
        kinds = known.get(lower, 0)
        syllables = "-" in written and _are_syllables(lower, known, capital=capital)
        if not (capital or kinds & NAMING or syllables):
            continue
        first, last = match.span()
        if (first and _is_glued(text, first - 1)) or _GLUED.match(text, last):
            continue
        yield Word(first, last, written, lower, capital, kinds, syllables)


def _are_syllables(lower: str, known: dict[str, int], *, capital: bool) -> bool:
    parts = [known.get(part, 0) for part in lower.split("-")]
    return len(parts) == 2 and all(kinds & SYLLABLE and (capital or not kinds & ORDINARY) for kinds in parts)


def _is_glued(text: str, before: int) -> bool:
    sign = text[before]
    return sign in _GLUE or (sign == "." and before > 0 and text[before - 1].isascii() and text[before - 1].isalnum())
