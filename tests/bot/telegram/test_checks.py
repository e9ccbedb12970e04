"""What people show to the bot first, and the safer text that it gives; nothing of it is recorded."""

from pathlib import Path

import pytest

from bot.platforms.telegram.doctor import doctor
from bot.platforms.telegram.safer import LONGEST, told
from bot.platforms.telegram.settings import Telegram
from tests.fakes.boxes import OpenBox
from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import answers, attached, bot_posts, inbox, presses, says, starts, types, whispers
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import TOKEN, Chat, Json

WORDS = "Peter Marmaduke {HKID} quokka"
MASKED = "Peter Marmaduke [ID number] quokka"


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.name.startswith("bot.db"))


def copied(message: Json) -> list[str]:
    """What a tap copies: the entities' text, by UTF-16 code units."""
    units = message["text"].encode("utf-16-le")
    blocks = [(2 * one["offset"], 2 * one["length"]) for one in message.get("entities", ()) if one["type"] == "pre"]
    return [units[start : start + length].decode("utf-16-le") for start, length in blocks]


@pytest.mark.parametrize("typed", [WORDS, f"/check {WORDS}", f"check@thinktwice_test_bot {WORDS}"])
async def test_a_text_is_answered_with_a_safer_one_and_leaves_no_row(
    fake: FakeTelegram, bot: TestBot, tmp_path: Path, typed: str
) -> None:
    ann = fake.world.person(11, started=True)
    whispers(fake, ann, typed)
    await fake.seen(lambda: inbox(fake, ann))
    (answer,) = inbox(fake, ann)
    assert "seems to hold a Hong Kong ID card number" in answer["text"]
    assert "nothing was recorded" in answer["text"]
    assert copied(answer) == [MASKED]
    for table in ("incident", "outbox", "audit", "finding", "revision", "verdict"):
        assert bot.store._rows(f"SELECT * FROM {table}") == []  # noqa: S608 - a table of ours
    for word in (b"Marmaduke", b"quokka", b"ID number"):
        assert word not in on_disk(tmp_path)


