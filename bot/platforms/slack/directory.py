"""What Slack knows that events don't say: how many can read along, who speaks which language and has which role.

Asked once and remembered in memory for an hour. Slow or failing answers never hold up an event: it has three seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.message import Message
from bot.platforms.slack.person import Person, read
from bot.platforms.slack.wire import limited, wait_of

PATIENCE = 0.8
"""Seconds that an event waits for a fact."""
_HOUR = 3600.0
_MOST = 20_000
"""Directory remembered; the oldest go first."""
_FILES = 10
"""Files of one message, as many as a person can post at once."""
_AGAIN = 60.0
"""Seconds until a fact that could not be had is asked for again."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation: its title (words: never stored), how many are in it, whether outsiders are."""

    name: str = ""
    audience: int | None = None
    external: bool = False

    def __repr__(self) -> str:
        return f"Chat(audience={self.audience}, external={self.external})"


class Directory:
    """Looks things up with the bot's own client."""

    def __init__(self, web: AsyncWebClient, clock: Callable[[], float]) -> None:
        self._web = web
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, object]] = {}
        self._quiet_until: dict[str, float] = {}

    async def complete(self, message: Message) -> Message:
        """Add audience, language, role and whether outsiders read along, as far as they can be had in time."""
        chat, person = await asyncio.gather(self.chat(message.chat), self.person(message.sender or ""))
        return replace(
            message,
            audience=chat.audience if message.audience is None else message.audience,
            external=message.external or chat.external,
            language=person.language,
            sender_role=message.sender_role or person.role(message.workspace),
        )

    async def chat(self, channel: str) -> Chat:
        """docs.slack.dev/reference/methods/conversations.info."""
        return await self._fact("chat", channel, Chat(), lambda: self._chat(channel))

    async def person(self, user: str) -> Person:
        """docs.slack.dev/reference/methods/users.info."""
        return await self._fact("person", user, Person(), lambda: self._person(user)) if user else Person()

    async def language(self, user: str) -> str:
        """Tell the person's locale, like en-US or zh-HK; empty when unknown."""
        return (await self.person(user)).language

    async def opened(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """Fetch what Slack leaves out of files that come from another company (`file_access`: check_file_info)."""
        files = message.get("files")
        if not isinstance(files, list) or not any(map(_closed, files)):
            return message
        first = await asyncio.gather(*(self._file(file) for file in files[:_FILES]))
        return {**message, "files": [*first, *files[_FILES:]]}

    def forget(self, channel: str) -> None:
        """People came or went: ask again next time."""
        self._known.pop(("chat", channel), None)

    async def _chat(self, channel: str) -> Chat:
        answer = await self._web.conversations_info(channel=channel, include_num_members=True)
        told = _object(answer.get("channel"))
        number = told.get("num_members")
        external = bool(told.get("is_ext_shared"))
        return Chat(str(told.get("name") or ""), number if isinstance(number, int) else None, external)

    async def _file(self, file: Mapping[str, Any]) -> Mapping[str, Any]:
        """docs.slack.dev/reference/methods/files.info: kept no longer than the message, for its names are words."""
        if not _closed(file):
            return file
        try:
            answer = await asyncio.wait_for(self._web.files_info(file=str(file.get("id"))), PATIENCE)
        except Exception:  # noqa: BLE001  # as above
            return file
        return _object(answer.get("file"))

    async def _person(self, user: str) -> Person:
        answer = await self._web.users_info(user=user, include_locale=True)
        return read(_object(answer.get("user")))

    async def _fact(self, kind: str, key: str, unknown: _T, ask: Callable[[], Awaitable[_T]]) -> _T:
        now = self._clock()
        until, value = cast("tuple[float, _T]", self._known.get((kind, key), (0.0, unknown)))
        if now < until or now < self._quiet_until.get(kind, 0.0):
            return value
        until = now + _HOUR
        try:
            value = await asyncio.wait_for(ask(), PATIENCE)
        except Exception as error:  # noqa: BLE001  # a fact that can't be had must not cost the message
            until = now + _AGAIN
            if not isinstance(error, SlackApiError):  # no answer: the next message shall not wait for one too
                self._quiet_until[kind] = now + _AGAIN
            elif limited(error):
                self._quiet_until[kind] = now + wait_of(error)
        self._known[kind, key] = (until, value)
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return value


def _closed(file: object) -> bool:
    return isinstance(file, Mapping) and file.get("file_access") == "check_file_info"


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
