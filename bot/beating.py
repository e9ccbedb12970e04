"""Being heard by the other programs that run over the same log, from the start to the end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from bot.sending.outage import Outage
from bot.store import Store, StoreError
from bot.store.engine import BEAT

_log = logging.getLogger(__name__)


@asynccontextmanager
async def beating(store: Store, edition: Callable[[], str]) -> AsyncIterator[None]:
    """Beat while the block runs; `edition` is that of the policies in force. Who is alone with a log has no need to."""
    if not store.shared():
        yield
        return
    task = asyncio.create_task(_beat(store, edition))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _beat(store: Store, edition: Callable[[], str]) -> None:
    outage = Outage()
    while True:
        try:
            await store.beat(edition())
        except StoreError as error:
            if outage.seen(str(error)):
                _log.error("beat.missed reason=%s", error)
        except Exception as error:  # noqa: BLE001  # whatever it is: who stops beating is taken for dead for good
            _log.error("beat.missed error=%s", type(error).__name__)
        else:
            outage.over()
        await asyncio.sleep(BEAT)
