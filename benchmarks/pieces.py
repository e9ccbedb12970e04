"""Hostile pieces: what, repeated, makes the most work, made from every recognizer's own triggers, cues and separators.

A recognizer that is added later is in it by itself: by its examples, the words of its gate, and its `Cues`.
"""

import random
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from detectors.recognizers.recognizer import ChatRecognizer
from detectors.text.window import Cues

SEPARATORS = ("", " ", "\n", ",", "\t", " | ", ": ", "(", ")", ". ", "。", "-", "@", "1", "<", "&", "*")
"""What may stand between two copies: what cuts lines, sentences, rows and numbers, and what seems to go on."""

_MARKED = re.compile("«([^«»]+)»")
_CUES_BESIDE = 4
"""Words beside one value: the more there are, the more is read for each value."""
_LONGEST = 400
"""Characters of a piece; a longer one is hardly repeated in a message."""


def triggers(recognizer: ChatRecognizer) -> tuple[str, ...]:
    """Return what wakes a recognizer: the values in its examples, and the words of its gate."""
    values = (value for example in recognizer.examples for value in _MARKED.findall(example))
    return _sorted((*values, *recognizer.gate_words, *recognizer.gate_literals))


def values(recognizer: ChatRecognizer) -> tuple[str, ...]:
    """Return what a recognizer finds, as its examples show it."""
    return _sorted(value for example in recognizer.examples for value in _MARKED.findall(example))


def cues(recognizer: ChatRecognizer) -> tuple[str, ...]:
    """Return the words that a recognizer looks for around a value."""
    return _sorted(word for held in vars(recognizer).values() if isinstance(held, Cues) for word in held.words())


def tokens(recognizers: Iterable[ChatRecognizer]) -> tuple[str, ...]:
    """Return everything that pieces are made of."""
    parts = (part for one in recognizers for part in (*triggers(one), *cues(one)))
    return _sorted((*parts, *SEPARATORS))


def pieces(recognizers: Iterable[ChatRecognizer], seed: int = 1) -> Iterator[str]:
    """Yield pieces without end, each recognizer in its turn, the plainest first; the same `seed` yields the same."""
    chosen = tuple(recognizers)
    turns = [_of(one, chosen, random.Random(f"{seed} {one.entity}")) for one in chosen]  # noqa: S311 - no secret
    while True:
        yield from (next(turn) for turn in turns)


def some(recognizers: Iterable[ChatRecognizer], count: int, seed: int = 1) -> tuple[str, ...]:
    """Return the first `count` different pieces."""
    return tuple(islice(dict.fromkeys(islice(pieces(recognizers, seed), 4 * count)), count))


def _of(recognizer: ChatRecognizer, all_of_them: tuple[ChatRecognizer, ...], draw: random.Random) -> Iterator[str]:
    own, words, woken = values(recognizer), cues(recognizer), triggers(recognizer)
    foreign = _sorted(value for one in all_of_them for value in values(one))
    while True:
        beside = [draw.choice(words or woken) for _ in range(_CUES_BESIDE)]
        yield " ".join((draw.choice(own or woken), *beside, ""))
        yield draw.choice(own or woken) + draw.choice(SEPARATORS)
        yield draw.choice(woken or foreign) + draw.choice(SEPARATORS)
        yield _MARKED.sub(r"\1", draw.choice(recognizer.examples)) + draw.choice(SEPARATORS)
        yield "\t".join((draw.choice(foreign), draw.choice(own or woken), draw.choice(words or woken))) + "\n"
        between = draw.choice(SEPARATORS)
        yield between.join(draw.choice((*own, *words, *foreign)) for _ in range(draw.randint(2, 6)))[:_LONGEST]


def _sorted(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({part for part in parts if part}))
