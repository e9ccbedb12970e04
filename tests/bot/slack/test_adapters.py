"""Tokens, redelivery, lost sockets: what must hold whatever the line does."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.message import Cursor, Event
from bot.platform import PlatformRefused, PlatformStopped, Trouble
from bot.platforms.slack.parse import parse
from bot.platforms.slack.upkeep import Upkeep
from bot.store import StoreError
from bot.words import PressCode, TroubleCode
from tests.fakes.judging import Marks
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive", "not_authed"])
async def test_a_refused_bot_token_is_one_sentence_with_the_cure(fake: FakeSlack, tmp_path: Path, error: str) -> None:
    fake.revoke(fake.bot_token, error)
    with pytest.raises(PlatformRefused, match=rf"bot token \({error}\).*SLACK_BOT_TOKEN"):
        await SlackBot(fake, tmp_path).__aenter__()


async def test_a_refused_app_token(fake: FakeSlack, tmp_path: Path) -> None:
    fake.revoke(fake.app_token, "invalid_auth")
    with pytest.raises(PlatformRefused, match=r"app token \(invalid_auth\).*SLACK_APP_TOKEN"):
        await SlackBot(fake, tmp_path).__aenter__()


async def test_http_without_a_signing_secret_is_refused(fake: FakeSlack, tmp_path: Path) -> None:
    bot = SlackBot(fake, tmp_path, mode="http")
    bot.platform._tokens = type(bot.platform._tokens)(fake.bot_token)
    with pytest.raises(PlatformRefused, match="SLACK_SIGNING_SECRET"):
        await bot.__aenter__()


async def test_a_place_that_cannot_be_listened_at(fake: FakeSlack, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    async with SlackBot(fake, tmp_path, mode="http") as other:
        place = other.address("").removeprefix("http://")
        with pytest.raises(PlatformRefused, match=f"can't listen at {place}.*change listen"):
            await SlackBot(fake, tmp_path / "b", mode="http", listen=place).__aenter__()


@pytest.mark.parametrize(("method", "status"), [("auth.test", 503), ("auth.test", 200), ("apps.connections.open", 500)])
async def test_a_slack_that_does_not_answer_at_the_start_is_waited_for(
    fake: FakeSlack, tmp_path: Path, method: str, status: int
) -> None:
    fake.break_down(method, status)
    async with SlackBot(fake, tmp_path) as bot:
        assert bot.line.startswith("waiting for a connection to Slack")
        await fake.until(lambda: fake.sockets.open)
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert bot.leaked("C1", ts)


async def test_a_token_that_is_refused_after_waiting_stops_this_platform(fake: FakeSlack, tmp_path: Path) -> None:
    fake.break_down("auth.test", 503)
    fake.revoke(fake.bot_token)
    async with SlackBot(fake, tmp_path) as bot:
        assert await bot.platform.trouble() == (Trouble(TroubleCode.WAITING),)
        with pytest.raises(PlatformStopped, match="SLACK_BOT_TOKEN"):
            await asyncio.wait_for(asyncio.shield(bot.receiving), 5)
        assert await bot.platform.trouble() == (Trouble(TroubleCode.STOPPED),)


async def test_missing_scopes_are_named_at_the_start_and_told_to_admins_when_invited(
    fake: FakeSlack, tmp_path: Path
) -> None:
    fake.space.scopes = tuple(scope for scope in fake.space.scopes if scope != "files:read")
    async with SlackBot(fake, tmp_path) as bot:
        assert "files:read" in bot.line
        fake.join("C1")
        await bot.settle()
        await fake.until(lambda: fake.space.told("U0ADMIN"))


async def test_trouble_without_a_socket(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        assert await bot.platform.trouble() == ()
        fake.refuse("apps.connections.open", "internal_error", times=99)
        await fake.sockets.drop()
        await fake.until(lambda: not fake.sockets.open)
        while not await bot.platform.trouble():  # noqa: ASYNC110  # the library notices in its own time
            await asyncio.sleep(0)
        assert await bot.platform.trouble() == (Trouble(TroubleCode.WAITING),)


async def test_history_that_cannot_be_read_is_trouble_until_it_can(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.upkeep.AGAIN", 0.0)
    async with SlackBot(fake, tmp_path) as bot:
        assert await bot.platform.trouble() == ()
        fake.break_down("users.conversations", 503)
        bot.platform._listener.troubled = True
        async with asyncio.timeout(20):
            while await bot.platform.trouble() != (Trouble(TroubleCode.WAITING),):  # noqa: ASYNC110  # see below
                await asyncio.sleep(0.01)
            while await bot.platform.trouble():  # noqa: ASYNC110  # nothing tells of it
                await asyncio.sleep(0.01)


async def test_a_line_that_breaks_whatever_is_done_is_trouble(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        monkeypatch.setattr(bot.platform._listener, "troubled", None)
        monkeypatch.setattr("bot.platforms.slack.upkeep.TOKEN_LOST", None)  # what is tried again breaks as well
        fake.break_down("users.conversations", 503)
        bot.platform._listener.troubled = True
        with pytest.raises(TypeError):
            await asyncio.wait_for(asyncio.shield(bot.receiving), 10)
        assert await bot.platform.trouble() == (Trouble(TroubleCode.WAITING),)


class Dropping:
    """A line that is lost as soon as it is made."""

    made = 0

    async def lost(self) -> None:
        return

    async def connect(self) -> None:
        self.made += 1


async def test_a_line_that_is_dropped_at_once_is_no_hot_loop(bot: SlackBot) -> None:
    line: Any = Dropping()
    upkeep = Upkeep(bot.platform._listener, bot.platform._catchup, bot.platform._clock, line)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(upkeep.keep_connected(line), 1.5)
    assert line.made < 4


async def test_socket_mode_listens_nowhere(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        assert bot.platform._http is None


async def test_a_refresh_that_slack_asks_for(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        await fake.sockets.refresh()
        await fake.until(lambda: fake.counts["apps.connections.open"] == 2 and fake.sockets.open)
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert bot.leaked("C1", ts)


async def test_another_program_on_the_same_app_is_told_of_at_the_start(
    fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack gives each event to one connection alone, so two logs would have half of the incidents each."""
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    async with SlackBot(fake, folders[0]) as first:
        assert "socket.shared" not in caplog.text
        async with SlackBot(fake, folders[1]) as second:
            await fake.until(lambda: "socket.shared connections=2" in caplog.text)
            ts = fake.say("C1", "U1", "hkid:1")
            await second.settle()
            assert [bool(bot.leaked("C1", ts)) for bot in (first, second)] == [False, True]


