"""What somebody sees who waits for a long work: a bar, or plain lines where there is no terminal."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

_LINES_EVERY = 10.0
"""Seconds between plain lines."""


class Waiting:
    """Shows how far the work is; `size` is all of it, `before` what was done in an earlier life."""

    def __init__(self, size: int, before: int = 0) -> None:
        self._size, self._before = max(size, 1), before
        self._done, self._messages = before, 0
        self._began = self._said = time.monotonic()
        self._bar: Progress | None = None
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def done(self, messages: int, size: int) -> None:
        """So many messages, of so many bytes, are done."""
        self._messages += messages
        self._done += size
        if self._terminal:
            self._show()
        elif time.monotonic() - self._said >= _LINES_EVERY:
            self._said = time.monotonic()
            print(self._line(), file=sys.stderr, flush=True)

    @property
    def _rate(self) -> float:
        """Messages a second."""
        return self._messages / max(time.monotonic() - self._began, 0.001)

    def _show(self) -> None:
        if self._bar is None:  # not before processes were forked: it has a thread
            columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task("", total=self._size, completed=self._before, rate="")
            self._bar.start()
        self._bar.update(
            self._bar.task_ids[0],
            completed=self._done,
            rate=f"{self._messages:,} messages, {self._rate:,.0f}/s, left:",
        )

    def _line(self) -> str:
        work = self._done - self._before
        left = (self._size - self._done) * (time.monotonic() - self._began) / max(work, 1)
        share = 100 * self._done / self._size
        return f"{share:.0f}%: {self._messages:,} messages, {self._rate:,.0f}/s, {left:,.0f} s left"
