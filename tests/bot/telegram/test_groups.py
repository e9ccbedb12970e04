"""The bot comes, goes, moves; topics, albums, channels and people without a name."""

from pathlib import Path

from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import (
    ANONYMOUS_ADMIN,
    adds_bot,
    answers,
    bot_posts,
    edits,
    inbox,
    labels,
    migrates,
    presses,
    removes_bot,
    says,
)  # fmt: skip
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import Chat


async def test_the_bot_introduces_itself_once(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11)
    group = fake.world.group(-1001, ann, bot="left")
    adds_bot(fake, ann, group)
    says(fake, ann, group, new_chat_members=[fake.world.bot()])
    await fake.seen(lambda: bot_posts(group))
    adds_bot(fake, ann, group, "administrator")
    says(fake, ann, group, "hello")
    await fake.seen(lambda: len(fake.updates.waiting) == 0)
    (greeting,) = bot_posts(group)
    assert "Example Ltd" in greeting["text"]
    assert "/privacy" in greeting["text"]
    assert "t.me/thinktwice_test_bot?start=" in greeting["reply_markup"]["inline_keyboard"][0][0]["url"]


async def test_admins_are_told_what_is_missing(fake: FakeTelegram, tmp_path: Path) -> None:
    fake.world.reads_all = False
    boss = fake.world.person(ADMIN, started=True)
    group = fake.world.group(-1001, boss, bot="left")
    async with TestBot(fake.url, tmp_path):
        adds_bot(fake, boss, group)
        await fake.seen(lambda: inbox(fake, boss))
    assert "privacy mode is on" in inbox(fake, boss)[0]["text"]


async def test_nothing_is_missing_when_the_bot_is_an_admin_who_may_delete(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN, started=True)
    group = fake.world.group(-1001, boss, bot="left")
    adds_bot(fake, boss, group, "administrator")
    await fake.seen(lambda: bot_posts(group))
    await fake.seen(lambda: group.ephemeral)
    assert inbox(fake, boss) == []


