"""What became of a send: Telegram's refusals and lost answers -> outcomes. Pure."""

from telegram.error import NetworkError, TelegramError

from bot.platforms.telegram.wire import RefusalError, never_left
from bot.send import Later, Outcome, Refused, Unknown

_FORBIDDEN = (
    ("blocked", "blocked"),
    ("can't initiate", "not_started"),
    ("deactivated", "deactivated"),
    ("kicked", "removed"),
    ("not a member", "removed"),
    ("was deleted", "removed"),
    ("to bots", "is_a_bot"),
)
"""A piece of the description of a 403, in lower case, and our code for it."""

_BAD_REQUEST = (
    ("chat not found", "not_found"),
    ("user not found", "not_found"),
    ("peer_id_invalid", "not_found"),
    ("thread not found", "no_topic"),
    ("topic", "no_topic"),
    ("to edit not found", "gone"),
    ("can't be edited", "gone"),
    ("rights", "no_rights"),
    ("write_forbidden", "no_rights"),
    ("not a member", "not_member"),
)

SOON = 2.0
"""Seconds until what was certainly not done is tried again."""
SHUT = frozenset({"blocked", "not_started", "deactivated", "not_found"})
"""Codes after which this person can't be written to until they say so."""


def outcome(error: TelegramError) -> Outcome:
    """Say what a failed call means for the send."""
    if isinstance(error, RefusalError):
        return _refused(error)
    if isinstance(error, NetworkError) and never_left(error):
        return Later(SOON, "no_connection")
    # a timeout, a cut connection or an answer that is no JSON: Telegram may have done it
    return Unknown("no_answer")


def unmodified(error: TelegramError) -> bool:
    """Whether an edit was refused because it is already done."""
    return isinstance(error, RefusalError) and "not modified" in error.description


def _refused(error: RefusalError) -> Outcome:  # noqa: PLR0911 - one line a kind of refusal
    if error.code == 429:
        return Later(float(error.retry_after or 5), "flood")
    if not error.explained:
        return Unknown("gateway")  # something on the way, which does not know what Telegram did
    if error.moved_to is not None:
        return Later(0.0, "moved")
    if error.code == 403:
        return Refused(_code(_FORBIDDEN, error, "forbidden"))
    if error.code in (401, 404):
        return Later(60.0, "token")  # the receiver finds out and stops; nothing is lost meanwhile
    if error.code >= 500:
        return Later(SOON, "server_error")
    return Refused(_code(_BAD_REQUEST, error, "bad_request"))


def _code(table: tuple[tuple[str, str], ...], error: RefusalError, otherwise: str) -> str:
    return next((code for piece, code in table if piece in error.description), otherwise)
