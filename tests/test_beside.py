"""Several bots beside each other on one machine: a process, a configuration, a log and a page each."""

import re
import shutil
import subprocess
from pathlib import Path

import aiohttp
import pytest

from bot.cli import main
from tests.fakes.ports import free_port
from tests.fakes.telegram.people import inbox, says, whispers
from tests.fakes.telegram.server import FakeTelegram
from tests.running import TOKENS, Running, Start, config, until

ROOT = Path(__file__).parents[1]
OPERATE = (ROOT / "docs" / "operate.md").read_text("utf-8")
ANALYZE = shutil.which("systemd-analyze")

POLICY = """
[[rule]]
id = "hkid"
types = ["HKID"]
severity = "high"
wording = "hkid"
"""


def written(fake: FakeTelegram, port: int, other: int) -> str:
    """The configuration of one of two bots: policies are shared, everything else is its own."""
    return config(
        fake.url,
        more=f"""
[admins]
telegram = [1001]
[policies]
default = "../policy.toml"
[web]
listen = "127.0.0.1:{port}"
others = {{ "The other" = "http://127.0.0.1:{other}" }}
""",
    )


async def link(fake: FakeTelegram) -> str:
    """The way into the page that the bot hands out to its admin."""
    boss = fake.world.person(1001, started=True)
    before = len(inbox(fake, boss))
    whispers(fake, boss, "/web")
    await fake.seen(lambda: len(inbox(fake, boss)) > before, 30)
    found = re.search(r"http://\S+/in/(\S+)", inbox(fake, boss)[-1]["text"])
    assert found
    return found[1]


async def entered(session: aiohttp.ClientSession, port: int, invitation: str) -> str:
    """Go in; returns the first page."""
    here = f"http://127.0.0.1:{port}"
    form, proof = {"invitation": invitation}, {"Origin": here}
    async with session.post(f"{here}/in", data=form, headers=proof) as answer:
        return await answer.text()


async def test_two_bots_share_their_policies_and_nothing_else(start: Start, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    ports = free_port(), free_port()
    async with FakeTelegram() as hr, FakeTelegram() as legal:
        bots: list[Running] = []
        for name, fake, port, other in [("hr", hr, ports[0], ports[1]), ("legal", legal, ports[1], ports[0])]:
            (tmp_path / name).mkdir()
            bots.append(await start(tmp_path / name, written(fake, port, other), **TOKENS))
        await until(lambda: all(bot.out for bot in bots))
        ann = hr.world.person(11, started=True)
        says(hr, ann, hr.world.group(-1001, ann), "Peter's id is A123456(3)")
        await hr.seen(lambda: inbox(hr, ann), 30)
        # one browser, two pages on one host, and signed in to both
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            first = await entered(browser, ports[0], await link(hr))
            second = await entered(browser, ports[1], await link(legal))
            assert [f'<a href="http://127.0.0.1:{other}">The other</a>' in page for other, page in
                    zip(reversed(ports), (first, second), strict=True)] == [True, True]  # fmt: skip
            for port, incidents in zip(ports, (1, 0), strict=True):
                async with browser.get(f"http://127.0.0.1:{port}/incidents") as answer:
                    assert answer.status == 200
                    assert (await answer.text()).count("-1001") == incidents
        assert [await bot.stop() for bot in bots] == [0, 0]


@pytest.fixture
def unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The template that the manual's own command makes, with another folder in place of /etc and of systemd's."""
    assert main(["init", str(tmp_path / "thinktwice" / "hr")]) == 0
    (command,) = re.findall(r"^sed .*thinktwice@\.service$", OPERATE, re.MULTILINE)
    command = command.replace("/etc/systemd/system", str(tmp_path)).replace("/etc/", f"{tmp_path}/")
    subprocess.run(command, shell=True, check=True)  # noqa: S602  # it is the manual's
    return tmp_path / "thinktwice@.service"


def test_the_unit_becomes_a_template_as_the_manual_says(unit: Path, tmp_path: Path) -> None:
    settings = [line for line in unit.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert any(f'--config "{tmp_path}/thinktwice/%i/config.toml"' in line for line in settings)
    assert f"EnvironmentFile={tmp_path}/thinktwice/%i/tokens" in settings
    assert {"User=thinktwice-%i", "StateDirectory=thinktwice-%i"} <= set(settings)
    assert not [line for line in settings if "/hr" in line]


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")
def test_systemd_accepts_an_instance_of_it(unit: Path) -> None:
    instance = unit.with_name("thinktwice@hr.service")
    instance.symlink_to(unit.name)
    judged = subprocess.run([str(ANALYZE), "verify", str(instance)], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr + judged.stdout
