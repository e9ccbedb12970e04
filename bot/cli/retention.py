"""`thinktwice retention verify`: searches the log for what should be gone, and prints a proof for the file."""

import argparse
import sys
import time

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command and its action."""
    text = "Show that what should be gone is gone."
    retention = commands.add_parser("retention", help=text[0].lower() + text[1:-1], description=text)
    actions = retention.add_subparsers(title="actions", metavar="ACTION", required=True)
    text = "Search the log, its file and what lies beside it, for what should be gone; print a proof in both languages."
    add_config(add_command(actions, "verify", verify, text))


def verify(arguments: argparse.Namespace) -> int:
    """Search beside a running bot or without one, and print; 1 when something is left. The audit table keeps it."""
    import asyncio

    from bot.config import load
    from bot.evidence.proof import Searched, proof
    from bot.platforms.registered import SECTIONS
    from bot.store import Store, engines
    from bot.words import Act

    config, now = load(arguments.config, SECTIONS), time.time()
    Store.open(config.database, time.time, create=False).close()  # its tables are of this version
    found = engines.remains(config.database, *config.privacy.edges(now))
    where, who = signed.by()
    days = config.privacy.retention_days
    sys.stdout.write(proof(Searched(now, f"{where}:{who}", config.privacy.operator, config.database.name, days, found)))
    store = Store.open(config.database, time.time, create=False)
    try:
        left = " ".join(f"{code}={count}" for code, count in found.left.items() if count)
        asyncio.run(store.audit(where, who, Act.VERIFY, left or "left=0"))
    finally:
        store.close()
    return 0 if found.clean else 1
