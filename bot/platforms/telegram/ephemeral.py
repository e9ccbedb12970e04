"""Messages in a group that one person alone sees, and the proof that they were.

https://core.telegram.org/bots/api#ephemeral-messages-and-commands: an administrator bot may send them to any member at
any time. A server that does not know the parameter would post in public, so nothing is sent where it does not know the
methods beside it, nothing sent here says more than "a tip", a chat's rung opens only after a harmless probe to an
admin, and it closes at the first answer without proof.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from telegram.error import TelegramError

from bot import wording
from bot.judging.guard import Guard
from bot.platforms.telegram import NAME
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.wire import RefusalError, Wire, whole
from bot.store import Store
from bot.words import AlertCode, EphemeralState

PATIENCE_SECONDS = 10.0
"""How long a nudge waits for a probe."""

_log = logging.getLogger(__name__)


class Ephemeral:
    """The ephemeral rung of every chat: probed, open or closed (`ChatRow.ephemeral`).

    `admins` are the people whom the config names: where one of them is in the group, the probe goes to them.
    """

    def __init__(
        self, wire: Wire, membership: Membership, guard: Guard, store: Store, admins: tuple[str, ...], *, allowed: bool
    ) -> None:
        self._wire = wire
        self._membership = membership
        self._guard = guard
        self._store = store
        self._admins = admins
        self._allowed = allowed
        self._probing: dict[str, asyncio.Event] = {}

    def hopeful(self, chat: str) -> bool:
        """Whether this chat's rung is open, or a probe is about to tell."""
        return self._allowed and (chat in self._probing or self._open(chat))

    async def is_open(self, chat: str) -> bool:
        """Whether this chat's rung may be used; waits for a probe that is under way."""
        if probing := self._probing.get(chat):
            with suppress(TimeoutError):
                await asyncio.wait_for(probing.wait(), PATIENCE_SECONDS)
        return self._allowed and self._open(chat)

    def expect(self, chat: str) -> None:
        """Announce a probe: a nudge that comes before its end waits for it."""
        if self._allowed and not self._open(chat):
            self._probing.setdefault(chat, asyncio.Event())

    async def probe(self, chat: str, bot: int) -> None:
        """Find out whether the rung works here, with a line to an admin that may be read by anybody."""
        try:
            wanted = self._allowed and not self._open(chat)
            if wanted and (await self._membership.rights(chat, bot)).admin and await self._known():
                await self._try(chat)
        finally:
            if probing := self._probing.pop(chat, None):
                probing.set()

    async def _known(self) -> bool:
        """Whether the server has heard of such messages: asked to change one without saying which, it says no (400).

        A server of before Bot API 10.2 says that there is no such method (404); one that says yes to anything, or
        nothing that can be read, proves nothing.
        """
        try:
            await self._wire.call("editEphemeralMessageText")
        except RefusalError as error:
            return error.explained and error.code == 400
        except TelegramError:
            return False
        return False

    async def _try(self, chat: str) -> None:
        admin = await self._membership.human_admin(chat, self._admins)
        if admin is None:
            return
        with suppress(
            TelegramError
        ):  # refused or unknown: it stays as it was, and the next change of rights asks again
            if await self.send(chat, admin, wording.say("en", "ephemeral.probe")) is not None:
                await self._store.set_chat(NAME, "", chat, ephemeral=EphemeralState.OPEN)

    def _open(self, chat: str) -> bool:
        row = self._store.chat(NAME, "", chat)
        return row is not None and row.ephemeral is EphemeralState.OPEN

    async def send(
        self, chat: str, receiver: str, text: str, thread: str = "", reply_markup: Mapping[str, Any] | None = None
    ) -> int | None:
        """Send and return the proof, the ephemeral_message_id. None: it was not ephemeral, and is deleted again."""
        message = await self._wire.call(
            "sendMessage",
            chat_id=int(chat),
            text=text,
            message_thread_id=int(thread) if thread else None,
            reply_markup=reply_markup,
            ephemeral_message_parameters={"receiver_user_id": int(receiver)},
        )
        message = message if isinstance(message, dict) else {}
        proof = whole(message.get("ephemeral_message_id"))
        if message.get("message_id") == 0 and proof:
            return proof
        await self._close(chat, whole(message.get("message_id")))
        return None

    async def _close(self, chat: str, message_id: int | None) -> None:
        await self._store.set_chat(NAME, "", chat, ephemeral=EphemeralState.CLOSED)
        _log.error("telegram.ephemeral_closed chat=%s: the server posted in public; the message is being deleted", chat)
        if message_id:
            try:
                await self._wire.call("deleteMessage", chat_id=int(chat), message_id=message_id)
            except TelegramError:
                _log.error("telegram.ephemeral_left chat=%s: a neutral line of the bot stayed in the group", chat)
        await self._guard.alert(AlertCode.EPHEMERAL, chat=chat, platform=NAME)
