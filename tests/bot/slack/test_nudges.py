"""From a message in a channel to the private word and back, over both lines."""

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack


async def test_a_leak_is_told_to_its_sender_alone(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "his id is hkid:1")
    await bot.settle()
    (nudge,) = fake.space.told("U1")
    assert "hkid:1" not in str(nudge)
    assert fake.space.told("U2") == []
    assert [m for m in fake.space.channels["C1"].messages.values() if m.get("bot_id")] == []
    incident = bot.incident("C1", ts)
    assert (incident.state, incident.sender, incident.audience) == ("open", "U1", 4)
    assert nudge["metadata"]["event_payload"]["incident"] == incident.id


async def test_a_clean_message_leaves_no_trace(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "lunch at one")
    await bot.settle()
    assert bot.incident("C1", ts) is None
    assert fake.space.told("U1") == []
