"""What a policy has removed goes once its sender was told, and only then; nothing is forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.message import Deletion
from bot.send import Refused, Send
from bot.sending.courier import Courier
from bot.sending.removals import Removals
from bot.store import AlertBody, OutboxRow, Store
from bot.words import AlertCode, SendState
from policies.schema import PaceTable
from tests.fakes.logbook import NOON, Clock, clean, leak
from tests.fakes.stub_platform import StubPlatform, compose

GONE: dict[str, Any] = {"effects": frozenset({"nudge", "delete"}), "wording": ("hkid", "removes")}


class Group(StubPlatform):
    """A platform where messages can be removed, once it lets us."""

    def __init__(self, *, lets: bool = True) -> None:
        super().__init__()
        self.lets = lets
        self.removed: list[str] = []

    async def remove(self, chat: str, message: str) -> bool:  # noqa: ARG002 - the contract hands over both
        self.removed.append(message)
        return self.lets


async def saying_so(row: OutboxRow) -> Send:
    return replace(await compose(row), removes="removes" in getattr(row.body, "wording", ()))


def courier(store: Store, clock: Clock, platform: StubPlatform, says: Any = saying_so) -> Courier:
    async def happened(deletions: Sequence[Deletion]) -> None:
        await store.commit(deletions)

    platforms = {platform.name: platform}
    removals = Removals(store, platforms, clock, happened, {platform.name: ("1", "2")})
    return Courier(store, platforms, says, clock, removals)


def ending(store: Store, message: str = "1") -> str:
    incident = store.incident_at("stub", "", "-100", message)
    assert incident is not None
    return incident.resolution


async def test_a_message_goes_once_its_sender_was_told_and_the_nudge_becomes_a_thank_you(
    store: Store, clock: Clock
) -> None:
    platform = Group()
    await store.commit([leak("1", **GONE), leak("2", sender="8")])
    await courier(store, clock, platform).drain()

    assert (platform.removed, ending(store, "1"), ending(store, "2")) == (["1"], "removed", "")
    assert [(send.recipient, bool(send.replaces)) for _, send in platform.wire] == [
        ("7", False),
        ("8", False),
        ("7", True),
    ]


async def test_what_nobody_could_be_told_of_stays(store: Store, clock: Clock) -> None:
    platform = Group()
    platform.answers["dm"].append(Refused("blocked"))
    await store.commit([leak("1", **GONE)])
    await courier(store, clock, platform).drain()

    assert (platform.removed, ending(store)) == ([], "")


async def test_what_the_nudge_did_not_say_is_not_done(store: Store, clock: Clock) -> None:
    platform = Group()
    await store.commit([leak("1", **GONE)])
    await courier(store, clock, platform, compose).drain()

    assert (platform.removed, ending(store)) == ([], "")


async def test_what_joins_a_nudge_goes_when_the_rewrite_has_told_of_it(store: Store, clock: Clock) -> None:
    platform = Group(lets=False)
    post = courier(store, clock, platform)
    await store.commit([leak("1", **GONE)])
    await post.drain()
    await store.commit([leak("2", at=NOON + 5, **GONE)])
    clock.now += 5
    await post.drain()

    assert platform.removed == ["1", "2"]


async def test_a_kill_after_the_nudge_forgets_nothing(store: Store, clock: Clock) -> None:
    platform = Group()
    await store.commit([leak("1", **GONE)])
    await Courier(store, {platform.name: platform}, saying_so, clock).drain()
    assert platform.removed == []

    await courier(store, clock, platform).drain()
    assert (platform.removed, ending(store)) == (["1"], "removed")


async def test_a_clean_edit_leaves_nothing_to_remove(store: Store, clock: Clock) -> None:
    platform = Group()
    await store.commit([leak("1", **GONE)])
    await Courier(store, {platform.name: platform}, saying_so, clock).drain()
    await store.commit([clean("1")])
    await courier(store, clock, platform).drain()

    assert (platform.removed, ending(store)) == ([], "edited")


async def test_a_platform_that_refuses_is_asked_four_times_then_admins_are_told(store: Store, clock: Clock) -> None:
    platform = Group(lets=False)
    await store.commit([leak("1", **GONE)])
    post = courier(store, clock, platform)
    for seconds in (0, 10, 60, 600, 6000):
        clock.now += seconds
        await post.drain()

    assert len(platform.removed) == 4
    alerts = [row for row in store.outbox() if isinstance(row.body, AlertBody)]
    assert [(row.recipient, row.state, row.body.code) for row in alerts if isinstance(row.body, AlertBody)] == [
        ("1", SendState.SENT, AlertCode.NOT_REMOVED),
        ("2", SendState.SENT, AlertCode.NOT_REMOVED),
    ]


async def test_a_platform_that_breaks_is_asked_again(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = Group()

    async def breaks(chat: str, message: str) -> bool:
        raise ConnectionError(chat, message)

    await store.commit([leak("1", **GONE)])
    with monkeypatch.context() as patched:
        patched.setattr(platform, "remove", breaks)
        await courier(store, clock, platform).drain()
    clock.now += 10
    await courier(store, clock, platform).drain()

    assert (platform.removed, ending(store)) == (["1"], "removed")


async def test_nobody_waits_for_the_end_of_quiet_hours_to_be_told_that_it_goes(store: Store) -> None:
    all_week_but_a_minute = PaceTable.model_validate({"quiet_hours": ["Mon-Sun 00:00-23:59"]}).pace()
    await store.commit([leak("1", severity="low", pace=all_week_but_a_minute, **GONE)])
    await store.commit([leak("2", sender="8", severity="low", pace=all_week_but_a_minute)])

    assert [row.due_at == NOON for row in store.outbox()] == [True, False]