async def test_a_text_that_holds_nothing_gets_no_safer_one(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    whispers(fake, ann, "lunch at one?")
    await fake.seen(lambda: inbox(fake, ann))
    (answer,) = inbox(fake, ann)
    assert "I see no personal data in this" in answer["text"]
    assert "/help" in answer["text"]
    assert copied(answer) == []


async def test_a_forwarded_message_a_caption_and_its_file_are_looked_into(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()):
        ann = fake.world.person(11, started=True)
        extra = attached(fake, "mine.csv", b"Name,HKID\nA,{HKID same=1}\n")
        origin = {"type": "hidden_user", "date": 1}
        says(fake, ann, fake.world.chats[11], caption=WORDS, forward_origin=origin, **extra)
        await fake.seen(lambda: len(inbox(fake, ann)) == 2)
        words, file = inbox(fake, ann)
        assert copied(words) == [MASKED]
        assert "This file seems to hold" in file["text"]


async def test_without_words_there_is_help(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    says(fake, ann, fake.world.chats[11], sticker={"file_id": "s1", "file_unique_id": "s"})
    await fake.seen(lambda: inbox(fake, ann))
    assert "/check" in inbox(fake, ann)[0]["text"]


async def test_what_is_asked_in_a_group_is_answered_privately_with_how_to_ask(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    says(fake, ann, group, "/check lunch")
    await fake.seen(lambda: inbox(fake, ann))
    assert "Send me a text or a file here, privately" in inbox(fake, ann)[0]["text"]
    assert bot_posts(group) == []


async def nudged(fake: FakeTelegram) -> Json:
    ann = fake.world.person(11, started=True)
    group = fake.world.chats.get(-1001) or fake.world.group(-1001, ann)
    says(fake, ann, group, WORDS)
    await fake.seen(lambda: inbox(fake, ann))
    return inbox(fake, ann)[-1]


async def test_a_nudge_shows_its_sender_a_safer_text(fake: FakeTelegram, bot: TestBot, tmp_path: Path) -> None:
    nudge, ann = await nudged(fake), fake.world.person(11)
    presses(fake, ann, nudge, "Show me a safer text")
    await fake.seen(lambda: len(inbox(fake, ann)) == 2 and answers(fake))
    assert copied(inbox(fake, ann)[1]) == [MASKED]
    assert bot_posts(fake.world.chats[-1001]) == []
    assert bot.store.incidents(0, 9e9)[0].resolution == ""
    for word in (b"Marmaduke", b"quokka", b"ID number"):
        assert word not in on_disk(tmp_path)


async def test_nobody_else_gets_it(fake: FakeTelegram, bot: TestBot) -> None:
    nudge, bob = await nudged(fake), fake.world.person(12, started=True)
    presses(fake, bob, nudge, "Show me a safer text")
    await fake.seen(lambda: answers(fake))
    assert answers(fake)[0]["text"] == "These buttons are for somebody else."
    assert inbox(fake, bob) == []


async def test_after_a_restart_the_message_is_no_longer_at_hand(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path):
        nudge = await nudged(fake)
    async with TestBot(fake.url, tmp_path):
        ann = fake.world.person(11)
        presses(fake, ann, nudge, "Show me a safer text")
        await fake.seen(lambda: answers(fake))
        assert "I no longer have that message at hand" in answers(fake)[0]["text"]
        assert answers(fake)[0]["show_alert"]


async def test_behind_a_tip_it_comes_privately_or_says_what_is_lacking(fake: FakeTelegram, bot: TestBot) -> None:
    """The button may stand in an ephemeral message of the group: the safer text does not."""
    ann, boss = fake.world.person(11), fake.world.person(ADMIN, started=True)
    group = fake.world.group(-1001, ann, boss)
    group.status[ADMIN] = "creator"
    says(fake, ann, group, WORDS)
    await fake.seen(lambda: tips(group))
    presses(fake, ann, tips(group)[0], "Read it")
    await fake.seen(lambda: "safer" in str(tips(group)[0]["reply_markup"]))
    presses(fake, ann, tips(group)[0], "Show me a safer text")
    await fake.seen(lambda: "press Start" in str(answers(fake)[-1].get("text") if answers(fake) else ""))
    starts(fake, ann)
    await fake.seen(lambda: inbox(fake, ann))
    presses(fake, ann, tips(group)[0], "Show me a safer text")
    await fake.seen(lambda: answers(fake)[-1].get("text") == "I wrote it to you in our private chat.")
    assert MASKED in inbox(fake, ann)[-1]["text"]
    assert "quokka" not in str(group.ephemeral)


def tips(group: Chat) -> list[Json]:
    return [shown for shown in group.ephemeral.values() if shown["receiver_user"]["id"] == 11]


async def test_while_somebody_types_the_safer_text_is_offered(fake: FakeTelegram, tmp_path: Path) -> None:
    fake.world.inline = True
    async with TestBot(fake.url, tmp_path, inline=True) as bot:
        ann = fake.world.person(11, language="zh-hant")
        await fake.seen(lambda: fake.updates.polls)
        for typed in (WORDS, "lunch?", ""):
            types(fake, ann, typed)
        await fake.seen(lambda: len(fake.world.offered) == 3)
        offers = {str(len(some) and some[0]["title"]): some for some in fake.world.offered}
        assert offers["發出較安全的版本"][0]["input_message_content"]["message_text"] == MASKED
        assert offers["照原文發出"][0]["input_message_content"]["message_text"] == "lunch?"
        assert offers["0"] == []
        for call in fake.made("answerInlineQuery"):
            assert (call.params["is_personal"], call.params["cache_time"]) == ("true", "0")
        assert bot.store._rows("SELECT * FROM person") == []
        assert b"quokka" not in on_disk(tmp_path)


async def test_inline_mode_is_off_unless_the_operator_wants_it(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.inline = True
    ann = fake.world.person(11, started=True)
    await fake.seen(lambda: fake.updates.polls)
    types(fake, ann, WORDS)
    whispers(fake, ann, "lunch?")
    await fake.seen(lambda: inbox(fake, ann))
    assert fake.world.offered == []


@pytest.mark.parametrize(("there", "here", "good"), [(True, False, True), (False, True, False)])
async def test_the_doctor_tells_when_only_one_side_has_it_on(
    fake: FakeTelegram, *, there: bool, here: bool, good: bool
) -> None:
    fake.world.inline = there
    checks = await doctor(Telegram(api_base_url=fake.url, inline=here), TOKEN)
    (check,) = [check for check in checks if check.name == "telegram inline mode"]
    assert (check.good, "inline = true" in check.advice) == (good, True)


@pytest.mark.parametrize("length", [10, LONGEST - 10, LONGEST, 3 * LONGEST])
def test_a_long_text_comes_in_pieces_that_fit(length: int) -> None:
    safer = "玲😀a\n" * (length // 4)
    sent = list(told("It holds something.", safer))
    assert "".join(piece for message in sent for piece in copied(message)) == safer
    assert all(len(message["text"].encode("utf-16-le")) // 2 <= LONGEST for message in sent)
