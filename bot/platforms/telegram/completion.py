"""What an update lacks before it can be judged: which groups are served, how many read it, what its sender is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.judging.guard import Guard
from bot.message import ChatChange, Event, Joined, Message
from bot.platforms.telegram import NAME
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.parse import Parsed
from bot.platforms.telegram.served import Served
from bot.words import ChatState


class Completion:
    """Completes what was parsed, by questions to Telegram whose answers are remembered."""

    def __init__(
        self, guard: Guard, membership: Membership, served: Served, reachable: Callable[[str, str], bool]
    ) -> None:
        """`reachable` tells whether somebody (an id) may be written to privately, in a chat or otherwise."""
        self._guard, self._membership, self._served = guard, membership, served
        self._reachable = reachable

    async def __call__(self, parsed: Parsed) -> Parsed:
        """Leave out the groups that the bot does not serve, and new members that it can't greet; complete messages."""
        events: list[Event] = []
        for event in parsed.events:
            if isinstance(event, ChatChange) and event.state is ChatState.MOVED and self._served.serves(event.chat):
                await self._served.follow(event.chat, event.to)
            if not self._served.concerns(event):
                continue
            if isinstance(event, Joined) and not self._reachable(event.chat, event.user):
                continue
            events.append(await self._complete(event) if isinstance(event, Message) and self._judged(event) else event)
        return replace(parsed, events=tuple(events))

    def _judged(self, message: Message) -> bool:
        """Whether there is anything to judge, so that its readers matter."""
        return bool(message.parts or (message.attachments and self._guard.reads_files))

    async def _complete(self, message: Message) -> Message:
        """Add how many people read the chat and, where a rule wants to know, what the sender is in it."""
        role = message.sender_role
        if role is None and message.sender and "sender_role" in self._guard.needs(NAME, message.chat):
            audience, role = await asyncio.gather(
                self._membership.audience(message.chat), self._membership.role(message.chat, message.sender)
            )
        else:
            audience = await self._membership.audience(message.chat)
        return replace(message, audience=audience, sender_role=role)
