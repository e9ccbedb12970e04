"""`python -m benchmarks.growth`: what grows with the log, each figure beside its ratio to the first row of its kind."""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Sequence

from benchmarks.growth.beside import in_turns
from benchmarks.growth.cases import Case, cases
from benchmarks.growth.figures import measure
from benchmarks.small_talk import LEAK
from detectors.detector import Detector

BESIDE = "live"
"""What a message costs in the smallest and in the largest log, in turns."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table for each thing that grows."""
    given = _options().parse_args(arguments)
    detector = Detector()
    detector.find(LEAK)
    for what, some in cases(tuple(given.incidents), given.some).items():
        if what in given.only:
            print(f"\n{what.upper()}, ratios to the first row", flush=True)
            _show(some, (measure(case, detector, given.messages) for case in some))
    if BESIDE in given.only:
        print("\nLIVE, in turns, ratios to the first row", flush=True)
        logs = cases((given.incidents[0], given.incidents[-1]), given.some)["incidents"]
        _show(logs, asyncio.run(in_turns(logs, detector)))
    return 0


def _show(cases: Iterable[Case], figures: Iterable[dict[str, float]]) -> None:
    first: dict[str, float] = {}
    for case, measured in zip(cases, figures, strict=True):
        first = first or measured
        shown = "  ".join(f"{name} {value:,.1f} ({_ratio(value, first[name])})" for name, value in measured.items())
        print(f"{case.label:32} {shown}", flush=True)


def _ratio(value: float, first: float) -> str:
    return f"{value / first:.2f}" if first else "-"


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    options.add_argument("--incidents", type=int, nargs="+", default=[0, 10_000, 1_000_000])
    options.add_argument("--some", type=int, default=10_000, help="incidents where something else grows")
    options.add_argument("--messages", type=int, default=10_000, help="messages judged and committed for each row")
    kinds = (*cases((0,), 1_000), BESIDE)
    options.add_argument("--only", nargs="+", choices=kinds, default=kinds, help="what grows (all)")
    return options


if __name__ == "__main__":
    sys.exit(main())
