"""The worst messages: what somebody could send to stall the bot, at Telegram's and at Slack's limit of length."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any

from benchmarks.pieces import some
from detectors.recognizers import all_recognizers

SIZES = (4096, 40000)
"""Characters: Telegram's limit for a message, and Slack's."""

PIECES = {
    "one letter": "a",
    "exclamation marks": "!",
    "open brackets": "(",
    "full stops, Chinese": "。",
    "dotted": "a.a.",
    "spaced digits": "1 ",
    "spaced digits, many kinds": "1-2 3.4/",
    "digits": "9",
    "zeros and letters O": "O0",
    "phone numbers": "91234567 ",
    "phone numbers, no blank": "91234567",
    "country codes": "+852 ",
    "identity numbers": "A123456(3) ",
    "identity numbers, glued": "A123456(3)",
    "identity numbers, spaced out": "A 1 2 3 4 5 6 ( 3 ) ",
    "identity numbers, wrong digit": "A123456(4)",
    "capital letters": "AB",
    "addresses, endless": "a@b.",
    "addresses": "chan@example.com ",
    "at signs": "@",
    "cards": "4111 1111 1111 1111 ",
    "medical words": "cancer ",
    "medical words, Chinese": "佢有糖尿病",
    "medical words, glued": "癌",
    "names": "Chan Tai Man ",
    "names, Chinese": "陳大文",
    "salaries": "人工$35,000",
    "addresses of homes": "沙田第一城5座12樓A室",
    "full-width": "Ａ１２３４５６（３）",
    "compatibility signs": "㋿",
    "one sign, many letters": "ﷺ",
    "zero-width": "1\u200b",
    "zero-width only": "\u200b",
    "soft hyphens": "9\u00ad",
    "combining marks": "e\u0301",
    "Turkish capital": "İ",
    "markup": "<tel:+85291234567|9123 4567> ",
    "markup, open": "<",
    "entities": "&amp;",
    "blank lines": "\n",
    "Chinese": "今日開會",
    "Chinese digits": "九一二三四五六七",
    "emoji": "😀",
    "dates": "12/03/1985 ",
    "a roster": "陳大文\t91234567\tA123456(3)\tHK$35,000\n",
}
"""Repeated up to the size; `hostile_set` adds what the recognizers themselves wait for."""

GENERATED = 300
"""Pieces made from the recognizers' own words."""

BOUNDS = (10, 50)
"""Milliseconds that any text of these sizes may cost on a quiet machine."""

QUIET = 20_000
"""Turns of the loop that a quiet core carries out in a millisecond (CPython 3.11, AMD EPYC: 48 ns a turn)."""

NEARLY = 1.1
"""A loop that takes no more than so many times as long as on a quiet machine has met with a quiet moment."""

LINEAR = 15
"""Ten times the text may cost so many times as much: more is no longer in proportion."""

OLD = 2.5
"""How many times as much as it may a piece can cost where processors are slower at patterns than at loops."""

BUSY = 2 * LINEAR
"""The same where other programs are at work; what is not in proportion at all comes to a hundred."""


def hostile_set(count: int = GENERATED) -> dict[str, str]:
    """Return every piece with its name: the written ones, and `count` made from the recognizers' triggers and cues."""
    made = some(all_recognizers(), count)
    return PIECES | {f"generated {number}": piece for number, piece in enumerate(made, start=1)}


