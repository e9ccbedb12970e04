"""`thinktwice sweep`: what is in exports of chats, years of them, and what of it is to be cleaned up."""

import argparse
from pathlib import Path

from bot.cli.arguments import Commands, add_command, add_yardstick, place
from bot.cli.scan import jobs


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Sweep exports of chats (Slack, Telegram, WhatsApp, Teams, Signal, mail, text) for messages to clean up."
    parser = add_command(commands, "sweep", sweep, text)
    parser.epilog = (
        "Exit codes: 0 done, 1 something could not be read, 2 misuse, 3 something as grave as --fail-on was found."
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="an export, or a folder of exports: docs/sweep.md"
    )
    parser.add_argument(
        "--list", type=Path, action="append", default=[], metavar="FILE", help="list them: FILE.csv or FILE.html"
    )
    parser.add_argument(
        "--senders", type=Path, metavar="KEYFILE", help="list hashes of senders under the key in this file"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="the summary: text (default) or json"
    )
    parser.add_argument(
        "--fail-on",
        choices=("low", "medium", "high", "critical"),
        help="end with 3 when something as grave as that was found",
    )
    parser.add_argument(
        "--files", action="store_true", help="read all other files there too: sheets, letters, pictures"
    )
    parser.add_argument("--log", action="store_true", help="write incidents into the log of --config, told to nobody")
    parser.add_argument(
        "--chat",
        type=place,
        default=("", ""),
        metavar="PLATFORM:CHAT",
        help="which chat it is, for exports that don't say it",
    )
    parser.add_argument(
        "--zone", default="Asia/Hong_Kong", help="the time zone of exports that name none (Asia/Hong_Kong)"
    )
    parser.add_argument(
        "--memory",
        type=Path,
        default=Path("thinktwice-sweep.part"),
        metavar="FILE",
        help="what is done is remembered here until the end (thinktwice-sweep.part)",
    )
    parser.add_argument("--jobs", type=jobs, metavar="N", help="processes (as many as there are cores)")
    parser.add_argument("--engine", choices=("local", "dask"), default="local", help="this machine, or a Dask cluster")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of the Dask cluster, like tls://10.0.0.1:8786")
    add_yardstick(parser)


def sweep(arguments: argparse.Namespace) -> int:
    """Sweep; returns the exit code."""
    from bot.cli import sweeping

    return sweeping.run(arguments)
