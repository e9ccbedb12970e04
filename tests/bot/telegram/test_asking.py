"""What people ask the bot, and who gets an answer where."""

import time

import pytest

from bot.store import Alert
from bot.words import AlertCode, SendKind
from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import blocks, bot_posts, inbox, labels, says, starts, unblocks, whispers
from tests.fakes.telegram.server import FakeTelegram


async def test_private_words_are_answered_and_leave_nothing(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11)
    whispers(fake, ann, "my colleague's number is {HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert "my colleague's number is [ID number]" in inbox(fake, ann)[0]["text"]
    assert bot.store.incidents(0, 9e9) == ()


async def test_start_is_answered_with_who_runs_the_bot(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11)
    starts(fake, ann, "group")
    await fake.seen(lambda: inbox(fake, ann))
    assert "Example Ltd" in inbox(fake, ann)[0]["text"]
    assert bot.store.person("telegram", "", "11").reach == "started"


COMMANDS = ["help", "privacy", "mydata", "mydata json", "forgetme", "whoami", "language", "status", "report"]
FOR_ADMINS = ["report", "status", "incidents open", "incident aaaaaaaaaaaa", "breach", "breach b1 draft", "audit"]


@pytest.mark.parametrize("command", [f"/{name}" for name in dict.fromkeys([*COMMANDS, *FOR_ADMINS])])
async def test_every_command_is_answered_privately_also_from_a_group(
    fake: FakeTelegram, bot: TestBot, command: str
) -> None:
    boss = fake.world.person(ADMIN, started=True)
    group = fake.world.group(-1001, boss)
    says(fake, boss, group, command)
    await fake.seen(lambda: inbox(fake, boss))
    assert bot_posts(group) == []


async def test_the_report_comes_as_text_and_as_a_file(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN)
    whispers(fake, boss, "/report 7d csv")
    await fake.seen(lambda: inbox(fake, boss))
    (call,) = fake.made("sendDocument")
    assert call.params["document"][0].endswith(".csv")
    assert call.params["document"][1]


async def test_the_charts_are_a_picture_and_the_page_is_a_file(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN)
    whispers(fake, boss, "/report last month chart")
    await fake.seen(lambda: fake.made("sendPhoto"))
    [picture] = inbox(fake, boss)
    assert picture["photo"]
    assert picture["caption"].startswith("The figures as a picture.\nThink Twice report: ")
    whispers(fake, boss, "/report 上個月 html")
    await fake.seen(lambda: fake.made("sendDocument"))
    name, content = fake.made("sendDocument")[0].params["document"]
    assert name.endswith(".html")
    assert content.startswith(b"<!doctype html>")


async def test_the_digest_comes_privately(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN, started=True)
    await bot.store.commit([Alert("telegram", AlertCode.REPORT, time.time(), (str(ADMIN),), detail="2026-01")])
    await fake.seen(lambda: inbox(fake, boss))
    [digest] = inbox(fake, boss)
    assert digest["text"].startswith("Think Twice report: 2026-01-01 00:00 to 2026-02-01 00:00")
    assert digest["text"].endswith("/report 2026-01 html has it with charts.")


@pytest.mark.parametrize("command", FOR_ADMINS)
async def test_others_are_refused_politely_and_audited(fake: FakeTelegram, bot: TestBot, command: str) -> None:
    ann = fake.world.person(11, started=True)
    says(fake, ann, fake.world.group(-1001, ann), f"/{command}")
    await fake.seen(lambda: inbox(fake, ann))
    assert "admins" in inbox(fake, ann)[0]["text"]
    name = command.split(maxsplit=1)[0]
    assert [(row.user, row.action, row.allowed) for row in bot.store.audits()] == [("11", name, False)]


async def test_an_admin_without_start_gets_a_hint_that_says_only_that(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(ADMIN)
    group = fake.world.group(-1001, boss, bot="member")
    says(fake, boss, group, "/report 7d")
    await fake.seen(lambda: bot_posts(group))
    (hint,) = bot_posts(group)
    assert hint["text"].startswith("To get answers privately, please press Start in a chat with me once.")
    (button,) = hint["reply_markup"]["inline_keyboard"][0]
    assert button["url"].startswith("https://t.me/thinktwice_test_bot?start=")


async def test_a_command_that_carries_data_is_judged_too(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    says(fake, ann, fake.world.group(-1001, ann), "/mydata {HKID}")
    await fake.seen(lambda: len(inbox(fake, ann)) == 2)
    assert len(bot.store.incidents(0, 9e9)) == 1


async def test_an_answer_is_in_the_language_of_the_app(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, language="zh-hant")
    whispers(fake, ann, "/privacy")
    await fake.seen(lambda: inbox(fake, ann))
    assert "私隱" in inbox(fake, ann)[0]["text"] or "資料" in inbox(fake, ann)[0]["text"]


async def test_a_setting_beats_the_language_of_the_app(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, language="zh-hant")
    whispers(fake, ann, "/language en")
    await fake.seen(lambda: inbox(fake, ann))
    whispers(fake, ann, "/privacy")
    await fake.seen(lambda: len(inbox(fake, ann)) == 2)
    assert "Example Ltd" in inbox(fake, ann)[1]["text"]
    assert "Think Twice is run here by" in inbox(fake, ann)[1]["text"]


async def test_somebody_who_presses_start_later_gets_what_waited(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11)
    group = fake.world.group(-1001, ann, bot="member")
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    starts(fake, ann)
    await fake.seen(lambda: any(labels(message) for message in inbox(fake, ann)))
    await fake.seen(lambda: [row.state for row in bot.store.outbox(kind=SendKind.NUDGE)] == ["sent"])
    assert bot_posts(group) == []


async def test_blocking_and_coming_back_is_followed(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann, bot="member")
    blocks(fake, ann)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert fake.made("sendMessage") == []
    unblocks(fake, ann)
    await fake.seen(lambda: inbox(fake, ann))


async def test_a_block_that_nobody_told_is_learned_from_the_refusal(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True, blocked=True)
    says(fake, ann, fake.world.group(-1001, ann, bot="member"), "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert bot.store.person("telegram", "", "11").reach == "blocked"
    assert bot.store.attempts()[0].code == "blocked"
