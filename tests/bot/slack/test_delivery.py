"""The ladder: direct message, ephemeral message; refusals, limits, and answers that were lost on the way."""

from pathlib import Path

import pytest

from bot.words import SendKind
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack


def rungs(bot: SlackBot) -> list[tuple[str, str, str]]:
    return [(attempt.rung, attempt.outcome, attempt.code) for attempt in bot.store.attempts()]


@pytest.mark.parametrize("closed", ["cannot_dm_bot", "user_disabled", "restricted_action", "something_new"])
async def test_a_refused_direct_message_goes_to_the_next_rung(fake: FakeSlack, tmp_path: Path, closed: str) -> None:
    fake.space.person("U1", closed=closed)
    async with SlackBot(fake, tmp_path) as bot:
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert rungs(bot) == [("dm", "refused", closed), ("ephemeral", "sent", "")]
    (shown,) = fake.space.whispered("U1")
    assert shown["channel"] == "C1"


async def test_a_disabled_person_is_unreachable(fake: FakeSlack, tmp_path: Path) -> None:
    fake.space.person("U1", disabled=True)
    fake.space.channels["C1"].members.discard("U1")
    async with SlackBot(fake, tmp_path) as bot:
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert [row.state for row in bot.store.outbox(kind=SendKind.NUDGE)] == ["unreachable"]


async def test_ephemeral_first_when_the_operator_says_so(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, warn_via="ephemeral") as bot:
        parent = fake.say("C1", "U2", "leave?")
        fake.say("C1", "U1", "hkid:1", thread_ts=parent)
        await bot.settle()
    (shown,) = fake.space.whispered("U1")
    assert shown["thread_ts"] == parent
    assert fake.space.told("U1") == []


async def test_both(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, warn_via="both") as bot:
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert (len(fake.space.told("U1")), len(fake.space.whispered("U1"))) == (1, 1)
        fake.delete("C1", ts)
        await bot.settle()
    assert len(fake.space.told("U1")) == 1
    assert all(block["type"] != "actions" for block in fake.space.told("U1")[0]["blocks"])


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.open"])
async def test_a_rate_limit_is_waited_out_on_the_same_rung(fake: FakeSlack, tmp_path: Path, method: str) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.limit(method, 1)
        fake.say("C1", "U1", "hkid:1")
        await fake.until(lambda: fake.space.told("U1"))
        await bot.settle()
        assert rungs(bot) == [("dm", "later", "ratelimited"), ("dm", "sent", "")]


@pytest.mark.parametrize("fault", ["swallow", "cut"])
async def test_a_lost_answer_is_read_back_and_nothing_is_said_twice(
    fake: FakeSlack, tmp_path: Path, fault: str
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        getattr(fake, fault)("chat.postMessage")
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert [row.state for row in bot.store.outbox(kind=SendKind.NUDGE)] == ["sent"]
    assert len(fake.space.told("U1")) == 1
    assert fake.counts["chat.postMessage"] == (1 if fault == "swallow" else 2)


async def test_a_server_error_is_an_unknown_outcome(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.break_down("chat.postMessage", 503)
        fake.refuse("chat.postMessage", "internal_error")
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
    assert len(fake.space.told("U1")) == 1


async def test_an_ephemeral_message_of_unknown_outcome_is_followed_by_a_direct_message(
    fake: FakeSlack, tmp_path: Path
) -> None:
    async with SlackBot(fake, tmp_path, warn_via="ephemeral") as bot:
        fake.swallow("chat.postEphemeral")
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert rungs(bot) == [("ephemeral", "refused", "in_doubt"), ("dm", "sent", "")]


async def test_reading_back_goes_through_the_pages_and_past_other_sends(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.swallow("chat.postMessage")
        channel = fake.space.dm("U1").id
        fake.say("C1", "U1", "hkid:1")
        await fake.until(lambda: fake.space.told("U1"))
        for number in range(250):
            fake.write(channel, "U1", f"hello {number}")
        await bot.settle()
    assert len(fake.space.told("U1")) == 1


async def test_messages_within_a_minute_join_one_nudge(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        fake.say("C1", "U1", "hkid:2")
        await bot.settle()
    (nudge,) = fake.space.told("U1")
    assert "2 messages" in nudge["text"]
