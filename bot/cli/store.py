"""`thinktwice store copy`: the log from a file to a PostgreSQL server, or back."""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cli import signed
from bot.cli.arguments import Commands, add_command

if TYPE_CHECKING:
    from pathlib import Path

    from bot.addresses import Server
    from bot.store import Log


def add(commands: Commands) -> None:
    """Add the command and its action."""
    text = "Copy the log to another place."
    store = commands.add_parser("store", help=text[0].lower() + text[1:-1], description=text)
    actions = store.add_subparsers(title="actions", metavar="ACTION", required=True)
    text = "Copy the log from a file to a PostgreSQL server, or back, with the bot stopped; compare what was copied."
    parser = add_command(actions, "copy", copy, text)
    where = "sqlite:PATH or postgresql://user@host/database, the password in THINKTWICE_STORE_PASSWORD (or _FILE)"
    parser.add_argument("source", metavar="FROM", help=where)
    parser.add_argument("target", metavar="TO", help="the same; there must be no log yet")


def copy(arguments: argparse.Namespace) -> int:
    """Copy, and print what is in both places; the audit table keeps that somebody did."""
    from bot.store import moved

    source, target, now = _place(arguments.source, "FROM"), _place(arguments.target, "TO"), time.time()

    def figures(log: "Log") -> Sequence[str]:
        return _figures(log, now)

    made = moved.copy(source, target, signed.by(), now, figures, _Progress().told)
    for table, rows in made.rows.items():
        print(f"{table:<16} {rows:>12,}")
    print(
        "So many rows are in both places: each was read again and compared. The figures of both, from the beginning:\n"
    )
    print(made.figures[0])
    print(f"Now let [store] name {arguments.target}, and start the bot there alone.")
    print(f"{arguments.source} is as it was: two bots would both say what waits. Delete it when all is well.")
    return 0


def _place(written: str, name: str) -> "Path | Server":
    """Raises InputError."""
    from pathlib import Path

    from bot import addresses
    from bot.config import secret
    from bot.misuse import InputError

    try:
        place = addresses.written(written)
    except ValueError as error:
        raise InputError(f"{name} {error}") from None
    return place if isinstance(place, Path) else addresses.Server(place, secret(addresses.PASSWORD) or "")


def _figures(log: "Log", now: float) -> Sequence[str]:
    """What `report` says of all that ever was: figures, how right the rules were, what trials said."""
    from bot import reports
    from bot.names import GroupNames

    period, groups = (0.0, now + 86_400.0), GroupNames(lambda _text: (), {})
    figures = reports.figures_of(log, *period, groups=groups)
    return (
        reports.FORMATS["text"](figures, "en"),
        reports.FORMATS["json"](figures, "en"),
        reports.render_quality(log, *period, chat=None, language="en", form="json"),
        reports.render_trial(log, *period, groups=groups, chat=None, language="en", form="json"),
    )


class _Progress:
    """How far it is, on standard error: a line a table."""

    def told(self, table: str, rows: int, wanted: int) -> None:
        """Say it."""
        if rows == wanted or sys.stderr.isatty():
            print(f"{table}: {rows:,} of {wanted:,}", end="\n" if rows == wanted else "\r", file=sys.stderr, flush=True)
