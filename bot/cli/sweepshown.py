"""The summary of a sweep, for people and for programs."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.scanning import counted
from bot.sweep.totals import Group, Tally, Totals
from policies.policy import SEVERITIES

_LONGEST = 20
"""Rows of a table that are shown; the list and --format json have all."""

Names = Callable[[str, str], str]
Places = Callable[[int, int], str]


class _Console(Console):
    """One whose reader may go away (`| head`), as from any other command."""

    def on_broken_pipe(self) -> None:
        """Say so, in place of ending the program."""
        raise BrokenPipeError


def shown(totals: Totals, names: Names, places: Places, *, logs: bool, looks: bool) -> None:
    """Print it as text. `logs`: incidents were written; `looks`: files were looked into."""
    console = _Console(file=sys.stdout)
    console.print(_head(totals), soft_wrap=True)
    if totals.found:
        console.print(
            ", ".join(f"{one} {totals.severities[one]:,}" for one in SEVERITIES[::-1] if totals.severities[one])
        )
        for table in _tables(totals, names, places):
            console.print()
            console.print(table)
    for line in (*_clean(totals), *_media(totals, looks=looks), *_notes(totals, places, logs=logs)):
        console.print(escape(line), soft_wrap=True)


def _head(totals: Totals) -> str:
    months = sorted(filter(None, totals.months))
    period = f", {months[0]} to {months[-1]}" if months else ""
    whole = totals.messages + totals.files
    share = f" ({100 * totals.found / whole:.2f}%)" if whole else ""
    files = f" and {counted(totals.files, 'file')}" if totals.files else ""
    return (
        f"{counted(totals.messages, 'message')} in {counted(len(totals.chats), 'chat')}{files}{period}: "
        f"{totals.found:,} to clean up{share}, {totals.nudges:,} of them would be nudged"
    )


def _tables(totals: Totals, names: Names, places: Places) -> Iterator[Table]:
    groups = sorted(totals.groups.items(), key=lambda one: (-one[1].found, one[0]))
    yield _tallies("chat", [(_group(group, names, places), tally) for group, tally in groups if tally.found])
    types = Table("type", "messages", "values", box=None, header_style="bold")
    for kind, count in totals.types.most_common():
        types.add_row(escape(kind), f"{count:,}", f"{totals.values[kind]:,}")
    yield types
    rules = Table("rule", "messages", box=None, header_style="bold")
    for rule, count in totals.rules.most_common():
        rules.add_row(escape(rule), f"{count:,}")
    yield rules
    yield _tallies("month", [(when or "unknown", tally) for when, tally in sorted(totals.months.items())])


def _tallies(title: str, tallies: list[tuple[str, Tally]]) -> Table:
    table = Table(title, "messages", "to clean up", "gravest", box=None, header_style="bold")
    for name, tally in tallies[:_LONGEST] if title == "chat" else tallies[-_LONGEST:]:
        table.add_row(escape(name), f"{tally.messages:,}", f"{tally.found:,}", tally.gravest or "-")
    if len(tallies) > _LONGEST:
        table.add_row(f"… (+{len(tallies) - _LONGEST})", "", "", "")
    return table


def _group(group: Group, names: Names, places: Places) -> str:
    source, platform, chat = group
    if not chat:
        return places(source, 0) if source >= 0 else platform
    return names(platform, chat) or f"{platform}:{chat}"


def _clean(totals: Totals) -> Iterator[str]:
    """Why the table has fewer chats than were read."""
    clean = sum(not tally.found for tally in totals.chats.values())
    if clean and totals.found:
        yield f"Nothing to clean up in {clean:,} of {counted(len(totals.chats), 'chat')} (not in the table)"


def _media(totals: Totals, *, looks: bool) -> Iterator[str]:
    """What came with messages and is no part of what was read."""
    if not totals.media:
        return
    said = ", ".join(f"{platform} {count:,}" for platform, count in sorted(totals.media.items()))
    where = (
        "those that lie in the folders swept were looked into as files"
        if looks
        else "--files looks into those that hang on mails or lie in the folders swept"
    )
    yield f"Files and pictures that came with messages were not read there ({said}): {where}"


def _notes(totals: Totals, places: Places, *, logs: bool) -> Iterator[str]:
    if logs:
        yield f"In the log: {totals.new:,} new incidents, {totals.known:,} that it had already"
    if totals.unlogged:
        yield f"{totals.unlogged:,} are in the list alone: the log keeps messages, not files"
    if totals.unread:
        said = ", ".join(f"{code} {count:,}" for code, count in totals.unread.most_common())
        yield f"{sum(totals.unread.values()):,} could not be read ({said}):"
    for source, file, line, code in totals.unread_places:
        yield f"  {places(source, file)}{f', line {line}' if line else ''}: {code}"


def shown_json(totals: Totals, names: Names, places: Places, *, logs: bool) -> None:
    """Print it as one JSON object."""
    fields = {
        "messages": totals.messages,
        "files": totals.files,
        "media_not_read": dict(sorted(totals.media.items())),
        "to_clean_up": totals.found,
        "would_be_nudged": totals.nudges,
        "severities": {one: totals.severities[one] for one in SEVERITIES[::-1] if totals.severities[one]},
        "types": {kind: {"messages": n, "values": totals.values[kind]} for kind, n in totals.types.most_common()},
        "rules": dict(totals.rules.most_common()),
        "months": {when or "unknown": asdict(tally) for when, tally in sorted(totals.months.items())},
        "chats": {_group(group, names, places): asdict(tally) for group, tally in sorted(totals.groups.items())},
        "unread": dict(totals.unread.most_common()),
    }
    fields |= {"log": {"new": totals.new, "known": totals.known, "not_kept": totals.unlogged}} if logs else {}
    print(json.dumps(fields, ensure_ascii=False, indent=2))
