"""Updates that Telegram posts: answered when they are safe, posted again until then, each chat's in their order."""

import asyncio
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import aiohttp
import pytest

from bot.message import Cursor
from bot.platform import PlatformRefused, PlatformStopped, Trouble
from bot.platforms.telegram import posting, webhook
from bot.platforms.telegram.batches import LIVES
from bot.platforms.telegram.parse import KINDS
from bot.store import Change, StoreError
from bot.words import PressCode, SendKind, TroubleCode
from tests.bot.telegram.posted import hook, posted
from tests.bot.telegram.test_receive import Stumbling, people
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, says, whispers
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import TOKEN, Json

PROOF = webhook.secret(TOKEN)
UPDATE = json.dumps({"update_id": 9_000})


async def post(fake: FakeTelegram, body: str | bytes, proof: str | None = PROOF) -> int:
    headers = {webhook.HEADER: proof} if proof is not None else {}
    async with aiohttp.ClientSession() as session, session.post(fake.poster.url, data=body, headers=headers) as answer:
        return answer.status


async def test_an_update_is_answered_once_it_is_safe(fake: FakeTelegram, tmp_path: Path) -> None:
    async with posted(fake, tmp_path) as bot:
        ann, group = people(fake)
        assert bot.ready == f"ready as @thinktwice_test_bot, by webhook at {bot.platform._choice.listen}/telegram"
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        await fake.seen(lambda: fake.updates.confirmed == 1)
        assert fake.poster.answers == [200]
        assert len(bot.store.incidents(0, 9e9)) == 1
        assert fake.updates.polls == 0


async def test_what_is_asked_of_telegram(fake: FakeTelegram, tmp_path: Path) -> None:
    async with posted(fake, tmp_path, inline=True) as bot:
        (asked,) = [call.params for call in fake.made("setWebhook")]
        assert asked["url"] == bot.platform._choice.webhook
        assert asked["secret_token"] == PROOF
        assert asked["max_connections"] == "40"
        assert json.loads(asked["allowed_updates"]) == [*KINDS, "inline_query"]


