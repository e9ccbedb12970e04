"""`thinktwice scan`: what is in a file of messages or in a folder of files, and what of it would be nudged."""

import argparse
from functools import partial
from pathlib import Path

from bot.cli.arguments import Commands, add_command, add_facts, add_yardstick


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Scan messages in a file (JSON lines: text, maybe id, ...; or plain text lines), or the files of a folder."
    parser = add_command(commands, "scan", scan, text)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("path", nargs="?", metavar="PATH", help="the file of messages, or - for standard input")
    what.add_argument(
        "--files", type=Path, metavar="FOLDER", help="read the files in this folder: sheets, letters, pictures, mails"
    )
    parser.add_argument(
        "--format", choices=("table", "jsonl"), default="table", help="a table for people, or JSON lines"
    )
    parser.add_argument(
        "--jobs", type=jobs, metavar="N", help="processes for a long file of messages (as many as there are cores)"
    )
    add_yardstick(parser)
    add_facts(parser)


def jobs(written: str) -> int:
    """A number of processes. Raises ArgumentTypeError with the cure."""
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written}: is no number of processes; write 1 or more")
    return int(written)


def scan(arguments: argparse.Namespace) -> int:
    """Write a verdict for each message or file; returns 0, also when leaks are found, 1 where lines can't be read."""
    from bot.cli import circumstances, yardstick

    facts, part = circumstances.facts_of(arguments), circumstances.part_of(arguments)
    measure = partial(yardstick.chosen, arguments.policy, arguments.config)
    if arguments.files is not None:
        from bot.cli import filing

        return filing.run(arguments.files, arguments.format, measure(), facts)
    from bot import workers
    from bot.cli import scanning

    judge = scanning.Judge(arguments.format, measure, facts, part)
    return scanning.run(arguments.path, arguments.format, judge, arguments.jobs or workers.cores())
