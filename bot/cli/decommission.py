"""`thinktwice decommission`: the end of the service; everything is deleted, and a certificate says so."""

import argparse
import hashlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config

if TYPE_CHECKING:
    from bot.config import Config


def add(commands: Commands) -> None:
    """Add the command."""
    text = "End the service: delete the log for good, prove it, and print a certificate for the file."
    parser = add_command(commands, "decommission", decommission, text)
    add_config(parser)
    parser.add_argument("--yes", action="store_true", help="really do it; without it nothing is deleted")


def decommission(arguments: argparse.Namespace) -> int:
    """Delete and certify; without --yes say what would go, and return 1."""
    from bot.config import load
    from bot.evidence.certificate import Ended, certificate
    from bot.platforms.registered import SECTIONS
    from bot.store import copies, engines

    config = load(arguments.config, SECTIONS)
    log = engines.file(config.database, "end it with DROP DATABASE, and delete its backups (docs/replicas.md).")
    if not arguments.yes:
        print(f"This would delete {log} for good; add --yes. Nothing was deleted.", file=sys.stderr)
        return 1
    policies = [(name, _digest(file)) for name, file in _policies(config)]  # before, so that a fault deletes nothing
    rows = copies.erase(log)
    where, who = signed.by()
    ended = Ended(time.time(), f"{where}:{who}", config.privacy.operator, log.name, rows, policies)
    sys.stdout.write(certificate(ended))
    return 0


def _policies(config: "Config") -> list[tuple[str, Path]]:
    from policies.files import locate

    default, chats = config.policies.in_force
    return [(name, locate(name, config.folder)) for name in sorted(map(str, {default, *chats.values()}))]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
