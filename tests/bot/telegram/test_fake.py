"""The fake Bot API server keeps Telegram's rules, seen through the real client."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TimedOut

from bot.platforms.telegram.parse import KINDS
from bot.platforms.telegram.wire import RefusalError, Wire, never_left
from tests.fakes.telegram.people import edits, says
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import BOT_ID, TOKEN


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def wire(fake: FakeTelegram) -> AsyncIterator[Wire]:
    client = Wire(TOKEN, fake.url + "/")
    await client.initialize()
    yield client
    await client.hang_up()


async def test_updates_are_sent_again_until_a_higher_offset_confirms_them(fake: FakeTelegram, wire: Wire) -> None:
    ann = fake.world.person(11)
    group = fake.world.group(-1001, ann)
    for text in ("one", "two", "three"):
        says(fake, ann, group, text)
    first = await wire.updates(None, KINDS, 0)
    again = await wire.updates(None, KINDS, 0)
    rest = await wire.updates(first[1]["update_id"] + 1, KINDS, 0)
    assert [len(first), len(again), len(rest)] == [3, 3, 1]
    assert rest[0]["message"]["text"] == "three"


async def test_a_poll_waits_for_the_next_update(fake: FakeTelegram, wire: Wire) -> None:
    ann = fake.world.person(11)
    group = fake.world.group(-1001, ann)
    poll = asyncio.create_task(wire.updates(None, KINDS, 20))
    await fake.seen(lambda: fake.updates.polls)
    edits(fake, group, says(fake, ann, group, "one"), "two")
    (update, *_) = await poll
    assert update["message"]["text"] == "one"


async def test_the_older_of_two_polls_is_refused(fake: FakeTelegram, wire: Wire) -> None:
    older = asyncio.create_task(wire.updates(None, KINDS, 20))
    await fake.seen(lambda: fake.updates.polls)
    newer = Wire(TOKEN, fake.url)
    await newer.updates(None, KINDS, 0)
    with pytest.raises(RefusalError) as refusal:
        await older
    assert refusal.value.code == 409
    await newer.hang_up()


async def test_a_wrong_token_is_refused(fake: FakeTelegram) -> None:
    stranger = Wire("1:wrong", fake.url)
    with pytest.raises(RefusalError) as refusal:
        await stranger.initialize()
    assert refusal.value.code == 401
    assert "wrong" not in str(refusal.value)
    await stranger.hang_up()


async def test_a_person_who_never_pressed_start_cannot_be_written_to(fake: FakeTelegram, wire: Wire) -> None:
    fake.world.person(11)
    with pytest.raises(RefusalError) as refusal:
        await wire.call("sendMessage", chat_id=11, text="hello")
    assert refusal.value.code == 403


async def test_too_many_requests_say_when_to_come_back(fake: FakeTelegram, wire: Wire) -> None:
    fake.refuse("getMe", 429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(RefusalError) as refusal:
        await wire.call("getMe")
    assert refusal.value.retry_after == 7


async def test_a_lost_answer_and_a_closed_door_are_told_apart(fake: FakeTelegram, wire: Wire) -> None:
    fake.fail("sendMessage", Fault(when="after"))
    fake.world.person(11, started=True)
    with pytest.raises(NetworkError) as lost:
        await wire.call("sendMessage", chat_id=11, text="hello")
    await fake.stop()
    with pytest.raises(NetworkError) as closed:
        await wire.call("getMe")
    assert (never_left(lost.value), never_left(closed.value)) == (False, True)
    assert len(fake.world.chats[11].messages) == 1


async def test_a_slow_answer_is_a_timeout(fake: FakeTelegram, wire: Wire) -> None:
    fake.fail("getMe", Fault(seconds=0.5))
    with pytest.raises(TimedOut):
        await wire.call("getMe", read_timeout=0.05)


async def test_an_ephemeral_message_reaches_nobody_else(fake: FakeTelegram, wire: Wire) -> None:
    ann = fake.world.person(11)
    group = fake.world.group(-1001, ann)
    asked = {"receiver_user_id": 11}
    shown = await wire.call("sendMessage", chat_id=-1001, text="psst", ephemeral_message_parameters=asked)
    assert (shown["message_id"], shown["receiver_user"]["id"]) == (0, 11)
    assert not group.messages
    fake.world.ephemeral = "ignored"
    shown = await wire.call("sendMessage", chat_id=-1001, text="psst", ephemeral_message_parameters=asked)
    assert shown["message_id"] in group.messages


async def test_the_old_id_of_a_moved_group_names_the_new_one(fake: FakeTelegram, wire: Wire) -> None:
    group = fake.world.group(-77, fake.world.person(11), kind="group")
    group.migrated_to = -1001
    with pytest.raises(RefusalError) as refusal:
        await wire.call("sendMessage", chat_id=-77, text="hello")
    assert refusal.value.moved_to == -1001


async def test_files_arrive_whole(fake: FakeTelegram, wire: Wire) -> None:
    fake.world.person(11, started=True)
    await wire.call("sendDocument", chat_id=11, document=InputFile(b"a,b\n", filename="report.csv"))
    (call,) = fake.made("sendDocument")
    assert call.params["document"] == ("report.csv", b"a,b\n")
    assert fake.world.bot()["id"] == BOT_ID
