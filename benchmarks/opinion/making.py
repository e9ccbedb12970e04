"""The three steps that make a model: the encoder learns, the gate learns, and both are weighed with the rules."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

import torch
from torch import nn

from benchmarks.opinion import export, fitting, ngrams, vocabulary
from benchmarks.opinion.examples import Example, windows
from benchmarks.opinion.learn import learn
from benchmarks.opinion.lessons import Lessons
from benchmarks.opinion.net import LAYERS, Net
from benchmarks.opinion.resume import resume
from benchmarks.rows import Row
from detectors.detector import Detector
from detectors.opinion.concern import UNDERSTOOD, Voices
from detectors.opinion.gate import Wide
from detectors.opinion.opinion import Opinion
from detectors.opinion.pieces import Cutter
from detectors.opinion.weighing import Weighing
from detectors.text.normalise import normalise

LET_THROUGH = 0.009
"""The share of ordinary chat that the gate lets through."""
RUNS = 4000
ORDINARY, HARMLESS = 2.0, 0.6
"""How much it counts for the gate, beside a message that must be read, that ordinary chat is not, and that what authors
wrote without personal data is not."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many rounds the layers learn: from the pretrained encoder's, or from an edition that goes on learning."""

    rounds: int = 8
    seed: int = 1
    begin: Path | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """What teaches: labelled messages and ordinary chat, and ordinary chat that teaches nothing, to measure with.

    `more` is ordinary chat that teaches the gate, and the encoder where the shipped edition would read it: that shows
    it what it must not mistake.
    """

    rows: Sequence[Row]
    plain: Sequence[str]
    rest: Sequence[str]
    more: Sequence[str] = ()


def encoder(taught: Taught, recipe: Recipe, out: Path) -> None:
    """Teach the encoder and write its files."""
    dice = _dice(recipe.seed)
    whole = vocabulary.read(vocabulary.shipped(), LAYERS)
    start = vocabulary.prune(whole, vocabulary.worthwhile(whole.pieces, set()))
    plain = [*taught.plain, *_read(taught.more)]
    print(f"{len(taught.rows)} labelled messages, {len(plain)} ordinary, {len(start.pieces)} pieces", flush=True)
    vectors = nn.Embedding.from_pretrained(torch.tensor(vocabulary.unpacked(start.rows)), freeze=True)
    cutter = Cutter(start.pieces, start.scores.tolist(), start.unknown)
    examples = _examples(Lessons(taught.rows, plain, dice), cutter)
    begun = Net(start)
    if recipe.begin:
        begun = resume(begun, recipe.begin)
    net = learn(begun, vectors, start, recipe.rounds, examples, dice)
    export.write(net, start, out)


def _examples(lessons: Lessons, cutter: Cutter) -> Callable[[], Iterator[Example]]:
    """Return what gives the examples of a round: other words are swapped each time."""
    return lambda: chain.from_iterable(
        windows(cutter, lesson.text, warn=lesson.warn, natural=lesson.natural) for lesson in lessons.round()
    )


def _read(texts: Sequence[str]) -> list[str]:
    """Return the texts that the shipped edition would read."""
    if not texts:
        return []
    rules, opinion = Detector(), Opinion()
    return [text for text in texts if opinion.wants(normalise(text).lower, rules.find(text))]


def gate(taught: Taught, seed: int, out: Path) -> None:
    """Write the gate's weights and its bar."""
    told = [(normalise(row.text).lower, must := _must_be_read(row), 1.0 if must else HARMLESS) for row in taught.rows]
    told += [(normalise(text).lower, False, ORDINARY) for text in (*taught.plain, *taught.more)]
    weights, _ = ngrams.learned(told, RUNS, _dice(seed))
    (out / "gate.tsv").write_text("".join(f"{run}\t{weight:.3f}\n" for run, weight in weights.items()), "utf-8")
    wide = Wide(weights, 0.0)
    sums = sorted((wide.sum(normalise(text).lower) for text in taught.rest), reverse=True)
    bar = sums[int(len(sums) * LET_THROUGH)]
    nothing = Weighing(bar, 0.0, 0.0, 1.0, 1.0, {}, {}, Voices(*[0.0] * len(fields(Voices))))
    (out / "weighing.toml").write_text(fitting.as_toml(nothing), "utf-8")


def _must_be_read(row: Row) -> bool:
    return row.warn or any(span.type in UNDERSTOOD for span in row.spans)


def weights(out: Path) -> None:
    """Write how rules and encoder are weighed."""
    rules, opinion = Detector(), Opinion(out)
    cases = [fitting.case(row, rules.find(row.text), opinion) for row in fitting.messages()]
    (out / "weighing.toml").write_text(fitting.as_toml(fitting.fit(cases, opinion.bar)), "utf-8")


def _dice(seed: int) -> random.Random:
    """Return chance that is the same for a step whether the others ran before it or not."""
    torch.manual_seed(seed)
    return random.Random(seed)  # noqa: S311 - chance for learning, not for secrets
