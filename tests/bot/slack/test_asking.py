"""The slash command, the shortcut and the App Home: for the asker's eyes only."""

from pathlib import Path

import pytest

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json


def headings(view: Json) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


@pytest.mark.parametrize(
    "text",
    [
        *("report", "report 24h", "status", "help", "privacy", "mydata", "mydata json", "forgetme", "whoami"),
        *("language", "", "incidents", "incident aaaaaaaaaaaa", "breach aaaaaaaaaaaa", "audit 30d csv"),
    ],
)
async def test_the_command_is_answered_ephemerally(fake: FakeSlack, bot: SlackBot, text: str) -> None:
    answer = await fake.command("U0ADMIN", "C1", text)
    assert answer["response_type"] == "ephemeral"
    assert len(answer["text"]) > 20
    assert answer["blocks"]
    assert not [message for message in fake.space.channels["C1"].messages.values() if message.get("bot_id")]


@pytest.mark.parametrize("text", ["report", "status", "incidents", "incident", "audit"])
async def test_admins_are_those_of_the_config_and_refusals_are_audited(
    fake: FakeSlack, bot: SlackBot, text: str
) -> None:
    answer = await fake.command("U1", "C1", text)
    assert "admins" in answer["text"]
    assert [(row.user, row.action, row.allowed) for row in bot.store.audits()] == [("U1", text, False)]


async def test_the_report_counts_and_names_the_group_live(fake: FakeSlack, bot: SlackBot) -> None:
    for number in range(5):
        fake.say("C1", "U1", f"hkid:{number}")
    await bot.settle()
    assert "#hr" in (await fake.command("U0ADMIN", "C1", "report 7d"))["text"]
    assert "privately" in (await fake.command("U0ADMIN", "C1", "report csv"))["text"]
    await bot.settle()
    [table] = fake.space.contents.values()
    assert b",incidents,5" in table


async def test_a_slow_answer_follows_its_acknowledgement(
    fake: FakeSlack, bot: SlackBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.interactions.PATIENCE", 0.0)
    assert await fake.command("U1", "C1", "mydata") == {}
    await fake.until(lambda: fake.responses)
    assert "privacy@example.com" in fake.responses[0]["text"]
    assert fake.responses[0]["response_type"] == "ephemeral"


async def test_another_name_for_the_command(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, command="/pii"):
        answer = await fake.command("U1", "C1", "help", name="/pii")
    assert "/pii mydata" in answer["text"]


async def test_language(fake: FakeSlack, bot: SlackBot) -> None:
    assert (await fake.command("U1", "C1", "language zh"))["response_type"] == "ephemeral"
    fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    assert "身份證" in fake.space.told("U1")[0]["text"]


async def test_a_command_that_holds_words_keeps_none_of_them(fake: FakeSlack, bot: SlackBot) -> None:
    await fake.command("U1", "C1", "mydata hkid:1 secretword")
    assert "secretword" not in str(bot.store.audits())


async def test_the_shortcut_judges_on_the_spot_and_records_nothing(fake: FakeSlack, bot: SlackBot) -> None:
    leak = fake.write("C1", "U2", "hkid:1")
    clean = fake.write("C1", "U2", "lunch")
    for ts, words in ((leak, "Hong Kong ID card number"), (clean, "no personal data")):
        fake.responses.clear()
        assert await fake.shortcut("U1", "C1", ts, "check_message") == {}
        await fake.until(lambda: fake.responses)
        assert words in fake.responses[0]["text"]
        assert fake.responses[0]["response_type"] == "ephemeral"
    assert bot.store.incidents(0, 1e12) == ()
    assert bot.store.outbox() == ()


async def test_the_home_tab_of_a_member_and_of_an_admin(fake: FakeSlack, bot: SlackBot) -> None:
    fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    fake.visit_home("U1")
    fake.visit_home("U0ADMIN")
    await fake.until(lambda: len(fake.space.homes) == 2)
    member, admin = fake.space.homes["U1"], fake.space.homes["U0ADMIN"]
    assert headings(member) == ["What is stored about you", "Privacy"]
    assert headings(admin) == ["Report, last 7 days", "How I am doing", "What is stored about you", "Privacy"]
    assert bot.store.incidents(0, 1e12)[0].id in str(member)
    assert "hkid:1" not in str(fake.space.homes)


async def test_the_messages_tab_of_the_home_is_not_the_home_tab(fake: FakeSlack, bot: SlackBot) -> None:
    fake.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages", "event_ts": "1.0"})
    await bot.settle()
    assert fake.counts["views.publish"] == 0
