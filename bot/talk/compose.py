"""Outbox row -> Send: in which language, what it says, the buttons under it. The words of the bot are made here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, assert_never

from bot import wording
from bot.config import Config, OwnWording
from bot.message import Ask
from bot.names import GroupNames, Naming
from bot.send import Button, Document, Send
from bot.store import (
    REMOVES,
    AlertBody,
    Held,
    HookBody,
    IncidentRow,
    NoticeBody,
    NudgeBody,
    OutboxRow,
    Readings,
    ReplyBody,
    ThanksBody,
)
from bot.store.bodies import AGAIN, STORE
from bot.talk.commands import Commands
from bot.talk.files import places
from bot.talk.language import AUTO, Languages
from bot.wording import helplines, say
from bot.words import Action, AlertCode, Reason, Resolution, SendKind, TroubleCode
from detectors.types import TYPES, gravest_first, of
from policies.sentences import Sentences

_NAMED = {type_.wording: type_ for type_ in TYPES}
"""Which type a sentence names; the others speak of the message as a whole."""

_OWN = frozenset({*(type_.own for type_ in TYPES), "distress"})
"""Sentences that fit a message about its sender alone."""

FILE = "file"
"""The sentence about a file, which names the kinds in it."""

_WHOLE = ("distress", "doxxing", "external", "bulk", "several")
"""Sentences about a message as a whole, the most important first."""

NO_WORDING = OwnWording()
NO_SENTENCES: Sentences = {}

Buttons = tuple[tuple[Button, ...], ...]
Written = tuple[str, Buttons, Document | None]


class Chats(Naming, Protocol):
    """What a platform says of itself and its chats."""

    @property
    def knocks(self) -> bool:
        """Whether people must press Start before the bot may write to them."""
        ...

    def may_delete(self, workspace: str, chat: str) -> bool:
        """Tell whether a nudge can offer "Delete it for me"."""
        ...


class Spoken(Protocol):
    """What notices and nudges have to know of a chat's policy."""

    @property
    def removes(self) -> bool:
        """Whether some messages are taken out of the chat."""
        ...

    @property
    def sentences(self) -> Sentences:
        """Its own sentences for nudges."""
        ...


class InForce(Protocol):
    """The policies in force."""

    def current(self, platform: str, chat: str) -> Spoken:
        """The policy of a chat."""
        ...


