"""`thinktwice purge`: the nightly purge at once, beside a running bot or without one."""

import argparse
import sys
import time

from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Delete ended incidents that are older than the retention period, for good."
    add_config(add_command(commands, "purge", purge, text))


def purge(arguments: argparse.Namespace) -> int:
    """Delete, and print the proof; returns 1 when something is left."""
    import asyncio

    from bot.config import load
    from bot.housekeeping import DAY
    from bot.platforms.registered import SECTIONS
    from bot.store import Store

    config, now = load(arguments.config, SECTIONS), time.time()
    store = Store.open(config.database, time.time, create=False)
    try:
        purged = asyncio.run(store.purge(now - config.privacy.retention_days * DAY, now))
    finally:
        store.close()
    print(purged)
    if purged.wal_bytes:
        print("Another program reads the database; close it, and purge again.", file=sys.stderr)
    return 1 if purged.remaining or purged.wal_bytes else 0
