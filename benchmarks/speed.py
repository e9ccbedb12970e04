"""How long one message takes, and how many times faster that is than each peer.

The scanners take turns, each with a pass over all messages, round after round: a busy minute of the machine hits them
alike, and none works in the cold caches that another left behind. Ratios are to be trusted more than microseconds.
"""

import gc
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.rows import Row
from benchmarks.scanner import Scanner


def measure(mixes: Mapping[str, Sequence[str]], scanners: Sequence[Scanner], rounds: int = 5) -> dict[str, Any]:
    """Return for each of the `mixes` mean, p50 and p99 in microseconds of each scanner, and the first one's lead.

    The mean is of processor time, which a busy machine does not add to; p50 and p99 are of the wall. The middle of the
    `rounds` counts. `digits` is the share of messages
    that hold one: what decides how much there is to do.
    """
    return {name: _mix(texts, scanners, rounds) for name, texts in mixes.items()}


def met(rows: Iterable[Row], scanners: Iterable[Scanner]) -> dict[str, Any]:
    """Return for each scanner the share of messages with a leak that it warns about, and which types it never names."""
    leaks = [row for row in rows if row.warn]
    labelled = sorted({span.type for row in leaks for span in row.spans})
    result = {}
    for scanner in scanners:
        said = [scanner.predict(row.text) for row in leaks]
        named = {span.type for prediction in said for span in prediction.spans}
        missing = [entity for entity in labelled if entity not in named]
        warned = sum(one.warn for one in said) / max(len(leaks), 1)
        result[scanner.name] = {"warned": warned, "names": bool(named), "never": missing}
    return result


def _mix(texts: Sequence[str], scanners: Sequence[Scanner], rounds: int) -> dict[str, Any]:
    for scanner in scanners:
        for text in texts[:50]:
            scanner.find(text)
    taken, worked = _time(texts, scanners, rounds)
    figures = {name: {"mean_us": worked[name], **_figures(times)} for name, times in taken.items()}
    ours = figures[scanners[0].name]["mean_us"]
    for figure in figures.values():
        figure["times_ours"] = figure["mean_us"] / ours
    digits = sum(any(char.isdecimal() for char in text) for text in texts) / max(len(texts), 1)
    return {"messages": len(texts), "rounds": rounds, "digits": digits, "scanners": figures}


def _time(
    texts: Sequence[str], scanners: Sequence[Scanner], rounds: int
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Return the microseconds on the wall for each text, and those of processor time for one text in the mean."""
    passes: dict[str, list[list[int]]] = {scanner.name: [] for scanner in scanners}
    worked: dict[str, list[int]] = {scanner.name: [] for scanner in scanners}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for scanner in scanners:
                begin = time.thread_time_ns()
                passes[scanner.name].append(_pass(texts, scanner))
                worked[scanner.name].append(time.thread_time_ns() - begin)
    finally:
        gc.enable()
    middle = {
        name: [statistics.median(laps) / 1000 for laps in zip(*taken, strict=True)] for name, taken in passes.items()
    }
    return middle, {name: statistics.median(laps) / len(texts) / 1000 for name, laps in worked.items()}


def _pass(texts: Sequence[str], scanner: Scanner) -> list[int]:
    """Return the nanoseconds that each of the texts takes."""
    taken = []
    for text in texts:
        begin = time.perf_counter_ns()
        scanner.find(text)
        taken.append(time.perf_counter_ns() - begin)
    return taken


def _figures(times: list[float]) -> dict[str, float]:
    ranked = sorted(times)
    return {
        "p50_us": ranked[len(ranked) // 2],
        "p99_us": ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)],
    }
