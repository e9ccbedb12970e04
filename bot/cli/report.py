"""`thinktwice report`: the figures of /report, beside a running bot or without one."""

import argparse
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config, add_language, add_period, asked_period

if TYPE_CHECKING:
    from bot.config import Config
    from bot.names import Find, GroupNames
    from bot.periods import Period
    from bot.store import Store
    from detectors.detector import Detector
    from detectors.finding import Finding

FORMATS = ("text", "csv", "json", "html", "png")
PICTURE = "png"


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "report", report, "Print the figures of /report.")
    add_config(parser)
    add_language(parser)
    add_period(parser, "7d")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text (default), csv, json, html (one page with charts) or png (a picture of the charts)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write into a file in place of standard output")
    parser.add_argument("--chat", metavar="PLATFORM:CHAT", help="one group only")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--quality", action="store_true", help="how right each rule was, as senders said")
    other.add_argument("--trial", action="store_true", help="what the policies on trial would have done")


def report(arguments: argparse.Namespace) -> int:
    """Print the figures; the audit table keeps that somebody looked."""
    import asyncio

    from bot.config import load
    from bot.names import GroupNames
    from bot.periods import period
    from bot.platforms.registered import SECTIONS
    from bot.store import Store
    from bot.words import Act

    code = asked_period(arguments, "7d")
    _sensible(arguments)
    config, now = load(arguments.config, SECTIONS), time.time()
    span = period(code, now)
    store = Store.open(config.database, time.time, create=False)
    try:
        content = _written(arguments, config, store, GroupNames(_finder(config), config.group_names()), span)
        kind = " trial" if arguments.trial else " quality" if arguments.quality else ""
        asyncio.run(store.audit(*signed.by(), Act.REPORT, f"{code}{kind}"))
        _hand_over(content, arguments.out)
    finally:
        store.close()
    return 0


def _sensible(arguments: argparse.Namespace) -> None:
    """See that what is asked for goes together. Raises InputError."""
    from bot.misuse import InputError

    if (arguments.trial or arguments.quality) and arguments.format in ("html", PICTURE):
        raise InputError("--trial and --quality come as text, csv or json: choose one of these as --format")
    if arguments.format == PICTURE and not arguments.out and sys.stdout.isatty():
        raise InputError("A terminal shows no picture: add --out report.png")


def _written(
    arguments: argparse.Namespace, config: "Config", store: "Store", groups: "GroupNames", span: "Period"
) -> str | bytes:
    """The report in the format that was asked for. Raises InputError."""
    from bot import reports

    asked = {"groups": groups, "chat": arguments.chat}
    if arguments.trial:
        return reports.render_trial(
            store, span.since, span.until, **asked, language=arguments.language, form=arguments.format
        )
    if arguments.quality:
        return reports.render_quality(
            store, span.since, span.until, chat=arguments.chat, language=arguments.language, form=arguments.format
        )
    complete_since = config.privacy.complete_since(time.time())
    figures = reports.figures_of(
        store, span.since, span.until, **asked, before=span.before, complete_since=complete_since
    )
    if arguments.format == PICTURE:
        font = config.reports.font
        return reports.chart(figures, arguments.language, config.folder / font if font else None)
    return reports.FORMATS[arguments.format](figures, arguments.language)


def _hand_over(content: str | bytes, out: Path | None) -> None:
    """Write to the file, or to standard output. Raises InputError when the file can't be written."""
    from bot.misuse import InputError

    if out is not None:
        try:
            # A byte order mark, or Excel shows Chinese group names as noise.
            coding = "utf-8-sig" if out.suffix == ".csv" else "utf-8"
            out.write_bytes(content if isinstance(content, bytes) else content.encode(coding))
        except OSError as error:
            raise InputError(f"{out}: can't be written: {error.strerror}; name another file after --out") from None
    elif isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content)


def _finder(config: "Config") -> "Find":
    """A detector that wakes for the first name that has to be looked at."""

    @cache
    def detector() -> "Detector":
        from bot import app

        return app.detector(config)

    def find(text: str) -> "tuple[Finding, ...]":
        return detector().find(text)

    return find
