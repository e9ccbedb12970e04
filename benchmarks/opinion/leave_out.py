"""Every author left out of the teaching in turn: `python -m benchmarks.opinion.leave_out --natural CHAT --out FOLDER`.

The authors of `train` are dealt into folds. For each fold and seed an encoder and a gate learn from all others, the
weights are fitted on authors that never teach (`tune` and two of other-authors'), and the authors of the fold are
scored. What was said of each message is kept by its id, so that a broken run goes on where it stopped.
Prints figures, never a text.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.opinion import fitting, making
from benchmarks.opinion.examples import LEARNED, labelled, ordinary
from benchmarks.opinion.making import Recipe, Taught
from benchmarks.opinion.turns import Judge, Said, apart, figures
from benchmarks.rows import Prediction, Span
from detectors.finding import Finding
from detectors.opinion.concern import UNDERSTOOD
from detectors.opinion.opinion import Opinion

FOLDS = 5
SAID = "said.json"
COLUMNS = ("warn P", "R", "F2", *UNDERSTOOD)


def authors() -> list[str]:
    """Return the authors who are left out in turn."""
    return sorted({row.author for row in labelled({"train"})})


def main() -> None:
    """Teach and score what is not there yet, then print the table."""
    usual = Recipe()
    told = argparse.ArgumentParser(prog="python -m benchmarks.opinion.leave_out", description=__doc__)
    told.add_argument("--natural", type=Path, required=True, help="ordinary chat as JSON lines with `text`")
    told.add_argument("--out", type=Path, required=True, help="the folder for the models and for what they said")
    told.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    told.add_argument("--rounds", type=int, default=usual.rounds)
    options = told.parse_args()
    judge = Judge()
    found = {row.id: judge.rules.find(row.text) for row in [*labelled({"train"}), *fitting.messages()]}
    for seed in options.seeds:
        recipe = Recipe(rounds=options.rounds, seed=seed)
        for fold in range(FOLDS):
            out = _folder(options.out, seed, fold)
            if not (out / SAID).exists():
                _teach(fold, recipe, options.natural, out)
                (out / SAID).write_text(_as_json(_scored(fold, out, judge, found)), "utf-8")
                print(f"seed {seed}, fold {fold + 1} of {FOLDS}: done", flush=True)
    print("\n".join(_table(options.out, options.seeds, judge, found)))


def _folder(out: Path, seed: int, fold: int) -> Path:
    return out / f"{seed}-{fold}"


def _teach(fold: int, recipe: Recipe, natural: Path, out: Path) -> None:
    left = authors()[fold::FOLDS]
    taught = Taught([row for row in labelled(LEARNED) if row.author not in left], *ordinary(natural, recipe.seed))
    out.mkdir(parents=True, exist_ok=True)
    making.encoder(taught, recipe, out)
    making.gate(taught, recipe.seed, out)


def _scored(fold: int, model: Path, judge: Judge, found: dict[str, tuple[Finding, ...]]) -> dict[str, Prediction]:
    opinion, left = Opinion(model), authors()[fold::FOLDS]
    weighing = fitting.fit([fitting.case(row, found[row.id], opinion) for row in fitting.messages()], opinion.bar)
    own = [row for row in labelled({"train"}) if row.author in left]
    return judge.both([fitting.case(row, found[row.id], opinion) for row in own], weighing)


def _table(out: Path, seeds: Sequence[int], judge: Judge, found: dict[str, tuple[Finding, ...]]) -> Iterable[str]:
    rows = labelled({"train"})
    alone = {row.id: judge.predicted(found[row.id]) for row in rows}
    both = [_read(out, seed) for seed in seeds]
    each = np.array([figures(rows, said) for said in both])
    yield f"{len(rows)} messages by {len(authors())} authors, {FOLDS} folds by authors, {len(seeds)} seeds"
    yield f"{'':28}{''.join(f'{name[:12]:>14}' for name in COLUMNS)}"
    yield f"{'rules alone':28}{''.join(f'{figure:14.3f}' for figure in figures(rows, alone))}"
    yield f"{'with the opinion, mean':28}{''.join(f'{figure:14.3f}' for figure in each.mean(0))}"
    yield f"{'least and most of the seeds':28}{''.join(_range(column) for column in each.T)}"
    for seed, said in zip(seeds, both, strict=True):
        better, low, high = apart(rows, alone, said)
        yield f"seed {seed}: F2 of warnings {better:+.3f} [{low:+.3f}, {high:+.3f}] to the rules"
    for author in authors():
        own = [row for row in rows if row.author == author]
        f2 = [figures(own, said)[2] for said in both]
        yield f"{author}: {len(own)} messages, F2 {figures(own, alone)[2]:.3f} -> {sum(f2) / len(f2):.3f}"


def _range(column: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> str:
    return f"{f'{column.min():.3f}-{column.max():.3f}':>14}"


def _as_json(said: Said) -> str:
    spans = {name: [[span.type, span.start, span.end] for span in one.spans] for name, one in said.items()}
    return json.dumps({name: {"spans": spans[name], "warn": one.warn} for name, one in said.items()})


def _read(out: Path, seed: int) -> Said:
    told = {}
    for fold in range(FOLDS):
        for name, one in json.loads((_folder(out, seed, fold) / SAID).read_text("utf-8")).items():
            told[name] = Prediction(tuple(Span(*span) for span in one["spans"]), one["warn"])
    return told


if __name__ == "__main__":
    main()
