"""Whatever answers in Telegram's place, the loop goes on: answers that are odd, empty at once, or without an end."""

import asyncio
import json
import logging
from pathlib import Path

import pytest

from bot.platforms.telegram import NAME
from bot.platforms.telegram.wire import MOST_OF_OTHERS, MOST_OF_UPDATES
from bot.watch import Watch
from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram, Fault

pytestmark = pytest.mark.fault

DEEP = "[" * 100_000
SECRET = "Chan Tai Man has gout"


def _refused(**parameters: object) -> str:
    return json.dumps({"ok": False, "error_code": 429, "description": SECRET, "parameters": parameters})


UPDATES = {
    "no result": (200, '{"ok": true}'),
    "null": (200, '{"ok": true, "result": null}'),
    "a number": (200, '{"ok": true, "result": 7}'),
    "a text": (200, f'{{"ok": true, "result": "{SECRET}"}}'),
    "an object": (200, '{"ok": true, "result": {}}'),
    "a bare null": (200, "null"),
    "a bare list": (200, "[]"),
    "a bare number": (200, "5"),
    "nothing": (200, ""),
    "no JSON": (200, f"<html>{SECRET}</html>"),
    "not UTF-8": (200, "\udcff\udcfe"),
    "deep": (200, f'{{"ok": true, "result": {DEEP}'),
    "deep refusal": (500, f'{{"ok": false, "description": {DEEP}'),
    "a number too long": (200, f'{{"ok": true, "result": {"9" * 5000}}}'),
    "ok false with 200": (200, f'{{"ok": false, "error_code": 400, "description": "{SECRET}"}}'),
    "ok a text": (200, '{"ok": "false", "result": []}'),
    "updates that are no objects": (200, '{"ok": true, "result": [1, null, "a", [], true]}'),
    "an id that is a text": (200, '{"ok": true, "result": [{"update_id": "501"}]}'),
    "an id that is true": (200, '{"ok": true, "result": [{"update_id": true}]}'),
    "an id that is a fraction": (200, '{"ok": true, "result": [{"update_id": 501.5}]}'),
    "an id that is huge": (200, f'{{"ok": true, "result": [{{"update_id": {10**40}}}]}}'),
    "an id beyond 64 bits": (200, f'{{"ok": true, "result": [{{"update_id": {2**64}}}]}}'),
    "an id below nothing": (200, '{"ok": true, "result": [{"update_id": -3}]}'),
    "parameters that are a list": (429, '{"ok": false, "parameters": [1]}'),
    "parameters that are a text": (429, '{"ok": false, "parameters": "soon"}'),
    "retry_after: a text": (429, _refused(retry_after="soon")),
    "retry_after: a list": (429, _refused(retry_after=[1])),
    "retry_after: a fraction": (429, _refused(retry_after=0.01)),
    "retry_after: negative": (429, _refused(retry_after=-5)),
    "retry_after: not a number": (429, '{"ok": false, "parameters": {"retry_after": NaN}}'),
    "retry_after: true": (429, _refused(retry_after=True)),
    "a description that is a list": (400, '{"ok": false, "description": [1]}'),
    "a portal's 401": (401, "<html>please log in</html>"),
    "a portal's 404": (404, "<html>not here</html>"),
    "an unknown status": (599, ""),
    "a redirect": (302, ""),
}


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(("status", "raw"), UPDATES.values(), ids=UPDATES)
async def test_an_odd_answer_is_waited_out_and_none_of_its_words_are_kept(
    fake: FakeTelegram, tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int, raw: str
) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("getUpdates", Fault(raw=raw, status=status))
    says(fake, ann, group, "{HKID}")
    with caplog.at_level(logging.DEBUG, "bot"):
        async with TestBot(fake.url, tmp_path) as bot:
            await fake.seen(lambda: inbox(fake, ann))
            assert bot.receiving
            assert not bot.receiving.done()
            assert len(bot.store.incidents(0, 9e9)) == 1
    assert not [record for record in caplog.records if SECRET in record.getMessage()]


RESULTS = {
    "no result": '{"ok": true}',
    "null": '{"ok": true, "result": null}',
    "a list": f'{{"ok": true, "result": ["{SECRET}"]}}',
    "true": '{"ok": true, "result": true}',
    "odd ids": json.dumps(
        {"ok": True, "result": {"id": SECRET, "message_id": SECRET, "chat": [SECRET], "user": SECRET}}
    ),
    "deep": f'{{"ok": true, "result": {DEEP}',
}
METHODS = (
    "getMe", "deleteWebhook", "setMyCommands",
    "getChat", "getChatMemberCount", "getChatMember", "getChatAdministrators",
)  # fmt: skip


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("raw", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("method", METHODS)
async def test_an_odd_answer_to_a_question_costs_no_nudge(
    fake: FakeTelegram, tmp_path: Path, method: str, raw: str
) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail(method, Fault(raw=raw, times=2 if method == "getMe" else 9))
    says(fake, ann, group, "{HKID}")
    async with TestBot(fake.url, tmp_path) as bot:
        await fake.seen(lambda: inbox(fake, ann))
        assert bot.receiving
        assert not bot.receiving.done()
        assert bot.store.counts().aside == 0


@pytest.mark.parametrize("raw", [RESULTS["deep"], "[]", "<html>"])
async def test_a_send_that_is_answered_oddly_has_an_unknown_outcome(fake: FakeTelegram, bot: TestBot, raw: str) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("sendMessage", Fault(raw=raw))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row.state for row in bot.store.outbox()] == ["repeated"])
    assert [attempt.outcome for attempt in bot.store.attempts()] == ["unknown", "sent"]


