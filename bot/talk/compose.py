"""Outbox row -> Send: in which language, what it says, the buttons under it. The words of the bot are made here."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot import wording
from bot.config import Config
from bot.incident import CLEANED
from bot.message import Ask
from bot.names import GroupNames, Naming
from bot.send import Button, Document, Send
from bot.store import IncidentRow, OutboxRow
from bot.talk.commands import Commands
from bot.wording import say
from detectors.types import TYPES, gravest_first, of

_KNOCK_FIRST = frozenset({"telegram", "simulator"})
"""Where the bot may write to a person only after they pressed Start."""

_NAMED = {type_.wording: type_ for type_ in TYPES}
"""Which type a sentence names; the others speak of the message as a whole."""

_OWN = frozenset({*(type_.own for type_ in TYPES), "distress"})
"""Sentences that fit a message about its sender alone."""

_WHOLE = ("distress", "external", "bulk", "several")
"""Sentences about a message as a whole, the most important first."""

Buttons = tuple[tuple[Button, ...], ...]


class Reading(Protocol):
    """What of the store is read."""

    def incident(self, incident: str) -> IncidentRow | None:
        """One incident by its id."""
        ...

    def outbox_row(self, row_id: int) -> OutboxRow | None:
        """One send."""
        ...


class Chats(Naming, Protocol):
    """What a platform says of its chats."""

    def may_delete(self, workspace: str, chat: str) -> bool:
        """Tell whether a nudge can offer "Delete it for me"."""
        ...


class Composer:
    """Writes what goes out, for the platforms that deliver it."""

    def __init__(self, config: Config, store: Reading, commands: Commands, platforms: Mapping[str, Chats]) -> None:
        self._config = config
        self._store = store
        self._commands = commands
        self._platforms = platforms
        self._groups = GroupNames(config.group_names(), platforms)

    async def compose(self, row: OutboxRow) -> Send:
        """Write the message for `row`; the courier adds which earlier one it replaces."""
        language = self._commands.language(row.platform, row.workspace, row.recipient, self._code(row))
        text, buttons, document = await self._written(row, language)
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
            buttons=buttons,
            document=document,
            created_at=row.created_at,
        )

    def _code(self, row: OutboxRow) -> str:
        """Find the platform's language code; a thank-you speaks the language of the nudge that it replaces."""
        replaced = self._store.outbox_row(row.replaces) if row.replaces and "language" not in row.body else None
        return str((replaced or row).body.get("language", ""))

    async def _written(self, row: OutboxRow, language: str) -> tuple[str, Buttons, Document | None]:
        if row.kind in ("nudge", "rewrite"):
            incidents = [found for found in map(self._store.incident, row.incidents) if found]
            if "thanks" in row.body["wording"]:
                return thanks(language, incidents), (), None
            where = await self._where(language, row)
            deletes = self._platforms[row.platform].may_delete(row.workspace, row.chat)
            return nudge(language, row.body, incidents, where), nudge_buttons(language, delete=deletes), None
        if row.kind == "alert":
            return (
                alert(language, row.body, await self._where(language, row), self._commands.slash(row.platform)),
                (),
                None,
            )
        if row.kind == "notice":
            return self._notice(row), (_start_buttons(),) if row.platform in _KNOCK_FIRST else (), None
        answer = await self._commands.answer(_ask(row))
        return answer.text, (), answer.document

    async def _where(self, language: str, row: OutboxRow) -> str:
        if not row.chat:
            return say(language, "phrase.in_groups")
        name = await self._groups.name(row.platform, row.workspace, row.chat)
        return say(language, "phrase.in_group", group=name) if name else say(language, "phrase.in_a_group")

    def _notice(self, row: OutboxRow) -> str:
        """A group reads in more than one language, so a notice speaks all of them."""
        privacy = self._config.privacy
        slots = {"operator": privacy.operator, "contact": privacy.contact, "slash": self._commands.slash(row.platform)}
        keys = [f"notice.{row.body['code']}", *(["notice.start"] if row.platform in _KNOCK_FIRST else [])]
        return "\n\n".join(_spoken(code, [say(code, key, **slots) for key in keys]) for code in self._languages())

    def _languages(self) -> Sequence[str]:
        return wording.LANGUAGES if self._config.language == "auto" else (self._config.language,)


