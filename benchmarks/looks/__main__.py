"""`python -m benchmarks.looks`: seconds from a posted file to the nudge, by kind; what texts wait meanwhile."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from benchmarks.documents.needs import missing
from benchmarks.latency.measure import LINES
from benchmarks.looks.kinds import Kind, kinds
from benchmarks.looks.measure import Read, beside, one_by_one

GOALS = {False: 2.0, True: 5.0}
"""Seconds for what is no picture, and for pictures."""
RATIO = 1.2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure line by line, and print a line for each figure. Returns 2 where the machine lacks something."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.looks", description=__doc__)
    options.add_argument("--times", type=int, default=3, help="how often each file is posted (3)")
    options.add_argument("--rate", type=int, default=100, help="texts a second beside files, one in ten leaking (100)")
    options.add_argument("--seconds", type=int, default=20, help="how long a turn beside files lasts (20)")
    options.add_argument("--turns", type=int, default=4, help="turns without files and with them (4)")
    options.add_argument("--only", nargs="+", choices=tuple(LINES), default=tuple(LINES), help="lines (all)")
    given = options.parse_args(arguments)
    wanting = missing()
    if wanting:
        print(wanting, file=sys.stderr)
        return 2
    files = kinds()
    for line in given.only:
        if given.times:
            _print_kinds(line, asyncio.run(one_by_one(line, files, given.times)))
        if given.turns:
            print(
                f"{line:13} {asyncio.run(beside(line, _mixed(files), given.rate, given.seconds, given.turns))}",
                flush=True,
            )
    print(f"goals: {GOALS[False]} s, pictures {GOALS[True]} s, p99 of texts beside {RATIO} of idle", flush=True)
    return 0


def _print_kinds(line: str, took: Sequence[Read]) -> None:
    for read in took:
        late = sum(seconds > GOALS[read.kind.picture] for seconds in read.took)
        print(f"{line:13} {read}" + (f"; {late} of {len(read.took)} beyond the goal" if late else ""), flush=True)


def _mixed(files: Sequence[Kind]) -> tuple[Kind, ...]:
    """Documents and pictures by turns, the longest of each among them."""
    documents, pictures = ([kind for kind in files if kind.picture is picture] for picture in (False, True))
    return tuple(kind for pair in zip(reversed(documents), reversed(pictures), strict=False) for kind in pair)


if __name__ == "__main__":
    sys.exit(main())
