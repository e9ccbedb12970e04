"""Who joins a group is greeted privately where Telegram lets the bot: once, whichever way it was told."""

from pathlib import Path

import pytest

from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import bot_posts, inbox, joins, says
from tests.fakes.telegram.server import FakeTelegram


async def settled(fake: FakeTelegram) -> None:
    await fake.seen(lambda: not fake.updates.waiting)


@pytest.mark.parametrize("status", ["administrator", "member"])
async def test_who_pressed_start_before_is_greeted_once(fake: FakeTelegram, tmp_path: Path, status: str) -> None:
    ann, bob = fake.world.person(11, started=True), fake.world.person(12, started=True, language="zh-hant")
    group = fake.world.group(-1001, ann, bot=status)
    async with TestBot(fake.url, tmp_path, ephemeral="off"):
        says(fake, bob, fake.world.chats[bob.id], "/whoami")
        await fake.seen(lambda: inbox(fake, bob))
        joins(fake, bob, group)
        await fake.seen(lambda: len(inbox(fake, bob)) == 2)
        joins(fake, bob, group)
        await settled(fake)
    assert [note["text"][:3] for note in inbox(fake, bob)[1:]] == ["歡迎！"]
    assert bot_posts(group) == []


async def test_whom_the_bot_may_not_write_to_is_not_tried(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, bob = fake.world.person(11, started=True), fake.world.person(12)
    group = fake.world.group(-1001, ann, bot="administrator")
    async with TestBot(fake.url, tmp_path, ephemeral="off") as bot:
        joins(fake, bob, group)
        says(fake, ann, group, "hello")
        await settled(fake)
        assert bot.store.outbox() == ()
        assert bot.store.counts().unreachable == 0


async def test_a_robot_is_not_greeted(fake: FakeTelegram, tmp_path: Path) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    async with TestBot(fake.url, tmp_path, ephemeral="off") as bot:
        robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
        says(fake, ann, group, new_chat_members=[robot])
        await settled(fake)
        assert bot.store.outbox() == ()
