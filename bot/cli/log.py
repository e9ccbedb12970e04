"""`thinktwice report` and `purge`: beside a running bot or without one."""

import asyncio
import sys
import time
from pathlib import Path

from bot.config import load
from bot.housekeeping import DAY
from bot.platforms.registered import SECTIONS
from bot.reports import period, render
from bot.store import Store


def report(path: Path, since: str, form: str, chat: str | None) -> int:
    """Print the figures of /report."""
    config = load(path, SECTIONS)
    now = time.time()
    store = Store.open(config.database, time.time, create=False)
    try:
        figures = render(store, form, now - period(since), now, names=config.group_names(), chat=chat)
        asyncio.run(store.audit("cli", "", "report", since, allowed=True))
        sys.stdout.write(figures)
    finally:
        store.close()
    return 0


def purge(path: Path) -> int:
    """Delete what is older than the retention period; prints the proof. Returns 1 when something is left."""
    config = load(path, SECTIONS)
    now = time.time()
    store = Store.open(config.database, time.time, create=False)
    try:
        purged = asyncio.run(store.purge(now - config.privacy.retention_days * DAY, now))
    finally:
        store.close()
    print(purged)
    if purged.wal_bytes:
        print("Another program reads the database; close it, and purge again.", file=sys.stderr)
    return 1 if purged.remaining or purged.wal_bytes else 0
