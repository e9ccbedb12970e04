"""What is known of chats: asked once, kept for minutes, never waited for twice."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.platforms.telegram.membership import FRESH_SECONDS, RETRY_SECONDS, Membership, Rights
from bot.platforms.telegram.wire import Wire
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import BOT_ID, TOKEN


class Clock:
    """A clock that stands still."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def membership(fake: FakeTelegram, clock: Clock) -> AsyncIterator[Membership]:
    wire = Wire(TOKEN, fake.url)
    known = Membership(wire, clock)
    yield known
    await known.close()
    await wire.hang_up()


async def test_readers_are_counted_without_the_bot(fake: FakeTelegram, membership: Membership) -> None:
    fake.world.group(-1001, fake.world.person(11), fake.world.person(12))
    assert await membership.audience("-1001") == 2


async def test_many_questions_at_once_are_one_call(fake: FakeTelegram, membership: Membership) -> None:
    fake.world.group(-1001, member_count=10)
    assert await asyncio.gather(*(membership.audience("-1001") for _ in range(10))) == [9] * 10
    assert len(fake.made("getChatMemberCount")) == 1


async def test_an_old_answer_serves_while_a_new_one_is_fetched(
    fake: FakeTelegram, membership: Membership, clock: Clock
) -> None:
    group = fake.world.group(-1001, member_count=10)
    assert await membership.audience("-1001") == 9
    group.member_count = 20
    clock.now += FRESH_SECONDS + 1
    assert await membership.audience("-1001") == 9
    await fake.seen(lambda: not membership._asking)
    assert await membership.audience("-1001") == 19


async def test_no_answer_is_unknown_and_asked_for_again_later(
    fake: FakeTelegram, membership: Membership, clock: Clock
) -> None:
    fake.world.group(-1001, member_count=10)
    fake.fail("getChatMemberCount", Fault())
    assert await membership.audience("-1001") is None
    assert await membership.audience("-1001") is None
    clock.now += RETRY_SECONDS + 1
    assert await membership.audience("-1001") == 9


@pytest.mark.parametrize(
    ("status", "rights", "expected"),
    [
        ("administrator", {"can_delete_messages"}, Rights(admin=True, delete=True)),
        ("administrator", set(), Rights(admin=True, delete=False)),
        ("creator", set(), Rights(admin=True, delete=True)),
        ("member", set(), Rights()),
        ("left", set(), Rights()),
    ],
)
async def test_rights(
    fake: FakeTelegram, membership: Membership, status: str, rights: set[str], expected: Rights
) -> None:
    group = fake.world.group(-1001, bot=status)
    group.rights[BOT_ID] = rights
    assert await membership.rights("-1001", BOT_ID) == expected


async def test_a_change_is_asked_for_at_once(fake: FakeTelegram, membership: Membership) -> None:
    group = fake.world.group(-1001)
    group.title = "Before"
    assert await membership.title("-1001") == "Before"
    group.title = "After"
    assert await membership.title("-1001") == "Before"
    membership.forget("-1001")
    assert await membership.title("-1001") == "After"
