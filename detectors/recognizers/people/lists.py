"""What names in Hong Kong are made of, read once from `lexicons/people/`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from detectors.lexicons import by_kind, rows
from detectors.text.normalise import fold

SURNAME, SURNAME_WORD, GIVEN, GIVEN_WORD, SYLLABLE, TITLE, FAMILIAR, PLACE = (1 << bit for bit in range(8))
"""What a Latin word may be in a name; `*_WORD`: and it is a word of a language as well. FAMILIAR: Ah, Uncle."""

ORDINARY, ORGANISATION, ALONE, LEADING, ABROAD, SINGLE = (1 << bit for bit in range(8, 14))
"""What else it may be. ALONE: no name by itself. LEADING: what follows it is a thing's name (Room, Project). ABROAD: a
name that counts with its capital only. SINGLE: a surname that stands for somebody by itself."""

NAMING = SURNAME | SURNAME_WORD | GIVEN | GIVEN_WORD | SYLLABLE | TITLE | FAMILIAR | PLACE
"""With these a name, or a place, may begin."""

_KINDS = {
    "title": TITLE,
    "familiar": FAMILIAR,
    "word": ORDINARY,
    "organisation": ORGANISATION,
    "alone": ALONE,
    "leading": LEADING,
}
"""What the kinds of `titles.tsv` and `not_names.tsv` say of Latin words."""

_ABROAD = {"given": GIVEN, "surname": SURNAME | SINGLE}
"""What the kinds of `names_abroad.tsv` say."""

_SHORT_TITLES = {"總": "總", "生": "生(?![日產存活意病命字果])", "太": "太(?![多大過太子古空陽])"}
"""Titles of one character, with the words that begin with it."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Latin entries are lower-cased, Chinese ones folded.

    `words` tells what each Latin word may be. `characters` are those that names are made of and hardly anything else,
    `common_characters` those of ordinary words, too; `titles` finds what stands behind a Chinese surname, `opening`
    where a Chinese name may begin.
    """

    words: dict[str, int]
    places: frozenset[str]
    han_surnames: frozenset[str]
    characters: frozenset[str]
    common_characters: frozenset[str]
    han_words: frozenset[str]
    titles: re.Pattern[str]
    titles_begin: frozenset[str]
    opening: re.Pattern[str]


@cache
def lists() -> Lists:
    """Read the files; the same object every time. Raises LexiconError."""
    surnames = tuple(rows("people/surnames.tsv", "character", "romanised"))
    han_surnames = frozenset(fold(character) for character, _ in surnames if character != "-")
    characters = by_kind("people/name_characters.tsv", "characters")
    strong, common = (frozenset(fold("".join(characters[kind]))) for kind in ("name", "common"))
    told = by_kind("people/titles.tsv") | by_kind("people/not_names.tsv")
    behind = sorted((word if word.isascii() else fold(word) for word in told["behind"]), key=len, reverse=True)
    titles_begin = frozenset(case for title in (*behind, *_SHORT_TITLES) for case in {title[0], title[0].upper()})
    return Lists(
        words=_words((*_naming(surnames), *_told(told))),
        places=frozenset(told["place"]),
        han_surnames=han_surnames,
        characters=strong,
        common_characters=common - strong,
        han_words=frozenset(map(fold, told["han"])),
        titles=re.compile(f"(?i:{'|'.join(behind)})|(?P<short>{'|'.join(_SHORT_TITLES.values())})"),
        titles_begin=titles_begin,
        opening=_opening(han_surnames, strong, common, titles_begin),
    )


def _words(told: Iterable[tuple[str, int]]) -> dict[str, int]:
    words: dict[str, int] = {}
    for word, kind in told:
        words[word] = words.get(word, 0) | kind
    return words


def _naming(surnames: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Yield the words that names are made of, each with what it may be; a name that is also a word ends in "?"."""
    for character, romanised in surnames:
        single = SINGLE if character == "-" else 0
        for name in romanised.lower().split():
            yield name.removesuffix("?"), SURNAME_WORD if name.endswith("?") else SURNAME | single
    for (name,) in rows("people/given_names.txt", "name"):
        yield name.lower().removesuffix("?"), GIVEN_WORD if name.endswith("?") else GIVEN
    for kind, name in rows("people/names_abroad.tsv", "kind", "name"):
        yield name.lower(), ABROAD | _ABROAD[kind]
    for (syllable,) in rows("people/name_syllables.txt", "syllable"):
        yield syllable.lower(), SYLLABLE


def _told(told: dict[str, set[str]]) -> Iterator[tuple[str, int]]:
    """Yield the words that stand beside names or look like one, each with what it is."""
    for kind, meaning in _KINDS.items():
        yield from ((fold(word), meaning) for word in told[kind])
    yield from ((word, PLACE) for place in told["place"] for word in place.split())


def _opening(
    surnames: frozenset[str], strong: frozenset[str], common: frozenset[str], titles: frozenset[str]
) -> re.Pattern[str]:
    """Find a surname before a title or a character of names, or one of those before a sure one, or before itself."""
    known, sure, title = ("".join(sorted(characters)) for characters in (strong | common, strong, titles))
    single = "".join(sorted(name for name in surnames if len(name) == 1))
    double = sorted(name for name in surnames if len(name) == 2)
    behind = "|".join(f"(?<={name[0]}){name[1]}" for name in double)
    firsts = "".join(sorted({*known, *single, *(name[0] for name in double)}))
    return re.compile(
        rf"(?P<first>[{firsts}])(?:(?:{behind}|(?<=[{single}]))(?=[{known}{title}]|[\u4e00-\u9fff][{known}])"
        rf"|(?<=[{known}])(?=[{sure}]|(?P=first)(?!(?P=first))))"
    )
