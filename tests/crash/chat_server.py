"""A chat platform behind a socket that outlives the bot: it redelivers until acknowledged and keeps the truth.

One JSON object a line. `receive` with an offset acknowledges everything before it, as Telegram's getUpdates does;
`send` is what people would read; `find` is what Slack's history could tell.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BATCH = 3


@dataclass
class ChatServer:
    """`updates` are handed out in order; `kill_at` names the request during which `on_kill` is called."""

    updates: list[dict[str, Any]]
    acknowledged: int = 0
    arrived: Counter[str] = field(default_factory=Counter)
    refs: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    kill_at: int | None = None
    on_kill: Callable[[], None] = lambda: None
    port: int = 0

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                self.requests += 1
                answer = self._answer(json.loads(line))
                if self.requests == self.kill_at:
                    self.on_kill()
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except ConnectionError:
            # The bot was killed; that is what this server is for.
            pass
        finally:
            writer.close()

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "receive":
                self.acknowledged = max(self.acknowledged, request["offset"])
                return {"updates": self.updates[self.acknowledged : self.acknowledged + BATCH]}
            case "send":
                self.arrived[request["about"]] += 1
                self.refs[request["about"]] = f"ref-{request['about']}"
                return {"ref": self.refs[request["about"]]}
            case _:
                return {"ref": self.refs.get(request["about"])}
