"""The operator's own system is told by signed posts: all of them, however often it fails, and never who wrote what."""

import asyncio
import base64
import json
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot import app
from bot.app import assemble
from bot.breach import called
from bot.config import Config, ConfigError
from bot.message import Ask, Deletion, Message, Part
from bot.send import Later, Send, Sent, Unknown
from bot.sending.courier import Courier
from bot.store import BreachChange, OutboxRow, Store
from bot.web.hook import SECRET as VARIABLE
from bot.web.hook import Hook, key
from bot.words import Act, PartKind, SendKind, TroubleCode
from tests.crash.hook_life import compose, live
from tests.fakes.judging import Marks
from tests.fakes.logbook import NOON, Clock, clean, leak
from tests.fakes.ports import free_port
from tests.fakes.receiver import SECRET, Receiver
from tests.fakes.stub_platform import StubPlatform
from tests.fakes.two_rules import two_rules
from tests.zygote import Life


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as listening:
        yield listening


@pytest.fixture
async def hook(receiver: Receiver) -> AsyncIterator[Hook]:
    made = Hook(receiver.url, SECRET.encode(), Clock())
    yield made
    await made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    opened = Store.open(tmp_path / "log.db", clock)
    await opened.set_hook(on=True)
    yield opened
    opened.close()


def posts(store: Store) -> list[OutboxRow]:
    return list(store.outbox(platform="hook"))


def courier(store: Store, hook: Hook, clock: Clock) -> Courier:
    return Courier(store, {hook.name: hook}, compose, clock)


async def test_a_whole_bot_tells_of_incidents_by_ids_and_codes(tmp_path: Path, receiver: Receiver, hook: Hook) -> None:
    clock = Clock()
    store = Store.open(tmp_path / "log.db", clock)
    privacy = {"operator": "Example Ltd", "contact": "privacy@example.com"}
    config = Config.model_validate({"privacy": privacy, "hooks": {"url": receiver.url}})
    rules = two_rules(tmp_path, Marks().find)
    bot = assemble(config, Marks(), rules, store, {"stub": StubPlatform()}, clock, hook=hook)
    await store.set_hook(on=True)
    text = Part(PartKind.TEXT, "Ah Fai hkid:secret")
    await bot.inbound.guard.handle([Message("stub", "", "-100", "1", "person-7", NOON, (text,), audience=47)])
    clock.now += 60
    await bot.inbound.guard.handle([Deletion("stub", "", "-100", "1", NOON + 60)])
    await bot.courier.drain()

    assert receiver.events == ["incident.opened", "incident.ended"]
    (first, opened), (second, ended) = receiver.posted
    assert (first, second) == (opened["id"], ended["id"])
    data = opened["data"]
    assert (data["id"], data["chat"], data["types"], data["severity"], data["audience"], data["state"]) == (
        store.incidents(0, 9e12)[0].id,
        "-100",
        {"HKID": 1},
        "high",
        47,
        "open",
    )
    assert (ended["data"]["resolution"], ended["data"]["ended_at"]) == ("deleted", "2027-01-15T08:01:00+00:00")
    for words in ("Fai", "secret", "person-7", "Example"):
        assert words.encode() not in b"".join(receiver.bodies)
    assert receiver.headers[0]["webhook-timestamp"] == str(int(NOON)), "the hook's own clock stands still"
    store.close()


async def test_breaches_are_told_with_what_was_done(store: Store, receiver: Receiver, hook: Hook, clock: Clock) -> None:
    await store.commit([leak("1")])
    incident = store.incidents(0, 9e12)[0].id
    await store.commit([BreachChange(Act.BREACH_OPEN, NOON, "cli", "anna", incidents=(incident,), deadline=3600.0)])
    for act, codes in ((Act.BREACH_TICK, ("tell",)), (Act.BREACH_CLOSE, ("told",)), (Act.BREACH_REOPEN, ())):
        clock.now = NOON + 1
        await store.commit([BreachChange(act, clock.now, "cli", "anna", 1, codes=codes)])
    await courier(store, hook, clock).drain()
    assert receiver.events[1:] == ["breach.opened", "breach.updated", "breach.closed", "breach.updated"]
    data = [said["data"] for _, said in receiver.posted[1:]]
    assert [(one["case"], one["act"], one["codes"], one["ending"]) for one in data] == [
        (called(1), "breach_open", [], ""),
        (called(1), "breach_tick", ["tell"], ""),
        (called(1), "breach_close", ["told"], "told"),
        (called(1), "breach_reopen", [], ""),
    ]
    assert data[1]["incidents"] == [incident]
    assert data[1]["steps"] == {"tell": "2027-01-15T08:00:01+00:00"}
    assert "anna" not in str(receiver.bodies)


