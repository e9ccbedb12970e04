"""The figures of a period, for whoever asks a running bot: counted beside its event loop, groups named live."""

import asyncio
from dataclasses import replace

from bot.config import Privacy
from bot.names import GroupNames
from bot.periods import Period
from bot.reports.counted import gather
from bot.reports.figures import Figures
from bot.store import Store


async def live(
    store: Store, groups: GroupNames, privacy: Privacy, time: Period, now: float, chat: str | None = None
) -> Figures:
    """Count a period, of all groups or of `chat` (`platform:chat id`); what was deleted by `now` is said."""
    figures = await asyncio.to_thread(gather, store, time.since, time.until, chat, time.before)
    workspaces = {f"{chat.platform}:{chat.chat}": chat.workspace for chat in store.chats()}
    names: dict[str, str] = {}
    for address in figures.addresses:
        platform, _, chat_id = address.partition(":")
        if name := await groups.name(platform, workspaces.get(address, ""), chat_id):
            names[address] = name
    return replace(figures.named(names), complete_since=privacy.complete_since(now))
