"""Who joins a group is greeted privately where Telegram lets the bot: once, whichever way it was told."""

from pathlib import Path

import pytest

from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import adds_bot, bot_posts, inbox, joins, says
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


async def test_where_messages_for_one_alone_are_proved_a_newcomer_reads_it_there(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    boss, bob = fake.world.person(ADMIN, started=True), fake.world.person(12)
    group = fake.world.group(-1001, boss, bot="left")
    async with TestBot(fake.url, tmp_path) as bot:
        adds_bot(fake, boss, group, "administrator")
        await fake.seen(lambda: [chat for chat in bot.store.chats() if chat.ephemeral == "open"])
        await fake.seen(lambda: bot_posts(group))  # the greeting of the group
        posts, shown = len(bot_posts(group)), len(group.ephemeral)
        joins(fake, bob, group)
        await fake.seen(lambda: len(group.ephemeral) > shown)
        assert len(bot_posts(group)) == posts
        (row,) = (row for row in bot.store.outbox() if row.recipient == str(bob.id))
        assert row.rung == "ephemeral"