class Composer:
    """Writes what goes out, for the platforms that deliver it."""

    def __init__(
        self,
        config: Config,
        store: Readings,
        commands: Commands,
        languages: Languages,
        groups: GroupNames,
        platforms: Mapping[str, Chats],
        policies: InForce,
    ) -> None:
        self._policies = policies
        self._config = config
        self._store = store
        self._commands = commands
        self._languages = languages
        self._groups = groups
        self._platforms = platforms

    async def compose(self, row: OutboxRow) -> Send:
        """Write the message for `row`; the courier adds which earlier one it replaces."""
        language = self._languages.known(row.platform, row.workspace, row.recipient, self._code(row))
        # Asked first: what is not said must not be done.
        removes = isinstance(row.body, NudgeBody) and self._removes(row, row.body)
        text, buttons, document = await self._written(row, language or wording.language_of())
        return Send(
            id=row.id,
            kind=row.kind,
            platform=row.platform,
            workspace=row.workspace,
            chat=row.chat,
            recipient=row.recipient,
            text=text,
            incident=row.incidents[0] if row.incidents else "",
            message=row.message,
            thread=row.thread,
            language=language,
            buttons=buttons,
            document=document,
            created_at=row.created_at,
            removes=removes,
            variant=self._variant(row, language or wording.language_of()),
        )

    def _variant(self, row: OutboxRow, language: str) -> str:
        """Which sentence a nudge begins with, so that a report can say which one works.

        '' for what is no nudge, and for a sentence of a policy's own: which there are changes with the policy.
        """
        if row.kind is not SendKind.NUDGE or not isinstance(row.body, NudgeBody):
            return ""
        first = next((one.id for one in map(self._store.incident, row.incidents) if one), "")
        own = self._policies.current(row.platform, row.chat).sentences
        key = _first(row.body, own)
        if key in own:
            return ""
        return f"{language}.{key}.{wording.variant(language, f'nudge.{key}', first) + 1}"

    def _removes(self, row: OutboxRow, body: NudgeBody) -> bool:
        return REMOVES in body.wording and self._platforms[row.platform].may_delete(row.workspace, row.chat)

    async def nudge(self, row: OutboxRow, body: NudgeBody, language: str, incidents: Iterable[str]) -> Written:
        """Write a nudge about these incidents; also for somebody who opens the one behind a tip."""
        found = [incident for incident in map(self._store.incident, incidents) if incident]
        deletes = self._platforms[row.platform].may_delete(row.workspace, row.chat)
        where = await self._where(language, row)
        sentences = self._policies.current(row.platform, row.chat).sentences
        text = nudge(language, body, found, where, self._config.wellbeing.helplines, self._config.wording, sentences)
        if self._removes(row, body):
            text = wording.spoken(language, [text, say(language, "phrase.removes")])
        return text, nudge_buttons(language, delete=deletes), None

    def _code(self, row: OutboxRow) -> str:
        """Find the code of the reader's language; a thank-you speaks that of the nudge that it replaces."""
        match row.body:
            case NudgeBody() | ReplyBody() | NoticeBody():
                return row.body.language
            case ThanksBody() if row.replaces and (replaced := self._store.outbox_row(row.replaces)):
                return self._code(replaced)
            case _:
                return ""

    async def _written(self, row: OutboxRow, language: str) -> Written:
        match row.body:
            case NudgeBody():
                return await self.nudge(row, row.body, language, row.incidents)
            case ThanksBody():
                return thanks(language, [one for one in map(self._store.incident, row.incidents) if one]), (), None
            case AlertBody():
                buttons = _check_buttons(language) if row.body.code is AlertCode.SAMPLE else ()
                return await self._alert(row, row.body, language), buttons, None
            case HookBody():
                return row.body.text, (), None
            case NoticeBody():
                where = await self._where(language, row) if row.recipient else ""
                return (self._welcome(row, language, where), (), None) if where else self._notice(row, row.body)
            case ReplyBody():
                answer = await self._commands.answer(_ask(row, row.body))
                return answer.text, answer.buttons, answer.document
        assert_never(row.body)

    async def _alert(self, row: OutboxRow, body: AlertBody, language: str) -> str:
        """What it says of a breach holds when it goes; anything else is in its codes."""
        if body.code is AlertCode.BREACH:
            return self._commands.reminder(row.platform, body.detail, language)
        said = alert(language, body, await self._where(language, row), self._commands.slash(row.platform))
        if body.code is AlertCode.REPORT:
            said = f"{await self._commands.reporting.digest(body.detail, language)}\n{said}"
        return said

    async def _where(self, language: str, row: OutboxRow) -> str:
        if not row.chat:
            return say(language, "phrase.in_groups")
        name = await self._groups.name(row.platform, row.workspace, row.chat)
        return say(language, "phrase.in_group", group=name) if name else say(language, "phrase.in_a_group")

    def _notice(self, row: OutboxRow, body: NoticeBody) -> Written:
        """A group reads in more than one language, so a notice speaks all of them."""
        knocks, slots = self._platforms[row.platform].knocks, self._slots(row)
        removes = self._policies.current(row.platform, row.chat).removes
        removes = removes and self._platforms[row.platform].may_delete(row.workspace, row.chat)
        more = {"files": self._config.files.enabled, "removes": removes, "refresher": body.invites, "start": knocks}
        keys = [f"notice.{body.code}", *(f"notice.{name}" for name, said in more.items() if said)]
        codes = wording.languages() if self._config.language == AUTO else (self._config.language,)
        text = "\n\n".join(wording.spoken(code, [say(code, key, **slots) for key in keys]) for code in codes)
        return text, (_start_buttons(),) if knocks else (), None

    def _welcome(self, row: OutboxRow, language: str, where: str) -> str:
        """Greet somebody who joined a group; what they read is for them alone, so it speaks their language."""
        said = [say(language, "notice.welcome", where=where, **self._slots(row))]
        said += [say(language, "notice.files")] if self._config.files.enabled else []
        return wording.spoken(language, said)

    def _slots(self, row: OutboxRow) -> Mapping[str, str]:
        privacy = self._config.privacy
        return {"operator": privacy.operator, "contact": privacy.contact, "slash": self._commands.slash(row.platform)}


