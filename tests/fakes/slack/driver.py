"""Plays scenarios on Slack: the whole bot, the real clients, the fake service; over either line."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from bot.demo.play import Private
from bot.demo.scenario import Scenario, Step
from bot.demo.stage import Clock
from bot.judging.guard import Detector
from bot.store import IncidentRow, OutboxRow, Store
from bot.wording import LANGUAGES, say
from bot.words import SendState
from detectors.documents.sandbox import Sandbox
from policies.facts import Role
from policies.reload import Policies
from tests.fakes.slack.bot import HASTE, SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_USER, TEAM

CHANNEL = "C1"
FLAGS = {
    Role.OWNER: ("is_owner", "is_admin"),
    Role.ADMIN: ("is_admin",),
    Role.MEMBER: (),
    Role.GUEST: ("is_restricted", "is_ultra_restricted"),
}
COMING = {say(language, "answer.report_coming") for language in LANGUAGES}

Json = dict[str, Any]


def hasty() -> Clock:
    """Make a clock for scenarios that goes faster than ours."""
    return Clock(ticks=lambda: time.monotonic() * HASTE)


class Driver:
    """A ScenarioDriver for Slack."""

    bot: SlackBot

    def __init__(
        self, fake: FakeSlack, clock: Clock, detector: Detector, folder: Path, mode: str, store: type[Store] = Store
    ) -> None:
        self._store = store
        self._fake, self._clock, self._detector, self._folder, self._mode = fake, clock, detector, folder, mode
        self._users: dict[str, str] = {}
        self._posts: dict[str, str] = {}
        self._answers: dict[str, list[Json]] = {}
        self._nudges: dict[str, Json] = {}
        self._responses, self._modal = 0, ""

    async def begin(self, scenario: Scenario) -> None:
        """Make the channel and its people, start the bot, invite it."""
        for number, member in enumerate(scenario.people, 11):
            user = self._users[member.name] = f"U{number}"
            locale = "zh-TW" if member.language == "zh" else "en-GB"
            self._fake.space.person(user, locale=locale, flags=FLAGS[member.role])
            self._answers[member.name] = []
        room = scenario.group
        here = [self._users[member.name] for member in scenario.people if not member.later]
        channel = self._fake.space.channel(CHANNEL, *here, name=room.name, size=room.audience)
        channel.external = room.external
        channel.members.discard(BOT_USER)
        self.bot = SlackBot(
            self._fake,
            self._folder,
            rules=Policies(room.policy, {}, self._detector.find, trial=room.on_trial),
            detector=self._detector,
            admins=tuple(self._users[member.name] for member in scenario.people if member.admin),
            clock=self._clock,
            mode=self._mode,
            store=self._store,
            language=room.language,
            wording=room.wording,
            retention=room.retention,
            admin_token=self._fake.admin_token,
            box=Sandbox() if room.files else None,
        )
        await self.bot.__aenter__()
        self._fake.join(CHANNEL, inviter=next(iter(self._users.values())))
        await self._settle()

    async def end(self) -> None:
        """Stop the bot."""
        await self.bot.__aexit__()

    async def say(self, step: Step) -> None:
        """Post a message."""
        extra: Json = {}
        text = step.says
        if step.forwarded:
            link = "https://example.slack.com/archives/D9/p1"
            shared = {
                "from_url": link,
                "is_msg_unfurl": True,
                "is_share": True,
                "text": step.says,
                "fallback": "shared",
            }
            text, extra = "", {"attachments": [shared], "blocks": None}
        if step.content is not None:
            extra |= {"subtype": "file_share", "files": [dict(self._fake.hold(step.file, step.content))]}
        elif step.file:
            extra |= {"subtype": "file_share", "files": [{"id": "F1", "name": step.file, "title": step.file}]}
        self._posts[step.label] = self._fake.say(CHANNEL, self._users[step.by], text, **extra)
        await self._settle()

    async def edit(self, step: Step) -> None:
        """Change a message."""
        self._fake.edit(CHANNEL, self._posts[step.edits], step.text, attachments=[])
        await self._settle()

    async def delete(self, step: Step) -> None:
        """Delete a message."""
        self._fake.delete(CHANNEL, self._posts[step.deletes])
        await self._settle()

    async def press(self, step: Step) -> None:
        """Press a button under the newest nudge; a reason is picked from the list that opens."""
        user, whose = self._users[step.by], self._users[step.whose or step.by]
        nudge = self._offering(step.whose or step.by, step.presses)
        before, self._responses, self._modal = len(self._fake.space.modals), len(self._fake.responses), ""
        await self._fake.press(user, self._fake.space.dm(whose).id, nudge, f"tt:{step.presses}")
        if step.choice and len(self._fake.space.modals) > before:
            state = {"reason": {"choice": {"selected_option": {"value": step.choice}}}}
            self._modal = json.dumps(
                await self._fake.submit(user, self._fake.space.modals[-1], state), ensure_ascii=False
            )
        await self._settle()
        for answer in self._fake.responses[self._responses :]:
            if answer.get("replace_original"):
                nudge |= {"text": answer["text"], "blocks": answer.get("blocks", [])}

    async def ask(self, step: Step) -> None:
        """Use the slash command in the channel."""
        answer = await self._fake.command(self._users[step.by], CHANNEL, step.asks.removeprefix("/"))
        if answer and answer["text"] not in COMING:  # the answer itself is in the direct messages
            self._answers[step.by].append({**answer, "ts": self._fake.space.stamp()})
        await self._settle()

    async def check(self, step: Step) -> None:
        """Write to the bot in a direct message."""
        user = self._users[step.by]
        self._fake.say(self._fake.space.dm(user).id, user, step.checks)
        await self._settle()

    async def start(self, step: Step) -> None:
        """Nobody has to press Start on Slack."""

    async def join(self, step: Step) -> None:
        """Come into the channel."""
        self._fake.join(CHANNEL, self._users[step.by])
        await self._settle()

    async def wait(self, step: Step) -> None:
        """Let time go by."""
        self._clock.forward(step.waits)
        await self.bot.store.expire(self._clock())
        await self.bot.bot.housekeeping.scheduled(self.bot.bot.platforms, self._clock())
        if self.bot.config.privacy.retention:
            await self.bot.bot.housekeeping.purge(self._clock())
        await self._settle()

    def privately(self, person: str) -> tuple[Private, ...]:
        """List what the bot wrote to a person: direct messages and answers to commands."""
        notes = [*self._fake.space.told(self._users[person]), *self._answers[person]]
        return tuple(
            Private(note["text"], _actions(note)) for note in sorted(notes, key=lambda note: float(note["ts"]))
        )

    def answered(self) -> str:
        """Tell what the last press was answered with, by its response_url or in the modal."""
        return "\n".join([*(answer.get("text", "") for answer in self._fake.responses[self._responses :]), self._modal])

    def publicly(self) -> tuple[str, ...]:
        """List what the bot wrote to the whole channel."""
        messages = self._fake.space.channels[CHANNEL].messages.values()
        return tuple(message["text"] for message in messages if message.get("bot_id"))

    def incident(self, label: str) -> IncidentRow | None:
        """Find what the log holds about the message with this label."""
        return self.bot.store.incident_at("slack", TEAM, CHANNEL, self._posts[label])

    def undelivered(self) -> tuple[OutboxRow, ...]:
        """List the sends whose reader could not be reached."""
        return self.bot.store.outbox(states=(SendState.UNREACHABLE, SendState.REFUSED))

    def _offering(self, person: str, action: str) -> Json:
        """The newest message with such a button, direct or an answer; else the newest with any, as it was then."""
        user = self._users[person]
        notes = sorted([*self._fake.space.told(user), *self._answers[person]], key=lambda note: float(note["ts"]))
        offer = next((note for note in reversed(notes) if _offers(note, action)), None)
        newest = offer or next((note for note in reversed(self._fake.space.told(user)) if _actions(note)), None)
        if newest is not None:
            self._nudges[user] = dict(newest)
        return offer or self._nudges[user]

    async def _settle(self) -> None:
        await self.bot.settle()
        while self._due():  # noqa: ASYNC110  # what is waited for happens by itself
            await asyncio.sleep(0.002)

    def _due(self) -> bool:
        waiting = self.bot.store.outbox(states=(SendState.WAITING, SendState.SENDING))
        soon = self._clock() + HASTE
        return any(row.due_at <= soon for row in waiting) or bool(self.bot.store.removals(soon))


def _offers(note: Json, action: str) -> bool:
    return any(name.split(":")[0] == action for name in _actions(note))


def _actions(note: Json) -> tuple[str, ...]:
    elements = [element for block in note.get("blocks", ()) for element in block.get("elements", ())]
    names = [element.get("action_id", "").removeprefix("tt:") for element in elements]
    return tuple(name for name in names if name not in ("", "open"))
