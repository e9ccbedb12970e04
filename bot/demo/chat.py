"""`thinktwice chat`: a person types as the members of a made-up group and sees what the bot does."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot import wording
from bot.demo.scenario import Member, Room, cast
from bot.demo.stage import Stage
from bot.demo.view import View, screen
from bot.platforms.simulator.world import Note, Person, Post
from bot.talk.commands import ADMINS, EVERYONE
from bot.words import Action, Reason
from detectors.detector import Detector
from detectors.opinion.opinion import Opinion

MEMBERS = (Member(name="May"), Member(name="Ken"), Member(name="美玲", language="zh"), Member(name="Priya", admin=True))

HELP = f"""\
May: text        May writes text to the group; from then on you are May
text             whoever you are writes text
/edit text       change your last message
/delete          delete it
/check text      show it to the bot privately before anybody else
/press BUTTON    removed, safer, reason CODE, false_alarm, why or delete: under your
                 newest nudge (CODE: {", ".join(Reason)})
/join NAME [zh]  somebody new comes in
/wait MINUTES    time goes by
/quit            leave (so does Ctrl-D)
Ask the bot:     /{" /".join(EVERYONE)}
As an admin too: /{" /".join(ADMINS)} (Priya: /{ADMINS[0]}; she is one)"""


@dataclass(frozen=True, slots=True)
class Happened:
    """What a line did: what the group sees of it, what the right column says if nothing came, what a press answers."""

    left: Text
    quiet: str = ""
    toast: tuple[Person, str] | None = None


Verb = Callable[[Person, str], Awaitable[Happened]]


def chat(
    policy: str = "hr-default",
    lines: Iterable[str] | None = None,
    console: Console | None = None,
    people: Path | None = None,
) -> int:
    """Play a group until the lines end or somebody quits; `lines` are what the keyboard gives if not given.

    `people` is a file that says who is there. Raises InputError when it can't be used.
    """
    members = cast(people) if people else MEMBERS
    terminal = console or screen()
    with tempfile.TemporaryDirectory(prefix="thinktwice-") as folder:
        with terminal.status("Waking up the detector"):
            detector = Detector(opinion=Opinion())
        room = Room(name="HR operations", audience=47, policy=policy)
        stage = Stage(room, members, detector, Path(folder))
        try:
            _converse(_Talk(terminal, stage, detector), _keyboard(terminal) if lines is None else iter(lines))
        finally:
            stage.close()
    return 0


def _converse(talk: "_Talk", lines: Iterator[str]) -> None:
    # Between two lines no loop runs, so that Ctrl-C at the prompt does what people expect.
    with asyncio.Runner() as runner:
        runner.run(talk.open())
        for line in lines:
            if line.strip() in ("/quit", "/exit"):
                return
            if line.strip():
                runner.run(talk.play(line.strip()))


def _keyboard(console: Console) -> Iterator[str]:
    """Give what is typed, or what is piped in, until it ends."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            yield console.input("[bold]> [/bold]")


class _Talk:
    """Who is speaking, what they wrote last, and what each word after a slash does."""

    def __init__(self, console: Console, stage: Stage, detector: Detector) -> None:
        self._console = console
        self._stage = stage
        self._view = View(console, stage.world, detector.find)
        self._me = next(iter(stage.world.people.values()))
        self._last: dict[str, Post] = {}
        self._verbs: dict[str, Verb] = {
            "edit": self._edit,
            "delete": self._delete,
            "press": self._press,
            "check": self._check,
            "join": self._join,
            "wait": self._wait,
        }

    async def open(self) -> None:
        """Greet the group and say what can be typed."""
        await self._stage.open()
        self._console.print(Rule(Text(" Think Twice: a made-up HR group, and you are everybody in it ", style="bold")))
        self._console.print(Text(HELP, style="dim"))
        self._console.print(Text("Try:  Ken: New starter Siu Ming, HKID A123456(3)\n", style="bold"))
        self._view.header()

    async def play(self, line: str) -> None:
        """Do what a line says, and draw it."""
        happened = await self._act(line)
        await self._stage.settle()
        self._view.row(happened.left, happened.quiet, happened.toast)

    async def _act(self, line: str) -> Happened:
        line = self._speaker(line)
        if not line:
            return _aside(f"you are {self._me.name}")
        if not line.startswith("/"):
            return await self._say(line)
        name, _, rest = line.removeprefix("/").partition(" ")
        if name in self._verbs:
            return await self._verbs[name](self._me, rest.strip())
        if name == "help":
            self._console.print(Text(HELP, style="dim"))
        await self._stage.platform.ask(self._me, name, tuple(rest.split()))
        return _aside(f"{self._me.name} asks /{name} {rest}".rstrip())

    def _speaker(self, line: str) -> str:
        """Become whoever is named before a colon; returns what they write or ask."""
        name, colon, rest = line.partition(":")
        if not colon or name.strip() not in self._stage.world.people:
            return line
        self._me = self._stage.world.people[name.strip()]
        return rest.strip()

    async def _say(self, line: str) -> Happened:
        post = self._last[self._me.id] = await self._stage.platform.say(self._me, line)
        return self._line(post)

    async def _edit(self, me: Person, text: str) -> Happened:
        post = self._last.get(me.id)
        if post is None or post.deleted or not text:
            return _hint("/edit TEXT changes your last message; write one first")
        await self._stage.platform.edit(me, post, text)
        return self._line(post)

    async def _delete(self, me: Person, _rest: str) -> Happened:
        post = self._last.get(me.id)
        if post is None or post.deleted:
            return _hint("/delete deletes your last message; write one first")
        await self._stage.platform.delete(post)
        return self._line(post)

    async def _press(self, me: Person, rest: str) -> Happened:
        action, _, choice = rest.partition(" ")
        note = self._newest_nudge(me)
        if note is None or action not in set(note.actions):
            return _hint(
                "/press removed, safer, reason CODE, false_alarm, why or delete: under a nudge that you got; or what "
                "stands under another message: keep, post, right, wrong"
            )
        toast = await self._stage.platform.press(me, note, Action(action), choice.strip())
        return Happened(Text(f"{me.name} presses [{action}]; the group sees nothing", style="dim"), toast=(me, toast))

    async def _check(self, me: Person, text: str) -> Happened:
        await self._stage.platform.show(me, f"/check {text}")
        return _aside(f"{me.name} shows the bot a text; the group sees nothing")

    async def _join(self, _me: Person, rest: str) -> Happened:
        words = rest.split()
        language = words.pop() if words[1:] and words[-1] in wording.languages() else "en"
        name = " ".join(words)
        if not name or ":" in name or name in self._stage.world.people:
            return _hint("/join NAME [zh] lets somebody new in")
        person = self._stage.world.join(name, language)
        await self._stage.platform.start(person)
        await self._stage.platform.join(person)
        return _aside(f"{name} joined")

    async def _wait(self, _me: Person, rest: str) -> Happened:
        if not (rest.isascii() and rest.isdigit() and len(rest) < 7):
            return _hint("/wait MINUTES lets time go by")
        await self._stage.wait(60.0 * int(rest))
        return _aside(f"{rest} minutes later")

    def _newest_nudge(self, me: Person) -> Note | None:
        notes = self._stage.world.notes[me.id]
        return next((note for note in reversed(notes) if note.buttons), None)

    def _line(self, post: Post) -> Happened:
        return Happened(self._view.line(post, self._stage.clock()), self._view.quiet(post))


def _aside(text: str) -> Happened:
    return Happened(Text(text, style="dim"))


def _hint(text: str) -> Happened:
    return Happened(Text(text, style="italic dim"))
