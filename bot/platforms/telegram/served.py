"""Which groups the bot serves: `[telegram] groups`, followed when a group becomes a supergroup with a new id."""

from typing import Literal

from bot.message import Ask, ChatChange, Cursor, Event, Joined, Message
from bot.platforms.telegram import NAME
from bot.store import Store


class Served:
    """Any group, or the listed ones; elsewhere the bot keeps silent."""

    def __init__(self, listed: Literal["any"] | tuple[int, ...], store: Store) -> None:
        self._store = store
        self._served = None if listed == "any" else {str(chat) for chat in listed}
        moved = store.cursors(NAME)
        while self._served is not None:
            further = {to for chat in self._served if (to := moved.get(f"moved:{chat}"))} - self._served
            if not further:
                break
            self._served |= further

    def serves(self, chat: str) -> bool:
        """Whether this group is served."""
        return self._served is None or chat in self._served

    def concerns(self, event: Event) -> bool:
        """Whether an event is of a served group, or of no group at all."""
        if isinstance(event, Message | ChatChange | Joined):
            return self.serves(event.chat)
        return not isinstance(event, Ask) or event.private or self.serves(event.chat)

    async def follow(self, chat: str, to: str) -> None:
        """Serve a listed group under its new id too, also after a restart."""
        if self._served is not None and to not in self._served:
            await self._store.commit((), Cursor(NAME, f"moved:{chat}", to))
            self._served.add(to)
