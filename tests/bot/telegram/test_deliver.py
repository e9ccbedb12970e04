"""What Telegram's answers mean for a send: arrived, never, later, or unknown."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.platforms.telegram.outcomes import outcome
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.wire import RefusalError
from bot.send import Button, Document, Later, Refused, Send, Sent, Unknown
from bot.words import Action, ReachState, SendKind
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import bot_posts, inbox, labels, says
from tests.fakes.telegram.server import FakeTelegram, Fault


def send(**fields: Any) -> Send:
    given = {"id": 1, "kind": "nudge", "chat": "-1001", "recipient": "11", "text": "hello", "incident": "a" * 12}
    return Send(platform="telegram", workspace="", **{**given, **fields})


def refusal(code: int, description: str = "", **parameters: int) -> RefusalError:
    return RefusalError(code, {"ok": False, "error_code": code, "description": description, "parameters": parameters})


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), Refused("blocked")),
        (refusal(403, "Forbidden: bot can't initiate conversation with a user"), Refused("not_started")),
        (refusal(403, "Forbidden: user is deactivated"), Refused("deactivated")),
        (refusal(403, "Forbidden: bot was kicked from the supergroup chat"), Refused("removed")),
        (refusal(403, "Forbidden: bot is not a member of the channel chat"), Refused("removed")),
        (refusal(403, "Forbidden: something new"), Refused("forbidden")),
        (refusal(400, "Bad Request: chat not found"), Refused("not_found")),
        (refusal(400, "Bad Request: not enough rights to send text messages to the chat"), Refused("no_rights")),
        (refusal(400, "Bad Request: TOPIC_CLOSED"), Refused("no_topic")),
        (refusal(400, "Bad Request: message to edit not found"), Refused("gone")),
        (refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1), Later(0.0, "moved")),
        (refusal(429, "Too Many Requests: retry after 9", retry_after=9), Later(9.0, "flood")),
        (refusal(500, "Internal Server Error"), Later(2.0, "server_error")),
        (RefusalError(502, {}), Unknown("gateway")),
        (refusal(401, "Unauthorized"), Later(60.0, "token")),
        (refusal(404, "Not Found"), Later(60.0, "token")),
        (TimedOut(), Unknown("no_answer")),
        (NetworkError("cut"), Unknown("no_answer")),
    ],
)
def test_every_answer_has_a_meaning(error: TelegramError, expected: object) -> None:
    assert outcome(error) == expected


async def test_a_send_arrives_with_a_reference_of_ids(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    result = await bot.platform.deliver("dm", send())
    assert isinstance(result, Sent)
    assert json.loads(result.ref) == {"chat": "11", "message": 1}


async def test_a_cut_connection_is_unknown_and_a_closed_door_is_not(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    fake.fail("sendMessage", Fault(when="after"))
    assert isinstance(await bot.platform.deliver("dm", send()), Unknown)
    await fake.stop()
    assert isinstance(await bot.platform.deliver("dm", send()), Later)


async def test_an_answer_that_is_no_json_is_unknown(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    fake.fail("sendMessage", Fault(raw="<html>"))
    assert isinstance(await bot.platform.deliver("dm", send()), Unknown)


async def test_a_yes_with_missing_fields_is_still_a_yes(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    fake.fail("sendMessage", Fault(raw='{"ok": true, "result": {"message_id": 5}}'))
    assert await bot.platform.deliver("dm", send()) == Sent('{"chat": "11", "message": 5}')


async def test_a_rewrite_that_is_done_already_counts_as_done(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    first = await bot.platform.deliver("dm", send())
    assert isinstance(first, Sent)
    again = send(replaces=first.ref, text="thank you")
    assert await bot.platform.deliver("dm", again) == first
    assert await bot.platform.deliver("dm", again) == first


async def test_a_rewrite_of_what_is_gone_is_refused(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    replaced = send(replaces='{"chat": "11", "message": 99}', text="thank you")
    assert await bot.platform.deliver("dm", replaced) == Refused("gone")


async def test_a_document_goes_with_its_text(fake: FakeTelegram, bot: TestBot) -> None:
    boss = fake.world.person(11, started=True)
    report = Document("report.csv", b"a,b\n")
    assert isinstance(await bot.platform.deliver("dm", send(kind="reply", document=report, text="Here")), Sent)
    assert inbox(fake, boss)[0]["caption"] == "Here"


async def test_a_text_that_is_too_long_for_a_message_goes_as_a_file(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.person(11, started=True)
    assert isinstance(await bot.platform.deliver("dm", send(kind="reply", text="a" * 5000)), Sent)
    assert fake.made("sendDocument")[0].params["document"] == ("message.txt", b"a" * 5000)


async def test_a_notice_goes_to_its_topic_or_to_the_group_when_that_is_closed(fake: FakeTelegram, bot: TestBot) -> None:
    group = fake.world.group(-1001, forum=True)
    notice = send(kind="notice", recipient="", thread="42", buttons=((Button("Start", Action.START),),))
    assert isinstance(await bot.platform.deliver("group", notice), Sent)
    fake.refuse("sendMessage", 400, "Bad Request: TOPIC_CLOSED")
    assert isinstance(await bot.platform.deliver("group", notice), Sent)
    assert [post.get("message_thread_id") for post in bot_posts(group)] == [42, None]
    assert labels(bot_posts(group)[0]) == ["Start"]


def test_the_pace_is_telegrams(bot: TestBot) -> None:
    def limits(rung: str) -> Mapping[str, tuple[int, float]]:
        return TelegramPlatform.limits(bot.platform, rung, send())  # as it is, not as these tests hurry it

    assert limits("dm") == {"all": (30, 1.0), "chat:11": (1, 1.0)}
    assert limits("group")["group:-1001"] == (20, 60.0)


@pytest.mark.parametrize(
    ("fields", "reach", "rungs"),
    [
        ({}, ReachState.STARTED, ("dm",)),
        ({}, ReachState.UNKNOWN, ("dm",)),
        ({}, ReachState.BLOCKED, ()),
        ({"kind": SendKind.NOTICE, "recipient": ""}, ReachState.UNKNOWN, ("group",)),
        ({"kind": SendKind.REPLY}, ReachState.UNKNOWN, ("dm", "hint")),
        ({"kind": SendKind.REPLY, "chat": "11"}, ReachState.UNKNOWN, ("dm",)),
        ({"kind": SendKind.ALERT}, ReachState.UNKNOWN, ("dm",)),
    ],
)
def test_the_ladder(bot: TestBot, fields: dict[str, Any], reach: ReachState, rungs: tuple[str, ...]) -> None:
    assert bot.platform.rungs(send(**fields), reach) == rungs


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "fault",
    [
        Fault(),
        Fault(when="after"),
        Fault(raw="<html>", status=502),
        Fault(raw="<html>", status=500, times=2),
        Fault(raw='{"ok": false, "error_code": 500, "description": "Internal Server Error"}', status=500, times=2),
        Fault(raw='{"ok": false, "error_code": 429, "parameters": {"retry_after": 1}}', status=429),
    ],
    ids=["cut before", "cut after", "gateway", "gateway twice", "server error", "flood"],
)
async def test_no_nudge_is_lost_and_at_most_the_one_in_flight_comes_twice(
    fake: FakeTelegram, bot: TestBot, fault: Fault
) -> None:
    ann = fake.world.person(11, started=True)
    fake.fail("sendMessage", fault)
    says(fake, ann, fake.world.group(-1001, ann), "{HKID}")
    await fake.seen(lambda: {row.state for row in bot.store.outbox()} & {"sent", "repeated"}, 20)
    (row,) = bot.store.outbox()
    assert len(inbox(fake, ann)) == (2 if fault.when == "after" else 1)
    assert row.state == ("sent" if "ok" in (fault.raw or "") else "repeated")


async def test_a_flood_limit_for_one_person_does_not_stop_the_reading(fake: FakeTelegram, bot: TestBot) -> None:
    ann, ben = fake.world.person(11, started=True), fake.world.person(12, started=True)
    group = fake.world.group(-1001, ann, ben)
    fake.refuse("sendMessage", 429, "Too Many Requests: retry after 60", retry_after=60)
    says(fake, ann, group, "{HKID}")
    await fake.seen(bot.store.attempts)
    says(fake, ben, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ben))
    assert inbox(fake, ann) == []