def measure(
    find: Callable[[str], object],
    scan: Callable[[str], object],
    sizes: Iterable[int] = SIZES,
    pieces: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Return by size the milliseconds of every hostile text, and the worst; `scan` is to normalise and scan once.

    `pieces` are those of `hostile_set` if None.
    """
    result: dict[str, Any] = {}
    chosen = hostile_set() if pieces is None else pieces
    for size in sizes:
        texts = {name: hostile(piece, size) for name, piece in chosen.items()}
        times = {name: {"ms": _best(find, text), "scan_once_ms": _best(scan, text)} for name, text in texts.items()}
        slowest = max(times, key=lambda name: times[name]["ms"])
        result[str(size)] = {"worst": slowest, **times[slowest], "kinds": times}
    return result


@dataclass(frozen=True, slots=True)
class Cost:
    """What the short and the long text of a piece cost, in milliseconds of this thread.

    `paces` say how many times as long as on a quiet machine a loop took that ran in turns with each of them.
    """

    short: float
    long: float
    paces: tuple[float, float] = (1.0, 1.0)

    @property
    def shares(self) -> tuple[float, float]:
        """How much of what it may cost each text does, at the pace that the machine had meanwhile."""
        return self.short / self.paces[0] / BOUNDS[0], self.long / self.paces[1] / BOUNDS[1]

    @property
    def growth(self) -> float:
        """How many times as much the long text costs."""
        return (self.long / self.paces[1]) / (self.short / self.paces[0])

    @property
    def in_proportion(self) -> bool:
        """Whether ten times the text costs about ten times as much."""
        return self.growth < LINEAR

    @property
    def in_bounds(self) -> bool:
        """Whether neither text costs more than any text may."""
        return max(self.shares) < 1

    @property
    def bearable(self) -> bool:
        """Whether the piece is in proportion, and costs no more than an old or a busy machine can make of it."""
        return self.growth < BUSY and max(self.shares) < OLD

    def least(self, other: "Cost") -> "Cost":
        """Return the least of each figure."""
        paces = min(self.paces[0], other.paces[0]), min(self.paces[1], other.paces[1])
        return Cost(min(self.short, other.short), min(self.long, other.long), paces)


def cost(find: Callable[[str], object], piece: str, rounds: int = 30, *, bounded: bool = False) -> Cost:
    """Return what `piece` costs at both sizes: minima, in turns, of one run.

    Stops early once it is in proportion (and, if `bounded`, in bounds or measured in quiet): a busy machine only ever
    adds to what a text costs. It may double it for as long as a neighbour works on the same core, and so for all of a
    few rounds: a short text that met with a quiet moment beside a long one that met with none looks like growth, and is
    none. Such a moment is too short for a long text on some machines, or never comes: so, if `bounded`, a loop that is
    always the same, and as long as the text may be, takes turns with each of them.
    """
    short, long = (hostile(piece, size) for size in SIZES)
    least = Cost(inf, inf, (inf, inf))
    with _undisturbed():
        for _ in range(rounds):
            paces = _paces() if bounded else (1.0, 1.0)
            least = least.least(Cost(_best(find, short), _best(find, long, 1), paces))
            quiet = bounded and max(least.paces) < NEARLY
            if least.in_proportion and (least.in_bounds or not bounded or quiet):
                break
    return least


def _paces() -> tuple[float, float]:
    """How many times as long as it may the loop takes, for as long as each text may take, and as often."""
    short, long = BOUNDS
    return _best(_loop, short * QUIET) / short, _best(_loop, long * QUIET, 1) / long


def _loop(turns: int) -> int:
    total = 0
    for number in range(turns):
        total += number * number
    return total


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector of garbage out of what is measured: it counts all objects of the process."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def hostile(piece: str, size: int) -> str:
    """Return `piece` repeated, of `size` characters or as many of a piece less as let it end as at the longest size.

    Where the last copy is cut, a word may stand by itself that is part of a longer one everywhere else: what it wakes
    must be awake at every size, or two different things are compared.
    """
    end = SIZES[-1] % len(piece)
    return piece * ((size - end) // len(piece)) + piece[:end]


def _best(run: Callable[[Any], object], what: Any, rounds: int = 3) -> float:
    """Return the milliseconds of this thread that the quickest of `rounds` takes."""
    laps = []
    for _ in range(rounds):
        begin = time.thread_time_ns()
        run(what)
        laps.append(time.thread_time_ns() - begin)
    return min(laps) / 1e6
