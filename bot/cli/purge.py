"""`thinktwice purge`: the nightly purge at once, beside a running bot or without one."""

import argparse
import sys
import time

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config

_REFUSED = (
    "This computer's clock says {now}, the newest entry of the log is of {newest}: nothing was deleted."
    " Set the clock; or, if it is right, add --clock-is-right."
)
_UNWRITTEN = (
    "In those tables the bytes of deleted rows stay in the server's files until new rows take their room; "
    "in a quiet hour `thinktwice purge --anew` writes them anew."
)


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Delete ended incidents that are older than the retention period, for good."
    parser = add_command(commands, "purge", purge, text)
    add_config(parser)
    parser.add_argument(
        "--clock-is-right", action="store_true", help="purge although the clock seems to have jumped; a running bot too"
    )
    parser.add_argument(
        "--anew", action="store_true", help="on a PostgreSQL server: write large tables anew, too; a running bot waits"
    )


def purge(arguments: argparse.Namespace) -> int:
    """Delete, and print the proof; returns 1 when something is left. An odd clock is for the operator to confirm."""
    import asyncio

    from bot.clocks import CONFIRMED, is_odd
    from bot.config import load
    from bot.platforms.registered import SECTIONS
    from bot.reports.text import moment
    from bot.store import Store

    config, now = load(arguments.config, SECTIONS), time.time()
    store = Store.open(config.database, time.time, create=False)
    try:
        newest = store.newest()
        if arguments.clock_is_right:
            asyncio.run(store.audit(*signed.by(), CONFIRMED))
        elif is_odd(now, newest):
            print(_REFUSED.format(now=moment(now), newest=moment(newest)), file=sys.stderr)
            return 1
        before, sooner = config.privacy.edges(now)
        purged = asyncio.run(store.purge(before, now, sooner, signed.by(), anew=arguments.anew))
    finally:
        store.close()
    print(purged)
    if purged.unwritten:
        print(_UNWRITTEN)
    if purged.held_up:
        print("Another program reads the database; close it, and purge again.", file=sys.stderr)
    return 0 if purged.clean else 1
