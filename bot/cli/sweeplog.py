"""Incidents of a sweep, into the bot's log: told to nobody, and each message once, whoever found it first."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.cli import signed
from bot.store import Judged, Store, Unearthed
from bot.words import Act, PressCode


class LogOfSweep:
    """The log of a configuration, opened when there is something to write. `began` stamps what this sweep adds."""

    def __init__(self, config: Path | None, began: float) -> None:
        self._config, self._began = config, began
        self._store: Store | None = None
        self._loop = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if self._store:
            self._store.close()
        self._loop.close()

    def keep(self, changes: Sequence[Judged]) -> tuple[int, int]:
        """Write incidents down; returns how many are new, and how many the log had already. Raises StoreError."""
        if not changes:
            return 0, 0
        stamped = [Unearthed(replace(change, at=self._began)) for change in changes]
        codes = self._loop.run(self._opened().commit(stamped))
        known = sum(code is PressCode.STALE for code in codes)
        return len(codes) - known, known

    def note(self, detail: str) -> None:
        """Write into the audit table that archives were swept."""
        self._loop.run(self._opened().audit(*signed.by(), Act.SWEEP, detail))

    def _opened(self) -> Store:
        if self._store is None:
            from bot.config import load
            from bot.platforms.registered import SECTIONS

            assert self._config is not None  # noqa: S101 - --log needs it
            self._store = Store.open(load(self._config, SECTIONS).database, time.time)
        return self._store
