"""Whatever answers in Slack's place: a send has an honest outcome, and nothing that is no code of Slack's is kept."""

import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.slack import wire
from bot.platforms.slack.catchup import HANDLED
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_USER

pytestmark = pytest.mark.fault

SECRET = "Chan Tai Man has gout"
DEEP = "[" * 100_000

ERRORS: dict[str, Any] = {
    "a sentence": SECRET,
    "ten thousand letters": "chan_tai_man_" * 800,
    "a list": [SECRET],
    "an object": {SECRET: SECRET},
    "null": None,
    "a number": 7,
    "nothing": "",
    "capitals": "Channel_not_found",
    "lines": "channel_not_found\nforged line",
}

YES = '{"ok": true}'
ANSWERS = {
    "a list": "[]",
    "a number": "5",
    "a text": f'"{SECRET}"',
    "null": "null",
    "nothing": "",
    "no JSON": f"<html>{SECRET}</html>",
    "deep": f'{{"ok": true, "channel": {DEEP}',
    "no ok": "{}",
    "a yes without a word": YES,
    "a yes with words": json.dumps({"ok": True, "ts": SECRET, "channel": SECRET}),
    "a yes with lists": '{"ok": true, "ts": [1], "channel": {"id": []}}',
}


def kept(bot: SlackBot, folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("thinktwice.db*")) + repr(bot.store.attempts()).encode()


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
async def test_an_error_that_is_no_code_of_slacks_is_told_by_a_code_of_ours(
    fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Any
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        async with SlackBot(fake, tmp_path) as bot:
            fake.refuse("chat.postMessage", error)
            fake.say("C1", "U1", "hkid:1")
            await bot.settle()
            assert [attempt.code for attempt in bot.store.attempts()] == ["lost", ""]
            assert SECRET.encode() not in kept(bot, tmp_path)
    assert len(fake.space.told("U1")) == 1
    assert not [record for record in caplog.records if SECRET in record.getMessage()]


@pytest.mark.parametrize(
    ("method", "answer", "kind"),
    [
        *(
            (method, odd, "application/json")
            for method in ("chat.postMessage", "conversations.open")
            for odd in ANSWERS.values()
            if (method, odd) != ("chat.postMessage", YES)
        ),
        *(("chat.postMessage", ANSWERS["a list"], kind) for kind in ("text/plain", "application/json; charset=none")),
    ],
)
async def test_an_odd_answer_is_an_unknown_outcome(
    fake: FakeSlack, tmp_path: Path, method: str, answer: str, kind: str
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.odd(method, answer, kind)
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        await fake.until(lambda: fake.space.told("U1"))
        await bot.settle()
        assert SECRET.encode() not in kept(bot, tmp_path)
        assert [row.state for row in bot.store.outbox()] == ["sent"]
    assert len(fake.space.told("U1")) == 1


async def test_a_yes_without_a_word_is_a_yes_and_what_it_sent_is_never_looked_for(
    fake: FakeSlack, tmp_path: Path
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.odd("chat.postMessage", YES)
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        fake.edit("C1", ts, "gone")
        await bot.settle()
        assert [(attempt.outcome, attempt.code) for attempt in bot.store.attempts()] == [
            ("sent", ""),
            ("refused", "gone"),
        ]
    assert fake.counts["chat.postMessage"] == 1
    assert fake.counts["chat.update"] == 0


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_at_the_start_an_odd_answer_is_waited_out(fake: FakeSlack, tmp_path: Path, answer: str) -> None:
    fake.odd("auth.test", answer)
    async with SlackBot(fake, tmp_path) as bot:
        assert bot.line.startswith("waiting")
        await fake.until(lambda: bot.store.cursor("slack", HANDLED))
        fake.say("C1", "U1", "hkid:1")
        await fake.until(lambda: fake.space.told("U1"))


MESSAGE = {"type": "message", "channel": "C1", "user": "U1", "ts": "1.1", "text": "hkid:1", "channel_type": ""}
ODD_IDS = {
    "user": {"user": SECRET},
    "channel": {"channel": SECRET},
    "a channel that is an object": {"channel": {"id": SECRET}},
    "ts": {"ts": SECRET},
    "thread": {"thread_ts": SECRET},
    "edit": {"edited": {"ts": SECRET, "user": SECRET}},
    "event_ts": {"event_ts": SECRET, "subtype": "message_changed", "message": {"text": "hkid:2", "ts": "1.1"}},
    "deleted": {"subtype": "message_deleted", "deleted_ts": SECRET},
    "asking": {"channel_type": "im", "channel": SECRET, "user": SECRET},
    "a visit": {"type": "app_home_opened", "user": SECRET},
    "an inviter": {"type": "member_joined_channel", "user": BOT_USER, "inviter": SECRET},
}


@pytest.mark.parametrize("odd", ODD_IDS.values(), ids=ODD_IDS)
async def test_words_where_an_id_should_be_are_kept_nowhere(
    fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture, odd: dict[str, Any]
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        async with SlackBot(fake, tmp_path) as bot:
            event = {
                "type": "message",
                "channel": "C1",
                "user": "U1",
                "ts": "1.1",
                "text": "hkid:1",
                "channel_type": "",
            }
            for name in ("Ev1", SECRET):
                fake.event({**event, **odd}, event_id=name)
            await fake.until(lambda: all(one.done.is_set() or one.attempts > 1 for one in fake.post.sent))
            assert SECRET.encode() not in kept(bot, tmp_path)
            ts = fake.say("C1", "U2", "hkid:3")
            await fake.until(lambda: bot.leaked("C1", ts))
    assert not [record for record in caplog.records if SECRET in record.getMessage()]


async def test_an_answer_without_an_end_is_cut_off_and_counts_as_unknown(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        fake.pour("chat.postMessage", b" " * 2**18)
        fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        await fake.until(lambda: fake.space.told("U1"))
        assert not bot.receiving.done()
    assert wire.MOST < fake.poured < 4 * wire.MOST


async def test_a_page_of_history_that_is_too_long_is_read_in_smaller_ones(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path):
        pass
    ts = fake.write("C1", "U1", "hkid:1", ts=f"{time.time():.6f}")
    fake.pour("conversations.history", b" " * 2**18)
    async with SlackBot(fake, tmp_path) as bot:
        await fake.until(lambda: [row.message for row in bot.store.incidents(0, 9e9)] == [ts])