async def test_it_is_off_by_default_and_what_waits_is_cancelled_when_it_is_turned_off(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    await store.commit([leak("1")])
    assert posts(store) == []
    await store.set_hook(on=True)
    await store.set_hook(on=True)
    await store.commit([leak("2"), leak("3", mode="simulate", sender=None)])
    assert [row.state for row in posts(store)] == ["waiting"], "what is on trial is nobody's business"
    await store.set_hook(on=False)
    await store.commit([clean("2")])
    assert [row.state for row in posts(store)] == ["cancelled"]
    assert (store.counts().hooks, store.counts().given_up) == (0, 1)
    store.close()


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 410, 413, 429, 500, 503])
async def test_what_is_not_taken_is_posted_again_with_the_same_id_and_body(
    store: Store, receiver: Receiver, hook: Hook, clock: Clock, status: int
) -> None:
    receiver.answers.append((status, {"location": f"{receiver.url}/elsewhere"}))
    await store.commit([leak("1")])
    await courier(store, hook, clock).drain()
    [row] = posts(store)
    assert (row.state, row.due_at) == ("waiting", NOON + 5)
    assert (await hook.trouble())[0].code is TroubleCode.UNHEARD
    assert not (await hook.trouble())[0].blind
    clock.now += 5
    hook._clock = clock
    await courier(store, hook, clock).drain()
    assert [row.state for row in posts(store)] == ["sent"]
    assert receiver.bodies[0] == receiver.bodies[1]
    assert len({message for message, _ in receiver.posted}) == 1
    assert receiver.headers[1]["webhook-timestamp"] == str(int(NOON) + 5), "each try is signed anew"
    assert await hook.trouble() == ()
    assert [attempt.code for attempt in store.attempts()] == [f"http_{status}", ""]


async def test_the_other_side_may_say_when(receiver: Receiver, hook: Hook) -> None:
    send = Send(1, SendKind.ALERT, "hook", "", "", "hook", '{"id":"msg_1","type":"ping"}')
    receiver.answers += [
        (503, {"retry-after": "120"}),
        (503, {"retry-after": "999999"}),
        (503, {"retry-after": "soon"}),
    ]
    assert await hook.deliver("post", send) == Later(120.0, "http_503")
    assert await hook.deliver("post", send) == Later(3600.0, "http_503")
    assert await hook.deliver("post", send) == Later(20.0, "http_503")


async def test_nobody_listens(store: Store, clock: Clock) -> None:
    hook = Hook(f"http://127.0.0.1:{free_port()}/x", SECRET.encode(), clock)
    await store.commit([leak("1")])
    await courier(store, hook, clock).drain()
    assert [(row.state, row.unsure) for row in posts(store)] == [("waiting", 0)]
    assert [attempt.code for attempt in store.attempts()] == ["no_connection"]
    await hook.close()


async def test_an_answer_that_never_came_is_counted_and_the_post_repeated(
    store: Store, receiver: Receiver, hook: Hook, clock: Clock
) -> None:
    receiver.answers.append((0, {}))
    await store.commit([leak("1")])
    await courier(store, hook, clock).drain()
    clock.now += 3
    await courier(store, hook, clock).drain()
    assert [(row.state, row.unsure) for row in posts(store)] == [("repeated", 1)]
    assert len(receiver.bodies) == 2
    assert receiver.bodies[0] == receiver.bodies[1]


