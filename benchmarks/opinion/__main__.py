"""`make train`: makes the model of the second opinion again, from the corpora and a file of ordinary chat.

Takes about a quarter of an hour on two cores. Seeds are fixed; the last digits may differ between machines.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import torch
from torch import nn

from benchmarks.opinion import export, fitting, ngrams, vocabulary
from benchmarks.opinion.examples import Example, Swaps, labelled, marked, ordinary, windows
from benchmarks.opinion.frames import Frames
from benchmarks.opinion.learn import learn
from benchmarks.opinion.net import Net
from benchmarks.rows import Row
from detectors.detector import Detector
from detectors.lexicons import rows
from detectors.opinion.concern import UNDERSTOOD, Voices
from detectors.opinion.gate import Wide
from detectors.opinion.opinion import SHIPPED, Opinion
from detectors.opinion.pieces import Cutter
from detectors.opinion.weighing import Weighing
from detectors.text.normalise import normalise

TRAINED = {"train", "dev"}
LET_THROUGH = 0.025
"""The share of ordinary chat that the gate lets through."""
SHOWN = 0.4
"""The share of ordinary chat that a round shows, and of messages made from templates."""
FILLED = 1
"""How often a round shows each plain sentence, filled anew."""
RUNS = 3000
LONGEST_TERM = 30


def main() -> None:
    """Learn, then make the gate, then weigh; or one of the three."""
    options = _options()
    dice = random.Random(options.seed)  # noqa: S311 - chance for learning, not for secrets
    torch.manual_seed(options.seed)
    taught, (plain, rest) = labelled(TRAINED), ordinary(options.natural, options.seed)
    steps: dict[str, Callable[[], None]] = {
        "learn": lambda: _learn(options, taught, plain, dice),
        "gate": lambda: _gate(taught, plain, rest, options.out, dice),
        "weigh": lambda: _weigh(options.out),
    }
    for name, step in steps.items():
        if options.step in ("all", name):
            step()
            print(f"{name}: done; in {options.out}", flush=True)


def _options() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="make train", description=__doc__)
    told.add_argument(
        "--natural", type=Path, required=True, help="ordinary chat as JSON lines with `text`; half teaches"
    )
    told.add_argument("--out", type=Path, default=SHIPPED, help="the folder to write to")
    told.add_argument("--step", choices=("all", "learn", "gate", "weigh"), default="all")
    told.add_argument("--layers", type=int, default=3)
    told.add_argument("--rounds", type=int, default=8)
    told.add_argument("--seed", type=int, default=1)
    return told.parse_args()


def _learn(options: argparse.Namespace, taught: Sequence[Row], plain: Sequence[str], dice: random.Random) -> None:
    whole = vocabulary.read(vocabulary.shipped(), options.layers)
    start = vocabulary.prune(whole, vocabulary.worthwhile(whole.pieces, set()))
    print(f"{len(taught)} labelled messages, {len(plain)} ordinary ones, {len(start.pieces)} pieces", flush=True)
    vectors = nn.Embedding.from_pretrained(torch.tensor(vocabulary.unpacked(start.rows)), freeze=True)
    examples = _examples(taught, plain, Cutter(start.pieces, start.scores.tolist(), start.unknown), dice)
    net = learn(Net(start, options.layers), vectors, start, options.rounds, examples, dice)
    export.write(net, start, options.out)


def _examples(
    taught: Sequence[Row], plain: Sequence[str], cutter: Cutter, dice: random.Random
) -> Callable[[], Iterator[Example]]:
    """Return what gives the examples of a round: other words are swapped each time."""
    swaps = Swaps(taught, _terms("diseases", "drugs", "terms_en", "terms_latin", "terms_zh"), dice)
    frames = Frames(_terms("diseases", "terms_en", "terms_zh"), _terms("drugs"), swaps, dice)

    def examples() -> Iterator[Example]:
        for row in taught:
            if row.author or dice.random() < 1 - SHOWN:
                yield from windows(cutter, swaps.swap(marked(row)), warn=row.warn)
        for _ in range(FILLED):
            for sentence, warn in frames.filled():
                yield from windows(cutter, sentence, warn=warn)
        for text in plain:
            if dice.random() < SHOWN:
                yield from windows(cutter, (text, ()), warn=False, natural=True)

    return examples


def _terms(*parts: str) -> Iterable[str]:
    """Yield the terms of some lexicons that are plainly medical."""
    for part in parts:
        for term, grade in rows(f"medical/{part}.tsv", "term", "grade"):
            if grade == "clear" and 2 <= len(term) <= LONGEST_TERM:
                yield term


def _gate(taught: Sequence[Row], plain: Sequence[str], rest: Sequence[str], out: Path, dice: random.Random) -> None:
    """Write the gate's weights and its bar."""
    told = [(normalise(row.text).lower, must := _must_be_read(row), 1.0 if must else 0.3) for row in taught]
    told += [(normalise(text).lower, False, 2.0) for text in plain]
    weights, _ = ngrams.learned(told, RUNS, dice)
    (out / "gate.tsv").write_text("".join(f"{run}\t{weight:.3f}\n" for run, weight in weights.items()), "utf-8")
    gate = Wide(weights, 0.0)
    sums = sorted((gate.sum(normalise(text).lower) for text in rest), reverse=True)
    bar = sums[int(len(sums) * LET_THROUGH)]
    nothing = Weighing(bar, 0.0, 1.0, {}, {}, Voices(*[0.0] * len(fields(Voices))))
    (out / "weighing.toml").write_text(fitting.as_toml(nothing), "utf-8")


def _must_be_read(row: Row) -> bool:
    return row.warn or any(span.type in UNDERSTOOD for span in row.spans)


def _weigh(out: Path) -> None:
    rules, opinion = Detector(), Opinion(out)
    cases = [fitting.case(row, rules, opinion) for row in fitting.messages()]
    (out / "weighing.toml").write_text(fitting.as_toml(fitting.fit(cases, opinion.bar)), "utf-8")


if __name__ == "__main__":
    main()
