"""`python -m benchmarks.latency`: milliseconds from an event to the nudge on the wire, by line, at growing rates."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from benchmarks.latency.measure import LINES, measure


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure in turns, and print a line for each."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.latency", description=__doc__)
    options.add_argument("--rates", type=int, nargs="+", default=[50, 200, 1000], help="messages a second")
    options.add_argument("--seconds", type=int, default=10, help="how long each rate lasts")
    options.add_argument("--every", type=int, default=10, help="one message in so many leaks")
    options.add_argument("--only", nargs="+", choices=tuple(LINES), default=tuple(LINES), help="lines (all)")
    options.add_argument("--after", type=float, default=0.0, help="seconds that the bot has run before (0)")
    given = options.parse_args(arguments)
    for rate in given.rates:
        for line in given.only:
            figures = asyncio.run(measure(line, rate, given.seconds, given.every, lived=given.after))
            print(f"{line:16} {rate:>5} messages/s, 1 in {given.every} leaking, {figures}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
