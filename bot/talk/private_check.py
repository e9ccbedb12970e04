"""A text or a file that somebody shows to the bot privately: read, judged, answered, and recorded nowhere."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot import wording
from bot.judging.guard import Guard
from bot.looks.reader import FileReader
from bot.message import Message
from bot.platform import Fetched, Unfetched
from bot.send import Later
from bot.store import Judged
from bot.talk.commands import Addressed
from bot.talk.files import places
from bot.talk.language import Languages
from bot.talk.presses import protects
from bot.talk.safer import hidden, pasted
from bot.wording import say
from detectors.errors import TooSlowError
from detectors.types import of

_log = logging.getLogger(__name__)

Fetch = Callable[[int], Awaitable["Fetched | Unfetched | Later"]]
"""A file's bytes, at most so many of them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What somebody reads who asked: what it seems to hold and why that matters, and a safer text if there is one.

    `language` is the reader's. `found`: a rule speaks of it.
    """

    text: str = field(repr=False)
    language: str
    safer: str = field(default="", repr=False)
    found: bool = False


class PrivateCheck:
    """Says what a nudge would say, before anything was sent. Without a `reader` files are not read."""

    def __init__(
        self, guard: Guard, languages: Languages, platforms: Mapping[str, Addressed], reader: FileReader | None = None
    ) -> None:
        self._guard, self._languages, self._platforms, self._reader = guard, languages, platforms, reader

    async def words(self, message: Message, *, names: bool = False) -> Checked:
        """Say what a message's words hold; `message` says where it would stand, and whose language is spoken.

        With `names`, the safer text has initials in place of names.
        """
        language = self._language(message)
        try:
            judged = await self._guard.look(message)
            masked = await self._guard.safer(message, names=names)
        except TooSlowError:
            return Checked(say(language, "check.too_long"), language, found=True)
        except Exception as error:  # noqa: BLE001 - whatever a text does, its words must not end in a log
            _log.warning("check.failed error=%s", type(error).__name__)
            return Checked(say(language, "check.failed"), language, found=True)
        safer = pasted(message, masked)
        if judged.rules or hidden(masked):
            kinds = wording.kinds(language, hidden(masked) or tuple(judged.types)) or say(language, "kind.other")
            told = self._told(language, message, judged, kinds, safer, names=names)
            return Checked(told, language, safer, found=True)
        slash = self._platforms[message.platform].slash
        last = say(language, "check.initials") if safer else say(language, "check.ask", slash=slash)
        return Checked(wording.spoken(language, [say(language, "check.nothing"), last]), language, safer)

    def _told(self, language: str, message: Message, judged: Judged, kinds: str, safer: str, *, names: bool) -> str:
        """What it seems to hold, why that matters, and what to do."""
        why = [say(language, "check.found", kinds=kinds), *_why_it_matters(language, judged)]
        named = not names and any(of(found.type).beside for found in judged.found)
        slash = self._platforms[message.platform].slash
        how = [say(language, "check.safer" if safer else "check.no_safer")]
        how += [say(language, "check.names", slash=slash)] if safer and named else []
        return "\n\n".join(wording.spoken(language, sentences) for sentences in (why, how))

    async def file(self, message: Message, fetch: Fetch) -> Checked:
        """Say what a file holds; `message` says who sent it and where, its words don't matter."""
        language = self._language(message)
        if self._reader is None:
            return Checked(say(language, "check.file_unread", why=_why(language, "")), language)
        return Checked(await self._file(language, message, fetch, self._reader), language)

    async def _file(self, language: str, message: Message, fetch: Fetch, reader: FileReader) -> str:
        fetched = await fetch(reader.most)
        if not isinstance(fetched, Fetched):
            code = fetched.code if isinstance(fetched, Unfetched) else None
            return say(language, "check.file_unread", why=_why(language, code or ""))
        found = await reader.read(fetched.content, fetched.name)
        if found.unread is not None and not found.found:
            return say(language, "check.file_unread", why=_why(language, found.unread))
        judged = self._guard.glance(message, found, len(fetched.content))
        if not judged.rules:
            return say(language, "check.file_protected" if found.protected else "check.file_nothing")
        kinds = wording.kinds(language, tuple(judged.types)) or say(language, "kind.other")
        where = places(language, judged.held)
        key = "check.file_found_at" if where else "check.file_found"
        return wording.spoken(
            language, [say(language, key, kinds=kinds, places=where), *_why_it_matters(language, judged)]
        )

    def _language(self, message: Message) -> str:
        return self._languages.of(message.platform, message.workspace, message.sender or "", message.language)


def _why_it_matters(language: str, judged: Judged) -> list[str]:
    return [say(language, "check.why"), *([protects(language, judged.protects)] if judged.protects else [])]


def _why(language: str, code: str) -> str:
    return say(language, f"unread.{code}" if wording.has(f"unread.{code}") else "unread.other")