async def test_a_refresh_is_no_other_program(fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with SlackBot(fake, tmp_path):
        await fake.sockets.refresh()
        await fake.until(lambda: fake.counts["apps.connections.open"] == 2)
        await asyncio.sleep(0.1)
    assert "socket.shared" not in caplog.text


async def test_an_event_is_acknowledged_after_the_commit_and_not_when_the_store_fails(
    fake: FakeSlack, bot: SlackBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle, failures = bot.guard.handle, [StoreError("disk full")]

    async def failing(events: Sequence[Event], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
        if failures and events:
            raise failures.pop()
        return await handle(events, cursor)

    monkeypatch.setattr(bot.guard, "handle", failing)
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    assert fake.post.sent[0].attempts == 2
    assert fake.post.sent[0].acknowledged
    assert bot.leaked("C1", ts)
    assert len(fake.space.told("U1")) == 1


async def test_a_message_that_breaks_the_detector_does_not_stop_the_next(fake: FakeSlack, bot: SlackBot) -> None:
    bot.guard._detector = Marks(failures=99)
    broken = fake.say("C1", "U1", "broken hkid:1")
    good = fake.say("C1", "U2", "hkid:2")
    await bot.settle()
    assert not bot.leaked("C1", broken)
    assert bot.leaked("C1", good)
    assert [row.aside for row in bot.store.poison("slack")] == [True]


async def test_an_event_that_cannot_be_read_is_set_aside_after_three_attempts(fake: FakeSlack, bot: SlackBot) -> None:
    fake.event({"type": "message", "channel": "C1", "user": "U1", "text": "hkid:1"})
    good = fake.say("C1", "U2", "hkid:2")
    await bot.settle()
    assert fake.post.sent[0].attempts == 3
    assert [(row.attempts, row.aside) for row in bot.store.poison("slack")] == [(3, True)]
    assert bot.leaked("C1", good)


@pytest.mark.parametrize(
    "payload", [{}, {"event": None}, {"event": "x"}, {"event": {"type": "unheard_of"}}, {"event": {}}]
)
async def test_odd_payloads_do_no_harm(fake: FakeSlack, bot: SlackBot, payload: Json) -> None:
    await fake.send("events_api", {"type": "event_callback", "team_id": "T0FAKE", **payload})
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    assert bot.leaked("C1", ts)


async def test_events_of_one_chat_are_handled_in_their_order(fake: FakeSlack, bot: SlackBot) -> None:
    ts = fake.say("C1", "U1", "hkid:1")
    fake.edit("C1", ts, "clean")
    fake.edit("C1", ts, "hkid:1 hkid:2")
    fake.delete("C1", ts)
    await bot.settle()
    assert bot.incident("C1", ts).resolution == "deleted"


async def test_what_is_under_way_is_finished_and_acknowledged_when_it_stops(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        handle = bot.guard.handle

        async def slowly(events: Sequence[Event], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
            await asyncio.sleep(0.3)
            return await handle(events, cursor)

        monkeypatch.setattr(bot.guard, "handle", slowly)
        socket = bot.platform._socket
        assert socket
        fake.say("C1", "U1", "hkid:1")
        await fake.until(lambda: socket._busy)
    await fake.post.sent[0].done.wait()
    assert (fake.post.sent[0].acknowledged, fake.post.sent[0].attempts) == (True, 1)


@pytest.mark.parametrize("event", ["tokens_revoked", "app_uninstalled"])
async def test_a_token_that_is_revoked_later_stops_this_platform(fake: FakeSlack, tmp_path: Path, event: str) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.revoke(fake.bot_token)
        fake.event({"type": event, "tokens": {"bot": ["U0BOT"]}})
        with pytest.raises(PlatformStopped, match="SLACK_BOT_TOKEN"):
            await asyncio.wait_for(asyncio.shield(bot.receiving), 5)


async def test_somebody_elses_token_that_is_revoked_stops_nothing(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert bot.leaked("C1", ts)
        assert not bot.receiving.done()


async def test_a_revoked_token_is_noticed_when_something_is_sent(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.refuse("chat.postMessage", "token_revoked")
        fake.say("C1", "U1", "hkid:1")
        with pytest.raises(PlatformStopped, match="token_revoked"):
            await asyncio.wait_for(asyncio.shield(bot.receiving), 5)


async def test_an_app_token_that_is_revoked_later_stops_this_platform(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.revoke(fake.app_token)
        await fake.sockets.drop()
        with pytest.raises(PlatformStopped, match="SLACK_APP_TOKEN"):
            await asyncio.wait_for(asyncio.shield(bot.receiving), 5)


async def test_no_logger_prints_words_or_tokens_at_debug(
    fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for mode in ("socket", "http"):
        (tmp_path / mode).mkdir()
        async with SlackBot(fake, tmp_path / mode, mode=mode) as bot:
            fake.limit("chat.postMessage", 1)
            fake.refuse("conversations.info", "some_error", detail="plantedword")
            fake.say("C1", "U1", "plantedword hkid:1", files=[{"id": "F1", "name": "plantedword.pdf"}])
            fake.say(fake.space.dm("U1").id, "U1", "plantedword")
            fake.event({"type": "message", "channel": "C1", "user": "U1", "text": "plantedword"})
            await fake.command("U1", "C1", "plantedword")
            await fake.until(lambda: fake.space.told("U1"))
            await bot.settle()
            if mode == "socket":
                await fake.sockets.refresh()
                await fake.until(lambda: fake.counts["apps.connections.open"] == 2 and fake.sockets.open)
        fake.signed = None
    logging.getLogger("slack_sdk.web").debug("plantedword")
    logging.getLogger("slack_bolt.AsyncApp").error("plantedword")
    out, err = capfd.readouterr()
    everything = caplog.text + out + err
    for secret in ("plantedword", fake.bot_token, fake.app_token, fake.signing_secret, "ticket="):
        assert secret not in everything
    assert "event.failed" in everything


async def test_a_slack_that_hangs_does_not_eat_the_three_seconds_of_an_event(fake: FakeSlack, bot: SlackBot) -> None:
    for method in ("conversations.info", "users.info"):
        fake.hang(method, times=99)
    for number in range(20):
        fake.say("C1", f"U{number}", f"hkid:{number}")
    await bot.settle()
    assert {delivery.acknowledged for delivery in fake.post.sent} == {True}
    assert fake.counts["users.info"] == 1
    assert len(bot.store.incidents(0, 1e12)) == 20


async def test_a_limit_on_sends_does_not_hold_up_events(fake: FakeSlack, bot: SlackBot) -> None:
    fake.limit("chat.postMessage", 3600, times=9)
    for number in range(5):
        fake.say("C1", f"U{number}", f"hkid:{number}")
    for delivery in fake.post.sent:
        await delivery.done.wait()
    assert {delivery.attempts for delivery in fake.post.sent} == {1}
    assert len(bot.store.incidents(0, 1e12)) == 5


async def test_facts_that_cannot_be_had_cost_no_message(fake: FakeSlack, bot: SlackBot) -> None:
    for method in ("conversations.info", "users.info"):
        fake.break_down(method, 200, times=9)
    ts = fake.say("C1", "U1", "hkid:1")
    await bot.settle()
    assert bot.incident("C1", ts).audience is None


async def test_an_event_that_goes_well_when_it_comes_again_leaves_no_mark(
    fake: FakeSlack, bot: SlackBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [RecursionError()]

    def breaks_once(*args: Any, **options: Any) -> Any:
        if faults:
            raise faults.pop()
        return parse(*args, **options)

    monkeypatch.setattr("bot.platforms.slack.listener.parse", breaks_once)
    fake.say("C1", "U1", "hkid:1")
    await fake.until(lambda: bot.store.poison() or not faults)
    await fake.until(lambda: bot.store.incidents(0, 9e9))
    await bot.settle()
    assert bot.store.poison() == ()
