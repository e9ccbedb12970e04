"""`thinktwice person`: what is held about somebody who can't ask the bot any more; shown, handed out, or removed."""

import argparse
import sys

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config, add_language, place


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Show, export or remove what is held about one person, for those who left; each time is noted."
    parser = add_command(commands, "person", person, text)
    add_config(parser)
    add_language(parser)
    parser.add_argument("--user", type=place, required=True, metavar="PLATFORM:USER", help="who, such as slack:U1")
    parser.add_argument("--workspace", default="", metavar="ID", help="Slack's workspace id, where the log has several")
    parser.add_argument("does", choices=("show", "export", "forget"), help="counts, everything as json, or remove it")


def person(arguments: argparse.Namespace) -> int:
    """Do it for each workspace in which the log knows them; the audit table keeps by whom."""
    import asyncio

    from bot.cli.opened import opened
    from bot.evidence import person as held
    from bot.evidence import table
    from bot.store import Forgotten
    from bot.wording import say
    from bot.words import Act

    platform, user = arguments.user
    with opened(arguments) as log:
        places = [arguments.workspace] if arguments.workspace else held.workspaces(log.store, platform)
        about = f"{platform}:{user} {arguments.does}"
        if arguments.does == "forget":
            forgetting = [Forgotten(platform, place, user, log.now, signed.by()) for place in places]
            asyncio.run(log.store.commit(forgetting))
        else:
            asyncio.run(log.store.audit(*signed.by(), Act.PERSON, about))
        everything = [held.held(log.store, platform, place, user) for place in places]
        if arguments.does == "export":
            sys.stdout.write(table.json(everything))
            return 0
        counts = held.counted(everything)
        print("\n".join(say(log.language, f"person.{name}", count=count) for name, count in counts.items()))
        if arguments.does == "forget":
            print(say(log.language, "person.stays"))
    return 0
