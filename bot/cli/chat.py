"""`thinktwice chat`: a made-up group, and the keyboard is everybody in it."""

import argparse
from pathlib import Path

from bot.cli.arguments import Commands, add_command


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "chat", converse, "Type as the members of a made-up group and see what the bot does."
    )
    parser.add_argument(
        "--policy", default="hr-default", metavar="FILE|NAME", help="the policy to judge by (hr-default)"
    )
    parser.add_argument("--people", type=Path, metavar="FILE", help="who is there: [[people]], as in a scenario")


def converse(arguments: argparse.Namespace) -> int:
    """Play until somebody quits."""
    from bot.demo.chat import chat

    return chat(arguments.policy, people=arguments.people)
