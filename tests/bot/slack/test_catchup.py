"""What was said while the bot was away is read from the history: once, not from before its time, and within bounds."""

import time
from pathlib import Path

import pytest

from bot.platforms.slack import catchup
from bot.words import SendKind
from tests.fakes.bodies import code_of
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack


async def ran_before(fake: FakeSlack, folder: Path, at: float | None = None) -> None:
    """Let the bot run for a moment, at `at` by its clock."""
    async with SlackBot(fake, folder, clock=time.time if at is None else lambda: at) as bot:
        await fake.until(lambda: bot.store.cursor("slack", catchup.HANDLED))


async def caught_up(fake: FakeSlack, bot: SlackBot, before: str | None) -> None:
    await fake.until(lambda: bot.store.cursor("slack", catchup.HANDLED) != before)
    await bot.settle()


def stamp(seconds_ago: float) -> str:
    return f"{time.time() - seconds_ago:.6f}"


async def away(fake: FakeSlack, folder: Path) -> SlackBot:
    """Start again, and wait until everything was read."""
    bot = SlackBot(fake, folder)
    before = bot.store.cursor("slack", catchup.HANDLED)
    await bot.__aenter__()
    await caught_up(fake, bot, before)
    return bot


async def test_messages_edits_and_replies_from_the_time_away(fake: FakeSlack, tmp_path: Path) -> None:
    await ran_before(fake, tmp_path, time.time() - 3600)
    said = fake.write("C1", "U1", "hkid:1", ts=stamp(1800))
    edited_at = stamp(60)
    edited = fake.write("C1", "U2", "hkid:2", ts=stamp(7200), edited={"user": "U2", "ts": edited_at})
    parent = fake.write("C1", "U2", "leave?", ts=stamp(9000))
    reply = fake.write("C1", "U1", "hkid:3", ts=stamp(900), thread_ts=parent)
    clean = fake.write("C1", "U1", "lunch", ts=stamp(500))
    bot = await away(fake, tmp_path)
    try:
        assert bot.incident("C1", said).sender == "U1"
        assert bot.incident("C1", edited).revision == edited_at
        assert bot.incident("C1", reply).thread == parent
        assert not bot.leaked("C1", clean)
        assert len(fake.space.told("U1")) == 1
        assert len(fake.space.told("U2")) == 1
    finally:
        await bot.__aexit__()