async def test_a_store_that_fails_is_told_to_nobody_as_received(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with posted(fake, tmp_path) as bot:
        ann, group = people(fake)
        commit, left = bot.store.commit, [StoreError("The disk is full.")] * 3

        async def failing(changes: Sequence[Change], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
            if changes and left:
                raise left.pop()
            return await commit(changes, cursor)

        monkeypatch.setattr(bot.store, "commit", failing)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: fake.poster.answers)
        assert fake.updates.confirmed == 0
        assert await bot.platform.trouble() == (Trouble(TroubleCode.WAITING),)
        await fake.seen(lambda: inbox(fake, ann) and fake.updates.confirmed)
        assert fake.poster.answers == [503, 503, 503, 200]
        assert bot.store.poison() == ()
        assert await bot.platform.trouble() == ()


async def test_an_update_whose_answer_was_lost_is_taken_once(fake: FakeTelegram, tmp_path: Path) -> None:
    """Also a command, which has no ids that could tell."""
    lost: list[int] = []

    def loses(update: Json) -> bool:
        lost.append(update["update_id"])
        return lost.count(update["update_id"]) == 1

    fake.poster.before_answer = loses
    async with posted(fake, tmp_path) as bot:
        ann, group = people(fake)
        says(fake, ann, group, "{HKID}")
        whispers(fake, ann, "/privacy")
        await fake.seen(lambda: fake.updates.confirmed == 2)
        assert sorted(fake.poster.answers) == [0, 0, 200, 200]  # chats go side by side: in any order
        await fake.seen(lambda: len(inbox(fake, ann)) == 2)
        assert [row.kind for row in bot.store.outbox()].count(SendKind.REPLY) == 1
        assert len(bot.store.incidents(0, 9e9)) == 1


async def test_the_same_update_twice_at_once_is_taken_once(fake: FakeTelegram, tmp_path: Path) -> None:
    """A proxy gave up, and Telegram posts it while it is still being taken."""
    async with posted(fake, tmp_path) as bot:
        ann, _ = people(fake)
        told = {"message_id": 5, "date": 1, "chat": {"id": 11, "type": "private"}, "text": "/privacy"}
        body = json.dumps({"update_id": 77, "message": {**told, "from": ann.as_json()}})
        assert await asyncio.gather(*(post(fake, body) for _ in range(3))) == [200, 200, 200]
        assert [row.kind for row in bot.store.outbox()] == [SendKind.REPLY]


async def test_an_unreadable_update_is_set_aside_and_the_chat_goes_on(fake: FakeTelegram, tmp_path: Path) -> None:
    async with posted(fake, tmp_path) as bot:
        ann, group = people(fake)
        bad = fake.updates.push_raw({"message": {"chat": {"id": group.id}, "text": "{HKID}"}})
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        assert [(row.name, row.aside) for row in bot.store.poison("telegram")] == [(f"update:{bad}", True)]
        await fake.seen(lambda: fake.updates.confirmed == 2)
        assert fake.poster.answers == [200, 200]


async def test_also_after_the_careful_minutes(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "CAREFUL_SECONDS", 0.0)
    detector = Stumbling()
    async with posted(fake, tmp_path, detector=detector) as bot:
        ann, group = people(fake)
        fake.updates.push_raw({"callback_query": {"id": "1"}})
        says(fake, ann, group, "poison")
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        assert bot.store.counts().aside == 2
        await fake.seen(lambda: fake.updates.confirmed == 3)


async def test_what_ends_the_process_again_and_again_is_set_aside(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, group = people(fake)
    async with posted(fake, tmp_path) as bot:
        for _ in range(LIVES):  # as many lives began it, and none came to its end
            await bot.store.stumble("telegram", "update:501", "crash", limit=LIVES + 1)
        says(fake, ann, group, "{HKID}")
        says(fake, ann, group, "{PHONE_NUMBER}")
        await fake.seen(lambda: fake.updates.confirmed == 2)
        assert [row.name for row in bot.store.poison() if row.aside] == ["update:501"]
        assert [row.types for row in bot.store.incidents(0, 9e9)] == [{"PHONE_NUMBER": 1}]


async def test_what_may_have_ended_the_process_goes_alone(fake: FakeTelegram, tmp_path: Path) -> None:
    """Of what was in hand when the last life ended, one is at fault: they are begun one after the other."""
    ann, group = people(fake)
    other, third = fake.world.group(-1002, ann), fake.world.group(-1003, ann)
    async with posted(fake, tmp_path) as bot:
        for number in (501, 502):
            await bot.store.stumble("telegram", f"update:{number}", "crash", limit=LIVES + 1)
        fake.held[str(group.id)] = asyncio.Event()
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: fake.made("getChatMemberCount"))
        says(fake, ann, other, "{HKID}")
        says(fake, ann, third, "{HKID}")
        await fake.seen(lambda: [row.chat for row in bot.store.incidents(0, 9e9)] == ["-1003"])
        begun = {"update:501": 2, "update:502": 1}
        await fake.seen(lambda: {row.name: row.attempts for row in bot.store.poison()} == begun)
        fake.held.pop(str(group.id)).set()
        await fake.seen(lambda: fake.updates.confirmed == 3)
        assert bot.store.poison() == ()


@pytest.mark.parametrize("careful", [webhook.CAREFUL_SECONDS, 0.0], ids=["just_started", "later"])
async def test_a_chat_that_is_held_up_holds_up_no_other_and_keeps_its_order(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, careful: float
) -> None:
    monkeypatch.setattr(webhook, "CAREFUL_SECONDS", careful)
    async with posted(fake, tmp_path) as bot:
        ann, group = people(fake)
        other = fake.world.group(-1002, ann)
        fake.held[str(group.id)] = asyncio.Event()  # how many read it is asked once, and not answered
        first, second = says(fake, ann, group, "{HKID}"), says(fake, ann, group, "{PHONE_NUMBER}")
        await fake.seen(lambda: fake.made("getChatMemberCount"))
        says(fake, ann, other, "{HKID}")
        await fake.seen(lambda: [row.chat for row in bot.store.incidents(0, 9e9)] == ["-1002"])
        await fake.seen(lambda: fake.updates.confirmed == 1)
        fake.held.pop(str(group.id)).set()
        await fake.seen(lambda: fake.updates.confirmed == 3)
        told = [row for row in bot.store.incidents(0, 9e9) if row.chat == "-1001"]
        assert [row.message for row in sorted(told, key=lambda row: row.opened_at)] == [str(first), str(second)]


@pytest.mark.parametrize(("proof", "code"), [(None, "turned_away"), ("wrong", "refused"), ("é", "refused")])
async def test_who_is_let_in(
    fake: FakeTelegram, tmp_path: Path, proof: str | None, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with posted(fake, tmp_path) as bot:
        assert await post(fake, UPDATE, proof) == 401
        assert await bot.platform.trouble() == (Trouble(TroubleCode(code), 1),)
        assert await post(fake, UPDATE) == 200
        assert await bot.platform.trouble() == (Trouble(TroubleCode.TURNED_AWAY, 1),)
    assert "telegram.refused" in caplog.text
    assert PROOF not in caplog.text


NOISE = [b"", b"not json", b"\xff\xfe", b"[]", b"5", b"{" * 100_000, b"[" * 100_000, b"{}", b'{"update_id": 0}',
         b'{"update_id": true}', b'{"update_id": 99999999999}']  # fmt: skip


async def test_what_is_no_update_is_turned_away(fake: FakeTelegram, tmp_path: Path) -> None:
    async with posted(fake, tmp_path) as bot:
        assert [await post(fake, body) for body in NOISE] == [400] * len(NOISE)
        assert await bot.platform.trouble() == (Trouble(TroubleCode.TURNED_AWAY, len(NOISE)),)


async def test_an_update_of_an_unknown_kind_is_taken(fake: FakeTelegram, tmp_path: Path) -> None:
    async with posted(fake, tmp_path) as bot:
        assert (
            await post(fake, b'{"update_id": 7, "tea": {"chat": [], "from": 5}, "more": {"chat": {"id": {}}}}') == 200
        )
        assert bot.store.counts().aside == 0


async def test_from_polling_to_the_webhook_and_back_nothing_is_lost_or_doubled(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    ann, group = people(fake)
    replies = 0

    async def asks(bot: TestBot) -> None:
        nonlocal replies
        whispers(fake, ann, "/privacy")
        says(fake, ann, group, "{HKID}")
        replies += 1
        await fake.seen(lambda: not fake.updates.waiting)
        await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == replies)

    for settings in ({}, hook(), {}, hook()):
        async with TestBot(fake.url, tmp_path, **settings) as bot:
            await asks(bot)
        says(fake, ann, group, "{HKID}")  # while nobody is there
        replies += 1
        fake.updates.waiting.insert(0, fake.updates.last)  # its confirmation was lost
    async with TestBot(fake.url, tmp_path) as bot:
        await asks(bot)
        assert [row.kind for row in bot.store.outbox()].count(SendKind.REPLY) == 5
        assert bot.store.counts().aside == 0


async def test_another_program_that_takes_the_webhook_away_is_told_and_it_is_taken_back(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(posting, "LOOK_SECONDS", 0.02)
    async with posted(fake, tmp_path):
        ann, group = people(fake)
        fake.poster.delete()
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
    assert "another program uses this bot's token" in caplog.text


async def test_updates_that_can_not_be_delivered_are_told_and_no_presence_is_claimed(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(posting, "LOOK_SECONDS", 0.02)
    async with posted(fake, tmp_path) as bot:
        ann, group = people(fake)
        await bot.platform._line.close()  # the proxy before it is gone
        says(fake, ann, group, "{HKID}")
        troubles: list[Trouble] = []
        while not troubles:
            troubles += await bot.platform.trouble()
            await asyncio.sleep(0.005)
        assert troubles == [Trouble(TroubleCode.UNDELIVERED, 1)]
        assert troubles[0].blind
        await bot.platform._line.open()
        await fake.seen(lambda: inbox(fake, ann))
        assert await bot.platform.trouble() == ()
    assert "telegram.undelivered waiting=1" in caplog.text


async def test_a_revoked_token_stops_the_platform(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "LOOK_SECONDS", 0.02)
    async with posted(fake, tmp_path) as bot:
        fake.token = "another"
        assert bot.receiving
        with pytest.raises(PlatformStopped, match="BotFather"):
            await asyncio.wait_for(bot.receiving, 10)
        assert await bot.platform.trouble() == (Trouble(TroubleCode.STOPPED),)


async def test_an_address_that_telegram_does_not_take_is_refused_at_start(fake: FakeTelegram, tmp_path: Path) -> None:
    fake.poster.anywhere = False
    bot = posted(fake, tmp_path)
    with pytest.raises(PlatformRefused, match=r"\[telegram\] webhook \(an https url must be provided"):
        await bot.platform.open(bot.bot.inbound)
    await bot.platform.close()
    bot.store.close()


async def test_a_port_that_is_taken_is_refused_at_start(fake: FakeTelegram, tmp_path: Path) -> None:
    settings = hook()
    server = await asyncio.start_server(lambda *_: None, *settings["listen"].split(":"))
    async with server:
        bot = TestBot(fake.url, tmp_path, **settings)
        with pytest.raises(PlatformRefused, match=r"change listen in \[telegram\]"):
            await bot.platform.open(bot.bot.inbound)
        await bot.platform.close()
        bot.store.close()


async def test_telegram_is_waited_for_at_the_start_and_asked_again_when_it_says_later(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.telegram.line.random.uniform", lambda *_: 0.01)
    ann, group = people(fake)
    fake.refuse("getMe", 502, "Bad Gateway")
    fake.fail("setWebhook", Fault())
    fake.refuse("setWebhook", 502, "Bad Gateway")
    async with posted(fake, tmp_path) as bot:
        assert bot.ready == "waiting for Telegram (it answered 502)"
        assert await bot.platform.trouble() == (Trouble(TroubleCode.WAITING),)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: inbox(fake, ann))
        assert await bot.platform.trouble() == ()


async def test_a_name_that_telegram_does_not_find_yet_is_waited_for(fake: FakeTelegram, tmp_path: Path) -> None:
    fake.refuse("setWebhook", 400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")
    async with posted(fake, tmp_path) as bot:
        await fake.seen(lambda: fake.poster.sets)
        assert bot.ready.startswith("ready as @")


def test_the_proof_is_of_the_token_and_of_the_letters_that_telegram_allows() -> None:
    assert PROOF == webhook.secret(TOKEN) != webhook.secret(f"{TOKEN}x")
    assert len(PROOF) <= 256
    assert PROOF.isalnum()


async def test_the_log_of_a_start_holds_no_token(
    fake: FakeTelegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with posted(fake, tmp_path):
        await fake.seen(lambda: fake.poster.sets)
    assert PROOF not in caplog.text
    assert TOKEN not in caplog.text
