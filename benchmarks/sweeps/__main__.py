"""`python -m benchmarks.sweeps`: a made archive of two million messages swept: rate a core, memory, peers beside."""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import natural
from benchmarks.libraries import libraries
from benchmarks.peers import Patterns, default_presidio, tuned_presidio
from benchmarks.rows import HK_CHAT, chat_mix, load
from benchmarks.scanner import Scanner
from benchmarks.sweeps import exports, table
from benchmarks.sweeps.made import Made
from benchmarks.sweeps.pictures import seconds_of_a_picture
from benchmarks.sweeps.running import Ran, sweep

MILLIONS = 2_000_000
DIFFERENT = 20_000
"""Texts of the mix; each message gets a word of its own besides, so that nothing is met twice."""
LEAKS = 0.01
"""The share of leaks among natural messages."""
_LETTERS = "bcdfghjklmnpqrstvwxz"
PEERS = 1_000
"""Messages that peers are timed over."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the archive, sweep it with and without the second opinion, time the peers, and print tables."""
    given = _options().parse_args(arguments)
    mix = _natural(given.natural) if given.natural else chat_mix(load(HK_CHAT), DIFFERENT)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        exports.telegram(folder / "result.json", _posted(mix, given.messages))
        size = (folder / "result.json").stat().st_size
        what = "natural chat, 1% leaks" if given.natural else "the published mix"
        print(f"{given.messages:,} messages, {size / 1e6:,.0f} MB: {what}", flush=True)
        runs: dict[str, Ran] = {}
        for name, opinion in (("rules alone", False), ("with the second opinion", True)):
            runs[name] = sweep(folder, opinion=opinion, jobs=given.jobs)
            print(table.run(name, runs[name], given.messages), flush=True)
    print(table.peers(_peers(mix), runs, given.messages))
    picture = seconds_of_a_picture(given.pictures) if given.pictures else 0.0
    print(table.extrapolated(runs, given.messages, picture))
    return 0


def _posted(mix: Sequence[str], count: int) -> Iterator[Made]:
    for number in range(1, count + 1):
        text = f"{mix[number % len(mix)]} {_word(number)}"
        yield Made(number, 1_600_000_000 + number * 20, number % 40, text, leaks=False)


def _natural(path: Path) -> list[str]:
    """Ordinary chat with some leaks of the corpus in it."""
    dice = random.Random(852)  # noqa: S311 - a reproducible sample
    leaks = [row.text for row in load(HK_CHAT) if row.category == "data"]
    chat = dice.choices(natural.texts(path), k=DIFFERENT)
    return [dice.choice(leaks) if dice.random() < LEAKS else text for text in chat]


def _word(number: int) -> str:
    """A word of letters that no other number has."""
    word = ""
    while number:
        number, rest = divmod(number, len(_LETTERS))
        word += _LETTERS[rest]
    return word


def _peers(mix: Sequence[str]) -> dict[str, float]:
    """Microseconds of processor time a message of each peer, of the text alone: they read no exports."""
    texts = random.Random(852).sample(list(mix), PEERS)  # noqa: S311 - a reproducible sample
    others, _ = libraries()
    scanners: list[Scanner] = [default_presidio(), tuned_presidio(), Patterns(), *others]
    taken = {}
    for scanner in scanners:
        for text in texts[:20]:
            scanner.find(text)
        began = time.thread_time()
        for text in texts:
            scanner.find(text)
        taken[scanner.name] = (time.thread_time() - began) / len(texts) * 1e6
    return taken


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.sweeps", description=__doc__)
    options.add_argument("--messages", type=int, default=MILLIONS)
    options.add_argument(
        "--natural", type=Path, help="ordinary messages (id, text), JSON lines, in place of the corpus"
    )
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--pictures", type=int, default=6, help="made photographs that are read (0: none)")
    return options


if __name__ == "__main__":
    sys.exit(main())
