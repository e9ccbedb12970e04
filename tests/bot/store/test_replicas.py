"""Several programs over one log: each row is one's, a silent one's rows go to another, and it writes nothing more."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import psycopg
import pytest

from bot.addresses import Server
from bot.message import Ask, Cursor, Deletion, Reach
from bot.send import Refused, Sent, Unknown
from bot.store import OutboxRow, Store, StoreError
from bot.store.errors import FencedError
from bot.store.postgres.replica import Replica
from bot.store.postgres.session import Postgres
from bot.store.postgres.told import LOST
from bot.words import Act, Command, ReachState, SendKind, SendState
from tests.fakes.logbook import NOON, Clock, clean, leak, state

pytestmark = pytest.mark.fault

LATER = NOON + 1


@pytest.fixture
def two(log: Server) -> Iterator[tuple[Store, Store]]:
    """Two programs over one log; the first is the elder."""
    with ExitStack() as stack:
        one, other = [stack.enter_context(closing(Store.open(log, Clock(), hold=True))) for _ in range(2)]
        yield one, other


def falls_silent(log: Server, silent: Store, *others: Store) -> None:
    """Let a program be unheard for a minute, and the others heard for long enough to say so."""
    assert isinstance(silent._replica, Replica)
    with psycopg.connect(log.url, autocommit=True) as db:
        db.execute("UPDATE replica SET seen_at = seen_at - 60 WHERE id = %s", (silent._replica.number,))
    for other in others:
        assert isinstance(other._replica, Replica)
        other._replica._steady = float("-inf")


async def taken_over(log: Server, one: Store, other: Store) -> OutboxRow:
    """A send that `one` had begun when the other took it for dead."""
    await one.commit([leak("1")])
    row = one.next_for("stub", ("", "7", ""), LATER)
    assert row is not None
    assert await one.sending(row, "dm", LATER)
    falls_silent(log, one, other)
    await other.beat("edition")
    return row


def due(store: Store) -> list[str]:
    return [recipient for _, recipient, _ in store.due("stub", LATER)]


async def test_what_one_has_to_say_the_others_leave_alone(two: tuple[Store, Store]) -> None:
    one, other = two
    await one.commit([leak("1", sender="7")])
    await other.commit([leak("2", sender="8")])

    assert (due(one), due(other)) == (["7"], ["8"])
    assert one.next_due("stub", 0) == other.next_due("stub", 0) == NOON
    theirs = other.next_for("stub", ("", "8", ""), LATER)
    assert theirs is not None
    assert one.next_for("stub", ("", "8", ""), LATER) is None
    assert not await one.sending(theirs, "dm", LATER)
    assert await other.sending(theirs, "dm", LATER)
    assert (one.under_way("stub"), [row.id for row in other.under_way("stub")]) == ((), [theirs.id])


async def test_all_that_goes_to_a_person_is_one_program_s(two: tuple[Store, Store]) -> None:
    one, other = two
    await one.commit([leak("1", chat="-100")])
    await other.commit([leak("2", chat="-200"), leak("3", chat="-300")])

    assert (due(one), due(other)) == (["7"], [])
    while (row := one.next_for("stub", ("", "7", ""), LATER)) is not None:
        assert await one.sending(row, "dm", LATER)
        await one.settled(row.id, Sent("{}"), LATER)
    await other.commit([leak("4", chat="-400")])
    assert (due(one), due(other)) == ([], ["7"])


async def test_what_becomes_due_anew_is_with_what_waits(two: tuple[Store, Store]) -> None:
    one, other = two
    await one.commit([leak("1", chat="-100")])
    row = one.next_for("stub", ("", "7", ""), LATER)
    assert row is not None
    assert await one.sending(row, "dm", LATER)
    await one.settled(row.id, Refused("blocked"), LATER)
    await other.commit([leak("2", chat="-200")])
    await one.commit([Reach("stub", "", "7", ReachState.STARTED, LATER)])

    assert (due(one), due(other)) == ([], ["7"])
    assert state(other, row) == SendState.WAITING


async def test_a_silent_one_s_rows_are_taken_over_and_it_writes_nothing(log: Server, two: tuple[Store, Store]) -> None:
    one, other = two
    await one.commit([leak("1", sender="7"), leak("2", sender="8")])
    row = one.next_for("stub", ("", "7", ""), LATER)
    assert row is not None
    assert await one.sending(row, "dm", LATER)
    falls_silent(log, one, other)
    before = other.adoptions()
    await other.beat("edition")

    assert other.adoptions() > before
    assert [known.id for known in other.under_way("stub")] == [row.id]
    assert due(other) == ["8"]
    assert other.leads()
    with pytest.raises(FencedError, match="joins them again by itself"):
        await one.commit([leak("3", sender="9")])
    with pytest.raises(StoreError):
        await one.audit("stub", "1", Act.REPORT)
    with pytest.raises(StoreError):
        await one.settled(row.id, Sent("{}"), LATER)
    assert other.incident_at("stub", "", "-100", "3") is None
    await one.beat("edition")
    await one.commit([leak("3", sender="9")])
    assert due(one) == ["9"]
    assert not one.leads()


async def test_one_that_could_not_join_anew_writes_nothing_until_it_has(
    log: Server, two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    falls_silent(log, one, other)
    await other.beat("edition")

    def breaks(_: Postgres) -> None:
        raise StoreError(LOST)

    with monkeypatch.context() as patch:
        patch.setattr(Postgres, "commit", breaks)
        with pytest.raises(StoreError, match="can't be reached"):
            await one.beat("edition")
    with pytest.raises(FencedError):
        await one.commit([leak("1")])
    await one.beat("edition")
    await one.commit([leak("1")])
    assert due(one) == ["7"]


@pytest.mark.parametrize(
    ("outcome", "ends"),
    [
        (Sent('{"by": "one"}'), SendState.REPEATED),
        (Sent('{"by": "other"}'), SendState.SENT),
        (Unknown("timeout"), SendState.REPEATED),
        (Refused("blocked"), SendState.SENT),
    ],
)
async def test_a_call_that_ends_after_another_sent_it_too_is_told(
    log: Server, two: tuple[Store, Store], outcome: Sent | Unknown | Refused, ends: SendState
) -> None:
    one, other = two
    row = await taken_over(log, one, other)
    await other.found(row.id, None, LATER)
    again = other.next_for("stub", ("", "7", ""), LATER)
    assert again is not None
    assert await other.sending(again, "dm", LATER)
    await other.settled(row.id, Sent('{"by": "other"}'), LATER)
    await one.beat("edition")
    await one.settled(row.id, outcome, LATER)

    assert state(one, row) == ends


async def test_a_call_that_ends_while_another_still_tries_makes_that_a_repeat(
    log: Server, two: tuple[Store, Store]
) -> None:
    one, other = two
    row = await taken_over(log, one, other)
    await one.beat("edition")
    await one.settled(row.id, Sent('{"by": "one"}'), LATER)
    await other.found(row.id, None, LATER)
    again = other.next_for("stub", ("", "7", ""), LATER)
    assert again is not None
    assert await other.sending(again, "dm", LATER)
    await other.settled(row.id, Sent('{"by": "other"}'), LATER)

    assert state(one, row) == SendState.REPEATED


async def test_who_stops_leaves_its_rows_to_the_others(log: Server) -> None:
    with closing(Store.open(log, Clock(), hold=True)) as other:
        one = Store.open(log, Clock(), hold=True)
        await one.commit([leak("1")])
        assert not one.leads()
        one.close()
        await other.beat("edition")
        assert due(other) == ["7"]
        assert other.leads()


async def test_what_a_command_leaves_beside_them_is_somebody_s(log: Server, two: tuple[Store, Store]) -> None:
    one, other = two
    with closing(Store.open(log, Clock(), create=False)) as command:
        await command.commit([leak("1")])
    assert (due(one), due(other)) == ([], [])
    await other.beat("edition")
    assert (due(one), due(other)) == ([], ["7"])


async def test_all_programs_together_keep_to_a_platform_s_pace(two: tuple[Store, Store]) -> None:
    one, other = two
    limits = {"chat 7": (1, 60.0), "all": (30, 60.0)}
    assert await one.room("stub", limits) == 0
    assert 0 < await other.room("stub", limits) <= 60
    assert 0 < await one.room("stub", limits) <= 60
    assert await other.room("stub", {"chat 8": (1, 60.0), "all": (30, 60.0)}) == 0
    assert await other.room("more", limits) == 0
    for _ in range(28):
        assert await one.room("stub", {"all": (30, 60.0)}) == 0
    assert await other.room("stub", {"all": (30, 60.0)}) > 0


async def test_what_a_platform_says_to_one_holds_for_all(two: tuple[Store, Store]) -> None:
    one, other = two
    await one.hold_off("stub", "all", 60.0)
    assert 50 < await other.room("stub", {"chat 7": (1, 1.0), "all": (30, 1.0)}) <= 60


async def test_alone_with_a_log_nobody_asks(log: Server) -> None:
    with closing(Store.open(log, Clock(), hold=True, alone=True)) as store:
        await store.beat("edition")
        await store.commit([leak("1")])
        assert (store.shared(), store.leads(), store.alive(), due(store)) == (False, True, True, ["7"])
        assert await store.room("stub", {"all": (1, 60.0)}) == await store.room("stub", {"all": (1, 60.0)}) == 0


async def test_a_first_post_that_comes_late_opens_nothing(two: tuple[Store, Store]) -> None:
    """One program is handed a message, another one its edit or deletion, and is done sooner."""
    one, other = two
    await other.commit([clean("1", revision="5")])
    await one.commit([leak("1", revision="")])
    await other.commit([Deletion("stub", "", "-100", "2", NOON)])
    await one.commit([leak("2", revision=""), leak("2", revision="9"), leak("3", revision="")])
    await other.commit([leak("4", revision="7")])
    await one.commit([leak("4", revision="6", types={"HKID": 2})])

    assert sorted((row.message, row.revisions) for row in one.incidents(0, LATER)) == [("3", 1), ("4", 1)]


async def test_what_is_over_is_not_remembered_for_ever(two: tuple[Store, Store]) -> None:
    one, _ = two
    await one.commit([clean("1", revision="5")])
    await one.expire(NOON + 90_000)
    assert one._rows("SELECT * FROM newest") == []


async def test_an_event_that_two_are_handed_is_answered_once(two: tuple[Store, Store]) -> None:
    one, other = two
    ask = Ask("stub", "", "7", "", Command.HELP, (), NOON, "en")
    for store in (one, other, one):
        await store.commit([ask], Cursor("stub", "taken:1", f"4097 {store.newest()}", once=True))
    assert len(one.outbox(kind=SendKind.REPLY)) == 1
    await other.commit([ask], Cursor("stub", "taken:1", "8193 0", once=True))
    assert len(one.outbox(kind=SendKind.REPLY)) == 2


async def test_which_editions_are_judged_by_shows(two: tuple[Store, Store]) -> None:
    one, other = two
    assert one.editions() == {}
    await one.beat("abc")
    await other.beat("abc")
    assert one.editions() == {"abc": 2}
    await other.beat("def")
    assert one.editions() == {"abc": 1, "def": 1}
