"""What a sender is in a group: asked for only where a rule looks at it, kept for minutes, never waited for twice."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.telegram import membership as module
from bot.platforms.telegram.membership import FRESH_SECONDS, RETRY_SECONDS, Membership
from bot.platforms.telegram.wire import Wire
from policies.facts import Role
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import TOKEN, Person

BY_ROLE = """
[[rule]]
id = "guests"
types = ["HKID"]
sender_roles = ["guest"]
severity = "high"
[[rule]]
id = "leads"
types = ["HKID"]
sender_roles = ["owner", "admin"]
severity = "low"
"""


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


@pytest.mark.parametrize(
    ("status", "rights", "role"),
    [
        ("creator", set(), Role.OWNER),
        ("administrator", set(), Role.ADMIN),
        ("member", set(), Role.MEMBER),
        ("restricted", set(), Role.MEMBER),
        ("restricted", {"absent"}, Role.GUEST),
        ("left", set(), Role.GUEST),
        ("kicked", set(), Role.GUEST),
        ("of a later release", set(), None),
    ],
)
async def test_the_role_is_what_telegram_says(
    fake: FakeTelegram, membership: Membership, status: str, rights: set[str], role: Role | None
) -> None:
    group = fake.world.group(-1001, fake.world.person(11))
    group.status[11], group.rights[11] = status, rights
    assert await membership.role("-1001", "11") is role


async def test_another_bot_is_a_bot(fake: FakeTelegram, membership: Membership) -> None:
    fake.world.group(-1001, fake.world.person(12, is_bot=True))
    assert await membership.role("-1001", "12") is Role.BOT


async def test_a_role_is_kept_for_each_person_and_chat(
    fake: FakeTelegram, membership: Membership, clock: Clock
) -> None:
    ann, bob = fake.world.person(11), fake.world.person(12)
    group, other = fake.world.group(-1001, ann, bob), fake.world.group(-1002, ann)
    group.status[ann.id] = "administrator"
    for _ in range(3):
        asked = [membership.role("-1001", "11"), membership.role("-1001", "12"), membership.role("-1002", "11")]
        assert await asyncio.gather(*asked) == [Role.ADMIN, Role.MEMBER, Role.MEMBER]
    assert len(fake.made("getChatMember")) == 3
    other.status[ann.id] = "creator"
    clock.now += FRESH_SECONDS + 1
    assert await membership.role("-1002", "11") is Role.MEMBER
    await fake.seen(lambda: not membership._asking)
    assert await membership.role("-1002", "11") is Role.OWNER


async def test_no_answer_about_one_sender_keeps_no_other_waiting(
    fake: FakeTelegram, membership: Membership, clock: Clock
) -> None:
    fake.world.group(-1001, fake.world.person(11), fake.world.person(12))
    fake.fail("getChatMember", Fault())
    assert await membership.role("-1001", "11") is None
    assert await membership.role("-1001", "12") is None
    assert fake.made("getChatMember") == []
    clock.now += RETRY_SECONDS + 1
    assert await membership.role("-1001", "12") is Role.MEMBER


async def test_a_refusal_is_about_one_sender_only(fake: FakeTelegram, membership: Membership) -> None:
    fake.world.group(-1001, fake.world.person(11), fake.world.person(12))
    fake.refuse("getChatMember", 400, "Bad Request: user not found")
    assert await membership.role("-1001", "11") is None
    assert await membership.role("-1001", "12") is Role.MEMBER


async def test_too_many_questions_are_followed_by_none(
    fake: FakeTelegram, membership: Membership, clock: Clock
) -> None:
    fake.world.group(-1001, fake.world.person(11), fake.world.person(12))
    fake.refuse("getChatMember", 429, "Too Many Requests: retry after 300", retry_after=300)
    assert await membership.role("-1001", "11") is None
    clock.now += 299
    assert await membership.role("-1001", "12") is None
    clock.now += 2
    assert await membership.role("-1001", "12") is Role.MEMBER


async def test_what_is_remembered_is_bounded(
    fake: FakeTelegram, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    fake.world.group(-1001, *(fake.world.person(number) for number in range(11, 41)))
    for number in range(11, 41):
        await membership.role("-1001", str(number))
    assert len(membership._known) == 10


def asked_about(fake: FakeTelegram, person: Person) -> int:
    return sum(call.params["user_id"] == str(person.id) for call in fake.made("getChatMember"))


@pytest.fixture
async def strict(fake: FakeTelegram, tmp_path: Path) -> AsyncIterator[TestBot]:
    (tmp_path / "by-role.toml").write_text(BY_ROLE)
    async with TestBot(fake.url, tmp_path, policy="by-role.toml") as running:
        yield running


async def test_the_role_decides_which_rule_fires(fake: FakeTelegram, strict: TestBot) -> None:
    ann, gus = fake.world.person(11, started=True), fake.world.person(12, started=True)
    group = fake.world.group(-1001, ann, gus)
    group.status |= {ann.id: "administrator", gus.id: "left"}
    says(fake, ann, group, "{HKID}")
    says(fake, gus, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann) and inbox(fake, gus))
    assert {incident.sender: incident.rules for incident in strict.store.incidents(0, 9e9)} == {
        "11": ("leads",),
        "12": ("guests",),
    }
    assert asked_about(fake, ann) == asked_about(fake, gus) == 1


async def test_an_unknown_role_counts_as_any(fake: FakeTelegram, strict: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    await fake.seen(lambda: fake.updates.polls)
    fake.fail("getChatMember", Fault(times=99))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert [incident.rules for incident in strict.store.incidents(0, 9e9)] == [("guests", "leads")]


async def test_an_anonymous_administrator_is_one(fake: FakeTelegram, strict: TestBot) -> None:
    group = fake.world.group(-1001)
    robot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    says(fake, None, group, "{HKID}", **{"from": robot, "sender_chat": group.as_json()})
    await fake.seen(lambda: strict.store.incidents(0, 9e9))
    assert [incident.rules for incident in strict.store.incidents(0, 9e9)] == [("leads",)]


async def test_nobody_is_asked_about_where_no_rule_wants_to_know(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert asked_about(fake, ann) == 0
