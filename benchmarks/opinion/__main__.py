"""`make train`: makes a model of the second opinion, from the corpora and a file of ordinary chat.

Takes a good half hour on two cores. Seeds are fixed; the last digits may differ between machines. What it writes does
not take the place of the shipped model by itself: `python -m benchmarks.opinion.turns` compares both first.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.opinion import making
from benchmarks.opinion.examples import LEARNED, labelled, ordinary, texts
from benchmarks.opinion.making import Recipe, Taught

OUT = Path("benchmarks/out/opinion")


def main() -> None:
    """Learn, then make the gate, then weigh; or one of the three."""
    options = _options()
    recipe = Recipe(options.rounds, options.seed, options.begin)
    plain, rest = ordinary(options.natural, options.seed)
    taught = Taught(labelled(LEARNED), plain, rest, texts(options.more) if options.more else [])
    options.out.mkdir(parents=True, exist_ok=True)
    steps: dict[str, Callable[[], None]] = {
        "learn": lambda: making.encoder(taught, recipe, options.out),
        "gate": lambda: making.gate(taught, recipe.seed, options.out),
        "weigh": lambda: making.weights(options.out),
    }
    for name, step in steps.items():
        if options.step in ("all", name):
            step()
            print(f"{name}: done; in {options.out}", flush=True)


def _options() -> argparse.Namespace:
    usual = Recipe()
    told = argparse.ArgumentParser(prog="make train", description=__doc__)
    told.add_argument(
        "--natural", type=Path, required=True, help="ordinary chat as JSON lines with `text`; half teaches"
    )
    told.add_argument(
        "--more", type=Path, help="more of it, all of which teaches: the gate, and the encoder where it would be read"
    )
    told.add_argument("--out", type=Path, default=OUT, help="the folder to write to")
    told.add_argument("--step", choices=("all", "learn", "gate", "weigh"), default="all")
    told.add_argument("--rounds", type=int, default=usual.rounds)
    told.add_argument("--seed", type=int, default=usual.seed)
    told.add_argument("--begin", type=Path, help="the folder of an edition that goes on learning")
    return told.parse_args()


if __name__ == "__main__":
    main()