def nudge(language: str, body: Mapping[str, object], incidents: Sequence[IncidentRow], where: str) -> str:
    """Write the private word to a sender: one kind in full, the others by name; never a value."""
    keys = [str(key) for key in _list(body.get("wording")) if wording.has(f"nudge.{key}")] or ["generic"]
    key = _lead(keys, own=bool(body.get("own")))
    found = gravest_first(name for incident in incidents for name in incident.types)
    types = tuple(name for name in found if not of(name).beside)
    slots = {
        "where": where,
        "readers": _readers(language, incidents),
        "kind": wording.kinds(language, types[:1]) or say(language, "kind.other"),
        "helpline": say(language, "phrase.helpline"),
    }
    sentences = [say(language, f"nudge.{key}", incidents[0].id if incidents else "", **slots)]
    if also := _also(language, key, keys, types):
        sentences.append(say(language, "phrase.also", kinds=also))
    if (count := _count(body)) > 1:
        sentences.append(say(language, "phrase.joined", count=count))
    return _spoken(language, sentences)


def _spoken(language: str, sentences: Sequence[str]) -> str:
    return (" " if language == "en" else "").join(sentences)


def _lead(keys: Sequence[str], *, own: bool) -> str:
    """Pick the sentence to say in full: what speaks of the whole message goes before what names one kind."""
    lead = next((whole for whole in _WHOLE if whole in keys), keys[0])
    return _NAMED[lead].own if own and lead in _NAMED else lead


def _readers(language: str, incidents: Sequence[IncidentRow]) -> str:
    audience = max((incident.audience or 0 for incident in incidents), default=0)
    if audience and all(incident.audience for incident in incidents):
        return say(language, "phrase.readers", count=audience)
    return say(language, "phrase.readers_unknown")


def _also(language: str, key: str, keys: Sequence[str], types: Sequence[str]) -> str:
    """Name what further rules were about, two kinds at most: a nudge is short."""
    if key in _OWN:
        return ""
    further = {*keys} - {key}
    kinds = [wording.kinds(language, (name,)) for name in types if of(name).wording in further]
    return wording.listed(language, (*kinds[:2], say(language, "phrase.more")) if len(kinds) > 2 else tuple(kinds))


def nudge_buttons(language: str, *, delete: bool) -> Buttons:
    """Give the buttons under a nudge. `reason` without a choice opens the list that `reason_buttons` gives."""
    rows = [["removed", "delete"] if delete else ["removed"], ["reason"], ["false_alarm", "why"]]
    return tuple(tuple(Button(say(language, f"button.{action}"), action) for action in row) for row in rows)


def reason_buttons(language: str) -> Buttons:
    """Give the reasons that a sender can pick, one a row."""
    return tuple((Button(say(language, f"reason.{code}"), "reason", code),) for code in wording.names("reason"))


def _start_buttons() -> tuple[Button, ...]:
    """Give the button that lets the bot write to a person; the platform that needs one makes it a link."""
    return (Button(" · ".join(say(language, "button.start") for language in wording.LANGUAGES), "start"),)


def thanks(language: str, incidents: Sequence[IncidentRow]) -> str:
    """Write what a nudge becomes when it is settled, by how the first of its incidents ended."""
    first = incidents[0] if incidents else None
    ending = first.resolution if first and first.resolution not in CLEANED else ""
    key = f"thanks.{ending}" if wording.has(f"thanks.{ending}") else "thanks.cleaned"
    return say(language, key, first.id if first else "")


def alert(language: str, body: Mapping[str, object], where: str, slash: str) -> str:
    """Write a word to an admin from codes; an unknown code is named as it is."""
    code, types = str(body.get("code", "")), _list(body.get("types"))
    severity = str(body.get("severity", ""))
    slots = {
        "where": where,
        "slash": slash,
        "code": code,
        "count": _count(body),
        "kinds": wording.kinds(language, tuple(map(str, types))) or say(language, "kind.other"),
        "severity": say(language, f"severity.{severity}") if wording.has(f"severity.{severity}") else severity,
        "detail": _detail(language, str(body.get("detail", ""))),
    }
    return say(language, f"alert.{code}" if wording.has(f"alert.{code}") else "alert.other", **slots)


def _detail(language: str, code: str) -> str:
    return say(language, f"permission.{code}") if wording.has(f"permission.{code}") else code


def _ask(row: OutboxRow) -> Ask:
    """Recover the question that a reply answers; the outbox keeps its codes."""
    return Ask(
        platform=row.platform,
        workspace=row.workspace,
        user=row.recipient,
        chat=row.chat,
        name=str(row.body["command"]),
        args=tuple(map(str, _list(row.body.get("args")))),
        at=row.created_at,
        language=str(row.body.get("language", "")),
        private=bool(row.body.get("private", True)),
    )


def _list(value: object) -> Sequence[object]:
    return tuple(value) if isinstance(value, (list, tuple, Mapping)) else ()


def _count(body: Mapping[str, object]) -> int:
    count = body.get("count", 1)
    return count if isinstance(count, int) else 1
