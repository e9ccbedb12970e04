"""How long one message takes, and how many times faster that is than each peer.

All scanners take turns on the same message before the next one comes: a busy moment of the machine hits them alike.
Ratios are to be trusted more than microseconds.
"""

import gc
import statistics
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.scanner import Scanner


def measure(texts: Sequence[str], scanners: Sequence[Scanner], rounds: int = 5) -> dict[str, Any]:
    """Return mean, p50 and p99 in microseconds of each scanner over `texts`, and the first one's lead over the others.

    Of the `rounds` times that a scanner takes for a message the middle one counts.
    """
    for scanner in scanners:
        for text in texts[:50]:
            scanner.find(text)
    taken = _time(texts, scanners, rounds)
    figures = {name: _figures(times) for name, times in taken.items()}
    ours = figures[scanners[0].name]["mean_us"]
    for figure in figures.values():
        figure["times_ours"] = figure["mean_us"] / ours
    return {"messages": len(texts), "rounds": rounds, "scanners": figures}


def _time(texts: Sequence[str], scanners: Sequence[Scanner], rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {scanner.name: [] for scanner in scanners}
    gc.collect()
    gc.disable()
    try:
        for text in texts:
            laps: dict[str, list[int]] = {scanner.name: [] for scanner in scanners}
            for _ in range(rounds):
                for scanner in scanners:
                    begin = time.perf_counter_ns()
                    scanner.find(text)
                    laps[scanner.name].append(time.perf_counter_ns() - begin)
            for name, lap in laps.items():
                taken[name].append(statistics.median(lap) / 1000)
    finally:
        gc.enable()
    return taken


def _figures(times: list[float]) -> dict[str, float]:
    ranked = sorted(times)
    return {
        "mean_us": statistics.fmean(ranked),
        "p50_us": ranked[len(ranked) // 2],
        "p99_us": ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)],
    }
