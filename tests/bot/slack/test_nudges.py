"""From a message in a channel to the private word and back, over both lines."""

from pathlib import Path

import pytest

from policies.reload import Policies
from tests.fakes.judging import Marks
from tests.fakes.slack.acts import rich
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json


def public_words(fake: FakeSlack, channel: str = "C1") -> list[Json]:
    return [message for message in fake.space.channels[channel].messages.values() if message.get("bot_id")]


def actions(message: Json) -> list[str]:
    return [e["action_id"] for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]


async def test_a_leak_is_told_to_its_sender_alone(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "his id is hkid:1")
    await bot.settle()
    (nudge,) = fake.space.told("U1")
    assert "hkid:1" not in str(nudge)
    assert fake.space.told("U2") == []
    assert public_words(fake) == []
    incident = bot.incident("C1", ts)
    assert (incident.state, incident.sender, incident.audience) == ("open", "U1", 4)
    assert nudge["metadata"]["event_payload"]["incident"] == incident.id
    assert actions(nudge) == ["tt:open", "tt:removed", "tt:safer", "tt:reason", "tt:false_alarm", "tt:why"]
    link = f"https://example.slack.com/archives/C1/p{ts.replace('.', '')}"
    assert link in str(nudge["blocks"])


async def test_a_clean_message_leaves_no_trace(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "lunch at one")
    await bot.settle()
    assert not bot.leaked("C1", ts)
    assert fake.space.told("U1") == []


