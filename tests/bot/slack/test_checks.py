"""What people show to the bot first, and the safer text that it gives; nothing of it is recorded."""

from pathlib import Path

import pytest

from bot.platforms.slack.shape import readable
from bot.wording import say
from tests.fakes.boxes import OpenBox
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json

WORDS = "Marmaduke hkid:1 quokka"
MASKED = "Marmaduke [ID number] quokka"


def copied(message: Json) -> list[str]:
    """What stands in blocks to be copied."""
    blocks = [inner for block in message["blocks"] if block["type"] == "rich_text" for inner in block["elements"]]
    return [element["text"] for inner in blocks for element in inner["elements"]]


def unrecorded(bot: SlackBot, folder: Path) -> None:
    for table in ("incident", "outbox", "audit", "finding", "revision", "verdict"):
        assert bot.store._rows(f"SELECT * FROM {table}") == []  # noqa: S608 - a table of ours
    no_words(folder)


def no_words(folder: Path) -> None:
    content = b"".join(path.read_bytes() for path in folder.iterdir() if path.name.startswith("thinktwice.db"))
    assert [word for word in (b"Marmaduke", b"quokka", b"ID number") if word in content] == []


@pytest.mark.parametrize("typed", [WORDS, f"check {WORDS}"])
async def test_a_direct_message_is_answered_with_a_safer_text(
    fake: FakeSlack, bot: SlackBot, tmp_path: Path, typed: str
) -> None:
    fake.say(fake.space.dm("U1").id, "U1", typed)
    await bot.settle()
    (answer,) = fake.space.told("U1")
    assert "seems to hold a Hong Kong ID card number" in answer["text"]
    assert copied(answer) == [MASKED]
    unrecorded(bot, tmp_path)


async def test_a_direct_message_that_holds_nothing_hears_so(fake: FakeSlack, bot: SlackBot) -> None:
    fake.say(fake.space.dm("U1").id, "U1", "report that lunch is at one")
    await bot.settle()
    (answer,) = fake.space.told("U1")
    assert "I see no personal data in this" in answer["text"]
    assert "/thinktwice help" in answer["text"]


async def test_words_and_file_of_a_direct_message_are_both_looked_into(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
        fake.upload(fake.space.dm("U1").id, "U1", "mine.csv", b"Name,HKID\nA,hkid:5\n", WORDS)
        await bot.settle()
        words, file = fake.space.told("U1")
        assert copied(words) == [MASKED]
        assert "This file seems to hold" in file["text"]


async def test_the_command_checks_for_the_asker_alone(fake: FakeSlack, bot: SlackBot, tmp_path: Path) -> None:
    answer = await fake.command("U1", "C1", "check  Marmaduke &lt;hkid:1&gt; quokka")
    assert answer["response_type"] == "ephemeral"
    assert copied(answer) == [" Marmaduke <[ID number]> quokka"]
    assert not [message for message in fake.space.channels["C1"].messages.values() if message.get("bot_id")]
    assert "Send me a text" in (await fake.command("U1", "C1", "check"))["text"]
    unrecorded(bot, tmp_path)


async def test_the_shortcut_shows_a_safer_text_too(fake: FakeSlack, bot: SlackBot, tmp_path: Path) -> None:
    ts = fake.write("C1", "U2", WORDS)
    assert await fake.shortcut("U1", "C1", ts, "check_message") == {}
    await fake.until(lambda: fake.responses)
    assert copied(fake.responses[0]) == [MASKED]
    unrecorded(bot, tmp_path)


async def test_a_nudge_shows_its_sender_a_safer_text_read_from_slack(
    fake: FakeSlack, bot: SlackBot, tmp_path: Path
) -> None:
    thread = fake.say("C1", "U2", "lunch?")
    ts = fake.say("C1", "U1", WORDS, thread_ts=thread)
    await bot.settle()
    nudge = fake.space.told("U1")[0]
    await fake.press("U1", fake.space.dm("U1").id, nudge, "tt:safer")
    await bot.settle()
    assert copied(fake.space.told("U1")[1]) == [MASKED]
    assert fake.counts["conversations.replies"] >= 1
    assert bot.incident("C1", ts).resolution == ""
    assert "hkid:1" not in str(fake.space.told("U1"))
    no_words(tmp_path)


async def test_what_was_edited_meanwhile_is_masked_as_it_stands(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    fake.edit("C1", ts, "hkid:1 for the locker")
    await bot.settle()
    await fake.press("U1", fake.space.dm("U1").id, fake.space.told("U1")[0], "tt:safer")
    await bot.settle()
    assert copied(fake.space.told("U1")[-1]) == ["[ID number] for the locker"]


async def test_nobody_else_gets_it_and_a_message_that_is_gone_is_said_to_be(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", WORDS)
    await bot.settle()
    nudge = dict(fake.space.told("U1")[0])
    await fake.press("U2", fake.space.dm("U2").id, nudge, "tt:safer")
    await bot.settle()
    del fake.space.channels["C1"].messages[ts]
    await fake.press("U1", fake.space.dm("U1").id, nudge, "tt:safer")
    await bot.settle()
    assert [answer["text"] for answer in fake.responses] == [
        "These buttons are for somebody else.",
        say("en", "press.safer_gone"),
    ]
    assert fake.space.told("U2") == []


async def test_under_an_ephemeral_nudge_it_comes_by_direct_message(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, warn_via="ephemeral") as bot:
        fake.say("C1", "U1", WORDS)
        await bot.settle()
        (nudge,) = fake.space.whispered("U1")
        await fake.press("U1", "C1", nudge, "tt:safer")
        await bot.settle()
        assert copied(fake.space.told("U1")[0]) == [MASKED]
        assert [answer["text"] for answer in fake.responses] == ["I wrote it to you in our private chat."]
        assert len(fake.space.ephemerals) == 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("call <tel:+8529123****|9123 ****>", "call 9123 ****"),
        ("<mailto:[e-mail]|[e-mail]> or <https://example.com/a|the page>", "[e-mail] or the page"),
        ("<https://example.com/a?b=c>", "https://example.com/a?b=c"),
        ("<@U024BE7LH> in <#C1|hr>, 1 < 2 > 0", "<@U024BE7LH> in <#C1|hr>, 1 < 2 > 0"),
    ],
)
def test_links_are_shown_as_people_see_them(written: str, read: str) -> None:
    assert readable(written) == read
