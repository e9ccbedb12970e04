"""What a button does and says, the same on every platform: a platform only shows it.

The store has judged the press before (`PressCode`); nothing here changes an incident but a deletion that succeeded.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot import wording
from bot.incident import STANDING
from bot.judging.guard import Guard
from bot.message import Deletion, Message, Press
from bot.store import Clock, NudgeBody, OutboxRow, Readings
from bot.talk import refresher
from bot.talk.compose import Buttons, Composer, reason_buttons
from bot.talk.language import Languages
from bot.talk.safer import pasted
from bot.wording import say
from bot.words import Action, IncidentState, PressCode
from detectors.errors import TooSlowError


@dataclass(frozen=True, slots=True)
class Line:
    """A short answer for whoever pressed; `warns` when it must not be missed."""

    text: str = field(repr=False)
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Thanked:
    """The press settled it. The outbox brings a thank-you; a nudge that can't be rewritten should go away."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Explained:
    """Why there was a nudge: to be read under it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons to choose from, with the line above them."""

    text: str = field(repr=False)
    buttons: Buttons
    language: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The nudge that stood behind a tip; `row` is its send."""

    text: str = field(repr=False)
    buttons: Buttons
    row: OutboxRow


@dataclass(frozen=True, slots=True)
class Safer:
    """What to post in place of the messages that a nudge speaks of: for the presser's private chat alone."""

    text: str = field(repr=False)
    safer: str = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class Turned:
    """What the message with the button becomes: it has said what it had to say."""

    text: str = field(repr=False)
    buttons: Buttons


Shown = Line | Thanked | Explained | Reasons | Opened | Turned | Safer

CHECKS = frozenset({Action.RIGHT, Action.WRONG})
"""An admin's answers about an incident of the sample."""
_QUOTED = 6
"""A policy may cite more than fits under a nudge; what its gravest rules cite stands first."""

Remove = Callable[[str, str], Awaitable[bool]]
"""A platform's `remove`: chat and message -> whether it is gone."""

Reread = Callable[[str, str], Awaitable[Message | None]]
"""A platform's `reread`: chat and message -> the message, while it can be had."""

_RETOLD = 5
"""Messages of one nudge that are made safer at once."""


