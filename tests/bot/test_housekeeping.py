"""What runs beside the messages goes on when the store fails for a while."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.clocks import WallClock
from bot.config import Awareness, Config, Privacy
from bot.housekeeping import Housekeeping
from bot.judging.guard import Guard
from bot.store import NoticeBody, Store, StoreError
from bot.words import AlertCode, ChatState, NoticeCode, SendKind
from policies.reload import Policies
from tests.fakes import marked_find
from tests.fakes.bodies import code_of
from tests.fakes.judging import Marks
from tests.fakes.logbook import NOON, Clock, leak

POLICY = '[[rule]]\nid = "hkid"\ntypes = ["HKID"]\nseverity = "high"\n'


class FullDisk(Guard):
    """Its first alert meets a disk that is full."""

    full = True

    async def alert(
        self, code: AlertCode, *, platform: str = "", chat: str = "", count: int = 1, detail: str = ""
    ) -> None:
        if self.full:
            self.full = False
            raise StoreError("The disk that holds the database is full")
        await super().alert(code, platform=platform, chat=chat, count=count, detail=detail)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock())
    yield opened
    opened.close()


def keeping(file: Path, store: Store, **config: Any) -> Housekeeping:
    policies = Policies(file, {}, marked_find.find)
    guard = Guard(Marks(), policies, store, Clock(), {"stub": ("1",)})
    privacy = Privacy(operator="Example Ltd", contact="privacy@example.com")
    return Housekeeping(Config(privacy=privacy, **config), policies, guard, store, WallClock(Clock()))


async def test_a_group_hears_when_an_edit_has_its_messages_taken_out(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    for chat in ("-1", "-2"):
        await store.set_chat("stub", "", chat, state=ChatState.JOINED)
    await store.set_chat("stub", "", "-2", state=ChatState.LEFT)
    running = asyncio.create_task(keeping(file, store).run({}))
    file.write_text(f'{POLICY}effects = ["nudge", "delete"]\n')
    async with asyncio.timeout(20):
        while not store.outbox() and not running.done():  # noqa: ASYNC110 - the store has no event for tests
            await asyncio.sleep(0.05)
    running.cancel()
    assert [(row.chat, row.kind, row.body) for row in store.outbox()] == [
        ("-1", "notice", NoticeBody(NoticeCode.REMINDER))
    ]


async def test_a_month_is_sampled_once_and_a_missed_morning_is_made_up_for(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    keeper = keeping(file, store, admins={"stub": ("1",), "other": ()})
    await store.commit([leak(str(number), sender=str(number)) for number in range(7)])
    for day in (16.6, 16.8, 17.0):  # before nine on the first of February, past nine, and again
        await keeper.scheduled({}, NOON + day * 86_400)
    asked = [row for row in store.outbox(kind=SendKind.ALERT) if code_of(row) == "sample"]
    assert len({row.incidents for row in asked}) == len(asked) == 5
    assert {row.recipient for row in asked} == {"1"}
    assert store.cursor("bot", "sample") == "2027-02"


async def test_nobody_is_asked_where_nobody_wants_it(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    await store.commit([leak()])
    await keeping(file, store, admins={"stub": ("1",)}, awareness=Awareness(sample=0)).scheduled({}, NOON + 40 * 86_400)
    assert [row.kind for row in store.outbox()] == ["nudge"]


async def test_a_bad_policy_edit_is_told_once_also_when_the_store_failed_at_first(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    policies = Policies(file, {}, marked_find.find)
    guard = FullDisk(Marks(), policies, store, Clock(), {"stub": ("1",)})
    config = Config(privacy=Privacy(operator="Example Ltd", contact="privacy@example.com"))
    running = asyncio.create_task(Housekeeping(config, policies, guard, store, WallClock(Clock())).run({}))
    file.write_text(POLICY.replace("high", "higher"))
    async with asyncio.timeout(20):
        while not store.outbox() and not running.done():  # noqa: ASYNC110 - the store has no event for tests
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.2)
    assert not running.done()
    assert [code_of(row) for row in store.outbox()] == ["policy"]
    running.cancel()
