"""Nothing is confirmed before it is safe; trouble is waited out, explained, or set aside by id."""

import asyncio
import itertools
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError

from bot.message import Cursor
from bot.platform import PlatformRefused, PlatformStopped, Trouble
from bot.platforms.telegram.batches import LIVES
from bot.platforms.telegram.line import patience
from bot.platforms.telegram.wire import RefusalError
from bot.store import Change, StoreError
from bot.words import PressCode, TroubleCode
from detectors.finding import Finding
from tests.fakes.marked_find import Marked
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import Chat, Person


def people(fake: FakeTelegram) -> tuple[Person, Chat]:
    ann = fake.world.person(11, started=True)
    return ann, fake.world.group(-1001, ann)


class Stumbling(Marked):
    """Fails on one text, as a bug in a recognizer would."""

    def __init__(self) -> None:
        self.tries = 0

    def find(self, text: str) -> tuple[Finding, ...]:
        if text == "poison":
            self.tries += 1
            raise RecursionError(text)
        return super().find(text)


async def test_an_unreadable_update_is_set_aside_by_its_id_and_the_next_is_read(
    fake: FakeTelegram, bot: TestBot
) -> None:
    ann, group = people(fake)
    bad = fake.updates.push_raw({"message": {"chat": "no object", "text": "{HKID}"}})
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    (row,) = [row for row in bot.store.poison("telegram") if row.aside]
    assert (row.name, row.aside) == (f"update:{bad}", True)
    assert bot.store.counts().aside == 1


async def test_an_unreadable_update_in_the_middle_of_the_day_stops_nobody(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group = people(fake)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: fake.updates.confirmed)
    fake.updates.push_raw({"callback_query": {"id": "1"}})
    fake.updates.push_raw({"message": []})
    says(fake, ann, group, "{PHONE_NUMBER}")
    await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 2)
    assert bot.store.counts().aside == 2


