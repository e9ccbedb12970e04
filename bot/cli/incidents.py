"""`thinktwice incidents` and `thinktwice incident`: the log one incident at a time, as /incidents and /incident."""

import argparse
import sys

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config, add_language, add_period, asked_period


def add(commands: Commands) -> None:
    """Add both commands."""
    parser = add_command(
        commands, "incidents", incidents, "List incidents: where, what, how it ended, how it was told."
    )
    add_config(parser)
    add_language(parser)
    add_period(parser, "7d")
    parser.add_argument("--open", action="store_true", help="those alone that have not ended")
    parser.add_argument("--severity", choices=("low", "medium", "high", "critical"), help="those of a severity alone")
    parser.add_argument("--chat", metavar="PLATFORM:CHAT", help="one group only")
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="table (default), csv or json"
    )

    parser = add_command(commands, "incident", incident, "Show one incident whole, or settle, reopen or number it.")
    add_config(parser)
    add_language(parser)
    parser.add_argument("id", metavar="ID", help="the incident's id")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--settle", metavar="CODE", help="end it: gone, told, elsewhere, accepted or wrong")
    does.add_argument("--reopen", action="store_true", help="open it again; nobody is told anything anew")
    does.add_argument("--case", metavar="NUMBER", help="note its number elsewhere: digits, letters and hyphens")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")


def incidents(arguments: argparse.Namespace) -> int:
    """Print incidents; the audit table keeps that somebody looked."""
    import asyncio

    from bot.cli.opened import opened
    from bot.evidence import incidents as shown
    from bot.periods import period
    from bot.reports import addressed
    from bot.words import Act

    code = asked_period(arguments, "7d")
    with opened(arguments) as log:
        time = period(code, log.now)
        wanted = shown.Wanted(
            since=time.since,
            until=time.until,
            chat=addressed(arguments.chat),
            still_open=arguments.open,
            severity=arguments.severity or "",
        )
        rows, senders = shown.chosen(log.store, wanted), log.config.privacy.admins_see_senders
        if arguments.format == "csv":
            text = shown.csv(log.store, rows, senders=senders)
        elif arguments.format == "json":
            text = shown.json(log.store, rows, senders=senders)
        else:
            text = "\n".join(shown.lines(log.store, rows, log.where, log.language, senders=senders)) + "\n"
        detail = " ".join(filter(None, (code, "open" if arguments.open else "", arguments.severity)))
        asyncio.run(log.store.audit(*signed.by(), Act.INCIDENTS, detail))
        sys.stdout.write(text)
    return 0


def incident(arguments: argparse.Namespace) -> int:
    """Show an incident, or do something to it; 1 when there is none or the code is none."""
    import asyncio

    from bot import app
    from bot.cli.opened import opened
    from bot.evidence import incident as shown
    from bot.evidence import table
    from bot.judging.asked import codes, harmless
    from bot.talk.evidence import handling
    from bot.wording import say
    from bot.words import Act

    with opened(arguments) as log:
        name, args = codes("incident", _words(arguments))
        if arguments.case:  # a detector takes a second to wake
            name, args = harmless(name, args, app.detector(log.config).find)
        if "?" in args:
            print(say(log.language, "incident.usage", slash="thinktwice "), file=sys.stderr)
            return 1
        if log.store.incident(args[0]) is None:
            print(say(log.language, "incident.unknown"), file=sys.stderr)
            return 1
        if change := handling(args, log.now, signed.by()):
            asyncio.run(log.store.commit([change]))
        row = log.store.incident(args[0])
        senders = log.config.privacy.admins_see_senders
        if row is not None and arguments.format == "json":
            sys.stdout.write(table.json(shown.whole(log.store, row, senders=senders)))
        elif row is not None:
            print(shown.page(log.store, row, log.where, log.language, senders=senders))
        asyncio.run(log.store.audit(*signed.by(), Act.INCIDENT, about=args[0]))
    return 0


def _words(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The same question as people type it in a chat."""
    if arguments.settle is not None:
        return (arguments.id, "settle", arguments.settle)
    if arguments.case is not None:
        return (arguments.id, "case", arguments.case)
    return (arguments.id, "reopen") if arguments.reopen else (arguments.id,)
