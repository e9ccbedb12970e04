"""`thinktwice notice`: what staff must be told, in both languages; or where and when the groups were greeted."""

import argparse
import sys
import time
from typing import TYPE_CHECKING

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config

if TYPE_CHECKING:
    from bot.config import Config


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Print in English and Chinese what staff must be told, from the configuration and the policies in force."
    parser = add_command(commands, "notice", notice, text)
    add_config(parser)
    parser.add_argument("--greetings", action="store_true", help="list the groups' greetings instead, when and where")


def notice(arguments: argparse.Namespace) -> int:
    """Print it; the list of greetings is a look at the log, so the audit table keeps it."""
    from bot.config import load
    from bot.platforms.registered import SECTIONS

    config = load(arguments.config, SECTIONS)
    sys.stdout.write("\n".join(_greetings(config) if arguments.greetings else _notices(config)))
    return 0


def _notices(config: "Config") -> list[str]:
    from bot import app
    from bot.evidence.notice import notice
    from bot.wording import LANGUAGES

    app.speak(config)
    policies = app.policies(config, app.detector(config)).set
    return [notice(config, policies, language) for language in LANGUAGES]


def _greetings(config: "Config") -> list[str]:
    import asyncio

    from bot.evidence.notice import greetings
    from bot.store import Store
    from bot.wording import LANGUAGES
    from bot.words import Act

    store = Store.open(config.database, time.time, create=False)
    try:
        chats = store.chats()
        asyncio.run(store.audit(*signed.by(), Act.GREETINGS))
    finally:
        store.close()
    return [line for language in LANGUAGES for line in (*greetings(chats, language), "")]
