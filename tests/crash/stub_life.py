"""The quick one of the crash trials: the real guard, store and courier over a socket, ending itself at a named point.

Nothing else of a bot is put together here; `bot_life` has whole bots.
"""
# ruff: noqa: ARG002 - the contract hands over more than this platform looks at

import asyncio
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.judging.guard import Guard
from bot.message import Cursor, Message, Part
from bot.send import Outcome, Send, Sent
from bot.sending.courier import Courier
from bot.words import PartKind
from tests.crash.traps import Trap, TrappedStore
from tests.fakes.judging import Marks, Rules
from tests.fakes.stub_platform import StubPlatform, compose

POINTS = ("before_commit", "after_commit", "before_wire", "in_flight", "after_accepted", "before_outcome")


class Wire:
    """Questions and answers over one socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, trap: Trap) -> None:
        self._reader, self._writer, self._trap = reader, writer, trap
        self._turn = asyncio.Lock()

    async def ask(self, do: str, **what: object) -> dict[str, Any]:
        async with self._turn:
            self._writer.write(json.dumps({"do": do, **what}).encode() + b"\n")
            await self._writer.drain()
            if do == "send":
                self._trap.reach("in_flight")
            answer: dict[str, Any] = json.loads(await self._reader.readline())
            return answer


class SocketPlatform(StubPlatform):
    """Its wire is the socket."""

    def __init__(self, wire: Wire, trap: Trap, *, reads_back: bool) -> None:
        super().__init__(reads_back=reads_back)
        self._wire, self._trap = wire, trap

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        return {"all": (200, 1.0)}

    async def deliver(self, rung: str, send: Send) -> Outcome:
        self._trap.reach("before_wire")
        answer = await self._wire.ask("send", about=send.message)
        self._trap.reach("after_accepted")
        return Sent(answer["ref"])

    async def find_sent(self, rung: str, send: Send) -> Sent | None:
        answer = await self._wire.ask("find", about=send.message)
        return Sent(answer["ref"]) if answer["ref"] else None


def live(port: int, path: Path, point: str, count: int, *, reads_back: bool) -> None:
    """Read and send until nothing is left, or until `point` is reached for the `count`th time ("never": to the end)."""
    trap = TrappedStore.trap = Trap(point, count)
    asyncio.run(_live(port, path, trap, reads_back=reads_back))


async def _live(port: int, path: Path, trap: Trap, *, reads_back: bool) -> None:
    store = TrappedStore.open(path, time.time, hold=True)
    incoming, outgoing = [Wire(*await asyncio.open_connection("127.0.0.1", port), trap) for _ in range(2)]
    guard = Guard(Marks(), Rules(), store, time.time, {})
    courier = Courier(store, {"stub": SocketPlatform(outgoing, trap, reads_back=reads_back)}, compose, time.time)
    sending = asyncio.create_task(courier.run())
    while True:
        offset = int(store.cursor("stub", "offset") or 0)
        updates = (await incoming.ask("receive", offset=offset))["updates"]
        if not updates:
            break
        messages = [message(update) for update in updates]
        await guard.handle(messages, Cursor("stub", "offset", str(offset + len(messages))))
    await courier.drain()
    await courier.stop()
    await sending
    store.close()


def message(update: dict[str, str]) -> Message:
    parts = (Part(PartKind.TEXT, update["text"]),)
    return Message("stub", "", "-100", update["id"], update["sender"], time.time(), parts)
