"""`thinktwice breach`: incidents that are one case, from its opening to its end; as /breach."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import signed
from bot.cli.arguments import Commands, add_command, add_config, add_language

if TYPE_CHECKING:
    from bot.cli.opened import Opened
    from bot.store import BreachRow

SLASH = "thinktwice "
"""What stands before a command's name here."""


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    text = "Mark incidents as one case, work through it with its clock and checklist, draft its notification, close it."
    breach = commands.add_parser("breach", help=text[0].lower() + text[1:-1], description=text)
    actions = breach.add_subparsers(title="actions", metavar="ACTION", required=True)
    listed = add_command(actions, "list", list_, "List the breaches that are kept, the newest first.")
    shown = add_command(
        actions, "show", show, "Show one whole: clock, checklist with who ticked what, editions, notes."
    )
    opened = add_command(
        actions, "open", change, "Open one: these incidents are one case and are kept until it is closed."
    )
    added = add_command(actions, "add", change, "Add incidents to one.")
    ticked = add_command(actions, "tick", change, "Note steps of the checklist as done.")
    unticked = add_command(actions, "untick", change, "Take back that steps are done.")
    later = add_command(
        actions, "edition", change, "Begin a later edition of the notification, with the figures of now."
    )
    drafted = add_command(
        actions, "draft", draft, "Write a draft notification: a regulator's fields, the blanks marked."
    )
    closed = add_command(actions, "close", change, "Close one, and say why.")
    reopened = add_command(actions, "reopen", change, "Open a closed one again.")
    for parser in (shown, added, ticked, unticked, later, drafted, closed, reopened):
        parser.add_argument("case", metavar="CASE", help="the breach, such as B1")
    for parser in (opened, added):
        parser.add_argument("words", nargs="+", metavar="ID", help="the id of an incident")
    for parser in (ticked, unticked):
        steps = "gather, contain, delete, assess, notify, tell, policy, train or document"
        parser.add_argument("words", nargs="+", metavar="STEP", help=steps)
    closed.add_argument("words", nargs=1, metavar="CODE", help="why: notified, told, unlikely, none or elsewhere")
    opened.add_argument("--aware", metavar="PERIOD", help="how long you have known of it: 5h, 2d (just now)")
    _add_draft(drafted)
    for name, parser in actions.choices.items():
        parser.set_defaults(verb=name)
        add_config(parser)
        add_language(parser)
    for parser in (listed, shown):
        parser.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")


def _add_draft(parser: argparse.ArgumentParser) -> None:
    forms = "Hong Kong's Commissioner (pcpd, the default) or the United Kingdom's (ico)"
    parser.add_argument("--form", choices=("pcpd", "ico"), default="pcpd", help=forms)
    parser.add_argument("--docx", action="store_true", help="a Word document in place of Markdown")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where it goes (Markdown: standard output)")


def list_(arguments: argparse.Namespace) -> int:
    """Print all of them; the audit table keeps that somebody looked."""
    import asyncio

    from bot.cli.opened import opened
    from bot.evidence import breach, table
    from bot.wording import say
    from bot.words import Act

    with opened(arguments) as log:
        rows = log.store.breaches()
        if arguments.format == "json":
            sys.stdout.write(table.json([breach.record(row) for row in rows]))
        elif rows:
            print("\n".join(breach.lines(rows, log.language, log.now)))
        else:
            print(say(log.language, "breach.none", slash=SLASH))
        asyncio.run(log.store.audit(*signed.by(), Act.BREACH))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print one; 1 when there is none."""
    import asyncio

    from bot.breach import called
    from bot.cli.opened import opened
    from bot.evidence import breach, table
    from bot.words import Act

    with opened(arguments) as log:
        row = _found(log, arguments.case)
        if row is None:
            return 1
        if arguments.format == "json":
            sys.stdout.write(table.json(breach.record(row)))
        else:
            print(breach.page(log.store, row, log.language, log.now))
        asyncio.run(log.store.audit(*signed.by(), Act.BREACH, about=called(row.id)))
    return 0


def change(arguments: argparse.Namespace) -> int:
    """Do what is asked for, and print how it stands then; 1 when nothing was done."""
    import asyncio

    from bot.cli.opened import opened
    from bot.evidence.handling import asked, done
    from bot.judging.asked import codes
    from bot.wording import say

    with opened(arguments) as log:
        _, words = codes("breach", _words(arguments))
        wanted = None if "?" in words else asked(words, log.now, signed.by(), log.config)
        if wanted is None:
            print(say(log.language, "breach.usage", slash=SLASH), file=sys.stderr)
            return 1
        answer = asyncio.run(done(log.store, wanted, log.language, SLASH))
        print(answer.text, file=sys.stdout if answer.done else sys.stderr)
    return 0 if answer.done else 1


def _words(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The same question as people type it in a chat."""
    words = tuple(getattr(arguments, "words", ()))
    if arguments.verb == "open":
        return (*words, "aware", arguments.aware) if arguments.aware else words
    return (arguments.case, arguments.verb, *words)


def draft(arguments: argparse.Namespace) -> int:
    """Write the draft; 1 when there is no such breach, or a Word document would go to a terminal."""
    import asyncio

    from bot.breach import called
    from bot.cli.opened import opened
    from bot.evidence import draft as drafts
    from bot.misuse import InputError
    from bot.words import Act, Form

    if arguments.docx and arguments.out is None:
        print("A Word document is no text: say where it goes with --out FILE.", file=sys.stderr)
        return 1
    with opened(arguments) as log:
        row = _found(log, arguments.case)
        if row is None:
            return 1
        kind, form = "docx" if arguments.docx else "md", Form(arguments.form)
        content = drafts.WRITERS[kind](drafts.drafted(row, form, log.language, log.config.privacy, log.now))
        if arguments.out is None:
            sys.stdout.write(content.decode())
        else:
            try:
                with arguments.out.open("xb") as file:
                    file.write(content)
            except OSError as error:
                raise InputError(f"{arguments.out} can't be written: {error.strerror}; name another file") from None
        detail = f"{form} {kind} {log.language}"
        asyncio.run(log.store.audit(*signed.by(), Act.BREACH_DRAFT, detail, about=called(row.id)))
    return 0


def _found(log: "Opened", case: str) -> "BreachRow | None":
    """The breach of that name; None when there is none, which is said."""
    from bot.breach import number
    from bot.wording import say

    row = log.store.breach(number(case) or 0)
    if row is None:
        print(say(log.language, "breach.unknown", slash=SLASH), file=sys.stderr)
    return row
