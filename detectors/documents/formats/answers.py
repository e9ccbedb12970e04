"""Forms in PDF whose labels were written first and the answers after all of them: put together by where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from detectors.documents.formats import headings

_FEWEST = 3
"""Labels, one right behind the other, that make it likely that their answers stand elsewhere."""
_MOST = 400
"""Runs of words of a page that are looked at."""
_SAME_LINE = 0.6
"""Middles that are nearer than this share of a label's height stand in one line."""


@dataclass(frozen=True, slots=True)
class _Run:
    text: str = field(repr=False)
    left: float
    right: float
    middle: float
    height: float


def beside(page: Any, written: str) -> list[str]:
    """Return "label: answer" for labels of a page (a text page of pypdfium2) whose answers stand elsewhere in it."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if not any(all(map(headings.is_label, lines[at : at + _FEWEST])) for at in range(len(lines) - _FEWEST + 1)):
        return []
    runs = _runs(page)
    found = [(label, _answer(label, runs)) for label in runs if headings.is_label(label.text)]
    return [f"{label.text.rstrip(' :：')}: {answer}" for label, answer in found if answer]


def _runs(page: Any) -> list[_Run]:
    runs = []
    for number in range(min(page.count_rects(), _MOST)):
        left, bottom, right, top = page.get_rect(number)
        text = " ".join(page.get_text_bounded(left, bottom, right, top).split())
        runs.append(_Run(text, left, right, (top + bottom) / 2, top - bottom))
    return runs


def _answer(label: _Run, runs: Sequence[_Run]) -> str:
    """What stands nearest to the right of a label, '' where that is the next label or nothing."""
    right = [
        run
        for run in runs
        if run.left >= label.right - 1 and abs(run.middle - label.middle) < _SAME_LINE * label.height and run.text
    ]
    nearest = min(right, key=lambda run: run.left, default=None)
    return nearest.text if nearest and not headings.is_label(nearest.text) else ""
