"""`thinktwice restore`: the log from a copy; what may have been said since the copy is not said again."""

import argparse
import time
from pathlib import Path

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Make the log from a copy, where there is none; nothing that may have been sent is sent again."
    parser = add_command(commands, "restore", restore, text)
    add_config(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="what `thinktwice backup` wrote")


def restore(arguments: argparse.Namespace) -> int:
    """Restore, and print what is not said again."""
    from bot.config import load
    from bot.platforms.registered import SECTIONS
    from bot.store import copies, engines

    config = load(arguments.config, SECTIONS)
    instead = "bring it back with pg_restore (docs/replicas.md)."
    log = engines.file(config.database, instead)
    made = copies.restore(arguments.file, log, time.time(), signed.by())
    print(f"Restored {made.incidents} incidents.")
    print(f"Cancelled {made.cancelled} sends that were waiting: they may have been made since the copy.")
    print(f"{made.unread} files that waited to be read stay unread.")
    print("What was posted between the copy and the next start is not read again; its senders may have been told.")
    return 0
