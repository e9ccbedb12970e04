"""Breaches as admins open, work through and close them in a chat; the command line does the same by the same words."""

import asyncio
from collections.abc import Callable, Sequence

from bot.breach import called, number
from bot.clocks import WallClock
from bot.config import Config
from bot.evidence import breach, draft
from bot.evidence.handling import asked, done
from bot.message import Ask
from bot.misuse import InputError
from bot.send import Document
from bot.store import Noted, Store
from bot.talk.answer import Answer
from bot.wording import say
from bot.words import Act, Form

SHOWN = 10
"""Breaches in a list: a chat message has no room for more."""


class Breaches:
    """Answers about breaches. Who may ask is decided, and noted, before it comes here.

    `slash` says what stands before a command's name on a platform, `files` whether a document arrives there as a file.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        clock: WallClock,
        slash: Callable[[str], str],
        files: Callable[[str], bool],
    ) -> None:
        self._config, self._store, self._clock = config, store, clock
        self._slash, self._files = slash, files

    async def answer(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        """List, open, show or change: `/breach`, `/breach ID…`, `/breach B1`, `/breach B1 tick tell`."""
        slash = self._slash(ask.platform)
        if not args:
            return Answer(self._list(language, slash))
        if "?" in args:
            return Answer(say(language, "breach.usage", slash=slash))
        if args[1:2] == ("draft",):
            return await self._draft(ask, args, language)
        if args[1:] or number(args[0]) is None:
            return Answer(await self._change(ask, args, language, slash))
        row = self._store.breach(number(args[0]) or 0)
        if row is None:
            return Answer(say(language, "breach.unknown", slash=slash))
        return Answer(breach.page(self._store, row, language, self._clock()))

    async def _change(self, ask: Ask, args: Sequence[str], language: str, slash: str) -> str:
        change = asked(args, self._clock(), (ask.platform, ask.user), self._config)
        if change is None:
            return say(language, "breach.usage", slash=slash)
        return (await done(self._store, change, language, slash)).text

    def reminder(self, case: str, language: str, slash: str) -> str:
        """The word to people about an open breach, as it stands now; of one that is gone or closed, that it is over."""
        row = self._store.breach(number(case) or 0)
        if row is None or row.closed_at is not None:
            return say(language, "breach.no_more", case=case)
        return breach.reminder(row, language, self._clock(), slash)

    def _list(self, language: str, slash: str) -> str:
        rows = self._store.breaches()
        if not rows:
            return say(language, "breach.none", slash=slash)
        return "\n".join(breach.lines(rows[:SHOWN], language, self._clock()))

    async def _draft(self, ask: Ask, args: Sequence[str], language: str) -> Answer:
        slash, wanted = self._slash(ask.platform), args[2:]
        row = self._store.breach(number(args[0]) or 0)
        if row is None:
            return Answer(say(language, "breach.unknown", slash=slash))
        form = next((Form(word) for word in wanted if word in set(Form)), Form.PCPD)
        code = next((word for word in wanted if word in ("en", "zh")), language)
        written = draft.drafted(row, form, code, self._config.privacy, self._clock())
        files = self._files(ask.platform)
        kind = "docx" if "docx" in wanted and files else "md"
        try:
            content = await asyncio.to_thread(draft.WRITERS[kind], written)
        except InputError as error:
            return Answer(str(error))
        note = Noted(ask.platform, ask.user, Act.BREACH_DRAFT, self._clock(), f"{form} {kind} {code}", called(row.id))
        await self._store.commit([note])
        key = "breach.draft_file" if files else "breach.draft_below"
        return Answer(say(language, key, slash=slash), Document(draft.file_name(row, form, code, kind), content))
