"""One bot, one line: how long the sender of a file waits, and how much longer senders of texts do meanwhile.

As `benchmarks.latency` measures: `thinktwice run` in a process of its own, told where to find the platform and to read
files; the clock starts when the event is there and stops when the server has read the nudge.
"""

import asyncio
import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.latency.measure import LINES, PATIENCE, WARM_UP, Clock, Line, post, running, spent
from benchmarks.looks.kinds import Kind

FILES = "[files]\nenabled = true\n"
SHARER = 3_000_000
"""Where the numbers of people begin who post a file, each once."""
WAITING = 2
"""Files that wait or are read at any time beside texts."""
SECONDS = 60.0
"""How long one file's nudge is waited for."""


@dataclass(frozen=True, slots=True)
class Read:
    """A kind of file, and the seconds until its sender was told, each time; none: nobody was.

    `worked`: seconds of processor time of the bot and its reader for one, which say more on a busy machine (None:
    unknown here).
    """

    kind: Kind
    took: tuple[float, ...]
    worked: float | None

    def __str__(self) -> str:
        name = f"{self.kind.says} ({len(self.kind.data) / 1000:,.0f} kB)"
        if not self.took:
            return f"{name}: nobody was told"
        worked = "" if self.worked is None else f", {self.worked:.2f} s of work"
        return f"{name}: {statistics.median(self.took):.2f} s, worst {max(self.took):.2f} s{worked}"


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds until senders of texts were told, sorted: with no file about, and while files were read."""

    idle: tuple[float, ...]
    busy: tuple[float, ...]
    files: int

    def __str__(self) -> str:
        (idle50, idle99), (busy50, busy99) = _cuts(self.idle), _cuts(self.busy)
        return (
            f"{len(self.idle)} texts with no file about: p50 {idle50:.1f} ms, p99 {idle99:.1f} ms; "
            f"{len(self.busy)} while {self.files} files were read: p50 {busy50:.1f} ms, p99 {busy99:.1f} ms; "
            f"p99 {busy99 / idle99:.2f} of idle"
        )


def _cuts(took: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return cuts[49], cuts[98]


async def one_by_one(line: str, kinds: Sequence[Kind], times: int) -> tuple[Read, ...]:
    """Post each file `times` times by one of LINES, each when the one before is told of."""
    clock, people = Clock(), itertools.count(SHARER)
    reads = []
    async with LINES[line](clock.told) as platform, running(platform, FILES) as process:
        await _warm_up(platform, clock)
        for kind in kinds:
            before = spent(process, ended=True)
            took: list[float] = []
            for _ in range(times):
                _share(platform, clock, next(people), kind)
                took += await _until_told(clock)
            after = spent(process, ended=True)
            worked = None if before is None or after is None else (after - before) / times
            reads.append(Read(kind, tuple(took), worked))
    return tuple(reads)


async def _until_told(clock: Clock) -> Sequence[float]:
    """Seconds until the last one who posted was told; none when nobody was in time."""
    try:
        return [milliseconds / 1000 for milliseconds in await clock.finish(SECONDS)]
    except TimeoutError:
        clock.forget()
        return ()


async def beside(line: str, kinds: Sequence[Kind], rate: int, seconds: int, turns: int, every: int = 10) -> Beside:
    """Post `rate` texts a second, one in `every` a leak, in turns without and with files that are read meanwhile."""
    texts, files = Clock(), Clock()

    def told(person: int) -> None:
        (files if person >= SHARER else texts).told(person)

    numbers, people = iter(range(1 + WARM_UP, 10**9)), itertools.count(SHARER)
    idle: list[float] = []
    busy: list[float] = []
    async with LINES[line](told) as platform, running(platform, FILES):
        await _warm_up(platform, texts)
        for _ in range(turns):
            await post(platform, texts, rate, _next(numbers, rate * seconds), every)
            idle += await texts.finish(PATIENCE)
            sharing = asyncio.create_task(_keep_sharing(platform, files, kinds, people))
            await post(platform, texts, rate, _next(numbers, rate * seconds), every)
            busy += await texts.finish(PATIENCE)
            sharing.cancel()
            await files.finish(PATIENCE)
    return Beside(tuple(sorted(idle)), tuple(sorted(busy)), next(people) - SHARER)


async def _warm_up(platform: Line, clock: Clock) -> None:
    await post(platform, clock, 10, range(1, 1 + WARM_UP), 10)
    await clock.finish(PATIENCE)


def _next(numbers: Iterator[int], count: int) -> Sequence[int]:
    return tuple(itertools.islice(numbers, count))


async def _keep_sharing(platform: Line, clock: Clock, kinds: Sequence[Kind], people: Iterator[int]) -> None:
    """Post a file whenever fewer than so many wait."""
    for kind in itertools.cycle(kinds):
        while clock.waiting >= WAITING:  # noqa: ASYNC110 - as in `Clock.finish`
            await asyncio.sleep(0.005)
        _share(platform, clock, next(people), kind)


def _share(platform: Line, clock: Clock, person: int, kind: Kind) -> None:
    clock.posted(person)
    platform.share(person, kind.name, kind.data)
