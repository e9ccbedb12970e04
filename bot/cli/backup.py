"""`thinktwice backup`: a consistent copy of the log, beside a running bot or without one."""

import argparse
import time
from pathlib import Path

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "backup", backup, "Copy the log into a file that only its owner can read.")
    add_config(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="where the copy goes; there must be no such file yet")


def backup(arguments: argparse.Namespace) -> int:
    """Copy, and print what the copy holds; the audit table keeps that somebody did."""
    import asyncio

    from bot.config import load
    from bot.platforms.registered import SECTIONS
    from bot.store import Store, copies, engines
    from bot.words import Act

    config = load(arguments.config, SECTIONS)
    log = engines.file(config.database, "copy it with pg_dump (docs/replicas.md).")
    counts = copies.backup(log, arguments.file)
    store = Store.open(config.database, time.time, create=False)
    try:
        asyncio.run(store.audit(*signed.by(), Act.BACKUP, f"rows {sum(counts.values())}"))
    finally:
        store.close()
    rows = ", ".join(f"{table} {count}" for table, count in counts.items() if count)
    print(f"{arguments.file}: {rows or 'an empty log'}. Keep it as safe as the log, and no longer than its retention.")
    return 0
