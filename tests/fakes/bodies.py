"""What a send says, for tests that know what kind of send they look at."""

from bot.store import AlertBody, NoticeBody, NudgeBody, OutboxRow
from bot.words import AlertCode, NoticeCode


def count_of(row: OutboxRow) -> int:
    """How many messages a nudge is about, or how often it happened what an alert tells."""
    assert isinstance(row.body, NudgeBody | AlertBody)
    return row.body.count


def code_of(row: OutboxRow) -> AlertCode | NoticeCode:
    """What an alert or a notice is about."""
    assert isinstance(row.body, AlertBody | NoticeBody)
    return row.body.code
