"""A platform whose wire is a list: it takes what the courier sends and answers what the test told it to."""
# ruff: noqa: ARG002 - the contract hands over more than a fake looks at

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

from bot.message import Attachment, Message
from bot.platform import Fetched, Trouble, Unfetched
from bot.platforms.beside import Inbound
from bot.send import Later, Outcome, Send, Sent, Unknown
from bot.store import OutboxRow
from bot.store.bodies import dumped
from bot.words import ReachState


class StubPlatform:
    """`answers` holds outcomes to give for a rung, first one first; without any a send is accepted."""

    def __init__(self, name: str = "stub", *, reads_back: bool = False, ladder: tuple[str, ...] = ("dm",)) -> None:
        self.name = name
        self.reads_back = reads_back
        self.knocks, self.files, self.slash, self.reminder_days = False, True, "/", 0
        self.rereads = True
        self.ladder = ladder
        self.traceless: set[str] = set()
        self.troubles: tuple[Trouble, ...] = ()
        self.limited: Mapping[str, tuple[int, float]] = {}
        self.answers: dict[str, deque[Outcome | Exception]] = defaultdict(deque)
        self.wire: list[tuple[str, Send]] = []
        self.asked: list[int] = []
        self.contents: dict[str, Any] = {}
        """By the reference of a file: its bytes, another answer, or a deque of answers whose last one stays."""
        self.fetched: list[str] = []
        self.arrived: dict[int, str] = {}
        self.at_once = 0
        self.most_at_once = 0
        self.gate: asyncio.Event | None = None
        self.called = asyncio.Event()

    async def open(self, inbound: Inbound) -> str:
        return "ready"

    async def receive(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        return

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:
        return () if reach is ReachState.BLOCKED else self.ladder

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        return self.limited

    async def deliver(self, rung: str, send: Send) -> Outcome:
        self.wire.append((rung, send))
        self.called.set()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.gate is not None:
                await self.gate.wait()
            answer = (
                self.answers[rung].popleft() if self.answers[rung] else Sent(json.dumps({"ts": str(len(self.wire))}))
            )
        finally:
            self.at_once -= 1
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def reread(self, chat: str, message: str) -> Message | None:
        return None

    async def find_sent(self, rung: str, send: Send) -> Sent | Unknown | None:
        self.asked.append(send.id)
        if rung in self.traceless:
            return Unknown("no_trace")
        return Sent(self.arrived[send.id]) if send.id in self.arrived else None

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        self.fetched.append(file.id)
        answer = self.contents[file.ref]
        if isinstance(answer, deque):
            answer = answer.popleft() if len(answer) > 1 else answer[0]
        if isinstance(answer, Exception):
            raise answer
        return Fetched(answer, f"file.{file.ending}") if isinstance(answer, bytes) else answer

    async def trouble(self) -> tuple[Trouble, ...]:
        return self.troubles

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        return None

    def may_delete(self, workspace: str, chat: str) -> bool:
        return False

    async def remove(self, chat: str, message: str) -> bool:
        return False


async def compose(row: OutboxRow) -> Send:
    """Write codes instead of words."""
    incident = row.incidents[0] if row.incidents else ""
    where = (row.platform, row.workspace, row.chat, row.recipient)
    return Send(row.id, row.kind, *where, dumped(row.body), incident, row.message, row.thread)
