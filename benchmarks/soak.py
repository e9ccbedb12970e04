"""A long run: memory stays flat while every message brings words and numbers that were never seen before."""

import argparse
import gc
import tracemalloc
from collections.abc import Callable, Iterator

from benchmarks.memory import resident_mb
from benchmarks.rows import HK_CHAT, load

MILLION = 1_000_000


def messages(count: int, start: int = 0) -> Iterator[str]:
    """Yield `count` messages of the corpus in turn, each with a word and a number of its own."""
    texts = [row.text for row in load(HK_CHAT)]
    for number in range(start, start + count):
        yield f"{texts[number % len(texts)]} ref{number:x} {51000000 + number * 7919 % 48999999}"


def growth(find: Callable[[str], object], count: int, warm_up: int) -> int:
    """Return by how many bytes Python's own memory grew over `count` messages, after `warm_up` of them."""
    tracemalloc.start()
    try:
        for text in messages(warm_up):
            find(text)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for text in messages(count, start=warm_up):
            find(text)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def resident_growth(find: Callable[[str], object], count: int) -> dict[str, float]:
    """Return the resident memory in MB after a tenth of `count` messages, and after all of them."""
    warm_up = count // 10
    for text in messages(warm_up):
        find(text)
    early = resident_mb()
    for text in messages(count - warm_up, start=warm_up):
        find(text)
    return {"messages": count, "early_mb": early, "late_mb": resident_mb()}


def main() -> None:
    """Print the growth over a million messages, or as many as are asked for."""
    from detectors.detector import Detector  # noqa: PLC0415  # argparse answers --help without it

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=MILLION)
    print(resident_growth(Detector().find, options.parse_args().messages))


if __name__ == "__main__":
    main()