async def test_nothing_is_lost_when_the_bot_is_killed_and_what_comes_twice_has_one_id(
    tmp_path: Path, receiver: Receiver
) -> None:
    path = tmp_path / "log.db"
    store = Store.open(path, time.time)
    await store.set_hook(on=True)
    await store.commit([leak(str(number), at=time.time()) for number in range(5)])
    wanted = [store.incident_at("stub", "", "-100", str(number)) for number in range(5)]
    store.close()
    for count in (1, 2):
        receiver.came.clear()
        async with Life(live, path, receiver.url) as life:
            await receiver.came.wait()
            life.kill()
            assert await life.ended() == -signal.SIGKILL
        assert len(receiver.posted) >= count
    async with Life(live, path, receiver.url) as life:
        assert await life.ended() == 0
    by_id = {message: said["data"]["id"] for message, said in receiver.posted}
    assert sorted(by_id.values()) == sorted(row.id for row in wanted if row)
    store = Store.open(path, time.time)
    assert {row.state for row in posts(store)} <= {"sent", "repeated"}
    assert len(receiver.posted) - len(by_id) <= sum(row.unsure for row in posts(store))
    store.close()


async def test_the_doctor_posts_a_signed_ping(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    hook = app.hook(configured(receiver.url), time.time)
    assert hook
    assert (await hook.look()).good
    assert receiver.events == ["ping"]
    receiver.answers.append((403, {}))
    check = await hook.look()
    assert (check.good, "http_403" in check.advice, receiver.url in check.advice) == (False, True, False)
    monkeypatch.setenv(VARIABLE, "another secret, and as long as it must be")
    wrong = app.hook(configured(receiver.url), time.time)
    assert wrong
    assert "http_401" in (await wrong.look()).advice


def configured(url: str | None) -> Config:
    privacy = {"operator": "Example Ltd", "contact": "privacy@example.com"}
    return Config.model_validate({"privacy": privacy, "hooks": {"url": url}})


@pytest.mark.parametrize("secret", [None, "5ecret", "whsec_c2hvcnQ=", "whsec_%%%"])
def test_without_a_good_secret_it_does_not_start(monkeypatch: pytest.MonkeyPatch, secret: str | None) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if secret:
        monkeypatch.setenv(VARIABLE, secret)
    with pytest.raises(ConfigError, match=VARIABLE) as refused:
        app.hook(configured("https://siem.example.com/x"), time.time)
    assert not secret or secret not in str(refused.value)
    assert app.hook(configured(None), time.time) is None


def test_a_secret_may_be_written_as_standard_webhooks_does() -> None:
    raw = bytes(range(32))
    assert key(f"whsec_{base64.b64encode(raw).decode()}") == raw
    assert key(SECRET) == SECRET.encode()


@pytest.mark.parametrize("url", ["siem.example.com", "ftp://x", "https://user:pass@siem.example.com/x", "https://a b"])
def test_an_address_that_is_none_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValueError, match="should match pattern") as refused:
        configured(url)
    assert "pass@" not in str(refused.value)


async def test_a_post_that_takes_too_long_has_an_unknown_outcome(receiver: Receiver, hook: Hook) -> None:
    receiver.hold = asyncio.Event()
    hook._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1))
    send = Send(1, SendKind.ALERT, "hook", "", "", "hook", json.dumps({"id": "msg_1"}))
    assert await hook.deliver("post", send) == Unknown("timeout")
    receiver.hold.set()
    assert isinstance(await hook.deliver("post", send), Sent)


async def test_status_says_what_waits_and_that_nobody_takes_it(tmp_path: Path, receiver: Receiver, hook: Hook) -> None:
    clock = Clock()
    store = Store.open(tmp_path / "log.db", clock)
    privacy = {"operator": "Example Ltd", "contact": "privacy@example.com"}
    given = {"privacy": privacy, "hooks": {"url": receiver.url}, "admins": {"stub": ["1"]}}
    rules = two_rules(tmp_path, Marks().find)
    bot = assemble(
        Config.model_validate(given), Marks(), rules, store, {"stub": StubPlatform()}, clock, clock, hook=hook
    )
    await store.set_hook(on=True)
    receiver.answers.append((503, {}))
    await store.commit([leak("1", admins=())])
    await bot.courier.drain()
    for language, piece, trouble in (
        ("en", "Waiting to be posted to your own system: 1.", "Hook: your own system did not take"),
        ("zh", "等待送到貴機構系統：1項。", "Hook：貴機構系統未有接收"),
    ):
        ask = Ask("stub", "", "1", "", "status", (), NOON, language)
        text = (await bot.inbound.commands.answer(ask)).text
        assert piece in text
        assert trouble in text
        assert text.startswith(("Working.", "運作正常。")), "the bot sees and tells"
    assert set(bot.everyone) == {"stub", "hook"}
    store.close()
