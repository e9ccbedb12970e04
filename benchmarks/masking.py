"""What masking does to every message of the corpora: counts, never a text. `python -m benchmarks.masking`."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.ours import ThinkTwice
from benchmarks.rows import CORPUS, Row, load
from bot.masking import Masked, mask
from detectors import masks
from detectors.finding import Finding
from policies.facts import Facts

Find = Callable[[str], Sequence[Finding]]

QUIET = "nothing is said of it any more"


@dataclass
class Masking:
    """What came of some messages. `problems` are by the promise that was not kept, with the ids of the messages."""

    messages: int = 0
    warned: int = 0
    changed: int = 0
    kept: int = 0
    """Characters that stand in the masked texts of the changed messages as they stood before,"""
    characters: int = 0
    """of so many."""
    rounds: Counter[int] = field(default_factory=Counter)
    """How often a text was read that was changed."""
    problems: dict[str, list[str]] = field(default_factory=dict)

    def missed(self, promise: str, row: Row) -> None:
        """Note a promise that was not kept."""
        self.problems.setdefault(promise, []).append(row.id)


def measure(rows: Iterable[Row], ours: ThinkTwice, *, names: bool = False) -> Masking:
    """Mask each message and hold what comes out to what is promised of it."""
    told = Masking()
    for row in rows:
        counted = _Counted(ours.every)
        found = masked(ours, row.text, counted, names=names)
        told.messages += 1
        warns = ours.predict(row.text).warn
        told.warned += warns
        if found.texts[0] != row.text:
            told.changed += 1
            told.rounds[counted.calls] += 1
            told.characters += len(row.text)
            told.kept += kept(row.text, found.texts[0])
            if not warns and not names:
                told.missed("what nobody is nudged for stays as it is", row)
            _hold(told, row, found, ours, names=names)
        elif warns or not found.quiet:
            told.missed(QUIET, row)
    return told


def masked(ours: ThinkTwice, text: str, find: Find, *, names: bool = False) -> Masked:
    """Mask one text by the default policy."""
    return mask([("text", text)], find, ours.policy.decide, Facts(), names=names)


def kept(before: str, after: str) -> int:
    """Return how many characters of a masked text are those that were there."""
    return (
        len(_WORDS.sub("", after).replace(masks.STAR, "").replace(masks.CIRCLE, "")) if after != before else len(before)
    )


def _hold(told: Masking, row: Row, found: Masked, ours: ThinkTwice, *, names: bool) -> None:
    (after,) = found.texts
    if not found.quiet or ours.predict(after).warn:
        told.missed(QUIET, row)
    if masked(ours, after, ours.every, names=names).texts[0] != after:
        told.missed("masked again it stays the same", row)
    if not _shape(after).fullmatch(row.text):
        told.missed("all but what is hidden stands as it stood", row)


_WORDS = masks.words()


def _shape(after: str) -> re.Pattern[str]:
    """What the text before looked like, as far as the masked one tells: an asterisk was any character, words any."""
    pieces, end = [], 0
    for place in _WORDS.finditer(after):
        # An initial that later turns out to be part of something else leaves its full stop behind.
        pieces += [_plain(after[end : place.start()]), r"[^\n\r]+?"]
        end = place.end()
    pieces.append(_plain(after[end:]))
    return re.compile("".join(pieces).replace(_LEFT, rf"{_LEFT}?"), re.DOTALL)


def _plain(text: str) -> str:
    escaped = re.escape(text).replace(re.escape(masks.STAR), ".").replace(masks.CIRCLE, ".")
    return _INITIAL.sub(r"\1[^\\s.]*\\.?", escaped)


_LEFT = r"+?\."
"""The full stop behind words."""

_INITIAL = re.compile(r"(?<![A-Za-z\u00c0-\u024f\u1e00-\u1eff])([A-Za-z\u00c0-\u024f\u1e00-\u1eff])\\\.")
"""A letter and a full stop, escaped: it may have been a name."""


class _Counted:
    """Counts how often something is looked for."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self.calls = 0

    def __call__(self, text: str) -> Sequence[Finding]:
        self.calls += 1
        return self._find(text)


def main() -> int:
    """Mask all messages there are, those that nobody reads too; prints counts alone."""
    ours, failed = ThinkTwice(), 0
    for names in (False, True):
        for path in sorted(CORPUS.glob("*.jsonl")):
            told = measure(load(path), ours, names=names)
            _print(f"{path.stem}{', names too' if names else ''}", told)
            failed += sum(map(len, told.problems.values()))
    return 1 if failed else 0


def _print(name: str, told: Masking) -> None:
    share = told.kept / told.characters if told.characters else 1.0
    rounds = ", ".join(f"{count} x {told.rounds[count]}" for count in sorted(told.rounds))
    print(
        f"{name}: {told.messages} messages, {told.warned} warn, {told.changed} changed,"
        f" {share:.1%} of their characters stand as they stood; read {rounds}",
        flush=True,
    )
    for promise, ids in told.problems.items():
        print(f"  NOT KEPT, {len(ids)} times: {promise}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
