"""`thinktwice run` as an operator meets it: one process, both platforms, one config, real clients, fake wires."""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import main
from detectors import turns
from tests.fakes.ports import free_port
from tests.fakes.receiver import SECRET, Receiver
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram import people
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import TOKEN
from tests.running import TOKENS, Start, config, readiness, until

ROOT = Path(__file__).parents[1]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(retry_after=(0.0, 0.05, 0.1)) as server:
        server.space.channel("C1", "U1", "U2", name="hr")
        yield server


async def test_one_process_serves_both_platforms_and_stops_cleanly(
    start: Start, tmp_path: Path, telegram: FakeTelegram, slack: FakeSlack
) -> None:
    ada = telegram.world.person(5, started=True)
    group = telegram.world.group(-100200, ada)
    bot = await start(tmp_path, config(telegram.url, slack.api_base_url), **TOKENS)
    await until(lambda: len(bot.out) == 2)
    assert [line.split(":")[0] for line in bot.out] == ["telegram", "slack"]
    people.says(telegram, ada, group, "陳大文身份證A123456(3)")
    slack.say("C1", "U1", "Peter's id is A123456(3)")
    await until(lambda: bool(telegram.world.chats[5].messages) and bool(slack.space.told("U1")))
    report = await start(tmp_path, config(telegram.url, slack.api_base_url), "report", "--format", "json")
    assert await report.ended() == 0
    assert '"HKID"' in "".join(report.out)
    assert await bot.stop() == 0
    assert bot.out[-1] == "stopped"
    assert [line for line in bot.err if "A123456" in line or TOKEN in line or "xoxb-" in line] == []


async def test_the_program_itself_starts_and_stops(tmp_path: Path, telegram: FakeTelegram) -> None:
    """The others are forked from a process that has imported everything; this one begins from nothing."""
    (tmp_path / "config.toml").write_text(config(telegram.url), "utf-8")
    arguments = ("-m", "bot", "run", "--config", str(tmp_path / "config.toml"))
    environment = {**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN}
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=-1, env=environment)
    assert process.stdout
    assert (await process.stdout.readline()).startswith(b"telegram: ready")
    if turns.length():  # Linux tells from 6.12 on
        assert turns.length(process.pid) == turns.SHORT
    process.send_signal(signal.SIGTERM)
    assert await process.stdout.read() == b"stopped\n"
    assert await process.wait() == 0


COUNTING = (
    "import gc, os, signal, sys; from bot.cli import main;"
    "signal.signal(signal.SIGUSR1, lambda *_: os.write(1, b'%d\\n' % gc.get_freeze_count()));"
    "sys.exit(main(sys.argv[1:]))"
)
"""The program, which says how many objects no collection goes through when it is asked.

Past Python's buffer: asked while it is still writing a line of its own, it can't print (a reentrant call ends it).
"""


async def test_no_collection_goes_through_what_the_start_built(tmp_path: Path, telegram: FakeTelegram) -> None:
    (tmp_path / "config.toml").write_text(config(telegram.url), "utf-8")
    arguments = ("-c", COUNTING, "run", "--config", str(tmp_path / "config.toml"))
    environment = {**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN}
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=-1, env=environment)
    assert process.stdout
    assert (await process.stdout.readline()).startswith(b"telegram: ready")
    process.send_signal(signal.SIGUSR1)
    assert int(await process.stdout.readline()) > 100_000
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_a_second_run_on_the_same_log_is_refused(start: Start, tmp_path: Path, telegram: FakeTelegram) -> None:
    bot = await start(tmp_path, config(telegram.url), **TOKENS)
    await until(lambda: bool(bot.out))
    second = await start(tmp_path, config(telegram.url), **TOKENS)
    assert await second.ended() == 1
    assert len(second.err) == 1
    assert await bot.stop() == 0


async def test_a_token_that_is_refused_at_start_ends_with_one_sentence(
    start: Start, tmp_path: Path, telegram: FakeTelegram
) -> None:
    bot = await start(tmp_path, config(telegram.url), TELEGRAM_BOT_TOKEN="1:wrong")
    assert await bot.ended() == 1
    assert [line for line in bot.err if "TELEGRAM_BOT_TOKEN" in line]
    assert [line for line in bot.err if "Traceback" in line or "1:wrong" in line] == []


