"""From a leak in a group to a private word, and what becomes of it."""

import asyncio
import re

import pytest

from bot import wording
from bot.platforms.telegram.buttons import read
from bot.words import AlertCode, SendKind
from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import bot_posts, edits, inbox, labels, says
from tests.fakes.telegram.server import FakeTelegram

pytestmark = pytest.mark.fault


async def test_a_leak_is_told_to_its_sender_alone(fake: FakeTelegram, bot: TestBot) -> None:
    ann, ben = fake.world.person(11, started=True), fake.world.person(12, started=True)
    group = fake.world.group(-1001, ann, ben)
    says(fake, ann, group, "the number is {HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    (nudge,) = inbox(fake, ann)
    assert "Hong Kong" in nudge["text"] or "ID card" in nudge["text"]
    assert labels(nudge) == [
        "I removed it",
        "Delete it for me",
        "Show me a safer text",
        "Needed because…",
        "Not personal data",
        "Why?",
    ]
    assert bot_posts(group) == []
    assert inbox(fake, ben) == []
    (incident,) = bot.store.incidents(0, 9e9)
    assert (incident.chat, incident.sender, incident.audience, incident.state) == ("-1001", "11", 2, "open")
    pressed = read(nudge["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    assert pressed is not None
    assert pressed.incident == incident.id


async def test_an_edit_that_takes_the_value_away_turns_the_nudge_into_thanks(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    message = says(fake, ann, group, "the number is {HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    edits(fake, group, message, "the number is gone")
    await fake.seen(lambda: "edit_date" in inbox(fake, ann)[0])
    (thanks,) = inbox(fake, ann)
    assert labels(thanks) == []
    assert [row.resolution for row in bot.store.incidents(0, 9e9)] == ["edited"]


@pytest.mark.parametrize(("app", "language"), [("en", "en"), ("zh-hant", "zh")])
async def test_the_sentence_that_a_nudge_began_with_is_kept_as_a_code(
    fake: FakeTelegram, bot: TestBot, app: str, language: str
) -> None:
    people = [fake.world.person(number, started=True, language=app) for number in range(11, 19)]
    group = fake.world.group(-1001, *people)
    for person in people:
        says(fake, person, group, "the number is {HKID}")
    await fake.seen(lambda: all(inbox(fake, person) for person in people))
    for row in bot.store.outbox(kind=SendKind.NUDGE):
        begun, _, number = row.variant.rpartition(".")
        assert begun == f"{language}.hkid"
        sentence = re.sub(
            r"\\\{[a-z]+\\\}", ".*", re.escape(wording.sentences(language)["nudge.hkid"][int(number) - 1])
        )
        assert re.match(sentence, inbox(fake, fake.world.people[int(row.recipient)])[0]["text"])


async def test_ordinary_talk_leaves_no_row(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    says(fake, ann, fake.world.group(-1001, ann), "good morning")
    await fake.seen(lambda: fake.updates.confirmed)
    assert bot.store.incidents(0, 9e9) == ()
    assert bot.store.outbox() == ()


async def test_forty_people_are_told_side_by_side(fake: FakeTelegram, bot: TestBot) -> None:
    people = [fake.world.person(11 + number, started=True) for number in range(40)]
    group = fake.world.group(-1001, *people)
    answers = asyncio.Event()
    fake.held = {str(person.id): answers for person in people}
    for person in people:
        says(fake, person, group, "{HKID}")
    await fake.seen(lambda: len(fake.made("sendMessage")) == 30)
    assert len(bot.store.under_way("telegram")) == 30
    answers.set()
    await fake.seen(lambda: all(row.state == "sent" for row in bot.store.outbox()))
    assert [len(inbox(fake, person)) for person in people] == [1] * 40


async def test_a_call_that_hangs_delays_nobody_else(fake: FakeTelegram, bot: TestBot) -> None:
    ann, ben = fake.world.person(11, started=True), fake.world.person(12, started=True)
    group = fake.world.group(-1001, ann, ben)
    fake.held["11"] = asyncio.Event()
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    says(fake, ben, group, "{HKID}")
    await fake.seen(lambda: [row.state for row in bot.store.outbox()] == ["sending", "sent"])
    fake.held["11"].set()
    await fake.seen(lambda: [row.state for row in bot.store.outbox()] == ["sent", "sent"])


async def test_an_alert_to_an_admin_who_never_pressed_start_counts_as_undelivered(
    fake: FakeTelegram, bot: TestBot
) -> None:
    fake.world.person(ADMIN)
    await bot.guard.alert(AlertCode.POLICY)
    await fake.seen(lambda: bot.store.counts().alerts == 1)
