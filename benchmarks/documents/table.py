"""One readable table of what was measured."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any


def table(results: Sequence[Any], memory: float) -> str:
    """Return the table: by file, by kind, by type, time."""
    return (
        "\n".join([*_by_file(results), "", *_by_kind(results), "", *_by_type(results), "", *_cost(results, memory)])
        + "\n"
    )


def _readers(results: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(one.reader for one in results))


def _by_file(results: Sequence[Any]) -> Iterator[str]:
    yield f"BY FILE{'':31}{'files':>8}{'recall':>10}{'precision':>12}{'needless':>11}"
    for reader in _readers(results):
        for maker in dict.fromkeys(one.maker for one in results):
            for group in ("document", "picture"):
                some = [one for one in results if (one.reader, one.maker, one.group) == (reader, maker, group)]
                if some:
                    yield f"{reader}, {maker} maker, {group}s".ljust(38) + _scores(some)


def _scores(some: Sequence[Any]) -> str:
    leaking, harmless = [one for one in some if one.wanted], [one for one in some if not one.wanted]
    told, needless = sum(one.warn for one in leaking), sum(one.warn for one in harmless)
    precision = f"{told / (told + needless):.3f}" if told + needless else "-"
    share = f"{needless / len(harmless):.3f}" if harmless else "-"
    return f"{len(some):>8}{told / max(1, len(leaking)):>10.3f}{precision:>12}{share:>11}"


def _by_kind(results: Sequence[Any]) -> Iterator[str]:
    readers = _readers(results)
    yield f"BY KIND, warned of{'':20}{'files':>8}" + "".join(f"{reader:>27}" for reader in readers)
    for maker, group, kind in dict.fromkeys((one.maker, one.group, one.kind) for one in results):
        some = [one for one in results if (one.maker, one.group, one.kind) == (maker, group, kind)]
        wanted = "" if some[0].wanted else " (harmless)"
        cells = []
        for reader in readers:
            theirs = [one.warn for one in some if one.reader == reader]
            cells.append(f"{sum(theirs)}" if theirs else "-")
        files = sum(one.reader == readers[0] for one in some)
        yield f"{maker}: {kind}{wanted}".ljust(38) + f"{files:>8}" + "".join(f"{cell:>27}" for cell in cells)


def _by_type(results: Sequence[Any]) -> Iterator[str]:
    readers = _readers(results)
    yield f"BY TYPE, found in files that hold it{'':10}" + "".join(f"{reader:>27}" for reader in readers)
    for type_ in sorted({name for one in results for name in one.wanted}):
        cells = []
        for reader in readers:
            some = [type_ in one.found for one in results if one.reader == reader and type_ in one.wanted]
            cells.append(f"{sum(some) / len(some):.3f}" if some else "-")
        yield type_.ljust(46) + "".join(f"{cell:>27}" for cell in cells)


def _cost(results: Sequence[Any], memory: float) -> Iterator[str]:
    yield f"SECONDS A FILE{'':32}{'middle':>10}{'slowest':>10}"
    for reader in _readers(results):
        for group in ("document", "picture"):
            some = [one.seconds for one in results if (one.reader, one.group) == (reader, group)]
            if some:
                yield f"{reader}, {group}s".ljust(46) + f"{median(some):>10.2f}{max(some):>10.2f}"
    yield f"Most memory of a process that reads a file: {memory:.0f} MB"
    unread = sum(bool(one.unread) for one in results)
    yield f"Unread by us: {unread}"
