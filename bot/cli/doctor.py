"""`thinktwice doctor`: what `run` would meet, before it does."""

import argparse

from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Check tokens, permissions, database and policies, and say what to do."
    parser = add_command(commands, "doctor", doctor, text)
    add_config(parser)
    parser.add_argument(
        "--fix",
        action="store_true",
        help="do what is safe, and look again: permissions, a missing folder, leftovers, the tables of the log",
    )


def doctor(arguments: argparse.Namespace) -> int:
    """Check everything; returns 1 when something is to be mended."""
    from bot.cli import checks

    return checks.run(arguments.config, fix=arguments.fix)
