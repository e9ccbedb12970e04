"""Where words can stand on Telegram: each way in hands the bot one planted value."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

import aiohttp

from tests.fakes.telegram import people
from tests.fakes.telegram.methods import ApiError
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.webhook import HEADER
from tests.fakes.telegram.world import Json
from tests.privacy.plants import Plant

GROUP = 20
"""Plants that share a group, whose title is one of them too."""


class OnTelegram:
    """Plays people who plant values, each by one of the ways in turn. `door`: where updates are posted to the bot."""

    def __init__(self, fake: FakeTelegram, door: str = "") -> None:
        self._fake, self._door = fake, door
        self._number = count()
        self._ways: tuple[Callable[[Plant], Awaitable[None] | None], ...] = (
            self._says, self._edits, self._sends_file, self._polls, self._shares, self._asks, self._is_odd,
            self._is_refused, self._presses, self._renames, self._knocks,
        )  # fmt: skip

    async def plant(self, plant: Plant) -> None:
        """Hand one in."""
        number = next(self._number)
        self._turn = number // len(self._ways)
        if number % GROUP == 0:
            self._group = self._fake.world.group(-1001000 - number)
            self._group.title = plant.text
        self._person = self._fake.world.person(1000 + number, name=plant.value, started=True)
        self._group.status[self._person.id] = "member"
        if waiting := self._ways[number % len(self._ways)](plant):
            await waiting

    def _post(self, text: str = "", **extra: object) -> int:
        return people.says(self._fake, self._person, self._group, text, **extra)

    def _says(self, plant: Plant) -> None:
        self._post(plant.text, quote={"text": plant.text})

    def _edits(self, plant: Plant) -> None:
        people.edits(self._fake, self._group, self._post("good morning"), plant.text)

    def _sends_file(self, plant: Plant) -> None:
        """With the value in its name, its caption and in the file; and shown to the bot privately."""
        content = plant.text.encode()
        people.posts(self._fake, self._person, self._group, f"{plant.text}.txt", content, plant.text)
        people.posts(self._fake, self._person, self._group, "notes.txt", content)
        people.posts(self._fake, self._person, self._fake.world.chats[self._person.id], "notes.txt", content)

    def _polls(self, plant: Plant) -> None:
        self._post(poll={"id": "1", "question": plant.text, "options": [{"text": plant.value}]})

    def _shares(self, plant: Plant) -> None:
        hidden = {"type": "text_link", "offset": 0, "length": 4, "url": f"https://example.com/{plant.value}"}
        self._post("here", entities=[hidden], external_reply={"venue": {"title": plant.text, "address": plant.value}})
        self._post(contact={"first_name": plant.word, "last_name": plant.value, "phone_number": plant.value})
        self._post(checklist={"title": plant.text, "tasks": [{"text": plant.value}]})

    def _asks(self, plant: Plant) -> None:
        self._post(f"/report {plant.text}", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
        people.whispers(self._fake, self._person, f"/start {plant.value}")
        people.whispers(self._fake, self._person, f"check names {plant.text}")
        people.types(self._fake, self._person, f"names {plant.text}")

    def _is_odd(self, plant: Plant) -> None:
        """What no Telegram sends, with words where numbers and objects should be."""
        odd: tuple[Json, ...] = (
            {"message": plant.text}, {"edited_message": {"message_id": plant.value, "chat": {"id": plant.text}}},
            {"message": {"message_id": 1, "date": plant.value, "chat": {"id": -1}, "text": [plant.text]}},
            {"callback_query": {"id": 7, "data": plant.text, "from": plant.value}}, {plant.word: plant.text},
        )  # fmt: skip
        self._fake.updates.push_raw(odd[self._turn % len(odd)])

    def _is_refused(self, plant: Plant) -> None:
        """The answers to calls hold words: refusals, a page of the network's, an odd list of updates."""
        refused = json.dumps({"ok": False, "error_code": 400, "description": plant.text, "parameters": plant.text})
        faults = (
            ("sendMessage", Fault(ApiError(400, f"Bad Request: {plant.text}"))),
            ("sendMessage", Fault(raw=f"<html>{plant.text}</html>", status=502)),
            (line := "getWebhookInfo" if self._door else "getUpdates", Fault(raw=refused, status=400)),
            (line, Fault(raw=json.dumps({"ok": True, "result": [plant.text, {plant.word: plant.value}]}))),
        )
        # Of polls only a few: after many in a row that failed, the bot waits for a minute at a time.
        method, fault = faults[self._turn % (len(faults) if self._turn < 8 else 2)]
        self._fake.fail(method, fault)
        self._post(plant.text)

    def _presses(self, plant: Plant) -> None:
        shown: Json = {
            "message_id": 1,
            "date": self._fake.world.now(),
            "chat": self._group.as_json(),
            "text": plant.text,
        }
        people.presses(self._fake, self._person, shown, data=plant.value)

    def _renames(self, plant: Plant) -> None:
        self._post(new_chat_title=plant.text)
        self._post(forum_topic_created={"name": plant.text, "icon_color": 1})

    async def _knocks(self, plant: Plant) -> None:
        """A stranger at the door, with words in the place, the proof and the body; without a door a topic."""
        if not self._door:
            self._post(plant.text, message_thread_id=7, is_topic_message=True)
            return
        proofs = ({HEADER: plant.word}, {HEADER: self._fake.poster.proof})
        async with aiohttp.ClientSession() as stranger:
            for url in (self._door, f"{self._door}/{plant.word}?{plant.word}={plant.word}"):
                for proof in proofs:
                    with suppress(aiohttp.ClientError):  # nobody may be there yet, and a door may hang up
                        async with stranger.post(url, data=plant.text.encode(), headers=proof) as answer:
                            await answer.read()

    def heard(self) -> bool:
        """Whether the bot has taken everything."""
        return not self._fake.updates.waiting

    def said(self) -> str:
        """All that the bot has said to Telegram."""
        return json.dumps([call.params for call in self._fake.calls], ensure_ascii=False, default=repr)
