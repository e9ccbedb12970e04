"""Draws an office in a terminal: on the left what everybody sees, on the right what one person alone reads."""

import io
import sys
from collections.abc import Iterator
from itertools import cycle

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.names import Find, counts
from bot.platforms.simulator.world import Note, Person, Post, World
from bot.reports.text import moment
from bot.words import SendKind

_COLOURS = ("cyan", "yellow", "magenta", "green", "blue", "red")
_NOTE_COLOURS = {SendKind.NUDGE: "yellow", SendKind.ALERT: "magenta", SendKind.REPLY: "blue"}


def screen() -> Console:
    """Open the terminal; what its encoding can't write becomes a question mark, not a crash."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)


class View:
    """One console that shows one world. `find` marks in the group's lines what the detector saw."""

    def __init__(self, console: Console, world: World, find: Find) -> None:
        self._console = console
        self._world = world
        self._find = find
        self._colours = dict(zip(world.people, cycle(_COLOURS), strict=False))
        self._seen: dict[int, int] = {}

    def header(self) -> None:
        """Name the two columns."""
        size = f" · {self._world.audience} people" if self._world.audience else ""
        left = Text(f"Everybody sees: {self._world.group}{size}", style="bold")
        self._columns(left, Text("One person alone reads", style="bold"))
        self._console.print(Rule(style="dim"))

    def line(self, post: Post, at: float) -> Text:
        """Draw a line of the group: time, name, text; red is personal data, green only looks like it."""
        text = Text(post.text.strip())
        for finding in () if post.deleted else self._find(post.text.strip()):
            text.stylize("bold red" if counts(finding) else "green", finding.start, finding.end)
        if post.deleted:
            text.stylize("strike dim")
        mark = "  (edited)" if post.edited and not post.deleted else "  (deleted)" if post.deleted else ""
        name = Text(post.author or "Think Twice", style=f"bold {self._colours.get(post.author, 'white')}")
        return Text.assemble((moment(at)[-5:], "dim"), " ", name, (mark, "dim italic"), "\n", text)

    def quiet(self, post: Post) -> str:
        """Say why a line brought no nudge."""
        if post.deleted:
            return ""
        found = self._find(post.text)
        if any(counts(finding) for finding in found):
            return "· no nudge"
        return "· looks like personal data, and isn't" if found else "· nothing to say"

    def row(self, left: RenderableType, quiet: str = "", toast: tuple[Person, str] | None = None) -> None:
        """Print one thing that happened, beside the private messages that it brought; `quiet` says that none came.

        `toast` is a line that somebody reads for a moment, after pressing a button.
        """
        notes = [self._note(person, note) for person, note in self._fresh()]
        if toast:
            notes.insert(0, _panel(toast[0], Text(toast[1]), "blue"))
        right = Group(*notes) if notes else Text(quiet, style="dim")
        self._columns(left, right)

    def whole(self) -> None:
        """Print the fresh private messages over the full width."""
        for person, note in self._fresh():
            self._console.print(self._note(person, note))

    def _fresh(self) -> Iterator[tuple[Person, Note]]:
        """Give the private messages that came or changed since the last look."""
        for person in self._world.people.values():
            for note in self._world.notes[person.id]:
                if self._seen.get(note.number) != note.rewritten:
                    self._seen[note.number] = note.rewritten
                    yield person, note

    def _note(self, person: Person, note: Note) -> Panel:
        settled = note.kind is SendKind.NUDGE and not note.buttons
        colour = "green" if settled else _NOTE_COLOURS.get(note.kind, "white")
        buttons = Columns([Text(f"[{button.label}]", style=f"bold {colour}") for button in note.buttons])
        body = Group(Text(note.text), Padding(buttons, (1, 0, 0, 0))) if note.buttons else Text(note.text)
        return _panel(person, body, colour, "the same note, rewritten" if note.rewritten else "")

    def _columns(self, left: RenderableType, right: RenderableType) -> None:
        table = Table.grid(expand=True, padding=(0, 2))
        table.add_column(ratio=9, overflow="fold")
        table.add_column(ratio=11, overflow="fold")
        table.add_row(left, right)
        self._console.print(Padding(table, (0, 0, 1, 0)))


def _panel(person: Person, body: RenderableType, colour: str, below: str = "") -> Panel:
    title = Text(f"to {person.name}, privately", style=f"bold {colour}")
    foot = Text(below, style="dim") if below else None
    return Panel(
        body,
        title=title,
        title_align="left",
        subtitle=foot,
        subtitle_align="right",
        border_style=colour,
        padding=(0, 1),
    )
