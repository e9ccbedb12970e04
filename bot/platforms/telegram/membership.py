"""What is known of chats right now, asked live and kept for some minutes: readers, the bot's rights, titles, roles."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram.error import TelegramError

from bot.platforms.telegram.roles import role_of
from bot.platforms.telegram.wire import LARGEST_ID, RefusalError, Wire, whole
from policies.facts import Role

FRESH_SECONDS = 600.0
RETRY_SECONDS = 60.0
"""How long an answer is good, and how soon after none to ask again."""

PATIENCE_SECONDS = 2.0
"""How long a message waits for the number of its readers and its sender's role."""
MOST = 20_000
"""Facts remembered; those that were not asked for the longest go first."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The bot's place in a chat: https://core.telegram.org/bots/api#chatmember."""

    admin: bool = False
    delete: bool = False


class Membership:
    """Facts about chats, in memory only."""

    def __init__(self, wire: Wire, clock: Callable[[], float]) -> None:
        self._wire = wire
        self._clock = clock
        self._known: dict[tuple[str, ...], tuple[float, Any]] = {}
        self._asking: dict[tuple[str, ...], asyncio.Task[Any]] = {}
        self._quiet_until = 0.0

    async def audience(self, chat: str) -> int | None:
        """Count the people who can read the chat, without this bot; None when Telegram doesn't say in time."""
        count = await self._fact(("count", chat), lambda: self._wire.call("getChatMemberCount", chat_id=int(chat)))
        people = whole(count)
        return max(people - 1, 0) if people is not None else None

    async def rights(self, chat: str, bot: int) -> Rights:
        """Tell what the bot may do in the chat; nothing when Telegram doesn't say."""
        member = await self._fact(
            ("rights", chat), lambda: self._wire.call("getChatMember", chat_id=int(chat), user_id=bot)
        )
        if not isinstance(member, dict):
            return Rights()
        owner = member.get("status") == "creator"
        admin = owner or member.get("status") == "administrator"
        return Rights(admin, owner or (admin and bool(member.get("can_delete_messages"))))

    async def role(self, chat: str, user: str) -> Role | None:
        """Tell what a person is in the chat; None when Telegram doesn't say in time.

        For others than itself, a bot that is no administrator may get no answer: #getchatmember.
        """
        key = ("role", chat, user)
        if self._clock() < self._quiet_until:
            known: Role | None = self._known.get(key, (0.0, None))[1]
            return known
        found: Role | None = await self._fact(key, lambda: self._role(chat, user))
        return found

    async def _role(self, chat: str, user: str) -> Role | None:
        return role_of(await self._wire.call("getChatMember", chat_id=int(chat), user_id=int(user)))

    async def title(self, chat: str) -> str | None:
        """Fetch the chat's title; None when it can't be had."""
        found = await self._fact(("chat", chat), lambda: self._wire.call("getChat", chat_id=int(chat)))
        title = found.get("title") if isinstance(found, dict) else None
        return title if isinstance(title, str) and title else None

    async def human_admin(self, chat: str, preferred: tuple[str, ...]) -> str | None:
        """Name one person (an id) for the probe: of the preferred ones who is there, else an admin of the chat."""
        try:
            for user in preferred:
                member = await self._wire.call("getChatMember", chat_id=int(chat), user_id=int(user))
                if role_of(member) in (Role.OWNER, Role.ADMIN, Role.MEMBER):
                    return user
            members = await self._wire.call("getChatAdministrators", chat_id=int(chat))
        except TelegramError:
            return None
        people = [_person(member) for member in members] if isinstance(members, list) else []
        return next(filter(None, people), None)

    def forget(self, chat: str) -> None:
        """Ask anew next time: something changed."""
        for fact in ("count", "rights", "chat"):
            self._known.pop((fact, chat), None)

    async def close(self) -> None:
        """Stop asking."""
        asking = tuple(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def _fact(self, key: tuple[str, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
        """Give what is known; wait for an answer only where nothing is known, else ask anew on the side."""
        until, value = self._known.get(key, (0.0, None))
        if key not in self._asking:
            if self._clock() < until:
                return value
            self._asking[key] = asyncio.create_task(self._ask(key, ask))
        return value if value is not None else await asyncio.shield(self._asking[key])

    async def _ask(self, key: tuple[str, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
        value, good_for = self._known.get(key, (0.0, None))[1], RETRY_SECONDS
        try:
            value, good_for = await asyncio.wait_for(ask(), PATIENCE_SECONDS), FRESH_SECONDS
        except (TelegramError, TimeoutError) as error:
            if key[0] == "role":
                self._rest(error)
        finally:
            del self._asking[key]
        self._known.pop(key, None)
        self._known[key] = (self._clock() + good_for, value)
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return value

    def _rest(self, error: Exception) -> None:
        """Ask for no role for a while when Telegram is silent or asked too often: every new sender would wait."""
        seconds = (error.retry_after or 0.0) if isinstance(error, RefusalError) else RETRY_SECONDS
        self._quiet_until = max(self._quiet_until, self._clock() + seconds)


def _person(member: object) -> str | None:
    """The id of a ChatMember who is no bot."""
    user = member.get("user") if isinstance(member, dict) else None
    if not isinstance(user, dict) or user.get("is_bot"):
        return None
    number = whole(user.get("id"), LARGEST_ID)
    return str(number) if number else None