async def test_where_the_bot_is_not_wanted_it_keeps_silent(fake: FakeTelegram, tmp_path: Path) -> None:
    ann = fake.world.person(11, started=True)
    ours, other = fake.world.group(-1001, ann), fake.world.group(-1002, ann, bot="left")
    async with TestBot(fake.url, tmp_path, groups=(-1001,)) as bot:
        adds_bot(fake, ann, other)
        says(fake, ann, other, "{HKID}")
        says(fake, ann, other, "/help")
        says(fake, ann, ours, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        assert [incident.chat for incident in bot.store.incidents(0, 9e9)] == ["-1001"]
        assert bot_posts(other) == []
        assert len(inbox(fake, ann)) == 1


async def test_being_removed_closes_the_groups_open_work(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    removes_bot(fake, ann, group)
    await fake.seen(lambda: bot.store.chats("telegram"))
    (row,) = bot.store.chats("telegram")
    assert row.state == "left"


async def test_a_group_that_becomes_a_supergroup_keeps_its_log(fake: FakeTelegram, tmp_path: Path) -> None:
    ann = fake.world.person(11, started=True)
    old = fake.world.group(-77, ann, kind="group")
    async with TestBot(fake.url, tmp_path, groups=(-77,)) as bot:
        says(fake, ann, old, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        new = migrates(fake, ann, old, -1007)
        await fake.seen(lambda: not fake.updates.waiting)
        says(fake, ann, new, "{PHONE_NUMBER}")
        await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 2)
        assert {incident.chat for incident in bot.store.incidents(0, 9e9)} == {"-1007"}
    says(fake, ann, new, "{PHONE_NUMBER}")
    async with TestBot(fake.url, tmp_path, groups=(-77,)) as bot:
        await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 3)


async def test_a_refusal_that_names_the_new_id_moves_the_group_and_sends_there(
    fake: FakeTelegram, bot: TestBot
) -> None:
    ann = fake.world.person(11)
    old = fake.world.group(-77, ann, kind="group", bot="left")
    new = Chat(-1007, title="Invented group", status=dict(old.status))
    fake.world.chats[-1007] = new
    new.status[fake.world.bot()["id"]] = "member"
    adds_bot(fake, ann, old)
    old.migrated_to = -1007
    await fake.seen(lambda: bot_posts(new))
    assert [row.chat for row in bot.store.chats("telegram")] == ["-1007"]
    assert len(bot_posts(new)) == 1


async def test_topics_are_remembered(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann, forum=True)
    says(fake, ann, group, "{HKID}", message_thread_id=42, is_topic_message=True)
    await fake.seen(lambda: inbox(fake, ann))
    assert [incident.thread for incident in bot.store.incidents(0, 9e9)] == ["42"]


async def test_an_album_gets_one_nudge(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    for caption in ("{HKID}", "{HKID}", "{PHONE_NUMBER}"):
        says(fake, ann, group, photo=[{"file_id": "1"}], caption=caption, media_group_id="777")
    await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 3)
    await fake.seen(lambda: inbox(fake, ann))
    assert len(inbox(fake, ann)) == 1
    assert "3 messages" not in inbox(fake, ann)[0]["text"]


async def test_several_messages_in_a_minute_share_a_nudge_and_its_buttons(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: "2 messages" in inbox(fake, ann)[0]["text"])
    presses(fake, ann, inbox(fake, ann)[0], "Delete it for me")
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    assert [incident.resolution for incident in bot.store.incidents(0, 9e9)] == ["removed", "removed"]
    assert not [text for text in group.messages.values() if "HKID" in text.get("text", "")]
    assert len(inbox(fake, ann)) == 1


async def test_an_anonymous_admin_cannot_be_told_so_the_admins_are(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN, started=True)
    group = fake.world.group(-1001, boss)
    anonymous = {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}
    says(fake, None, group, "{HKID}", sender_chat=group.as_json(), **{"from": anonymous})
    await fake.seen(lambda: inbox(fake, boss))
    (incident,) = bot.store.incidents(0, 9e9)
    assert incident.sender is None
    assert bot_posts(group) == []


async def test_a_channel_is_watched_too(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN, started=True)
    channel = fake.world.group(-1003, boss, kind="channel")
    post = says(fake, None, channel, "{HKID}")
    await fake.seen(lambda: inbox(fake, boss))
    edits(fake, channel, post, "gone")
    await fake.seen(lambda: [row.resolution for row in bot.store.incidents(0, 9e9)] == ["edited"])


async def test_bots_are_neither_judged_nor_answered(fake: FakeTelegram, bot: TestBot) -> None:
    ann, robot = fake.world.person(11, started=True), fake.world.person(99, is_bot=True)
    group = fake.world.group(-1001, ann, robot)
    says(fake, robot, group, "{HKID}")
    says(fake, robot, group, "/help")
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert [incident.sender for incident in bot.store.incidents(0, 9e9)] == ["11"]


async def test_an_edit_that_brings_a_value_in_is_told(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    message = says(fake, ann, group, "nothing yet")
    edits(fake, group, message, "now {HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert [incident.message for incident in bot.store.incidents(0, 9e9)] == [str(message)]


async def test_menus_are_set_for_every_scope_and_language(fake: FakeTelegram, bot: TestBot) -> None:
    await fake.seen(lambda: len(fake.world.commands) == 8)
    for key, commands in fake.world.commands.items():
        assert commands, key
        assert all(1 <= len(command["description"]) <= 256 for command in commands)


async def test_a_nudge_is_not_delayed_by_a_slow_answer_about_the_group(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.refuse("getChatMemberCount", 400, "Bad Request: something")
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert [incident.audience for incident in bot.store.incidents(0, 9e9)] == [None]
    assert answers(fake) == []