def nudge(
    language: str,
    body: NudgeBody,
    incidents: Sequence[IncidentRow],
    where: str,
    own_helplines: Sequence[str] = (),
    own: OwnWording = NO_WORDING,
    sentences: Sentences = NO_SENTENCES,
) -> str:
    """Write the private word to a sender: one kind in full, the others by name; never a value.

    `sentences` are those of the policy: its own, or said differently there.
    """
    keys, key = _keys(body, sentences), _first(body, sentences)
    found = gravest_first(name for incident in incidents for name in incident.types)
    types = tuple(name for name in found if not of(name).beside)
    slots = {
        "where": where,
        "readers": _readers(language, incidents),
        "kind": wording.kinds(language, types[:1]) or say(language, "kind.other"),
        "kinds": _short(language, types) or say(language, "kind.other"),
        "helpline": helplines.spoken(language, own_helplines),
    }
    parts = [say(language, "phrase.again")] if AGAIN in body.wording else []
    parts.append(wording.said(_variants(language, key, sentences), incidents[0].id if incidents else "", **slots))
    if held := [one for incident in incidents for one in incident.held]:
        parts += _held(language, key, held)
    if also := _also(language, key, keys, types):
        parts.append(say(language, "phrase.also", kinds=also))
    if body.count > 1:
        parts.append(say(language, "phrase.joined", count=body.count))
    if key not in _OWN:
        parts += _ways(language, own)
    return wording.spoken(language, parts)


def _variants(language: str, key: str, own: Sentences) -> Sequence[str]:
    """Find a sentence: the policy's in this language, else the shipped one, else the policy's in English."""
    written = own.get(key, {})
    shipped = wording.sentences(language).get(f"nudge.{key}", ())
    return written.get(language) or shipped or written["en"]


def _ways(language: str, own: OwnWording) -> Iterator[str]:
    """Name the channel that the organisation approved, and where more is written."""
    if own.channel:
        yield say(language, "phrase.channel", channel=own.channel)
    if own.link:
        yield say(language, "phrase.link", link=own.link)


def _held(language: str, key: str, held: Sequence[Held]) -> list[str]:
    """Say where in the files it stands; a sentence about words says first that there is a file too."""
    where = places(language, held)
    if key == FILE:
        return [say(language, "phrase.held", places=where)] if where else []
    return [say(language, "phrase.held_too", places=where) if where else say(language, "phrase.pictured_too")]


def _short(language: str, types: Sequence[str]) -> str:
    """Name a few kinds of what there may be many of: a nudge is short."""
    keys = dict.fromkeys(of(name).wording for name in types)
    kinds = tuple(say(language, f"type.{key}" if wording.has(f"type.{key}") else f"kind.{key}") for key in keys)
    return wording.listed(language, (*kinds[:2], say(language, "phrase.more")) if len(kinds) > 2 else kinds)


def _keys(body: NudgeBody, own: Sentences) -> Sequence[str]:
    return [key for key in body.wording if key in own or wording.has(f"nudge.{key}")] or ["generic"]


def _first(body: NudgeBody, own: Sentences) -> str:
    """Pick the sentence to say in full: what speaks of the whole message goes before what names one kind."""
    keys = _keys(body, own)
    lead = next((whole for whole in _WHOLE if whole in keys), keys[0])
    return _NAMED[lead].own if body.own and lead in _NAMED else lead