async def test_a_yes_without_a_result_is_a_yes(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("sendMessage", Fault(raw=RESULTS["no result"]))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row.state for row in bot.store.outbox()] == ["sent"])
    assert [attempt.outcome for attempt in bot.store.attempts()] == ["sent"]


async def test_of_a_sent_message_only_ids_are_kept(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("sendMessage", Fault(raw=RESULTS["odd ids"]))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row.state for row in bot.store.outbox()] == ["sent"])
    (row,) = bot.store.outbox()
    assert json.loads(row.ref or "") == {"chat": "11", "message": 0}


async def test_a_refusal_that_is_not_telegrams_is_no_refusal(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("sendMessage", Fault(raw="<html>Forbidden</html>", status=403))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    await fake.seen(lambda: [attempt.code for attempt in bot.store.attempts()] == ["gateway", ""])


async def test_empty_answers_that_come_at_once_are_neither_a_hot_loop_nor_trouble(
    fake: FakeTelegram, bot: TestBot
) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    await fake.seen(lambda: fake.updates.polls > 1)
    empty = Fault(raw='{"ok": true, "result": []}', times=10**6)
    fake.fail("getUpdates", empty)
    says(fake, ann, group, "hello")  # ends the poll that waits
    await asyncio.sleep(2)
    assert 10**6 - empty.times < 6
    assert await bot.platform.trouble() == ()
    empty.times = 0
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))


async def test_the_same_updates_again_and_again_are_no_hot_loop(fake: FakeTelegram, bot: TestBot) -> None:
    await fake.seen(lambda: fake.updates.polls > 1)
    same = Fault(raw='{"ok": true, "result": [{"update_id": 7, "something": {}}]}', times=10**6)
    fake.fail("getUpdates", same)
    fake.updates.push_raw({"something": {}})
    await asyncio.sleep(2)
    assert 10**6 - same.times < 7


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
@pytest.mark.parametrize("status", [200, 500])
async def test_updates_without_an_end_are_cut_off(
    fake: FakeTelegram, tmp_path: Path, status: int, headers: dict[str, str]
) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("getUpdates", Fault(endless=b" " * 2**18, status=status, headers=headers))
    says(fake, ann, group, "{HKID}")
    async with TestBot(fake.url, tmp_path):
        await fake.seen(lambda: inbox(fake, ann))
    assert MOST_OF_UPDATES < fake.poured < 4 * MOST_OF_UPDATES


async def test_a_send_whose_answer_has_no_end_has_an_unknown_outcome(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    fake.fail("sendMessage", Fault(endless=b" " * 2**18))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: inbox(fake, ann))
    assert next(attempt.outcome for attempt in bot.store.attempts()) == "unknown"
    assert MOST_OF_OTHERS < fake.poured < 4 * MOST_OF_UPDATES  # what the machine's buffers took is in it


async def test_admins_are_told_of_trouble_that_lasts_and_that_it_is_over(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("LASTS", 0.3), ("OVER", 0.3), ("LOOK_EVERY", 0.05)):
        monkeypatch.setattr(f"bot.watch.{name}", seconds)
    boss = fake.world.person(ADMIN, started=True)
    garbage = Fault(raw="[]", times=10**6)
    fake.fail("getUpdates", garbage)
    async with TestBot(fake.url, tmp_path) as bot:
        watching = asyncio.create_task(Watch({NAME: bot.platform}, bot.store, bot.guard).run())
        await fake.seen(lambda: inbox(fake, boss))
        garbage.times = 0
        await fake.seen(lambda: len(inbox(fake, boss)) == 2, 20)
        watching.cancel()
    told, over = inbox(fake, boss)
    assert "Telegram: no connection" in told["text"]
    assert "Telegram works again" in over["text"]


async def test_trouble_that_passes_is_nobodys_business(fake: FakeTelegram, tmp_path: Path) -> None:
    fake.fail("getUpdates", Fault(raw="[]"))
    async with TestBot(fake.url, tmp_path) as bot:
        await fake.seen(lambda: fake.made("getUpdates"))
        assert bot.store.outbox() == ()
