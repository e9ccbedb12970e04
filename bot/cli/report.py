"""`thinktwice report`: the figures of /report, beside a running bot or without one."""

import argparse
import sys
import time
from functools import cache
from typing import TYPE_CHECKING

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config

if TYPE_CHECKING:
    from bot.config import Config
    from bot.names import Find
    from detectors.detector import Detector
    from detectors.finding import Finding


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "report", report, "Print the figures of /report.")
    add_config(parser)
    parser.add_argument("--since", default="7d", metavar="PERIOD", help="24h, 7d, 30d, ... (7d)")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="text (default), csv or json")
    parser.add_argument("--chat", metavar="PLATFORM:CHAT", help="one group only")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--quality", action="store_true", help="how right each rule was, as senders said")
    other.add_argument("--trial", action="store_true", help="what the policies on trial would have done")


def report(arguments: argparse.Namespace) -> int:
    """Print the figures; the audit table keeps that somebody looked."""
    import asyncio

    from bot.config import load
    from bot.names import GroupNames
    from bot.platforms.registered import SECTIONS
    from bot.reports import period, render, render_quality, render_trial
    from bot.store import Store
    from bot.words import Act

    config, now = load(arguments.config, SECTIONS), time.time()
    store = Store.open(config.database, time.time, create=False)
    try:
        since = now - period(arguments.since)
        groups = GroupNames(_finder(config), config.group_names())
        if arguments.trial:
            figures = render_trial(
                store, since, now, groups=groups, chat=arguments.chat, language="en", form=arguments.format
            )
        elif arguments.quality:
            figures = render_quality(store, since, now, chat=arguments.chat, language="en", form=arguments.format)
        else:
            figures = render(store, arguments.format, since, now, groups=groups, chat=arguments.chat)
        kind = " trial" if arguments.trial else " quality" if arguments.quality else ""
        detail = f"{arguments.since}{kind}"
        asyncio.run(store.audit(*signed.by(), Act.REPORT, detail))
        sys.stdout.write(figures)
    finally:
        store.close()
    return 0


def _finder(config: "Config") -> "Find":
    """A detector that wakes for the first name that has to be looked at."""

    @cache
    def detector() -> "Detector":
        from bot import app

        return app.detector(config)

    def find(text: str) -> "tuple[Finding, ...]":
        return detector().find(text)

    return find
