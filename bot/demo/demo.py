"""`thinktwice demo`: a scripted afternoon in an HR group, with the real bot and no wire."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.demo.driver import Driver
from bot.demo.play import play
from bot.demo.scenario import Scenario, Step, read, shipped
from bot.demo.view import View, screen
from bot.names import Find
from bot.platforms.simulator.world import Post
from bot.wording import say
from detectors.detector import Detector

PAUSE = 0.35
"""Seconds between two steps where a person is watching."""


def demo(path: Path | None = None, console: Console | None = None) -> int:
    """Play the shipped afternoon, or the scenario at `path`; returns 1 when something was not as expected."""
    scenario = read(path or shipped()["afternoon"])
    with tempfile.TemporaryDirectory(prefix="thinktwice-") as folder:
        return asyncio.run(_play(scenario, console or screen(), Path(folder)))


async def _play(scenario: Scenario, console: Console, folder: Path) -> int:
    with console.status("Waking up the detector"):
        detector = Detector()
    driver = Driver(detector, folder)
    show = _Show(console, driver, detector)
    show.title(scenario.title)
    try:
        problems = await play(scenario, driver, show.step)
    finally:
        driver.stage.close()
    show.proof(scenario, driver.stage.database)
    for problem in problems:
        console.print(Text(f"not as expected: {problem}", style="bold red"))
    return 1 if problems else 0


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

    def proof(self, scenario: Scenario, database: Path) -> None:
        """Look for every word of the afternoon in the database, as anybody could."""
        searched = words(scenario, self._find)
        stored = b"".join(file.read_bytes() for file in sorted(database.parent.glob(f"{database.name}*")))
        found = [word for word in searched if any(form in stored for form in _forms(word))]
        verdict = "none of them is in it" if not found else f"{len(found)} OF THEM ARE IN IT"
        self._console.print(
            Text.assemble(
                ("The log on disk: ", "bold"),
                f"{len(stored):,} bytes, searched for the {len(searched)} messages, names and values above: ",
                (verdict, "bold green" if not found else "bold red"),
            )
        )
        self._console.print(Text("Now you: `thinktwice chat` lets you type as the members of a group.", style="dim"))


def words(scenario: Scenario, find: Find) -> tuple[str, ...]:
    """List what must not be stored: every message, every value that was found in one, names, the group's title."""
    texts = [text for step in scenario.steps for text in (step.says, step.text, step.file) if text]
    values = [text[finding.start : finding.end] for text in texts for finding in find(text)]
    names = [member.name for member in scenario.people]
    return tuple(dict.fromkeys([*texts, *values, *names, scenario.group.name]))


def _forms(word: str) -> tuple[bytes, ...]:
    """List how a word could stand in a file: as UTF-8, as UTF-16, and as JSON writes it."""
    return word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()
