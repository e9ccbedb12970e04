"""What the parsers of several commands share."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Command = Callable[[argparse.Namespace], int]
"""What a command does with its arguments; returns the exit code."""

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # argparse has no public name for what add_subparsers returns
"""Where commands are added."""


def add_command(commands: Commands, name: str, command: Command, text: str) -> argparse.ArgumentParser:
    """Add the command `name`; `text` is a sentence for the list of commands and for its own help."""
    parser = commands.add_parser(name, help=text[0].lower() + text[1:].rstrip("."), description=text)
    parser.set_defaults(command=command)
    return parser


def add_config(parser: argparse.ArgumentParser) -> None:
    """Let the command read the configuration that the bot runs with."""
    parser.add_argument(
        "--config", type=Path, default=Path("config.toml"), metavar="FILE", help="the configuration (config.toml)"
    )


def add_period(parser: argparse.ArgumentParser, default: str) -> None:
    """Let the command speak of a period; `asked_period` reads it."""
    parser.add_argument(
        "period",
        nargs="*",
        metavar="PERIOD",
        help=f"today, last month, 2026-09, 2026-09-01..2026-09-30, 24h, 30d, ... ({default})",
    )
    parser.add_argument(
        "--since", metavar="PERIOD", help="the same; a day, month or year stands for all time since then"
    )


def asked_period(arguments: argparse.Namespace, default: str) -> str:
    """The code of the period that is asked for (`bot.periods`). Raises InputError."""
    from bot import periods
    from bot.misuse import InputError

    if arguments.period and arguments.since:
        raise InputError("The period is given twice: keep the one after --since, or the other")
    code = periods.asked((arguments.since or " ".join(arguments.period) or default).split())
    return periods.onward(code) if arguments.since else code


def add_language(parser: argparse.ArgumentParser) -> None:
    """Let the command speak the reader's language."""
    parser.add_argument(
        "--language", choices=("en", "zh"), default="en", help="English (en) or Traditional Chinese (zh)"
    )


def add_detector(parser: argparse.ArgumentParser) -> None:
    """Let the command judge with the detector of a configuration in place of the shipped one."""
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="judge like a bot that runs with this configuration"
    )


def add_yardstick(parser: argparse.ArgumentParser) -> None:
    """Let the command judge with a configuration, a policy, or both."""
    add_detector(parser)
    parser.add_argument(
        "--policy", metavar="FILE|NAME", help="the policy to judge by (hr-default, or the configuration's)"
    )


def add_chat(parser: argparse.ArgumentParser) -> None:
    """Let the command speak of one chat."""
    parser.add_argument(
        "--chat", type=place, default=("", ""), metavar="PLATFORM:CHAT", help="the chat, such as slack:C1"
    )


def place(written: str) -> tuple[str, str]:
    """A platform and a chat id. Raises ArgumentTypeError with the cure."""
    from policies.chats import PLATFORMS  # what it is made of takes longer to import than all help to print
    from policies.errors import nearest

    platform, colon, chat = written.partition(":")
    if not colon or not chat:
        raise argparse.ArgumentTypeError(f"{written}: is not platform:chat id; write it like telegram:-100200300")
    if platform not in PLATFORMS:
        raise argparse.ArgumentTypeError(f"{platform}: there is no such platform; {nearest(platform, PLATFORMS)}")
    return platform, chat


def people(written: str) -> int:
    """How many people. Raises ArgumentTypeError with the cure."""
    if not written.isdecimal():
        raise argparse.ArgumentTypeError(f"{written}: is no number of people; write it like 47")
    return int(written)


def add_facts(parser: argparse.ArgumentParser) -> None:
    """Let the command be told where, by whom and when a message was written."""
    facts = parser.add_argument_group("what rules may know of the message besides its words")
    add_chat(parser)
    facts.add_argument("--audience", type=people, metavar="PEOPLE", help="how many can read it (unknown, so large)")
    facts.add_argument("--role", metavar="ROLE", help="what its sender is: owner, admin, member, guest or bot")
    facts.add_argument("--sender", metavar="USER", help="the id of its sender")
    facts.add_argument("--forwarded", action="store_true", help="it is forwarded")
    facts.add_argument("--edited", action="store_true", help="it is an edit")
    facts.add_argument("--external", action="store_true", help="people of another organisation read along")
    facts.add_argument("--part", default="text", metavar="PART", help="where in a message it stands (text)")
    facts.add_argument("--at", metavar="TIME", help="when it is written, like 2026-11-30T14:00 (unknown)")
