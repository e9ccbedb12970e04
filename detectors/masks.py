"""Hides findings in a text: `A12****(*)`, `9123 ****`, "[health details]". What is no finding stays byte for byte.

How each type is hidden stands in `lexicons/masks.tsv`. A mask is no finding to the detector; see `standing`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from detectors.finding import Finding
from detectors.lexicons import by_kind, rows

STAR, CIRCLE = "*", "○"
"""What stands for a hidden digit or letter, and for a hidden character of a Chinese name."""

_FEW_DIGITS = 5
"""A number of fewer digits is spelled out in words, and hiding the last of its letters hides nothing."""
_DIGITS = frozenset("〇零一二三四五六七八九壹貳貮叁參肆伍陸柒捌玖")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]+")
_PIECE = re.compile(r"[^\s](?:[^\n\r\t\v\f]*[^\s])?")
"""What stands in a line, or in a cell of a table, without the blanks around it."""
_STARRED = re.compile(r"\*{3}|(?<=\()\*(?=\))")


@dataclass(frozen=True, slots=True)
class Mask:
    """How findings of one type are hidden; `keeps` and `count` say what stays readable, `words` by language."""

    keeps: str
    count: int
    words: dict[str, str]

    def over(self, value: str, language: str) -> str:
        """Return what takes the place of `value`; of what is hidden already and still found, nothing stays."""
        if self.keeps == "initials":
            return _initials(value)
        if self.keeps == "none" or _STARRED.search(value) or sum(map(_is_digit, value)) < _FEW_DIGITS:
            return _PIECE.sub(self.words[language], value)
        return self._starred(value)

    def _starred(self, value: str) -> str:
        places = [place for place, char in enumerate(value) if char.isalnum()]
        cut = {"first": self.count, "but": -self.count, "last": -self.count}[self.keeps]
        hidden = set(places[:cut] if self.keeps == "last" else places[cut:])
        return "".join(STAR if place in hidden else char for place, char in enumerate(value))


@cache
def _masks() -> dict[str, Mask]:
    masks = {}
    for type_, keeps, english, chinese in rows("masks.tsv", "type", "keeps", "en", "zh"):
        how, _, count = keeps.partition(" ")
        masks[type_] = Mask(how, int(count or 0), {"en": f"[{english}]", "zh": f"「{chinese}」"})
    return masks


@cache
def words() -> re.Pattern[str]:
    """Return a pattern that finds the words which take the place of something."""
    known = {word for mask in _masks().values() for word in mask.words.values()}
    return re.compile("|".join(re.escape(word) for word in sorted(known, key=len, reverse=True)))


def standing(text: str) -> tuple[tuple[int, int], ...]:
    """Return where words stand in `text` that a mask put there."""
    if "[" not in text and "「" not in text:
        return ()
    return tuple(match.span() for match in words().finditer(text))


def language(text: str) -> str:
    """Return the language in which masks speak in `text`: zh where Chinese characters outnumber words in letters."""
    return "zh" if len(_HAN.findall(text)) > len(_LATIN.findall(text)) else "en"


def masked(text: str, findings: Sequence[Finding], spoken: str) -> str:
    """Return `text` with these findings hidden, with words of the language `spoken` (en or zh).

    Idempotent for a value that is found again: a mask takes the place of a mask of itself.
    """
    pieces, end = [], 0
    for start, stop, type_ in _places(text, findings):
        pieces += [text[end:start], _over(text[start:stop], type_, spoken)]
        end = stop
    return "".join([*pieces, text[end:]])


def mask(text: str, finding: Finding, spoken: str) -> str:
    """Return what takes the place of this finding in `text`."""
    start, stop = _whole(text, finding.start, finding.end)
    return _over(text[start:stop], finding.type, spoken)


def _over(value: str, type_: str, spoken: str) -> str:
    return (_masks().get(type_) or _masks()["*"]).over(value, spoken)


def _places(text: str, findings: Sequence[Finding]) -> Iterator[tuple[int, int, str]]:
    """Yield the places to hide, in order: whole words, none that stands in a mask, the first of those that overlap."""
    hidden, end = standing(text), 0
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        start, stop = _whole(text, finding.start, finding.end)
        within = any(first <= start and stop <= last for first, last in hidden)
        if start >= end and not within:
            yield start, stop, finding.type
            end = stop


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place with the rest of the words at its edges: half a word left over tells the other half."""
    while 0 < start < len(text) and _joined(text, start):
        start -= 1
    while 0 < end < len(text) and _joined(text, end):
        end += 1
    return start, end


def _joined(text: str, place: int) -> bool:
    return bool(_LATIN.match(text[place - 1]) and _LATIN.match(text[place]))


def _initials(name: str) -> str:
    """Return a name's initials: P. C. for Peter Chan, 陳○○ for 陳大文; a title behind it stays."""
    ending = next((title for title in _titles() if name.endswith(title) and name != title), "")
    core = name.removesuffix(ending)
    core = re.sub(f"({_HAN.pattern})({_HAN.pattern}+)", lambda found: found[1] + CIRCLE * len(found[2]), core)
    return re.sub(rf"({_LATIN.pattern[:-1]})(?:{_LATIN.pattern})", r"\1.", core) + ending


@cache
def _titles() -> tuple[str, ...]:
    return tuple(title for title in by_kind("people/titles.tsv")["behind"] if _HAN.match(title))


def _is_digit(char: str) -> bool:
    return char.isdecimal() or char in _DIGITS