async def test_updates_without_an_id_are_passed_over(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group = people(fake)
    fake.updates.waiting.append({"something": "new"})
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert len(bot.store.incidents(0, 9e9)) == 1


async def test_a_store_that_takes_the_count_but_not_the_message_never_sets_it_aside(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is almost full has room for a small row alone: that is no fault of the message's."""
    monkeypatch.setattr("bot.platforms.telegram.line.random.uniform", lambda *_: 0.001)
    ann, group = people(fake)
    async with TestBot(fake.url, tmp_path) as bot:
        commit, left = bot.store.commit, [StoreError("The disk is full.")] * (2 * LIVES)

        async def failing(changes: Sequence[Change], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
            if changes and left:
                raise left.pop()
            return await commit(changes, cursor)

        monkeypatch.setattr(bot.store, "commit", failing)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        assert bot.store.poison() == ()


async def test_a_message_that_cannot_be_judged_is_set_aside_after_three_tries(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    ann, group = people(fake)
    detector = Stumbling()
    async with TestBot(fake.url, tmp_path, detector=detector) as bot:
        says(fake, ann, group, "poison")
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        assert detector.tries == 3
        assert bot.store.counts().aside == 1


@pytest.mark.usefixtures("soon")
async def test_a_failing_store_stops_the_advance_and_nothing_is_lost(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, group = people(fake)
    bot = TestBot(fake.url, tmp_path)
    commit, failures = bot.store.commit, 0

    async def failing(changes: Any, cursor: Cursor | None = None) -> tuple[str, ...]:
        nonlocal failures
        if changes and failures < 2:
            failures += 1
            raise StoreError("The disk is full.")
        return await commit(changes, cursor)

    monkeypatch.setattr(bot.store, "commit", failing)
    async with bot:
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: failures)
        assert fake.updates.confirmed == 0
        await fake.seen(lambda: inbox(fake, ann))
    assert failures == 2


async def test_the_offset_survives_a_restart(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    async with TestBot(fake.url, tmp_path):
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: fake.updates.confirmed == 1)
        await fake.seen(lambda: inbox(fake, ann))
    says(fake, ann, group, "{PHONE_NUMBER}")
    async with TestBot(fake.url, tmp_path) as bot:
        await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 2)


async def test_the_same_updates_again_change_nothing(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group = people(fake)
    says(fake, ann, group, "{HKID}")
    again = dict(fake.updates.waiting[0])
    await fake.seen(lambda: inbox(fake, ann))
    await bot.store.commit((), Cursor("telegram", "offset", str(again["update_id"])))
    fake.updates.waiting.append(again)
    fake.updates._wake()
    await fake.seen(lambda: fake.updates.confirmed == 2)
    assert len(bot.store.incidents(0, 9e9)) == 1
    assert len(bot.store.outbox()) == 1


async def test_a_wrong_token_is_refused_at_start_with_the_cure(fake: FakeTelegram, tmp_path: Path) -> None:
    bot = TestBot(fake.url, tmp_path, token="1:wrong")
    with pytest.raises(PlatformRefused, match="TELEGRAM_BOT_TOKEN") as refused:
        await bot.platform.open(bot.bot.inbound)
    assert "1:wrong" not in str(refused.value)
    await bot.platform.close()
    bot.store.close()


async def test_a_revoked_token_stops_the_platform(fake: FakeTelegram, bot: TestBot) -> None:
    await fake.seen(lambda: fake.updates.polls)
    fake.token = "another"
    fake.updates.cut()
    assert bot.receiving
    with pytest.raises(PlatformStopped, match="BotFather"):
        await asyncio.wait_for(bot.receiving, 10)
    assert await bot.platform.trouble() == (Trouble(TroubleCode.STOPPED),)


async def test_a_second_poller_is_explained_and_waited_out(
    fake: FakeTelegram, bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    ann, group = people(fake)
    await fake.seen(lambda: fake.updates.polls)
    with caplog.at_level(logging.WARNING):
        fake.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        says(fake, ann, group, "{HKID}")
        fake.updates.cut()
        while not await bot.platform.trouble():  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.01)
        await fake.seen(lambda: inbox(fake, ann))
        assert await bot.platform.trouble() == ()
    assert "another program uses this bot's token" in caplog.text


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "fault",
    [
        Fault(),
        Fault(when="after"),
        Fault(times=3),
    ],
)
async def test_a_lost_connection_is_waited_out(fake: FakeTelegram, tmp_path: Path, fault: Fault) -> None:
    ann, group = people(fake)
    fault = Fault(fault.error, fault.when, fault.seconds, fault.times)
    fake.fail("getUpdates", fault)
    says(fake, ann, group, "{HKID}")
    async with TestBot(fake.url, tmp_path) as bot:
        await fake.seen(lambda: inbox(fake, ann))
        assert len(bot.store.incidents(0, 9e9)) == 1


@pytest.mark.usefixtures("soon")
async def test_no_network_at_start_is_waited_out(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    says(fake, ann, group, "{HKID}")
    await fake.stop()
    async with TestBot(fake.url, tmp_path) as bot:
        assert bot.ready == "waiting for a connection to Telegram"
        assert await bot.platform.trouble() == (Trouble(TroubleCode.WAITING),)
        await fake.start()
        await fake.seen(lambda: inbox(fake, ann))
        assert await bot.platform.trouble() == ()


@pytest.mark.usefixtures("soon")
async def test_a_server_that_goes_away_and_returns_loses_nothing(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group = people(fake)
    await fake.seen(lambda: fake.updates.polls)
    await fake.stop()
    says(fake, ann, group, "{HKID}")
    await fake.start()
    await fake.seen(lambda: inbox(fake, ann))


async def test_a_day_of_silence_is_told_as_a_possible_gap(
    fake: FakeTelegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    boss = fake.world.person(1001, started=True)
    async with TestBot(fake.url, tmp_path) as bot:
        await fake.seen(lambda: bot.store.cursor("telegram", "alive"))
    with caplog.at_level(logging.WARNING):
        async with TestBot(fake.url, tmp_path, lambda: time.time() + 25 * 3600):
            await fake.seen(lambda: inbox(fake, boss))
    assert "possible gap" in caplog.text
    assert "may be missing" in inbox(fake, boss)[0]["text"]


async def test_a_short_absence_is_no_gap(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path) as bot:
        await fake.seen(lambda: bot.store.cursor("telegram", "alive"))
    async with TestBot(fake.url, tmp_path, lambda: time.time() + 3600) as bot:
        polls = fake.updates.polls
        await fake.seen(lambda: fake.updates.polls > polls)
        assert bot.store.outbox() == ()


async def test_only_the_updates_that_are_needed_are_asked_for(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group = people(fake)
    says(fake, ann, group, "hello")
    await fake.seen(lambda: fake.made("getUpdates"))
    asked = fake.made("getUpdates")[0].params["allowed_updates"]
    assert "message" in asked
    assert "message_reaction" not in asked


async def test_a_slow_clock_is_told_to_the_operator_and_answers_are_not_late(
    fake: FakeTelegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ann, group = people(fake)
    with caplog.at_level(logging.WARNING):
        async with TestBot(fake.url, tmp_path, lambda: time.time() - 3600):
            says(fake, ann, group, "/privacy")
            await fake.seen(lambda: inbox(fake, ann))
    assert "clock is slow" in caplog.text


@pytest.mark.parametrize("odd", [1e300, float("nan"), "yesterday", None])
async def test_a_date_that_is_none_costs_no_message_and_is_not_logged(
    fake: FakeTelegram, bot: TestBot, caplog: pytest.LogCaptureFixture, odd: object
) -> None:
    ann, group = people(fake)
    with caplog.at_level(logging.WARNING):
        message = {"message_id": 7, "from": ann.as_json(), "chat": group.as_json(), "date": odd, "text": "{HKID}"}
        fake.updates.push_raw({"message": message})
        await fake.seen(lambda: bot.store.incident_at("telegram", "", str(group.id), "7"))
    assert "clock" not in caplog.text


async def test_an_update_that_ended_the_process_again_and_again_is_set_aside(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    ann, group = people(fake)
    says(fake, ann, group, "{HKID}")
    bot = TestBot(fake.url, tmp_path)
    for _ in range(LIVES):
        await bot.store.stumble("telegram", f"update:{fake.updates.waiting[0]['update_id']}", "crash", limit=99)
    async with bot:
        says(fake, ann, group, "{PHONE_NUMBER}")
        await fake.seen(lambda: inbox(fake, ann))
        assert [list(incident.types) for incident in bot.store.incidents(0, 9e9)] == [["PHONE_NUMBER"]]
        assert bot.store.counts().aside == 1


async def test_an_answer_that_is_not_telegrams_is_waited_out(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    fake.fail("getMe", Fault(raw="<html>please log in</html>"))
    says(fake, ann, group, "{HKID}")
    async with TestBot(fake.url, tmp_path) as bot:
        assert bot.ready.startswith("waiting")
        await fake.seen(lambda: inbox(fake, ann))


async def test_after_a_quiet_week_lower_numbers_are_read(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    async with TestBot(fake.url, tmp_path):
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann) and fake.updates.confirmed == 1)
    async with TestBot(fake.url, tmp_path, lambda: time.time() + 8 * 24 * 3600) as bot:
        await fake.seen(lambda: bot.store.cursor("telegram", "alive") != "0")
        fake.updates._ids = itertools.count(7)
        says(fake, ann, group, "{PHONE_NUMBER}")
        await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 2)
        assert (bot.store.cursor("telegram", "offset") or "").startswith("8 ")


async def test_what_went_well_leaves_no_mark_however_often_the_bot_starts(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    for start in range(1, 6):
        async with TestBot(fake.url, tmp_path) as bot:
            says(fake, ann, group, "lunch at one?")
            says(fake, ann, group, "{HKID}")
            await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == start)  # noqa: B023  # seen within this round
            await fake.seen(lambda: not bot.store.poison())


def test_tries_are_ever_rarer_but_where_nothing_takes_the_connection_they_burden_nobody() -> None:
    closed, cut = NetworkError("closed"), NetworkError("cut")
    closed.__cause__ = httpx.ConnectError("closed")
    assert all(15 <= patience(6, error) <= 32 for error in (None, cut, RefusalError(500, {})))
    assert all(4 <= patience(failures, closed) <= 8 for failures in (4, 6, 99))
    assert patience(1, RefusalError(429, {"parameters": {"retry_after": 9}})) == 9


async def test_marks_of_an_earlier_life_go_and_what_was_set_aside_stays(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    bot = TestBot(fake.url, tmp_path)
    says(fake, ann, group, "{HKID}")
    number = fake.updates.waiting[0]["update_id"]
    for name in (f"update:{number - 3}", f"update:{number - 2}"):
        await bot.store.stumble("telegram", name, "crash", limit=99)
    await bot.store.stumble("telegram", f"update:{number - 1}", "KeyError", limit=1)
    await bot.store.stumble("telegram", "outbox/1", "compose", limit=9)
    async with bot:
        await fake.seen(lambda: inbox(fake, ann))
        await fake.seen(lambda: len(bot.store.poison()) == 2)
        assert {row.name for row in bot.store.poison()} == {f"update:{number - 1}", "outbox/1"}
