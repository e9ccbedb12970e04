"""`/healthz`: the process answers. `/readyz`: whether it sees, stores and tells; if not, in words, what is wrong.

`/metrics` beside them: the same in numbers.
"""

from collections.abc import Callable, Mapping

from aiohttp import web as http

from bot.addresses import Address
from bot.meter import Meter
from bot.platform import Platform, Trouble
from bot.store import Store
from bot.web.door import Door
from bot.web.metrics import Metrics
from bot.wording import say


class Health:
    """Answers for the store and for whatever platforms run."""

    def __init__(
        self, store: Store, platforms: Mapping[str, Platform], meter: Meter, edition: Callable[[], str]
    ) -> None:
        self._store, self._platforms = store, platforms
        metrics = Metrics(store, platforms, meter, edition)
        self.door = Door(
            http.get("/healthz", self._alive), http.get("/readyz", self._ready), http.get("/metrics", metrics.answer)
        )

    async def open(self, address: Address) -> None:
        """Listen. Raises ConfigError."""
        await self.door.open(address, "health")

    async def _alive(self, _request: http.Request) -> http.Response:
        return http.json_response({"status": "alive"})

    async def _ready(self, _request: http.Request) -> http.Response:
        found = {name: await platform.trouble() for name, platform in self._platforms.items()}
        said = {name: [_said(trouble) for trouble in troubles] for name, troubles in found.items() if troubles}
        blind = any(trouble.blind for troubles in found.values() for trouble in troubles)
        if stored := self._store.trouble():
            said["store"] = [stored]
        ready = not (blind or stored)
        body = {"status": "ready" if ready else "not ready", "trouble": said}
        return http.json_response(body, status=200 if ready else 503)


def _said(trouble: Trouble) -> str:
    return say("en", f"trouble.{trouble.code}", count=trouble.count)
