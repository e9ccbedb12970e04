"""A life that tells the operator's own system what the outbox has for it, until nothing is left."""

import asyncio
import time
from pathlib import Path

from bot.send import Send
from bot.sending.courier import Courier
from bot.store import HookBody, OutboxRow, Store
from bot.web.hook import Hook
from bot.words import SendState
from tests.fakes.receiver import SECRET


def live(path: Path, url: str) -> None:
    """Deliver until nothing waits."""
    asyncio.run(_live(path, url))


async def compose(row: OutboxRow) -> Send:
    """What is posted is in the row."""
    assert isinstance(row.body, HookBody)
    return Send(row.id, row.kind, row.platform, row.workspace, row.chat, row.recipient, row.body.text)


async def _live(path: Path, url: str) -> None:
    store = Store.open(path, time.time, hold=True)
    hook = Hook(url, SECRET.encode(), time.time)
    courier = Courier(store, {hook.name: hook}, compose, time.time)
    sending = asyncio.create_task(courier.run())
    while store.outbox(platform=hook.name, states=(SendState.WAITING, SendState.SENDING)):  # noqa: ASYNC110 - the store has no event for it
        await asyncio.sleep(0.005)
    await courier.stop()
    await sending
    await hook.close()
    store.close()
