"""`thinktwice scan`: what is in a file of messages, and which of them would be nudged."""

import argparse

from bot.cli.arguments import Commands, add_command, add_facts, add_yardstick


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Scan messages in a file: JSON lines (id, text, ...) or plain text lines."
    parser = add_command(commands, "scan", scan, text)
    parser.add_argument("path", metavar="PATH", help="the file, or - for standard input")
    parser.add_argument(
        "--format", choices=("table", "jsonl"), default="table", help="a table for people, or JSON lines"
    )
    add_yardstick(parser)
    add_facts(parser)


def scan(arguments: argparse.Namespace) -> int:
    """Write a verdict for each message; returns 0, also when leaks are found."""
    from bot.cli import circumstances, scanning, yardstick

    facts, part = circumstances.facts_of(arguments), circumstances.part_of(arguments)
    measure = yardstick.chosen(arguments.policy, arguments.config)
    return scanning.run(arguments.path, arguments.format, measure, facts, part)
