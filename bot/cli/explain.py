"""`thinktwice explain`: why one message would or would not be nudged."""

import argparse

from bot.cli.arguments import Commands, add_command, add_yardstick


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Explain what is found in one message on standard input, values masked."
    add_yardstick(add_command(commands, "explain", explain, text))


def explain(arguments: argparse.Namespace) -> int:
    """Explain the message on standard input."""
    from bot.cli import explanation, yardstick

    return explanation.run(yardstick.chosen(arguments.policy, arguments.config))