async def test_a_token_that_is_revoked_later_stops_only_its_platform(
    start: Start, tmp_path: Path, telegram: FakeTelegram, slack: FakeSlack
) -> None:
    ada = telegram.world.person(5, started=True)
    group = telegram.world.group(-100200, ada)
    bot = await start(tmp_path, config(telegram.url, slack.api_base_url), **TOKENS)
    await until(lambda: len(bot.out) == 2)
    telegram.token = "1:another"
    people.says(telegram, ada, group, "lunch?")  # ends the poll that is under way; the next one is refused
    await until(lambda: any("platform.stopped name=telegram" in line for line in bot.err))
    slack.say("C1", "U1", "Peter's id is A123456(3)")
    await until(lambda: bool(slack.space.told("U1")))
    assert await bot.stop() == 0


@pytest.mark.fault
@pytest.mark.parametrize("harm", ["file", "folder"])
async def test_a_database_that_is_deleted_confirms_nothing_and_ends_with_1(
    start: Start, tmp_path: Path, telegram: FakeTelegram, harm: str
) -> None:
    ada = telegram.world.person(5, started=True)
    group = telegram.world.group(-100200, ada)
    (tmp_path / "log").mkdir()
    port = free_port()
    more = f'[store]\npath = "log/log.db"\n[health]\nlisten = "127.0.0.1:{port}"\n'
    bot = await start(tmp_path, config(telegram.url, more=more), **TOKENS)
    await until(lambda: len(bot.out) == 1)
    people.says(telegram, ada, group, "Peter's id is A123456(3)")
    await until(lambda: bool(telegram.world.chats[5].messages))
    assert await readiness(port) == (200, {"status": "ready", "trouble": {}})
    told = len(telegram.world.chats[5].messages)
    if harm == "file":
        (tmp_path / "log" / "log.db").unlink()
    else:
        shutil.rmtree(tmp_path / "log")
    people.says(telegram, ada, group, "Mary's id is A123456(3)")
    await until(lambda: any("deleted, moved or replaced" in line for line in bot.err))
    status, said = await readiness(port)
    assert status == 503
    assert "deleted" in said["trouble"]["store"][0]
    assert telegram.updates.waiting
    assert len(telegram.world.chats[5].messages) == told
    assert await bot.stop() == 1
    assert not (tmp_path / "log" / "log.db").exists()


async def test_a_wrong_signing_secret_shows(start: Start, tmp_path: Path, slack: FakeSlack) -> None:
    events, health = free_port(), free_port()
    more = f'mode = "http"\nlisten = "127.0.0.1:{events}"\n[health]\nlisten = "127.0.0.1:{health}"\n'
    bot = await start(tmp_path, config(slack=slack.api_base_url, more=more), **TOKENS, SLACK_SIGNING_SECRET="other")
    await until(lambda: len(bot.out) == 1)
    slack.over_http(f"http://127.0.0.1:{events}/slack/events")
    slack.say("C1", "U1", "Peter's id is A123456(3)")
    await until(lambda: any("slack.refused" in line for line in bot.err))
    status, said = await readiness(health)
    assert status == 503
    assert "secret that proves them may be wrong" in said["trouble"]["slack"][0]
    assert await bot.stop() == 0
    assert [line for line in bot.err if "A123456" in line] == []


@pytest.mark.parametrize("platform", ["telegram", "slack"])
async def test_what_init_writes_runs_with_one_platform_turned_on(
    start: Start, tmp_path: Path, telegram: FakeTelegram, slack: FakeSlack, platform: str
) -> None:
    """As install-telegram.md and install-slack.md say it."""
    assert main(["init", str(tmp_path / "hr")]) == 0
    place = telegram.url if platform == "telegram" else slack.api_base_url
    written = (tmp_path / "hr" / "config.toml").read_text("utf-8")
    turned_on = f'[{platform}]\nenabled = true\napi_base_url = "{place}"'
    tokens = {name: token for name, token in TOKENS.items() if name.startswith(platform.upper())}
    changed = re.sub(rf"\[{platform}\]\nenabled = false", turned_on, written)
    bot = await start(tmp_path / "hr", changed, **tokens)
    await until(lambda: len(bot.out) == 1 or bot.life.over)
    assert [line.startswith(f"{platform}: ready") for line in bot.out] == [True]
    assert await bot.stop() == 0


