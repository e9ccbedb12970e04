"""`thinktwice doctor`: what `run` would meet, before it does."""

import argparse

from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Check tokens, permissions, database and policies, and say what to do."
    add_config(add_command(commands, "doctor", doctor, text))


def doctor(arguments: argparse.Namespace) -> int:
    """Check everything; returns 1 when something is to be mended."""
    from bot.cli import checks

    return checks.run(arguments.config)
