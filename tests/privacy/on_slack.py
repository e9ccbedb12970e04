"""Where words can stand on Slack: each way in hands the bot one planted value."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any

import aiohttp

from tests.fakes.slack.server import FakeSlack
from tests.privacy.plants import Plant

CHANNEL = 20
"""Plants that share a channel, whose name is one of them too."""

Json = dict[str, Any]


class OnSlack:
    """Plays people who plant values, each by one of the ways in turn. `door`: where the bot takes events over HTTP."""

    def __init__(self, fake: FakeSlack, door: str = "") -> None:
        self._fake, self._door = fake, door
        self._number = count()
        self._ways: tuple[Callable[[Plant], Awaitable[None] | None], ...] = (
            self._says, self._edits, self._sends_file, self._attaches, self._names, self._asks, self._is_odd,
            self._is_refused, self._presses, self._knocks,
        )  # fmt: skip

    async def plant(self, plant: Plant) -> None:
        """Hand one in."""
        number = next(self._number)
        self._user, self._channel = f"U{1000 + number}", f"C{number // CHANNEL}"
        self._turn = number // len(self._ways)
        if number % CHANNEL == 0:
            self._fake.space.channel(self._channel, name=plant.text)
        self._fake.space.person(self._user)
        self._fake.space.channels[self._channel].members.add(self._user)
        if waiting := self._ways[number % len(self._ways)](plant):
            await waiting

    def _post(self, text: str, **extra: Any) -> str:
        return self._fake.say(self._channel, self._user, text, **extra)

    def _says(self, plant: Plant) -> None:
        self._post(plant.text)

    def _edits(self, plant: Plant) -> None:
        self._fake.edit(self._channel, self._post("good morning"), plant.text)

    def _sends_file(self, plant: Plant) -> None:
        """With the value in its name, its title and in the file; and shown to the bot privately."""
        content = plant.text.encode()
        self._fake.upload(self._channel, self._user, f"{plant.text}.txt", content, file={"title": plant.value})
        self._fake.upload(self._channel, self._user, "notes.txt", content)
        self._fake.upload(self._fake.space.dm(self._user).id, self._user, "notes.txt", content)

    def _attaches(self, plant: Plant) -> None:
        shared = {"is_share": True, "author_name": plant.value, "text": plant.text, "fields": [{"title": plant.text}]}
        self._fake.delete(self._channel, self._post("look", attachments=[shared]))

    def _names(self, plant: Plant) -> None:
        self._post("set", subtype="channel_topic", topic=plant.text)
        self._post("set", subtype="channel_name", name=plant.value)

    async def _asks(self, plant: Plant) -> None:
        self._fake.say(self._fake.space.dm(self._user).id, self._user, f"check names {plant.text}")
        await self._fake.send("slash_commands", {**self._typed(plant), "text": f"check names {plant.text}"})
        await self._fake.send("slash_commands", self._typed(plant))

    def _typed(self, plant: Plant) -> Json:
        return {
            "command": "/thinktwice", "text": f"report {plant.text}", "user_id": self._user, "team_id": "T0FAKE",
            "channel_id": self._channel, "channel_name": plant.value, "user_name": plant.value, "trigger_id": "1.1",
            "response_url": f"{self._fake.base}/response/1", "api_app_id": "A0FAKE", "token": "legacy",
        }  # fmt: skip

    def _is_odd(self, plant: Plant) -> None:
        """What no Slack sends, with words where ids, times and objects should be."""
        odd: tuple[Json, ...] = (
            {"type": "message", "channel": self._channel, "user": plant.value, "ts": plant.text, "text": plant.text},
            {"type": "message", "channel": self._channel, "user": self._user, "ts": "1.1", "text": [plant.text]},
            {"type": "message", "subtype": "message_changed", "channel": self._channel, "message": plant.text},
            {"type": plant.word, "channel": plant.text, "user": {"id": plant.value}},
        )
        self._fake.event(odd[self._turn % len(odd)])

    def _is_refused(self, plant: Plant) -> None:
        """The answers to calls hold words."""
        match self._turn % 3:
            case 0:
                self._fake.refuse("chat.postMessage", plant.text, needed=plant.value)
            case 1:
                self._fake.odd("users.info", json.dumps({"ok": True, "user": plant.text}))
            case _:
                self._fake.odd("chat.postMessage", f"<html>{plant.text}</html>", "text/html")
        self._post(plant.text)

    async def _presses(self, plant: Plant) -> None:
        """A button and a form with words where ids should be."""
        pressed = {"type": "button", "action_id": f"tt:{plant.value}", "value": plant.text, "action_ts": "1.1"}
        container = {"type": "message", "message_ts": plant.value, "channel_id": self._channel}
        who = {"user": {"id": self._user, "name": plant.value}, "team": {"id": "T0FAKE"}, "trigger_id": "1.1"}
        await self._fake.send(
            "interactive", {"type": "block_actions", "actions": [pressed], "container": container, **who}
        )
        view = {"callback_id": plant.value, "private_metadata": plant.text, "state": {"values": {"r": plant.text}}}
        await self._fake.send("interactive", {"type": "view_submission", "view": view} | who)

    async def _knocks(self, plant: Plant) -> None:
        """A stranger at the door, with words in the place, the headers and the body; without a door a thread."""
        if not self._door:
            self._post(plant.text, thread_ts=self._post("hello"))
            return
        headers = {"X-Slack-Signature": plant.word, "X-Slack-Request-Timestamp": "1"}
        async with aiohttp.ClientSession() as stranger:
            for url in (self._door, f"{self._door}/{plant.word}?{plant.word}={plant.word}"):
                with suppress(aiohttp.ClientError):  # nobody may be there yet, and a door may hang up
                    async with stranger.post(url, data=plant.text.encode(), headers=headers) as answer:
                        await answer.read()

    def heard(self) -> bool:
        """Whether the bot has acknowledged everything, or it was given up."""
        return all(delivery.attempts > 1 or delivery.done.is_set() for delivery in self._fake.post.sent)

    def said(self) -> str:
        """All that the bot has said, wherever."""
        told = [
            call for call in self._fake.calls if call[0] in ("chat.postMessage", "chat.update", "chat.postEphemeral")
        ]
        return json.dumps([told, self._fake.responses, self._fake.space.ephemerals], ensure_ascii=False)
