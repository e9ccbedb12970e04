"""What names in Hong Kong are made of, read once from `lexicons/people/`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from detectors.lexicons import by_kind, rows
from detectors.text.normalise import fold

PREFIXES = frozenset({"ah", "sister", "uncle", "auntie", "aunty", "brother"})
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mdm", "madam", "dr", "prof", "professor", "sir", "teacher", "coach"})


@dataclass(frozen=True, slots=True)
class Lists:
    """Latin entries are lower-cased, Chinese ones folded. `*_words` are names that are words of a language as well.

    `known` are the Latin words with which a name or a place may begin; `han_opening` finds the Chinese characters with
    which a name may begin.
    """

    surnames: frozenset[str]
    surname_words: frozenset[str]
    han_surnames: frozenset[str]
    given: frozenset[str]
    given_words: frozenset[str]
    syllables: frozenset[str]
    characters: frozenset[str]
    weak_characters: frozenset[str]
    words: frozenset[str]
    places: frozenset[str]
    han_words: frozenset[str]
    known: frozenset[str]
    han_opening: re.Pattern[str]


@cache
def lists() -> Lists:
    """Read the files; the same object every time."""
    given = [name.lower() for (name,) in rows("people/given_names.txt", "name")]
    syllables = frozenset(syllable.lower() for (syllable,) in rows("people/name_syllables.txt", "syllable"))
    characters = by_kind("people/name_characters.tsv", "characters")
    strong, weak = (frozenset(fold("".join(characters[kind]))) for kind in ("name", "common"))
    stops = {kind: frozenset(map(fold, words)) for kind, words in by_kind("people/not_names.tsv").items()}
    listed = tuple(rows("people/surnames.tsv", "character", "romanised"))
    surnames, surname_words = _surnames(written for _, written in listed)
    han_surnames = frozenset(fold(character) for character, _ in listed if character != "-")
    return Lists(
        surnames=surnames,
        surname_words=surname_words,
        han_surnames=han_surnames,
        given=frozenset(name for name in given if not name.endswith("?")),
        given_words=frozenset(name[:-1] for name in given if name.endswith("?")),
        syllables=syllables,
        characters=strong,
        weak_characters=weak - strong,
        words=stops["word"],
        places=stops["place"],
        han_words=stops["han"],
        known=PREFIXES
        | TITLES
        | surnames
        | surname_words
        | syllables
        # The words of given names, and the first words of places:
        | {name.rstrip("?") for name in given}
        | {place.split(" ")[0] for place in stops["place"]},
        han_opening=_opening({surname[0] for surname in han_surnames}, strong, weak),
    )


def _opening(surnames: set[str], strong: frozenset[str], weak: frozenset[str]) -> re.Pattern[str]:
    """Find the first character of a surname, or one of a given name before one that is hardly anything else."""
    return re.compile(f"[{''.join(surnames)}]|[{''.join(strong | weak)}](?=[{''.join(strong)}])")


def _surnames(romanised: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the romanised surnames: those that are nothing else, and those that are words, too."""
    written = {name.lower() for names in romanised for name in names.split()}
    sure = frozenset(name for name in written if not name.endswith("?"))
    return sure, frozenset(name[:-1] for name in written if name.endswith("?"))
