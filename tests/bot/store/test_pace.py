"""What a policy's pace does in the log: later, together, firmer, in a digest; nothing is lost."""

from dataclasses import replace
from typing import Any

import pytest

from bot.send import Sent
from bot.store import AlertBody, NudgeBody, Store
from bot.store.changes import Judged
from bot.words import AlertCode, SendState
from policies.pace import Pace
from tests.fakes import logbook
from tests.fakes.logbook import NOON, tried

HOUR = 3600.0
DAY = 24 * HOUR


def leak(message: str, severity: str = "medium", **changes: Any) -> Judged:
    return logbook.leak(message, severity=severity, **changes)


class Night(Pace):
    """A pace whose quiet hours end three hours after noon."""

    def not_before(self, severity: str | None, now: float) -> float:
        return now if severity == "high" else max(now, NOON + 3 * HOUR)


QUIET = Night()


async def test_a_nudge_waits_for_the_end_of_quiet_hours_and_what_follows_joins_it(store: Store) -> None:
    await store.commit([leak("1", pace=QUIET), leak("2", at=NOON + HOUR, pace=QUIET)])

    (nudge,) = store.outbox()
    assert (nudge.due_at, nudge.state, len(nudge.incidents)) == (NOON + 3 * HOUR, SendState.WAITING, 2)
    assert nudge.expires_at > nudge.due_at + DAY


async def test_something_grave_takes_along_what_waits(store: Store) -> None:
    await store.commit([leak("1", pace=QUIET), leak("2", at=NOON + HOUR, severity="high", pace=QUIET)])

    (nudge,) = store.outbox()
    assert (nudge.due_at, len(nudge.incidents)) == (NOON + HOUR, 2)


async def test_more_than_a_days_nudges_wait_and_join(store: Store) -> None:
    two = Pace(per_day=2)
    for number in range(5):
        await store.commit([leak(str(number), at=NOON + number * HOUR, pace=two)])
        for row in store.outbox():
            if row.state is SendState.WAITING and row.due_at <= NOON + number * HOUR:
                await tried(store, row, Sent(), at=NOON + number * HOUR)

    sent, waiting = store.outbox()[:2], store.outbox()[2:]
    assert [row.state for row in sent] == [SendState.SENT] * 2
    assert [(row.due_at, len(row.incidents)) for row in waiting] == [(NOON + DAY, 3)]


async def test_the_budget_counts_over_chats_and_is_each_persons_own(store: Store) -> None:
    one = Pace(per_day=1)
    await store.commit([leak("1", pace=one), leak("2", chat="-200", pace=one), leak("3", sender="8", pace=one)])

    assert [row.due_at for row in store.outbox()] == [NOON, NOON + DAY, NOON]


def again(number: int, pace: Pace) -> Judged:
    return replace(leak(str(number), at=NOON + number * HOUR, pace=pace), posted_at=NOON + number * HOUR, admins=("9",))


async def test_repeats_are_met_more_firmly_and_then_told_to_admins(store: Store) -> None:
    pace = Pace(again_after=2, again_days=7)
    await store.commit([again(number, pace) for number in range(5)])

    said = [row.body.wording for row in store.outbox() if isinstance(row.body, NudgeBody)]
    assert [row.body.code for row in store.outbox() if isinstance(row.body, AlertBody)] == [AlertCode.REPEATED]
    assert "again" in said[-1]


async def test_the_first_incidents_are_met_as_ever(store: Store) -> None:
    pace = Pace(again_after=2, again_days=7)
    await store.commit([again(number, pace) for number in range(2)])

    assert all("again" not in row.body.wording for row in store.outbox() if isinstance(row.body, NudgeBody))


async def test_a_digest_gathers_until_it_goes(store: Store) -> None:
    digest: dict[str, Any] = {"effects": frozenset({"digest", "log"}), "admins": ("9",)}
    await store.commit([leak("1", **digest), leak("2", at=NOON + HOUR, severity="high", **digest)])

    (alert,) = store.outbox()
    assert isinstance(alert.body, AlertBody)
    assert (alert.body.code, alert.body.count, alert.body.severity) == (AlertCode.DIGEST, 2, "high")
    assert alert.due_at == Pace().next_digest(NOON)


@pytest.mark.parametrize("mode", ["simulate"])
async def test_a_policy_on_trial_holds_nothing_and_tells_nobody(mode: str, store: Store) -> None:
    pace = Pace(again_after=1)
    await store.commit([replace(again(number, pace), mode=mode) for number in range(3)])

    assert store.outbox() == ()
