"""`thinktwice run` as an operator starts it: a real process, its lines, its exit codes, a policy edit on the way."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import TOKEN

ROOT = Path(__file__).parents[3]
LEAK = "HKID A123456(3) for the booking"

POLICY = """
[[rule]]
id = "hkid"
types = ["HKID"]
severity = "{severity}"
wording = "hkid"
"""


async def run(fake: FakeTelegram, folder: Path, token: str = TOKEN) -> asyncio.subprocess.Process:
    config = (
        f'[privacy]\noperator = "Example Ltd"\ncontact = "a@example.com"\n[telegram]\napi_base_url = "{fake.url}"\n'
    )
    (folder / "config.toml").write_text(config + '[policies]\ndefault = "policy.toml"\n')
    (folder / "policy.toml").write_text(POLICY.format(severity="low"))
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml"),
        cwd=ROOT, env={**os.environ, "TELEGRAM_BOT_TOKEN": token},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_from_start_over_a_policy_edit_to_stop(fake: FakeTelegram, tmp_path: Path) -> None:
    ann = fake.world.person(11, started=True)
    group = fake.world.group(-1001, ann)
    process = await run(fake, tmp_path)
    assert process.stdout
    assert await process.stdout.readline() == b"telegram: ready as @thinktwice_test_bot\n"
    says(fake, ann, group, LEAK)
    await fake.seen(lambda: inbox(fake, ann))
    (tmp_path / "policy.toml").write_text(POLICY.replace("HKID", "PHONE_NUMBER").format(severity="high"))
    await asyncio.sleep(2)  # the promise under test: in force within two seconds
    ben = fake.world.person(12, started=True)
    confirmed = fake.updates.confirmed
    says(fake, ben, group, LEAK)
    await fake.seen(lambda: fake.updates.confirmed > confirmed)
    assert inbox(fake, ben) == []
    process.send_signal(signal.SIGTERM)
    rest, errors = await process.communicate()
    assert (process.returncode, rest) == (0, b"stopped\n")
    assert b"A123456" not in errors
    assert TOKEN.encode() not in errors


async def test_a_refused_token_ends_with_a_sentence(fake: FakeTelegram, tmp_path: Path) -> None:
    process = await run(fake, tmp_path, "1:wrong")
    out, errors = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert "Traceback" not in errors.decode()
    assert "BotFather" in errors.decode().splitlines()[-1]


async def test_a_revoked_token_ends_the_only_platform(fake: FakeTelegram, tmp_path: Path) -> None:
    process = await run(fake, tmp_path)
    await fake.seen(lambda: fake.updates.polls >= 2, 30)
    fake.token = "another"
    fake.updates.cut()
    out, errors = await process.communicate()
    assert process.returncode == 1
    assert out.endswith(b"stopped\n")
    assert b"no longer accepts the token" in errors
