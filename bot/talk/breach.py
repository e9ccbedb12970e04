"""Breaches as admins open, work through and close them in a chat; the command line does the same by the same words."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.breach import called, number
from bot.clocks import WallClock
from bot.config import Config
from bot.evidence import breach, draft
from bot.message import Ask
from bot.misuse import InputError
from bot.periods import period
from bot.send import Document
from bot.store import BreachChange, Noted, Store
from bot.talk.answer import Answer
from bot.wording import say
from bot.words import Act, Form, PressCode

SHOWN = 10
"""Breaches in a list: a chat message has no room for more."""
ACTS = {
    "add": Act.BREACH_ADD,
    "tick": Act.BREACH_TICK,
    "untick": Act.BREACH_UNTICK,
    "edition": Act.BREACH_EDITION,
    "close": Act.BREACH_CLOSE,
    "reopen": Act.BREACH_REOPEN,
}
"""What changes a breach, by its verb."""
NEEDS = {Act.BREACH_ADD, Act.BREACH_TICK, Act.BREACH_UNTICK, Act.BREACH_CLOSE}
"""What says nothing without a code."""


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


def asked(args: Sequence[str], at: float, by: tuple[str, str], config: Config) -> BreachChange | None:
    """What is to be done, from the words of a command; None when that makes no sense."""
    case = number(args[0])
    if case is None:
        return _opening(args, at, by, config)
    act, codes = ACTS.get(args[1] if len(args) > 1 else ""), tuple(args[2:])
    if act is None or (act in NEEDS) != bool(codes) or (act is Act.BREACH_CLOSE and len(codes) != 1):
        return None
    adds = act is Act.BREACH_ADD
    return BreachChange(act, at, *by, case, incidents=codes if adds else (), codes=() if adds else codes)


def _opening(args: Sequence[str], at: float, by: tuple[str, str], config: Config) -> BreachChange | None:
    """`ID… aware 5h`: known for five hours already."""
    incidents, since = tuple(args), None
    if "aware" in args:
        *first, _, when = args
        incidents, since = tuple(first), period(when, at).since
    if not incidents:
        return None
    return BreachChange(
        Act.BREACH_OPEN,
        at,
        *by,
        incidents=tuple(dict.fromkeys(incidents)),
        aware_at=since,
        deadline=config.breach.seconds,
        people=config.reminded,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered, and whether what was asked for was done."""

    text: str = field(repr=False)
    done: bool = False


async def done(store: Store, change: BreachChange, language: str, slash: str) -> Said:
    """Do it, and say how the breach stands then, or why nothing was done."""
    for incident in change.incidents:
        if store.incident(incident) is None:
            return Said(say(language, "breach.no_incident", incident=incident))
        if (other := store.breach_of(incident)) is not None:
            return Said(say(language, "breach.taken", incident=incident, case=called(other.id), slash=slash))
    [code] = await store.commit([change])
    row = store.breach(change.breach) if change.breach else store.breach_of(change.incidents[0])
    if row is None or code is PressCode.UNKNOWN:
        return Said(say(language, "breach.unknown", slash=slash))
    key = "breach.stood"
    if code is PressCode.THANKS:
        key = "breach.opened" if change.act is Act.BREACH_OPEN else "breach.noted"
    head = say(language, key, case=called(row.id), count=row.figures.incidents, slash=slash)
    shown = (head, breach.clock(row, language, change.at), *breach.checklist(row, language))
    return Said("\n".join(shown), done=code is PressCode.THANKS)