async def test_the_operators_own_system_is_told_and_the_log_is_for_programs(
    start: Start, tmp_path: Path, telegram: FakeTelegram
) -> None:
    ada = telegram.world.person(5, started=True)
    group = telegram.world.group(-100200, ada)
    async with Receiver() as receiver:
        more = f'[hooks]\nurl = "{receiver.url}"\n[logs]\nformat = "json"\n'
        written = config(telegram.url, more=more)
        bot = await start(tmp_path, written, **TOKENS, HOOKS_SECRET=SECRET)
        await until(lambda: len(bot.out) == 1)
        people.says(telegram, ada, group, "Peter's id is A123456(3)")
        await until(lambda: receiver.events)
        verify = await start(tmp_path, written, "retention", "verify")
        assert await verify.ended() == 0
        assert await bot.stop() == 0
    assert receiver.events == ["incident.opened"]
    assert receiver.posted[0][1]["data"]["types"] == {"HKID": 1}
    assert "Nothing that should be gone is left." in verify.out
    lines = [json.loads(line) for line in bot.err]
    assert "policies" in {line["event"] for line in lines}
    said = "".join([*bot.err, *map(bytes.decode, receiver.bodies)])
    assert [word for word in ("A123456", "Peter", SECRET, receiver.url, TOKEN) if word in said] == []


REFUSALS = {
    "a hook without a secret": (
        config("http://127.0.0.1:9", more='[hooks]\nurl = "https://siem.example.com/x"\n'),
        "HOOKS_SECRET is not set",
    ),
    "no token": (config("http://127.0.0.1:9"), "TELEGRAM_BOT_TOKEN is not set"),
    "no platform": (config(), "No platform is enabled"),
    "platforms off": (config() + "[telegram]\nenabled = false\n[slack]\nenabled = false\n", "set enabled = true in"),
    "listen without a port": (
        config(slack="http://127.0.0.1:9", more='mode = "http"\nlisten = "localhost"\n'),
        'slack.listen: is not host:port; write it like "127.0.0.1:3000"',
    ),
    "health without a port": (
        config("http://127.0.0.1:9", more='[health]\nlisten = "127.0.0.1:99999"\n'),
        "health.listen: is not host:port",
    ),
    "no privacy": ("[telegram]\n", "add a [privacy] section"),
    "no such policy": (config("http://127.0.0.1:9") + "[policies]\ndefault = 'none'\n", "there is no such file"),
    "unwritable store": (
        config("http://127.0.0.1:9") + "[store]\npath = 'no/such/folder.db'\n",
        "does not exist: make it",
    ),
}


@pytest.mark.parametrize(("written", "sentence"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_what_can_not_start_says_why_in_one_sentence(
    start: Start, tmp_path: Path, written: str, sentence: str
) -> None:
    bot = await start(tmp_path, written, TELEGRAM_BOT_TOKEN="" if "TOKEN is not set" in sentence else "1:a")
    assert await bot.ended() == 1
    assert sentence in bot.err[-1]
    assert [line for line in bot.err if "Traceback" in line] == []


@pytest.mark.parametrize(("written", "sentence"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_what_run_refuses_is_not_well_for_the_doctor(
    start: Start, tmp_path: Path, written: str, sentence: str
) -> None:
    doctor = await start(
        tmp_path, written, "doctor", TELEGRAM_BOT_TOKEN="" if "TOKEN is not set" in sentence else "1:a"
    )
    assert await doctor.ended() == 1
    told = " ".join([*doctor.out, *doctor.err])
    assert ("set TELEGRAM_BOT_TOKEN" if "TOKEN is not set" in sentence else sentence) in told
    assert "Traceback" not in told