class Presses:
    """Answers presses."""

    def __init__(self, guard: Guard, store: Readings, composer: Composer, languages: Languages, clock: Clock) -> None:
        self._guard = guard
        self._store = store
        self._composer = composer
        self._languages = languages
        self._clock = clock

    async def answer(self, press: Press, code: PressCode, remove: Remove, reread: Reread) -> Shown:
        """Say what whoever pressed gets to see; `code` is what the store said, NOTHING for a press that only opens."""
        code = code or self._standing(press)
        if code is PressCode.NOTHING:
            return await (self._safer(press, reread) if press.action is Action.SAFER else self._open(press))
        if code is PressCode.DELETE:
            return await self._delete(press, remove)
        if code is PressCode.WHY:
            return self._explain(press)
        if code is PressCode.THANKS and press.action in refresher.ANSWERS:
            return self._turn(press)
        text = self.line(press, code)
        if code is PressCode.THANKS and press.action in CHECKS:
            return Turned(text, ())
        return Thanked(text) if code is PressCode.THANKS else Line(text)

    def _turn(self, press: Press) -> Shown:
        turned = refresher.turn(press.action, press.choice, self.language(press))
        return Turned(*turned) if turned else Line(self.line(press, PressCode.REFUSED))

    def unreadable(self, platform: str, workspace: str, user: str, language: str) -> str:
        """What to say to somebody whose press can't be read; `language` is their app's."""
        return say(self._languages.of(platform, workspace, user, language), "press.unknown")

    def line(self, press: Press, code: PressCode) -> str:
        """The sentence for a code: the one for this button, if it has one of its own."""
        own = f"press.{code}_{press.action}{self._once(press)}"
        return say(self.language(press), own if wording.has(own) else f"press.{code}")

    def _once(self, press: Press) -> str:
        """What marks an answer after which the rules go on asking: numbers with a check digit are never muted."""
        found = self._store.incident(press.incident) if press.action is Action.FALSE_ALARM else None
        if found is None:
            return ""
        silent = self._store.muted(found.platform, found.workspace, found.chat, press.user, self._clock())
        return "" if any(rule in found.rules for rule, _ in silent) else "_once"

    def language(self, press: Press) -> str:
        """The language of whoever pressed."""
        return self._languages.of(press.platform, press.workspace, press.user, press.language)

    def _standing(self, press: Press) -> PressCode:
        """What may be opened: only an open incident, and only by its sender. NOTHING when nothing stands against it."""
        incident = self._store.incident(press.incident)
        if incident is None or (incident.platform, incident.workspace) != (press.platform, press.workspace):
            return PressCode.UNKNOWN
        if incident.sender != press.user:
            return PressCode.NOT_YOURS
        return PressCode.NOTHING if incident.state is IncidentState.OPEN else PressCode.STALE

    async def _open(self, press: Press) -> Shown:
        language = self.language(press)
        if press.action is Action.REASON:
            return Reasons(say(language, "press.choose_reason"), reason_buttons(language), language)
        row = self._store.nudge(press.incident)
        if row is None or not isinstance(row.body, NudgeBody):
            return Line(self.line(press, PressCode.UNKNOWN))
        together = [incident.id for incident in self._store.together(press.incident)]
        text, buttons, _ = await self._composer.nudge(row, row.body, language, together)
        return Opened(text, buttons, row)

    async def _safer(self, press: Press, reread: Reread) -> Shown:
        """Make a safer text of the messages that the nudge names, as they stand now; nothing of it is kept."""
        language = self.language(press)
        together = [row for row in self._store.together(press.incident) if row.sender == press.user]
        found = [await reread(row.chat, row.message) for row in together[:_RETOLD] if row.state is IncidentState.OPEN]
        theirs = [message for message in found if message and message.sender == press.user]
        if not theirs:
            return Line(say(language, "press.safer_gone"), warns=True)
        try:
            texts = [pasted(message, await self._guard.safer(message)) for message in theirs]
        except TooSlowError:
            return Line(say(language, "check.too_long"), warns=True)
        safer = "\n\n".join(filter(None, texts))
        if not safer:
            return Line(say(language, "press.safer_none"), warns=True)
        return Safer(say(language, "press.safer"), safer, language)

    def _explain(self, press: Press) -> Explained:
        language, together = self.language(press), self._store.together(press.incident)
        types = dict.fromkeys(kind for row in together for kind in row.types)
        kinds = wording.kinds(language, tuple(types)) or say(language, "kind.other")
        why = say(language, "press.why", kinds=kinds)
        tags = tuple(dict.fromkeys(tag for row in together for tag in row.protects))
        return Explained(wording.spoken(language, [why, protects(language, tags)]) if tags else why)

    async def _delete(self, press: Press, remove: Remove) -> Line:
        """Remove the messages that the nudge names, while they may still hold what they held.

        Only what the platform confirms counts as removed.
        """
        together = self._store.together(press.incident)
        theirs = [row for row in together if row.sender == press.user and row.resolution in STANDING]
        gone = [row for row in theirs if await remove(row.chat, row.message)]
        if gone:
            at = self._clock()
            await self._guard.handle(
                [Deletion(row.platform, row.workspace, row.chat, row.message, at, by_bot=True) for row in gone]
            )
        done = 0 < len(gone) == len(theirs)
        return Line(say(self.language(press), "press.delete" if done else "press.cannot_delete"), warns=not done)


def protects(language: str, tags: Sequence[str]) -> str:
    """Quote what the rules protect, word for word: it is a citation."""
    more = (say(language, "phrase.more"),) if len(tags) > _QUOTED else ()
    return say(language, "press.protects", tags=wording.listed(language, (*tags[:_QUOTED], *more)))
