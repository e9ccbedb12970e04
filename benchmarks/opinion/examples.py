"""What the encoder learns from: labelled messages with their words swapped at random, and ordinary chat.

So frames are learned and not words: terms become other terms, names other names, digits others.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.opinion.amounts import amount
from benchmarks.opinion.people import People
from benchmarks.rows import FRESH_AUTHORS, HK_CHAT, OTHER_AUTHORS, PERFORMANCE_TALK, TWENTY_AUTHORS, Row, load
from detectors.opinion.labels import OUTSIDE, TYPES, begins, goes_on
from detectors.opinion.pieces import Cutter
from detectors.text.normalise import normalise

LONGEST = 96
"""Pieces that the encoder sees at once."""
LEARNED = {"dev", "train"}
HAN = re.compile(r"[\u3400-\u9fff]")
_OTHER = TYPES.index("OTHER")
Marked = tuple[str, tuple[tuple[int, int, str], ...]]
"""A text and its spans: start, end, type."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window of a message: its pieces, the label of each, and whether the sender should be warned."""

    ids: tuple[int, ...]
    tags: tuple[int, ...]
    warn: float
    weight: float = 1.0
    natural: bool = False
    """Nobody marked the names in it."""


def labelled(split: set[str]) -> list[Row]:
    """Return the messages of these splits."""
    files = (TWENTY_AUTHORS, FRESH_AUTHORS, HK_CHAT, OTHER_AUTHORS, PERFORMANCE_TALK)
    return [row for file in files for row in load(file) if row.split in split]


def ordinary(path: Path, seed: int) -> tuple[list[str], list[str]]:
    """Return the texts of a file of ordinary chat in two halves, so that one can teach and the other measure."""
    all_texts = texts(path)
    random.Random(seed).shuffle(all_texts)  # noqa: S311 - chance for learning, not for secrets
    half = len(all_texts) // 2
    return all_texts[:half], all_texts[half:]


def texts(path: Path) -> list[str]:
    """Return the texts of a file of JSON lines."""
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def marked(row: Row) -> Marked:
    """Return the text of a message with its spans in order."""
    return row.text, tuple(sorted((span.start, span.end, span.type) for span in row.spans))


class Swaps:
    """Words that take the place of others of their kind and script."""

    def __init__(self, rows: Iterable[Row], terms: Iterable[str], dice: random.Random) -> None:
        """Take names and terms from the messages, and more terms."""
        self._dice, self._people = dice, People(dice)
        found: dict[str, list[str]] = {"MEDICAL_TERM": [], "PERSON": []}
        for row in rows:
            for span in row.spans:
                if span.type in found:
                    found[span.type].append(row.text[span.start : span.end])
        self._pools = {kind: _by_script(words) for kind, words in found.items()}
        self._terms = _by_script(terms)

    def swap(self, text: Marked) -> Marked:
        """Return the text with some of its marked words swapped."""
        written, spans = text
        out, at, moved = "", 0, []
        for start, end, kind in spans:
            out += written[at:start]
            word = self._word(written[start:end], kind)
            moved.append((len(out), len(out) + len(word), kind))
            out += word
            at = end
        return out + written[at:], tuple(moved)

    def _word(self, word: str, kind: str) -> str:
        dice, han = self._dice, bool(HAN.search(word))
        if kind == "MEDICAL_TERM" and dice.random() < 0.35:
            pool = self._pools[kind] if dice.random() < 0.5 else self._terms
            return dice.choice(pool[han])
        if kind == "PERSON" and dice.random() < 0.5:
            return self.name(han=han)
        if kind == "SALARY" and dice.random() < 0.2:
            return amount(dice, han=han)
        if kind in ("SALARY", "DATE_OF_BIRTH") and dice.random() < 0.5:
            return re.sub(r"[1-9]", lambda _: dice.choice("123456789"), word)
        return word

    def name(self, *, han: bool) -> str:
        """Return a name in one script: one of somebody in the messages, or an invented one."""
        if self._dice.random() < 0.5:
            return self._dice.choice(self._pools["PERSON"][han])
        return self._people.name(han=han)


def windows(cutter: Cutter, text: Marked, *, warn: bool, natural: bool = False) -> Iterator[Example]:
    """Yield the text in windows; of several, one without a span does not say that the sender should be warned."""
    written, spans = text
    normalised = normalise(written)
    cut = cutter.cut(normalised.text)
    tags: list[int] = []
    last: tuple[int, int, str] | None = None
    for place in cut.places:
        start, end = normalised.original(*place)
        hit = next((span for span in spans if span[0] < end and start < span[1]), None)
        tags.append(_tag(hit, last))
        last = hit
    several = len(tags) > LONGEST
    for first in range(0, max(len(tags), 1), LONGEST):
        own = tuple(tags[first : first + LONGEST])
        here = warn and (not several or any(own))
        weight = 0.5 if several or natural else 1.0
        yield Example(cut.ids[first : first + LONGEST], own, float(here), weight, natural)


def _tag(hit: tuple[int, int, str] | None, last: tuple[int, int, str] | None) -> int:
    if hit is None:
        return OUTSIDE
    kind = TYPES.index(hit[2]) if hit[2] in TYPES else _OTHER
    return goes_on(kind) if hit is last else begins(kind)


def _by_script(words: Iterable[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words without and with Chinese characters."""
    words = list(words)
    return [word for word in words if not HAN.search(word)], [word for word in words if HAN.search(word)]