async def test_the_nudge_speaks_the_language_of_the_persons_slack(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.person("U1", locale="zh-TW")
    fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    (nudge,) = fake.space.told("U1")
    assert "身份證" in nudge["text"]
    assert "開啟" in str(nudge["blocks"]) or "打開" in str(nudge["blocks"])


async def test_a_clean_edit_turns_the_nudge_into_a_thank_you(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    fake.edit("C1", ts, "see the HR folder")
    await bot.settle()
    (nudge,) = fake.space.told("U1")
    assert actions(nudge) == []
    assert bot.incident("C1", ts).resolution == "edited"


async def test_an_edit_that_leaks_for_the_first_time(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "hello")
    fake.edit("C1", ts, "hello hkid:1")
    await bot.settle()
    assert len(fake.space.told("U1")) == 1
    assert bot.incident("C1", ts).revision != ""


async def test_a_link_preview_is_no_edit(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "https://example.com hkid:1")
    fake.unfurl("C1", ts)
    await bot.settle()
    assert len(fake.space.told("U1")) == 1
    assert bot.incident("C1", ts).revisions == 1


async def test_a_deletion_ends_the_incident(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    fake.delete("C1", ts)
    await bot.settle()
    assert bot.incident("C1", ts).resolution == "deleted"
    assert actions(fake.space.told("U1")[0]) == []


@pytest.mark.parametrize(
    "extra",
    [
        {"subtype": "file_share", "text": "", "blocks": None, "files": [{"id": "F1", "name": "hkid:1.pdf"}]},
        {"subtype": "me_message", "blocks": None},
        {"subtype": "thread_broadcast", "thread_ts": "1.1"},
        {"text": "see below", "blocks": rich("hkid:1")},
        {"text": "", "blocks": None, "attachments": [{"text": "hkid:1"}]},
    ],
)
async def test_words_are_found_wherever_they_are(fake: FakeSlack, bot: SlackBot, extra: Json) -> None:
    text = extra.pop("text", "hkid:1") if "text" in extra else "hkid:1"
    ts = fake.say("C1", "U1", text, **extra)
    await bot.settle()
    assert bot.leaked("C1", ts)
    assert len(fake.space.told("U1")) == 1


async def test_a_private_channel_and_a_thread(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.channel("G1", "U1", private=True)
    parent = fake.say("G1", "U1", "leave?")
    ts = fake.say("G1", "U1", "hkid:1", thread_ts=parent)
    await bot.settle()
    assert bot.incident("G1", ts).thread == parent


async def test_a_file_from_another_company_is_looked_up(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.files["F9"] = {"id": "F9", "name": "hkid:1.xlsx", "title": "list"}
    ts = fake.say("C1", "U1", "", subtype="file_share", files=[{"id": "F9", "file_access": "check_file_info"}])
    await bot.settle()
    assert bot.leaked("C1", ts)


async def test_a_direct_message_is_answered_and_not_recorded(fake: FakeSlack, bot: SlackBot) -> None:
    channel = fake.space.dm("U1").id
    ts = fake.say(channel, "U1", "privacy")
    await bot.settle()
    (answer,) = fake.space.told("U1")
    assert "privacy@example.com" in answer["text"]
    assert not bot.leaked(channel, ts)
    fake.say(channel, "U1", "hkid:1")
    await bot.settle()
    assert "[ID number]" in fake.space.told("U1")[1]["text"]
    assert "hkid" not in str(bot.store.outbox())


async def test_a_direct_message_is_answered_once_however_often_it_comes(fake: FakeSlack, bot: SlackBot) -> None:
    channel = fake.space.dm("U1").id
    fake.say(channel, "U1", "help")
    await bot.settle()
    body = fake.post.sent[-1].payload
    fake.post.post(body | {"event_id": "EvOTHER"})
    await bot.settle()
    assert len(fake.space.told("U1")) == 1


async def test_own_and_other_bots_messages(fake: FakeSlack, bot: SlackBot) -> None:
    other = fake.say("C1", "U9", "hkid:1", bot_id="B9", subtype="bot_message")
    own = fake.say("C1", "U0BOT", "hkid:2", bot_id="B0BOT")
    await bot.settle()
    assert not bot.leaked("C1", other)
    assert not bot.leaked("C1", own)


async def test_posts_of_other_apps_by_the_operators_choice(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, judge_bots=True) as bot:
        ts = fake.say("C1", "U9", "hkid:1", bot_id="B9", subtype="bot_message")
        await bot.settle()
        assert bot.incident("C1", ts).sender is None
    assert [len(fake.space.told(user)) for user in ("U9", "U0ADMIN")] == [0, 1]


async def test_an_organisation_wide_installation(fake: FakeSlack, tmp_path: Path) -> None:
    fake.space.organisation = "E0WIDE"
    async with SlackBot(fake, tmp_path) as bot:
        assert "E0WIDE" in bot.line
        ts = fake.say("C1", "W012A3CDE", "hkid:1", user_team="T0OTHER", team="T0OTHER")
        fake.space.person("W012A3CDE")
        await bot.settle()
        incident = bot.store.incident_at("slack", "E0WIDE", "C1", ts)
        assert incident
        assert incident.sender == "W012A3CDE"
    assert len(fake.space.told("W012A3CDE")) == 1


async def test_redelivery_changes_nothing(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    for event_id in (fake.post.sent[0].payload["event_id"], "EvNEW"):
        fake.post.post(fake.post.sent[0].payload | {"event_id": event_id})
    await bot.settle()
    assert len(fake.space.told("U1")) == 1
    assert bot.incident("C1", ts).revisions == 1


async def test_slack_connect_is_a_fact_for_rules(fake: FakeSlack, tmp_path: Path) -> None:
    fake.space.channel("C9", "U1", external=True)
    (tmp_path / "outside.toml").write_text(
        '[[rule]]\nid = "outside"\ntypes = ["HKID"]\nseverity = "high"\nexternal = true\n'
    )
    rules = Policies("outside.toml", {}, Marks().find, tmp_path)
    async with SlackBot(fake, tmp_path, rules=rules) as bot:
        outside, inside = fake.say("C9", "U1", "hkid:1"), fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert bot.leaked("C9", outside)
        assert not bot.leaked("C1", inside)


async def test_greeting_when_invited_and_silence_after_leaving(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.channel("C2", "U1")
    fake.join("C2", inviter="U1")
    await bot.settle()
    assert len(public_words(fake, "C2")) == 1
    assert "Example Ltd" in public_words(fake, "C2")[0]["text"]
    assert actions(public_words(fake, "C2")[0]) == []
    fake.join("C2")
    fake.leave("C2")
    await bot.settle()
    assert len(public_words(fake, "C2")) == 1
    (channel,) = [row for row in bot.store.chats("slack") if row.chat == "C2"]
    assert channel.state == "left"
