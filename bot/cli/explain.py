"""`thinktwice explain`: why one message would or would not be nudged."""

import argparse

from bot.cli.arguments import Commands, add_command, add_facts, add_yardstick


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Explain what is found in one message on standard input, values masked."
    parser = add_command(commands, "explain", explain, text)
    add_yardstick(parser)
    add_facts(parser)


def explain(arguments: argparse.Namespace) -> int:
    """Explain the message on standard input."""
    from bot.cli import circumstances, explanation, yardstick

    facts, part = circumstances.facts_of(arguments), circumstances.part_of(arguments)
    return explanation.run(yardstick.chosen(arguments.policy, arguments.config), facts, part)
