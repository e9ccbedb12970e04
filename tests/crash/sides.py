"""What a bot lives beside: a fake Telegram and a fake Slack, the people there, and what goes wrong between them.

Each turn six people write, four of them a leak, two of these in a file whose message is harmless. A fault is the answer
to one request; "restart" is the whole service gone and back again.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.methods import ApiError
from tests.fakes.telegram.people import inbox, posts, says, unblocks
from tests.fakes.telegram.server import FakeTelegram, Fault

A_TURN = 6
FAULTS = ("429", "403", "gateway", "cut", "lost answer", "429 reading", "cut reading", "cut file", "restart")
AWAY = 0.3
"""Seconds that a service is gone for."""


def leaks(turn: int) -> list[int]:
    """The people of this turn whose message is a leak."""
    return [number for number in range(turn * A_TURN, (turn + 1) * A_TURN) if number % 3]


def in_file(number: int) -> bool:
    """Whether what this person leaks is in a file."""
    return number % 3 == 2


class Side(Protocol):
    """One platform. `lost` counts the sends that it carried out and gave no answer to."""

    @property
    def name(self) -> str: ...

    @property
    def reads_back(self) -> bool: ...

    @property
    def lost(self) -> int: ...

    @property
    def unmet(self) -> int:
        """Faults that no request has met yet."""
        ...

    @property
    def listened_to(self) -> bool:
        """Whether a bot is there that hears what is said from now on."""
        ...

    def watch(self, called: Callable[[bool], None] | None) -> None:
        """Tell of each call once it was carried out, before its answer: whether it was a send."""
        ...

    def begins(self) -> None:
        """A life begins."""
        ...

    def speaks(self, turn: int) -> None:
        """Six people write."""
        ...

    def harm(self, fault: str, turn: int) -> None:
        """Let one of the next requests go wrong."""
        ...

    async def restart(self) -> None:
        """Go away, and come back."""
        ...

    def relents(self) -> None:
        """Whoever did not let the bot write does now."""
        ...

    def arrived(self, turns: int) -> Counter[int]:
        """How many nudges each person has got."""
        ...

    def sender(self, number: int) -> str:
        """A person's id."""
        ...


class TelegramSide:
    """Nothing can be read back. A 403 is somebody who has blocked the bot and thinks better of it later."""

    name = "telegram"
    reads_back = False

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self._fake.updates.most = 3
        self._group = fake.world.group(-1001)
        self._swallowed: list[Fault] = []
        self._polls = self._sets = 0

    @property
    def lost(self) -> int:
        return sum(fault.times == 0 for fault in self._swallowed)

    @property
    def unmet(self) -> int:
        return sum(fault.times for faults in self._fake.faults.values() for fault in faults)

    @property
    def listened_to(self) -> bool:
        return self._fake.updates.polls > self._polls or self._fake.poster.sets > self._sets

    def watch(self, called: Callable[[bool], None] | None) -> None:
        self._fake.on_call = called and (lambda method, _: called(method == "sendMessage"))

    def begins(self) -> None:
        self._polls, self._sets = self._fake.updates.polls, self._fake.poster.sets

    def speaks(self, turn: int) -> None:
        for number in range(turn * A_TURN, (turn + 1) * A_TURN):
            person = self._fake.world.person(100 + number, started=True)
            self._group.status[person.id] = "member"
            if in_file(number):
                posts(self._fake, person, self._group, "notes.txt", f"hkid:{number}".encode())
            else:
                says(self._fake, person, self._group, f"hkid:{number}" if number % 3 else "hello")

    def harm(self, fault: str, turn: int) -> None:
        too_many = ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        match fault:
            case "429":
                self._fake.fail("sendMessage", Fault(too_many))
            case "403":
                self._fake.world.person(100 + leaks(turn)[0], blocked=True)
            case "gateway":
                self._fake.fail("sendMessage", Fault(raw="<html>", status=403))
            case "cut":
                self._fake.fail("sendMessage", Fault())
            case "lost answer":
                self._swallowed.append(Fault(when="after"))
                self._fake.fail("sendMessage", self._swallowed[-1])
            case "429 reading":
                self._fake.fail("setWebhook" if self._fake.poster.url else "getUpdates", Fault(too_many))
            case "cut reading":
                self._cut_reading()
            case "cut file":
                self._fake.fail("file", Fault())

    def _cut_reading(self) -> None:
        """One poll breaks off, or the answer to one update that is posted gets lost."""
        if not self._fake.poster.url:
            return self._fake.fail("getUpdates", Fault())
        left = iter([True])
        self._fake.poster.before_answer = lambda _: next(left, False)
        return None

    async def restart(self) -> None:
        await self._fake.stop()
        await asyncio.sleep(AWAY)
        await self._fake.start()

    def relents(self) -> None:
        for person in [person for person in self._fake.world.people.values() if person.blocked]:
            unblocks(self._fake, person)

    def arrived(self, turns: int) -> Counter[int]:
        people = {number: self._fake.world.people[100 + number] for number in range(turns * A_TURN)}
        return +Counter({number: len(inbox(self._fake, person)) for number, person in people.items()})

    def sender(self, number: int) -> str:
        return str(100 + number)


class SlackSide:
    """What was sent is read back. A 403 comes from something on the way: Slack answers 200 and an error code."""

    name = "slack"
    reads_back = True
    lost = 0

    def __init__(self, fake: FakeSlack) -> None:
        self._fake = fake
        self._channel = fake.space.channel("C1")
        self._seen = 0

    @property
    def unmet(self) -> int:
        return sum(map(len, self._fake._faults.values()))

    @property
    def listened_to(self) -> bool:
        read = self._fake.counts["users.conversations"] > self._seen
        return read and bool(self._fake.signed or self._fake.sockets.open)

    def watch(self, called: Callable[[bool], None] | None) -> None:
        self._fake.on_call = called and (lambda method: called(method == "chat.postMessage"))

    def begins(self) -> None:
        self._seen = self._fake.counts["users.conversations"]

    def speaks(self, turn: int) -> None:
        for number in range(turn * A_TURN, (turn + 1) * A_TURN):
            person = self._fake.space.person(self.sender(number))
            self._channel.members.add(person.id)
            if in_file(number):
                self._fake.upload("C1", person.id, "notes.txt", f"hkid:{number}".encode())
            else:
                self._fake.say("C1", person.id, f"hkid:{number}" if number % 3 else "hello")

    def harm(self, fault: str, turn: int) -> None:  # noqa: ARG002  # a fault of Slack's is nobody's in particular
        match fault:
            case "429":
                self._fake.limit("chat.postMessage", 1)
            case "403" | "gateway":
                self._fake.break_down("chat.postMessage", 403)
            case "cut":
                self._fake.cut("chat.postMessage")
            case "lost answer":
                self._fake.swallow("chat.postMessage")
            case "429 reading":
                self._fake.limit("conversations.history", 1)
            case "cut reading":
                self._fake.cut("users.info")
            case "cut file":
                self._fake.cut("download")

    async def restart(self) -> None:
        await self._fake.stop()
        await asyncio.sleep(AWAY)
        await self._fake.start()

    def relents(self) -> None:
        return

    def arrived(self, turns: int) -> Counter[int]:
        return +Counter({n: len(self._fake.space.told(self.sender(n))) for n in range(turns * A_TURN)})

    def sender(self, number: int) -> str:
        return f"U{100 + number}"
