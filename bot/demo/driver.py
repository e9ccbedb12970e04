"""Plays scenarios on the simulator."""

from pathlib import Path

from bot.addresses import Address
from bot.demo.play import Private
from bot.demo.scenario import Scenario, Step
from bot.demo.stage import Stage
from bot.judging.guard import Detector
from bot.platforms.simulator.world import Note, Person, Post
from bot.store import IncidentRow, OutboxRow
from bot.words import Action, SendKind, SendState


class Driver:
    """A ScenarioDriver for the simulator. `stage` is there after `begin`; close it when done."""

    stage: Stage

    def __init__(self, detector: Detector, folder: Path, page: Address | None = None) -> None:
        """Play with the log in `folder`; `page` is where the page listens, if there is to be one."""
        self._detector = detector
        self._folder = folder
        self._page = page
        self.posts: dict[str, Post] = {}
        self._answered = ""

    async def begin(self, scenario: Scenario) -> None:
        """Make the group and its people."""
        self.stage = Stage(scenario.group, scenario.people, self._detector, self._folder, self._page)
        await self.stage.open()

    async def say(self, step: Step) -> None:
        """Post a message."""
        person = self._person(step.by)
        post = await self.stage.platform.say(
            person, step.says, file=step.file, content=step.content, forwarded=step.forwarded
        )
        self.posts[step.label or post.id] = post
        await self.stage.settle()

    async def edit(self, step: Step) -> None:
        """Change a message."""
        await self.stage.platform.edit(self._person(step.by), self.posts[step.edits], step.text)
        await self.stage.settle()

    async def delete(self, step: Step) -> None:
        """Delete a message."""
        await self.stage.platform.delete(self.posts[step.deletes])
        await self.stage.settle()

    async def press(self, step: Step) -> None:
        """Press a button under the newest nudge."""
        person, action = self._person(step.by), Action(step.presses)
        note = self._offering(step.whose or step.by, action)
        self._answered = await self.stage.platform.press(person, note, action, step.choice)
        await self.stage.settle()

    async def ask(self, step: Step) -> None:
        """Ask the bot."""
        name, *args = step.asks.removeprefix("/").split()
        await self.stage.platform.ask(self._person(step.by), name, tuple(args))
        await self.stage.settle()

    async def check(self, step: Step) -> None:
        """Show the bot a text."""
        await self.stage.platform.show(self._person(step.by), step.checks)
        await self.stage.settle()

    async def start(self, step: Step) -> None:
        """Press Start."""
        await self.stage.platform.start(self._person(step.by))
        await self.stage.settle()

    async def join(self, step: Step) -> None:
        """Come into the group."""
        await self.stage.platform.join(self._person(step.by))
        await self.stage.settle()

    async def wait(self, step: Step) -> None:
        """Let time go by."""
        await self.stage.wait(step.waits)

    def privately(self, person: str) -> tuple[Private, ...]:
        """List what the bot wrote to a person."""
        return tuple(Private(note.text, note.actions) for note in self.stage.world.notes[self._person(person).id])

    def answered(self) -> str:
        """Tell what the last press showed."""
        return self._answered

    def publicly(self) -> tuple[str, ...]:
        """List what the bot wrote to the group."""
        return tuple(post.text for post in self.stage.world.posts if not post.author)

    def incident(self, label: str) -> IncidentRow | None:
        """Find what the log holds about a message."""
        return self.stage.store.incident_at("simulator", "", self.stage.world.chat, self.posts[label].id)

    def undelivered(self) -> tuple[OutboxRow, ...]:
        """List the sends whose reader could not be reached."""
        return self.stage.store.outbox(states=(SendState.UNREACHABLE, SendState.REFUSED))

    def _offering(self, person: str, action: Action) -> Note:
        """Find the newest note with such a button; the newest nudge where there is none, as somebody would forge it."""
        notes = reversed(self.stage.world.notes[self._person(person).id])
        return next((note for note in notes if action in note.actions), None) or self.newest_nudge(person)

    def newest_nudge(self, person: str) -> Note:
        """Find the newest nudge that still asks something; the newest settled one if there is none."""
        nudges = [note for note in self.stage.world.notes[self._person(person).id] if note.kind is SendKind.NUDGE]
        return next((note for note in reversed(nudges) if note.buttons), nudges[-1])

    def _person(self, name: str) -> Person:
        return self.stage.world.people[name]
