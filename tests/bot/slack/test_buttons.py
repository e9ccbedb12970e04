"""Buttons under a nudge: each answers its addressee alone, over both lines."""

from pathlib import Path

import pytest

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json


async def nudged(fake: FakeSlack, bot: SlackBot, text: str = "hkid:1") -> tuple[str, str, Json]:
    """The message's ts, the channel of the direct message, and the nudge."""
    ts = fake.say("C1", "U1", text)
    await bot.settle()
    return ts, fake.space.dm("U1").id, fake.space.told("U1")[-1]


def picked(code: str) -> Json:
    return {"reason": {"choice": {"type": "radio_buttons", "selected_option": {"value": code}}}}


@pytest.mark.parametrize(("button", "resolution"), [("tt:removed", "said_removed"), ("tt:false_alarm", "false_alarm")])
async def test_an_answer_ends_the_incident_and_the_nudge_becomes_a_thank_you(
    fake: FakeSlack, bot: SlackBot, button: str, resolution: str
) -> None:
    ts, channel, nudge = await nudged(fake, bot)
    assert await fake.press("U1", channel, nudge, button) == {}
    await bot.settle()
    assert bot.incident("C1", ts).resolution == resolution
    assert [block["type"] for block in fake.space.told("U1")[0]["blocks"]] == ["section"]


async def test_not_personal_data_silences_the_rule_for_this_sender_and_chat(fake: FakeSlack, bot: SlackBot) -> None:
    _, channel, nudge = await nudged(fake, bot, "tel:1")
    await fake.press("U1", channel, nudge, "tt:false_alarm")
    ts, number = fake.say("C1", "U1", "tel:9"), fake.say("C1", "U1", "hkid:9")
    await bot.settle()
    assert not bot.leaked("C1", ts)
    assert bot.leaked("C1", number)


async def test_a_reason_is_picked_from_a_list(fake: FakeSlack, bot: SlackBot) -> None:
    ts, channel, nudge = await nudged(fake, bot)
    assert await fake.press("U1", channel, nudge, "tt:reason") == {}
    (view,) = fake.space.modals
    options = [option["value"] for option in view["blocks"][0]["element"]["options"]]
    assert options == ["work", "agreed", "public", "emergency", "own"]
    assert await fake.submit("U1", view, picked("agreed")) == {}
    await bot.settle()
    incident = bot.incident("C1", ts)
    assert (incident.resolution, incident.reason) == ("reason", "agreed")


async def test_a_reason_that_is_not_offered_is_an_error_in_the_modal(fake: FakeSlack, bot: SlackBot) -> None:
    ts, channel, nudge = await nudged(fake, bot)
    await fake.press("U1", channel, nudge, "tt:reason")
    for state in (picked("because I like it"), {}):
        answer = await fake.submit("U1", fake.space.modals[0], state)
        assert answer["response_action"] == "errors"
    assert bot.incident("C1", ts).state == "open"


async def test_somebody_elses_buttons_and_forged_ones_do_nothing(fake: FakeSlack, bot: SlackBot) -> None:
    ts, channel, nudge = await nudged(fake, bot)
    for button in ("tt:removed", "tt:false_alarm", "tt:reason", "tt:why"):
        assert await fake.press("U2", channel, nudge, button) == {}
        assert await fake.press("U1", channel, nudge, button, value="zzzzzzzzzzzz") == {}
    await fake.until(lambda: len(fake.responses) == 8)
    assert bot.incident("C1", ts).state == "open"
    assert fake.space.modals == []
    assert all(answer["response_type"] == "ephemeral" for answer in fake.responses)
    view = {"callback_id": "tt:reasons", "private_metadata": "not json", "type": "modal"}
    assert (await fake.submit("U2", view, picked("work")))["response_action"] == "update"


async def test_pressing_again_gets_a_polite_line(fake: FakeSlack, bot: SlackBot) -> None:
    _, channel, nudge = await nudged(fake, bot)
    nudge = dict(nudge)
    await fake.press("U1", channel, nudge, "tt:removed")
    await fake.press("U1", channel, nudge, "tt:false_alarm")
    await fake.until(lambda: fake.responses)
    assert "settled already" in fake.responses[0]["text"]


async def test_why(fake: FakeSlack, bot: SlackBot) -> None:
    _, channel, nudge = await nudged(fake, bot)
    await fake.press("U1", channel, nudge, "tt:why")
    await fake.until(lambda: fake.responses)
    assert "Hong Kong ID card number" in fake.responses[0]["text"]
    assert not fake.responses[0]["replace_original"]


async def test_opening_the_message_is_acknowledged(fake: FakeSlack, bot: SlackBot) -> None:
    ts, channel, nudge = await nudged(fake, bot)
    assert await fake.press("U1", channel, nudge, "tt:open") == {}
    assert bot.incident("C1", ts).state == "open"


async def test_delete_it_for_me_is_offered_with_an_administrators_token_only(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, admin_token=fake.admin_token) as bot:
        ts, channel, nudge = await nudged(fake, bot)
        await fake.press("U1", channel, nudge, "tt:delete")
        await fake.until(lambda: fake.responses)
        assert ts not in fake.space.channels["C1"].messages
        assert bot.incident("C1", ts).resolution == "removed"


async def test_what_slack_does_not_let_us_delete_is_not_removed(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, admin_token=fake.admin_token) as bot:
        ts, channel, nudge = await nudged(fake, bot)
        fake.refuse("chat.delete", "cant_delete_message")
        await fake.press("U1", channel, nudge, "tt:delete")
        await fake.until(lambda: fake.responses)
        assert "can't delete" in fake.responses[0]["text"]
        assert bot.incident("C1", ts).state == "open"


async def test_an_ephemeral_nudge_gives_way_to_a_thank_you(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, warn_via="ephemeral") as bot:
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        (shown,) = fake.space.whispered("U1")
        await fake.press("U1", "C1", shown, "tt:removed")
        await fake.until(lambda: fake.responses)
        assert fake.responses[0]["delete_original"]
        await bot.settle()
        assert [block["type"] for block in fake.space.whispered("U1")[-1]["blocks"]] == ["section"]
        assert fake.space.told("U1") == []


async def test_a_modal_that_cannot_be_opened_leaves_the_incident_open(fake: FakeSlack, bot: SlackBot) -> None:
    ts, channel, nudge = await nudged(fake, bot)
    fake.refuse("views.open", "expired_trigger_id")
    assert await fake.press("U1", channel, nudge, "tt:reason") == {}
    assert bot.incident("C1", ts).state == "open"


async def test_interactions_of_other_apps_parts_are_acknowledged(fake: FakeSlack, bot: SlackBot) -> None:
    for payload in (
        {"type": "block_actions", "actions": [{"action_id": "other", "type": "button"}]},
        {"type": "view_submission", "view": {"callback_id": "other", "type": "modal"}},
        {"type": "shortcut", "callback_id": "other"},
    ):
        assert await fake.interact(payload, "U1") == {}
