"""Moving the write-ahead log into the database file while much is deleted, without anybody waiting for it.

By itself SQLite does that within the commit that makes the log longer than 1,000 pages, and whoever commits waits:
https://www.sqlite.org/wal.html#ckpt. A purge writes that much every few transactions, and the same pages again and
again; here each page is moved once for many transactions, by a connection of its own.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path

from bot.store import files
from bot.store.engine import Asked, Database
from bot.store.errors import as_store_error

USUAL, LATE = 1_000, 50_000
"""Pages in the log from which on a commit moves them: as SQLite has it, and while that is done beside the commits."""
EVERY = 1.5
"""Seconds between two moves; some 150 MB are written meanwhile."""
TRIES = 3
"""How often the rest is moved that was written during the last move; what is left then is moved by the next."""

Between = Callable[[], Awaitable[None]]


@asynccontextmanager
async def beside(path: Path, writer: Asked) -> AsyncIterator[Between]:
    """Yield what is to be awaited between two transactions of a long work; afterwards all is as usual."""
    try:
        await _asked(writer, f"PRAGMA wal_autocheckpoint = {LATE}")
        yield _Moves(path).between
    finally:
        await _asked(writer, f"PRAGMA wal_autocheckpoint = {USUAL}")


class _Moves:
    """Moves, when it is time to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = time.monotonic()

    async def between(self) -> None:
        """Move what is written; the log begins anew once its last pages, too, are in the file."""
        if time.monotonic() - self._last < EVERY:
            return
        for _ in range(TRIES):
            if await asyncio.to_thread(self._move):
                break
        self._last = time.monotonic()

    def _move(self) -> bool:
        """Move what is written by now; whether that is all, so that the log begins anew."""
        with as_store_error(), closing(files.connect(self._path, create=False)) as connection:
            _, pages, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            return bool(moved == pages)


async def _asked(writer: Asked, pragma: str) -> None:
    await asyncio.wrap_future(writer.ask(partial(_say, pragma), alone=True))


def _say(pragma: str, db: Database) -> None:
    db.execute(pragma).fetchone()
