"""`thinktwice demo`: a scripted afternoon in an HR group, with the real bot and no wire."""

import asyncio
import json
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.addresses import Address
from bot.demo.driver import Driver
from bot.demo.page import free, leave_open, with_page
from bot.demo.play import play
from bot.demo.scenario import Scenario, Step, cast, read, shipped
from bot.demo.view import View, screen
from bot.names import Find
from bot.platforms.simulator.world import Post
from bot.wording import say
from detectors.detector import Detector
from detectors.opinion.opinion import Opinion

PAUSE = 0.35
"""Seconds between two steps where a person is watching."""
SHORT = 6
"""Bytes from which on a word is looked for in the bytes of the files, and not in the cells of the tables alone."""


def demo(
    path: Path | None = None,
    console: Console | None = None,
    policy: str | None = None,
    people: Path | None = None,
    page: Address | None = None,
) -> int:
    """Play the shipped afternoon, or the scenario at `path`; `policy` judges in place of the scenario's own.

    `people` is a file that says who is there. `page` is where the page is served afterwards, until somebody ends it.
    Returns 1 when something was not as expected, or when a word of it is on disk. Raises InputError when a file can't
    be used, ConfigError when the page can't be served.
    """
    scenario = read(path or shipped()["afternoon"])
    if policy:
        group = scenario.group.model_copy(update={"policy": policy})
        scenario = scenario.model_copy(update={"group": group})
    if people:
        scenario = scenario.played_by(cast(people), people)
    with tempfile.TemporaryDirectory(prefix="thinktwice-") as folder:
        if page:
            scenario, page = with_page(scenario, Path(folder)), free(page)
        return asyncio.run(_play(scenario, console or screen(), Path(folder), page))


async def _play(scenario: Scenario, console: Console, folder: Path, page: Address | None) -> int:
    with console.status("Waking up the detector"):
        detector = Detector(opinion=Opinion())
    driver = Driver(detector, folder, page)
    show = _Show(console, driver, detector)
    show.title(scenario.title)
    try:
        problems = await play(scenario, driver, show.step)
        told = show.proof(scenario, driver.stage.database)
        for problem in problems:
            console.print(Text(f"not as expected: {problem}", style="bold red"))
        if page:
            await leave_open(driver.stage, lambda line: console.print(Text(line, style="bold"), soft_wrap=True))
    finally:
        driver.stage.close()
    return 1 if problems or told else 0


class _Show:
    """Draws each step after it was played."""

    def __init__(self, console: Console, driver: Driver, detector: Detector) -> None:
        self._console = console
        self._driver = driver
        self._find = detector.find
        self._view: View | None = None
        self._gone: set[str] = set()

    def title(self, text: str) -> None:
        """Say what is shown."""
        self._console.print(Rule(Text(f" Think Twice: {text} ", style="bold"), style="cyan"))
        self._console.print()

    def step(self, step: Step) -> None:
        """Draw one step; a person gets time to read it."""
        if self._view is None:
            self._view = View(self._console, self._driver.stage.world, self._find)
            self._view.header()
        view, now = self._view, self._driver.stage.clock()
        match step.verb:
            case "says" | "edits" | "deletes":
                post = (
                    self._driver.posts[label] if (label := step.label or step.edits or step.deletes) else self._last()
                )
                line = view.line(post, now)
                if step.forwarded:
                    line.append("\n(forwarded)", style="dim italic")
                view.row(line, view.quiet(post))
            case "presses":
                view.row(self._pressed(step), "· nothing changes")
            case "asks":
                self._console.print(
                    Rule(Text(f" {step.by} asks /{step.asks.removeprefix('/')} ", style="bold"), style="blue")
                )
                view.whole()
            case "checks":
                self._console.print(
                    Rule(Text(f" {step.by} shows the bot a text, privately ", style="bold"), style="blue")
                )
                self._console.print(Text(step.checks, style="dim"))
                view.whole()
            case "starts":
                view.row(Text(f"{step.by} presses Start", style="dim"))
            case "waits":
                return
        if self._console.is_terminal:
            time.sleep(PAUSE)

    def _last(self) -> Post:
        return self._driver.stage.world.posts[-1]

    def _pressed(self, step: Step) -> Text:
        """Tell who pressed what; a line that the bot removed at its sender's wish is shown struck."""
        label = say("en", f"button.{step.presses}")
        pressed = Text.assemble(
            (f"{step.by} presses ", "dim"), (f"[{label}]", "bold"), ("; the group sees nothing", "dim")
        )
        gone = [post for post in self._driver.stage.world.posts if post.deleted and post.id not in self._gone]
        self._gone.update(post.id for post in gone)
        lines = [self._view.line(post, self._driver.stage.clock()) for post in gone] if self._view else []
        return Text("\n").join([pressed, *lines])

    def proof(self, scenario: Scenario, database: Path) -> bool:
        """Look for every word of the afternoon in the database, as anybody could; True when one is there."""
        searched = words(scenario, self._find)
        found = stored(searched, database)
        verdict = "none of them is in it" if not found else f"{len(found)} OF THEM ARE IN IT"
        self._console.print(
            Text.assemble(
                ("The log on disk: ", "bold"),
                f"{sum(map(len, _files(database))):,} bytes, ",
                f"searched for the {len(searched)} messages, names and values above: ",
                (verdict, "bold green" if not found else "bold red"),
            )
        )
        self._console.print(Text("Now you: `thinktwice chat` lets you type as the members of a group.", style="dim"))
        return bool(found)


def words(scenario: Scenario, find: Find) -> tuple[str, ...]:
    """List what must not be stored: every message, every value that was found in one, names, the group's title."""
    texts = [text for step in scenario.steps for text in (step.says, step.text, step.checks, step.file) if text]
    values = [text[finding.start : finding.end] for text in texts for finding in find(text)]
    names = [member.name for member in scenario.people]
    return tuple(dict.fromkeys([*texts, *values, *names, scenario.group.name]))


def stored(searched: Iterable[str], database: Path) -> list[str]:
    """Return those of the words that are in the database: anywhere in its files, short ones as words of a cell."""
    content, cells = b"".join(_files(database)), list(_cells(database))
    return [word for word in searched if (_in_cells(word, cells) if _is_short(word) else _in_bytes(word, content))]


def _is_short(word: str) -> bool:
    """Whether random bytes hold the word by chance now and then: ids and times are such bytes."""
    return len(word.encode()) < SHORT


def _in_bytes(word: str, content: bytes) -> bool:
    return any(form in content for form in _forms(word))


def _in_cells(word: str, cells: Iterable[str]) -> bool:
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return any(whole.search(cell) for cell in cells)


def _files(database: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(database.parent.glob(f"{database.name}*"))]


def _cells(database: Path) -> Iterator[str]:
    """Give every text in the tables."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - the database names its tables
                yield from (cell for cell in row if isinstance(cell, str))


def _forms(word: str) -> tuple[bytes, ...]:
    """List how a word could stand in a file: as UTF-8, as UTF-16, and as JSON writes it."""
    return word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()