async def test_the_overlap_is_read_again_and_changes_nothing(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
    bot = await away(fake, tmp_path)
    try:
        assert bot.incident("C1", ts).revisions == 1
        assert len(fake.space.told("U1")) == 1
    finally:
        await bot.__aexit__()


async def test_what_was_said_before_the_bot_came_is_not_its_business(fake: FakeSlack, tmp_path: Path) -> None:
    before = fake.write("C1", "U1", "hkid:1", ts=stamp(60))
    for _ in range(2):
        bot = await away(fake, tmp_path)
        await bot.__aexit__()
    assert bot.fake.space.told("U1") == []
    assert before in fake.space.channels["C1"].messages


async def test_an_unacknowledged_event_is_caught_up_with_after_a_restart(fake: FakeSlack, tmp_path: Path) -> None:
    await ran_before(fake, tmp_path)
    ts = fake.say("C1", "U1", "hkid:1")  # nobody listens
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C1", ts)
    finally:
        await bot.__aexit__()


@pytest.mark.parametrize(("before", "resolution"), [(("hello",), "deleted"), ((), "")])
async def test_a_message_that_is_gone_from_between_two_others_was_deleted(
    fake: FakeSlack,
    tmp_path: Path,
    before: tuple[str, ...],
    resolution: str,
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        for text in before:
            fake.say("C1", "U2", text)
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
    del fake.space.channels["C1"].messages[ts]
    fake.write("C1", "U2", "after")
    bot = await away(fake, tmp_path)
    try:
        assert bot.incident("C1", ts).resolution == resolution
    finally:
        await bot.__aexit__()


async def test_a_message_in_the_history_that_cannot_be_read_does_not_stop_the_next(
    fake: FakeSlack, tmp_path: Path
) -> None:
    await ran_before(fake, tmp_path)
    odd = {"type": "message", "user": "U1", "text": "hkid:7", "ts": time.time() - 60}
    fake.space.channels["C1"].messages["odd"] = odd
    ts = fake.write("C1", "U1", "hkid:1")
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C1", ts)
    finally:
        await bot.__aexit__()


async def test_rate_limits_are_waited_out(fake: FakeSlack, tmp_path: Path) -> None:
    await ran_before(fake, tmp_path, time.time() - 3600)
    ts = fake.write("C1", "U1", "hkid:1", ts=stamp(1800))
    fake.limit("conversations.history", 1)
    fake.limit("users.conversations", 1)
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C1", ts)
    finally:
        await bot.__aexit__()


async def test_a_channel_that_cannot_be_read_does_not_stop_the_next(fake: FakeSlack, tmp_path: Path) -> None:
    fake.space.channel("C2", "U1")
    await ran_before(fake, tmp_path, time.time() - 3600)
    ts = fake.write("C2", "U1", "hkid:1", ts=stamp(1800))
    fake.refuse("conversations.history", "missing_scope")
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C2", ts)
        assert [code_of(row) for row in bot.store.outbox(kind=SendKind.ALERT)] == ["gap"]
    finally:
        await bot.__aexit__()


async def test_a_life_that_ended_before_its_first_mark_is_made_up_for(fake: FakeSlack, tmp_path: Path) -> None:
    bot = SlackBot(fake, tmp_path)
    await bot.platform.open(bot.bot.inbound)
    await bot.platform.close()
    bot.store.close()
    ts = fake.write("C1", "U1", "hkid:1")
    again = await away(fake, tmp_path)
    try:
        assert again.leaked("C1", ts)
    finally:
        await again.__aexit__()


async def test_where_slack_does_not_list_channels_those_of_the_log_are_read(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.say("C1", "U1", "hello")
        await bot.settle()
    ts = fake.write("C1", "U1", "hkid:1")
    fake.refuse("users.conversations", "unknown_method")
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C1", ts)
    finally:
        await bot.__aexit__()


async def test_a_slack_that_fails_is_asked_again_and_the_cursor_waits(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.upkeep.AGAIN", 0.0)
    await ran_before(fake, tmp_path)
    ts = fake.write("C1", "U1", "hkid:1")
    fake.break_down("conversations.history", 503)
    fake.counts.clear()
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C1", ts)
        assert fake.counts["conversations.history"] == 2
    finally:
        await bot.__aexit__()


async def test_over_http_the_history_is_read_now_and_then_for_nothing_shows_that_events_arrive(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.upkeep.UNPROVEN", 0.0)
    monkeypatch.setattr("bot.platforms.slack.upkeep.HEARTBEAT", 0)
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        ts = fake.write("C1", "U1", "hkid:1")
        await fake.until(lambda: bot.leaked("C1", ts))


async def test_bounded_by_count_and_age_and_the_admins_are_told(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ran_before(fake, tmp_path, time.time() - 3 * 86_400)
    monkeypatch.setattr(catchup, "MOST", 3)
    old = fake.write("C1", "U1", "hkid:0", ts=stamp(2.5 * 86_400))
    shown = [fake.write("C1", "U1", f"hkid:{n}", ts=stamp(600 - n)) for n in range(1, 5)]
    bot = await away(fake, tmp_path)
    try:
        assert not bot.leaked("C1", old)
        assert [bot.leaked("C1", ts) for ts in shown] == [False, True, True, True]
        assert {code_of(row) for row in bot.store.outbox(kind=SendKind.ALERT)} == {"gap"}
    finally:
        await bot.__aexit__()


async def test_many_pages(fake: FakeSlack, tmp_path: Path) -> None:
    await ran_before(fake, tmp_path, time.time() - 3600)
    first = fake.write("C1", "U1", "hkid:1", ts=stamp(1800))
    for number in range(450):
        fake.write("C1", "U2", "chat", ts=stamp(1700 - number))
    bot = await away(fake, tmp_path)
    try:
        assert bot.leaked("C1", first)
    finally:
        await bot.__aexit__()


async def test_a_lost_socket_is_connected_again_and_the_time_between_is_read(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        await fake.until(lambda: bot.store.cursor("slack", catchup.HANDLED))
        await fake.sockets.drop()
        ts = fake.write("C1", "U1", "hkid:1")
        await fake.until(lambda: bot.leaked("C1", ts))
        live = fake.say("C1", "U2", "hkid:2")
        await bot.settle()
        assert bot.leaked("C1", live)
