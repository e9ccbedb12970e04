"""What a send says, as codes: the `body` of an outbox row, in the database a JSON object.

A body never holds a word of anybody's: wording keys, entity types, counts, commands.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from bot.words import AlertCode, Command, HookEvent, NoticeCode, SendKind


@dataclass(frozen=True, slots=True)
class NudgeBody:
    """A private word about `count` messages: which sentences, and in which `language` its reader's app speaks.

    `own`: the messages are about their sender alone. `files`: how many files hold something, for one more is news. No
    wording: a nudge in the making.
    """

    wording: tuple[str, ...] = ()
    own: bool = False
    count: int = 0
    language: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class ThanksBody:
    """What a nudge is rewritten to when all that it was about has ended."""


@dataclass(frozen=True, slots=True)
class AlertBody:
    """A word to an admin: about an incident (`severity`, `types`), or about something that no message caused."""

    code: AlertCode
    count: int = 1
    severity: str = ""
    types: Mapping[str, int] = field(default_factory=dict)
    detail: str = ""
    """What is missing, as a code of the wording's section `permission`; of trouble, `platform.code` or its name; of a
    report, its period (`bot.periods`)."""


@dataclass(frozen=True, slots=True)
class NoticeBody:
    """What everybody in a group may read, or somebody who joined it, in the `language` of their app.

    `invites`: the first reminder of a year speaks of the refresher.
    """

    code: NoticeCode
    language: str = ""
    invites: bool = False


@dataclass(frozen=True, slots=True)
class ReplyBody:
    """A question that is answered just before the answer goes."""

    command: Command
    args: tuple[str, ...] = ()
    language: str = ""
    private: bool = True


@dataclass(frozen=True, slots=True)
class HookBody:
    """What is posted to the operator's own system: an alert whose reader is a program.

    `id` tells it from every other, however often it is posted; `data` is ids, codes, counts and times as JSON has them.
    """

    id: str
    event: HookEvent
    at: float
    data: Mapping[str, object]

    @property
    def text(self) -> str:
        """The JSON that is posted, the same each time; the time is ISO 8601, UTC."""
        at = datetime.fromtimestamp(self.at, UTC).isoformat(timespec="milliseconds")
        posted = {"id": self.id, "type": self.event, "timestamp": at, "data": self.data}
        return json.dumps(posted, ensure_ascii=False, separators=(",", ":"))


Body = NudgeBody | ThanksBody | AlertBody | NoticeBody | ReplyBody | HookBody

AGAIN = "again"
"""The wording for somebody who was told several times lately, before the others."""
REMOVES = "removes"
"""The wording for a message that the policy has removed once its sender was told, after the others."""
STORE = "store"
"""What the store is called in an alert's `detail`, beside the names of platforms."""
THANKS = {"wording": ["thanks"]}
"""A thank-you, as it was written from the first release on."""


def dumped(body: Body) -> str:
    """Write a body as JSON."""
    if isinstance(body, ThanksBody):
        return json.dumps(THANKS)
    return json.dumps({one.name: getattr(body, one.name) for one in fields(body)}, default=dict)


def loaded(kind: str, text: str) -> Body:
    """Read a body of a send of this kind; what an older release left out has its default."""
    return _READ[SendKind(kind)](json.loads(text))


def _nudge(given: Mapping[str, Any]) -> Body:
    if given.get("wording") == THANKS["wording"]:
        return ThanksBody()
    return NudgeBody(
        tuple(given.get("wording", ())),
        bool(given.get("own")),
        given.get("count", 0),
        given.get("language", ""),
        given.get("files", 0),
    )


def _alert(given: Mapping[str, Any]) -> Body:
    if "event" in given:
        return HookBody(given["id"], HookEvent(given["event"]), given["at"], given["data"])
    return AlertBody(
        code=AlertCode(given["code"]),
        count=given.get("count", 1),
        severity=given.get("severity", ""),
        types=given.get("types", {}),
        detail=str(given.get("detail", "")),
    )


def _notice(given: Mapping[str, Any]) -> Body:
    return NoticeBody(NoticeCode(given["code"]), given.get("language", ""), bool(given.get("invites")))


def _reply(given: Mapping[str, Any]) -> Body:
    args: Sequence[str] = given.get("args", ())
    return ReplyBody(Command(given["command"]), tuple(args), given.get("language", ""), given.get("private", True))


_READ: Mapping[SendKind, Callable[[Mapping[str, Any]], Body]] = {
    SendKind.NUDGE: _nudge,
    SendKind.REWRITE: _nudge,
    SendKind.ALERT: _alert,
    SendKind.NOTICE: _notice,
    SendKind.REPLY: _reply,
}