def _readers(language: str, incidents: Sequence[IncidentRow]) -> str:
    audience = max((incident.audience or 0 for incident in incidents), default=0)
    if audience and all(incident.audience for incident in incidents):
        return say(language, "phrase.readers", count=audience)
    return say(language, "phrase.readers_unknown")


def _also(language: str, key: str, keys: Sequence[str], types: Sequence[str]) -> str:
    """Name what further rules were about, two kinds at most: a nudge is short."""
    if key in _OWN or key == FILE:
        return ""
    further = {*keys} - {key, FILE}
    kinds = [wording.kinds(language, (name,)) for name in types if of(name).wording in further]
    return wording.listed(language, (*kinds[:2], say(language, "phrase.more")) if len(kinds) > 2 else tuple(kinds))


def nudge_buttons(language: str, *, delete: bool) -> Buttons:
    """Give the buttons under a nudge. `reason` without a choice opens the list that `reason_buttons` gives."""
    removing = [Action.REMOVED, *([Action.DELETE] if delete else [])]
    rows = [removing, [Action.SAFER], [Action.REASON], [Action.FALSE_ALARM, Action.WHY]]
    return tuple(tuple(Button(say(language, f"button.{action}"), action) for action in row) for row in rows)


def reason_buttons(language: str) -> Buttons:
    """Give the reasons that a sender can pick, one a row."""
    return tuple((Button(say(language, f"reason.{code}"), Action.REASON, code),) for code in Reason)


def _start_buttons() -> tuple[Button, ...]:
    """Give the button that lets the bot write to a person; the platform that needs one makes it a link."""
    return (Button(" · ".join(say(language, "button.start") for language in wording.languages()), Action.START),)


def _check_buttons(language: str) -> Buttons:
    """Give the buttons under an incident of the sample."""
    return tuple((Button(say(language, f"button.{action}"), action),) for action in (Action.RIGHT, Action.WRONG))


def thanks(language: str, incidents: Sequence[IncidentRow]) -> str:
    """Write what a nudge becomes when it is settled, by how the first of its incidents ended."""
    first = incidents[0] if incidents else None
    ending = first.resolution if first else Resolution.NONE
    key = f"thanks.{ending}" if wording.has(f"thanks.{ending}") else "thanks.cleaned"
    return say(language, key, first.id if first else "")


def alert(language: str, body: AlertBody, where: str, slash: str) -> str:
    """Write a word to an admin from codes."""
    slots = {
        "where": where,
        "slash": slash,
        "count": body.count,
        "kinds": wording.kinds(language, tuple(body.types)) or say(language, "kind.other"),
        "severity": say(language, f"severity.{body.severity}") if body.severity else "",
        "detail": _detail(language, body),
    }
    if body.detail.endswith(f".{TroubleCode.UNHEARD}"):
        return say(language, "alert.unheard", **slots)
    return say(language, f"alert.{body.code}", **slots)


def _detail(language: str, body: AlertBody) -> str:
    """What an alert is about beside its code: a permission that is missing, a platform or the store in trouble."""
    name, _, code = body.detail.partition(".")
    who = say(language, "phrase.database") if name == STORE else name.capitalize()
    match body.code:
        case AlertCode.TROUBLE:
            trouble = say(language, f"trouble.{code or TroubleCode.WAITING}", count=body.count)
            return say(language, "status.trouble", platform=who or say(language, "phrase.platform"), trouble=trouble)
        case AlertCode.OVER:
            return who
        case AlertCode.SAMPLE | AlertCode.REPORT:
            return body.detail
        case _:
            return say(language, f"permission.{body.detail}") if body.detail else ""


def _ask(row: OutboxRow, body: ReplyBody) -> Ask:
    """Recover the question that a reply answers; the outbox keeps its codes."""
    return Ask(
        platform=row.platform,
        workspace=row.workspace,
        user=row.recipient,
        chat=row.chat,
        name=body.command,
        args=body.args,
        at=row.created_at,
        language=body.language,
        private=body.private,
    )
