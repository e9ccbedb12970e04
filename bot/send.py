"""What goes out, and what became of it. Words live in `Send.text` and `Document.content`, which `repr` never shows."""

from dataclasses import dataclass, field

from bot.words import Action, SendKind


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a send: an action on the incident (`action`, `choice`) or a link (`url`)."""

    label: str
    action: Action | None = None
    choice: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a reply: a report, which holds codes and counts only."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Send:
    """One outgoing message, rendered just before it goes.

    `kind` is never REWRITE: that is a nudge which replaces. `recipient` is a person's id, or empty when the chat itself
    is meant.
    `replaces` is the platform's reference (ids only) of an earlier send that this one rewrites in place: a nudge that
    becomes a thank-you or that more messages joined. A rewrite may be repeated without harm.
    `language` is that of its reader, empty when nothing is known of it.
    `removes`: it says that the message is taken out of the chat, which may happen once this has arrived.
    `variant` names the sentence that a nudge begins with: language, wording key and number (`en.hkid.2`); else empty.
    """

    id: int
    kind: SendKind
    platform: str
    workspace: str
    chat: str
    recipient: str
    text: str = field(repr=False)
    incident: str = ""
    message: str = ""
    thread: str = ""
    language: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    replaces: str = ""
    created_at: float = 0.0
    removes: bool = False
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform accepted the send; `ref` is its reference as a JSON object of ids."""

    ref: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """This rung is closed for this send, for good: go on to the next one. `code` says why, in one word."""

    code: str


@dataclass(frozen=True, slots=True)
class Later:
    """Certainly not accepted: try the same rung again after `seconds`."""

    seconds: float
    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived or not (timeout, connection lost while waiting for the answer)."""

    code: str


Outcome = Sent | Refused | Later | Unknown
