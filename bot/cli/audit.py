"""`thinktwice audit`: who looked at what, who was refused, and what the program did; as /audit."""

import argparse
import sys

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config, add_language, add_period, asked_period


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "audit", audit, "Print who looked, who was refused, purges, editions, starts and gaps."
    )
    add_config(parser)
    add_language(parser)
    add_period(parser, "30d")
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="table (default), csv or json"
    )


def audit(arguments: argparse.Namespace) -> int:
    """Print the notes; that somebody looked is the next one."""
    import asyncio

    from bot.cli.opened import opened
    from bot.evidence import audit as shown
    from bot.periods import period
    from bot.words import Act

    code = asked_period(arguments, "30d")
    with opened(arguments) as log:
        time = period(code, log.now)
        rows = log.store.audits(time.since, time.until)
        if arguments.format == "table":
            text = "\n".join(shown.lines(rows, log.language)) + "\n"
        else:
            text = shown.csv(rows) if arguments.format == "csv" else shown.json(rows)
        asyncio.run(log.store.audit(*signed.by(), Act.AUDIT, code))
        sys.stdout.write(text)
    return 0
