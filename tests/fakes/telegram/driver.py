"""Plays scenarios on Telegram: the whole bot, the real client, the fake server."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.demo.play import Private
from bot.demo.scenario import Scenario, Step
from bot.demo.stage import Clock
from bot.judging.guard import Detector
from bot.platforms.telegram import buttons
from bot.store import IncidentRow, OutboxRow
from bot.words import SendState
from detectors.documents.sandbox import Sandbox
from policies.facts import Role
from tests.fakes.telegram import people
from tests.fakes.telegram.bot import HASTE, TestBot
from tests.fakes.telegram.methods import ApiError
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import Chat, Json, Person

GROUP = -1001
STATUS = {Role.OWNER: "creator", Role.ADMIN: "administrator", Role.MEMBER: "member", Role.GUEST: "left"}
"""A guest comments without having joined."""
DAY = 80_000
"""Seconds, a little less than a day."""

POLLING: Mapping[str, Any] = MappingProxyType({})
"""The settings of the usual line."""


class Driver:
    """A ScenarioDriver for Telegram. Without ephemeral messages: the simulator has none either."""

    bot: TestBot
    group: Chat

    def __init__(
        self, fake: FakeTelegram, clock: Clock, detector: Detector, folder: Path, line: Mapping[str, Any] = POLLING
    ) -> None:
        self._line = line
        self._fake, self._clock, self._detector, self._folder = fake, clock, detector, folder
        self._people: dict[str, Person] = {}
        self._anonymous: set[str] = set()
        self._posts: dict[str, int] = {}
        self._asked: dict[int, Json] = {}
        self._welcomes: set[tuple[int, int]] = set()
        self._toasts = self._pressed = 0

    async def begin(self, scenario: Scenario) -> None:
        """Make the group and its people, start the bot, add it."""
        for number, member in enumerate(scenario.people, 11):
            language = "zh-hant" if member.language == "zh" else "en"
            self._people[member.name] = self._fake.world.person(
                number, name=member.name, language=language, started=member.started
            )
        self._anonymous = {member.name for member in scenario.people if member.anonymous}
        here = [self._people[member.name] for member in scenario.people if not member.later]
        self.group = self._fake.world.group(GROUP, *here, bot="left")
        members = (member for member in scenario.people if not member.later)
        self.group.status |= {self._people[member.name].id: STATUS[member.role] for member in members}
        self.group.title = scenario.group.name
        if scenario.group.audience is None:
            self._fake.fail("getChatMemberCount", Fault(ApiError(400, "Bad Request: not known"), times=10**6))
        else:
            self.group.member_count = scenario.group.audience + 1  # the bot is a member too
        admins = tuple(self._people[member.name].id for member in scenario.people if member.admin)
        self.bot = TestBot(
            self._fake.url, self._folder, self._clock, detector=self._detector, admins=admins,
            policy=scenario.group.policy, trial=scenario.group.on_trial, language=scenario.group.language,
            wording=scenario.group.wording, retention=scenario.group.retention,
            ephemeral="off", **self._line, box=Sandbox() if scenario.group.files else None,
        )  # fmt: skip
        await self.bot.__aenter__()
        people.adds_bot(self._fake, next(iter(self._people.values())), self.group, "administrator")
        await self._settle()

    async def end(self) -> None:
        """Stop the bot."""
        await self.bot.__aexit__()

    async def say(self, step: Step) -> None:
        """Post a message."""
        extra: Json = {"forward_origin": {"type": "hidden_user", "date": 1}} if step.forwarded else {}
        if step.content is not None:
            extra |= people.attached(self._fake, step.file, step.content) | {"caption": step.says}
        elif step.file:
            extra |= {"document": {"file_id": "1", "file_name": step.file}, "caption": step.says}
        if step.by in self._anonymous:
            robot = {"id": people.ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}
            extra |= {"from": robot, "sender_chat": self.group.as_json()}
        text = "" if step.file else step.says
        self._posts[step.label] = people.says(self._fake, self._people[step.by], self.group, text, **extra)
        await self._settle()

    async def edit(self, step: Step) -> None:
        """Change a message."""
        people.edits(self._fake, self.group, self._posts[step.edits], step.text)
        await self._settle()

    async def delete(self, step: Step) -> None:
        """Delete a message: bots are not told."""
        people.removes(self.group, self._posts[step.deletes])

    async def press(self, step: Step) -> None:
        """Press a button under the newest nudge; reasons are unfolded first, as a person would."""
        person, whose = self._people[step.by], self._people[step.whose or step.by]
        nudge = self._newest_nudge(whose)
        self._toasts, self._pressed = len(self._fake.world.toasts), nudge["message_id"]
        if step.choice and person is whose:
            people.presses(self._fake, person, nudge, data=_data(nudge, step.presses))
            await self._settle()
            nudge = self._newest_nudge(whose)
        people.presses(self._fake, person, nudge, data=_data(nudge, step.presses, step.choice))
        await self._settle()

    async def ask(self, step: Step) -> None:
        """Ask in the group."""
        people.says(self._fake, self._people[step.by], self.group, f"/{step.asks.removeprefix('/')}")
        await self._settle()

    async def check(self, step: Step) -> None:
        """Write to the bot privately."""
        people.whispers(self._fake, self._people[step.by], step.checks)
        await self._settle()

    async def start(self, step: Step) -> None:
        """Press Start; the bot's welcome is no news to anybody."""
        person = self._people[step.by]
        people.starts(self._fake, person, "group")
        await self._settle()
        welcome = next(note for note in reversed(people.inbox(self._fake, person)) if "reply_markup" not in note)
        self._welcomes.add((person.id, welcome["message_id"]))

    async def join(self, step: Step) -> None:
        """Come into the group: an administrator is told by chat_member, everybody by a line."""
        people.joins(self._fake, self._people[step.by], self.group)
        await self._settle()

    async def wait(self, step: Step) -> None:
        """Let time go by, no more than a day at once: longer silence of Telegram's would be a gap."""
        for left in range(int(step.waits), 0, -DAY):
            self._clock.forward(min(left, DAY))
            await self.bot.store.expire(self._clock())
            if step.waits > DAY:
                self._fake.updates.push_raw({})
                await self._settle()
        await self.bot.bot.housekeeping.scheduled(self.bot.bot.platforms, self._clock())
        if self.bot.config.privacy.retention:
            await self.bot.bot.housekeeping.purge(self._clock())
        await self._settle()

    def privately(self, person: str) -> tuple[Private, ...]:
        """List what the bot wrote to a person."""
        who = self._people[person]
        notes = [note for note in people.inbox(self._fake, who) if (who.id, note["message_id"]) not in self._welcomes]
        return tuple(Private(note.get("text") or note.get("caption", ""), _actions(note)) for note in notes)

    def answered(self) -> str:
        """Tell what the last press showed, and what stands in the message under which the button was."""
        return "\n".join([*self._fake.world.toasts[self._toasts :], *self._under()])

    def _under(self) -> list[str]:
        notes = [people.inbox(self._fake, person) for person in self._people.values()]
        return [note.get("text", "") for some in notes for note in some if note["message_id"] == self._pressed]

    def publicly(self) -> tuple[str, ...]:
        """List what the bot wrote to the group."""
        return tuple(post["text"] for post in people.bot_posts(self.group))

    def incident(self, label: str) -> IncidentRow | None:
        """Find what the log holds about a message."""
        return self.bot.store.incident_at("telegram", "", str(GROUP), str(self._posts[label]))

    def undelivered(self) -> tuple[OutboxRow, ...]:
        """List the sends whose reader could not be reached."""
        return self.bot.store.outbox(states=(SendState.UNREACHABLE, SendState.REFUSED))

    def _newest_nudge(self, person: Person) -> Json:
        nudges = [note for note in people.inbox(self._fake, person) if _actions(note)]
        if nudges:
            self._asked[person.id] = nudges[-1]
        return self._asked[person.id]

    async def _settle(self) -> None:
        """Wait until every update is confirmed, everything due is delivered, and side work is over."""
        store = self.bot.store
        while self._fake.updates.waiting or self.bot.platform._side.busy or store.counts().files or self._due():  # noqa: ASYNC110  # four conditions
            await asyncio.sleep(0.002)

    def _due(self) -> bool:
        store, now = self.bot.store, self._clock()
        waiting = store.outbox(states=(SendState.WAITING, SendState.SENDING))
        return any(row.due_at <= now + HASTE for row in waiting) or bool(store.removals(now + HASTE))


def hasty() -> Clock:
    """Make a clock for scenarios that goes faster than ours."""
    return Clock(ticks=lambda: time.monotonic() * HASTE)


def _actions(note: Json) -> tuple[str, ...]:
    rows = (note.get("reply_markup") or {}).get("inline_keyboard", [])
    found = (buttons.read(button.get("callback_data")) for row in rows for button in row)
    return tuple(pressed.action for pressed in found if pressed)


def _data(nudge: Json, action: str, choice: str = "") -> str:
    """The data of the button; of one that is folded away or not offered, as somebody would forge it."""
    rows = nudge["reply_markup"]["inline_keyboard"]
    offered = (button["callback_data"] for row in rows for button in row if "callback_data" in button)
    for found in (data for data in offered if (pressed := buttons.read(data)) and pressed.action == action):
        if not choice:
            return str(found)
    known = next(buttons.read(button["callback_data"]) for row in rows for button in row)
    assert known
    return buttons.data(known.incident, action, choice)
