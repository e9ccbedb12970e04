"""A newcomer's walk by docs/operate.md, each command of it, from the wheel to another machine a release later.

They see the first private word, sign in to the page, change a policy there and see what that does to the next message;
make a copy, restore it, upgrade from the first release, move. The chat platform is the fake one.
"""

import asyncio
import gzip
import html
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bot.cli import main
from tests.browsing import Browser
from tests.fakes.ports import free_port
from tests.fakes.telegram.people import inbox, says, whispers
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import TOKEN
from tests.machine import Machine
from tests.packed import ROOT, built

__all__ = ["built"]

PAGE = (ROOT / "docs" / "operate.md").read_text("utf-8")
RELEASED = ROOT / "tests" / "bot" / "store" / "released" / "0.1.0.db.gz"
NOT_HERE = ("git clone", "sudo make install")
"""What brings the source and its libraries; the test begins with a wheel."""
CALENDAR = PAGE.split("## A year's calendar")[1].split("\n## ")[0]
RULE = """
[[rule]]
id = "meeting"
types = ["MEETING_PASSCODE"]
severity = "medium"
effects = ["nudge"]
wording = "meeting"
"""


def chapters() -> Mapping[str, tuple[str, ...]]:
    """The blocks of commands by the heading above them."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    return {
        heading: tuple(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
        for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }


DONE = (
    *("The first day", "While it runs", "Backup", "Restore", "Upgrade", "Move to another machine"),
    *("An incident of the bot itself", "Several bots, several workspaces"),
)


def test_no_command_of_the_page_is_left_out() -> None:
    told = {heading: blocks for heading, blocks in chapters().items() if blocks and heading not in DONE}
    assert list(told) == ["Install"]
    assert [line for line in told["Install"][0].splitlines() if not line.startswith(NOT_HERE)] == []


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def machine(telegram: FakeTelegram, tmp_path: Path, built: Path) -> AsyncIterator[Machine]:
    made = Machine(tmp_path / "machine", built, free_port(), TOKEN=TOKEN, TELEGRAM=telegram.url)
    yield made
    await made.run("systemctl stop thinktwice")


def _log(machine: Machine) -> Path:
    return machine.root / "var" / "lib" / "thinktwice" / "thinktwice.db"


def _incidents(machine: Machine) -> int:
    with closing(sqlite3.connect(_log(machine))) as log:
        [(count,)] = log.execute("SELECT count(*) FROM incident")
    return int(count)


class Group:
    """An HR group, in which somebody else writes each time."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram
        self.priya = telegram.world.person(1001, started=True)
        self._group = telegram.world.group(-1001, self.priya, last_message=1_000)  # beyond those of the first release
        self._ids = count(11)

    async def nudged(self, text: str) -> str:
        """What the bot says privately to somebody who has written a text."""
        person = self._telegram.world.person(next(self._ids), started=True)
        says(self._telegram, person, self._group, text)
        await self._telegram.seen(lambda: inbox(self._telegram, person), 30)
        return str(inbox(self._telegram, person)[-1]["text"])

    async def web(self) -> str:
        """The link that the bot gives to an admin who asks for the page."""
        whispers(self._telegram, self.priya, "/web")
        await self._telegram.seen(self._links, 30)
        return self._links()[-1]

    def _links(self) -> list[str]:
        texts = "\n".join(message["text"] for message in inbox(self._telegram, self.priya))
        return re.findall(r"http://127\S+/in/\S+", texts)


async def _change_a_policy(machine: Machine, link: str) -> None:
    """Sign in to the page, put a rule into the policy, and wait until the page says that it is in force."""
    browser = Browser(link.partition("/in/")[0])
    file = machine.here("/var/lib/thinktwice/policies/hr-default.toml")
    try:
        assert (await browser.enter(link))[0] == 200
        before = (await browser.get("/policies"))[1]
        shown = (await browser.get(f"/policies/file?file={file}"))[1]
        form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
        [text] = re.findall(r"<textarea[^>]*>(.*)</textarea>", shown, re.DOTALL)
        status, said = await browser.post("/policies/save", {**form, "text": html.unescape(text) + RULE})
        assert (status, "Saved." in said) == (200, True)
        async with asyncio.timeout(30):
            while _edition((await browser.get("/policies"))[1]) == _edition(before):  # noqa: ASYNC110 - it is a page
                await asyncio.sleep(0.1)
    finally:
        await browser.session.close()


def _edition(page: str) -> str:
    [edition] = re.findall(r"<code>([0-9a-f]{12})</code>", page)
    return str(edition)


def _first_release(machine: Machine) -> int:
    """Put the log of the first release in the place of ours; returns how many incidents it holds."""
    log = _log(machine)
    for file in log.parent.glob("thinktwice.db*"):
        file.unlink()
    log.write_bytes(gzip.decompress(RELEASED.read_bytes()))
    return _incidents(machine)


def _another_machine(machine: Machine) -> None:
    """What was copied to the new machine is all that is there."""
    for folder in ("etc", "var/lib"):
        shutil.rmtree(machine.root / folder)
    (machine.root / "etc" / "systemd" / "system").mkdir(parents=True)
    (machine.root / "var" / "lib").mkdir()


@pytest.mark.timeout(300)
async def test_a_newcomer_walks_from_the_wheel_to_another_machine(
    machine: Machine, telegram: FakeTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    steps, group = chapters(), Group(telegram)
    *day, page = steps["The first day"]
    said = [await machine.run(block) for block in day]
    assert "example's" not in said[0]
    assert "All is well." in said[-2]
    assert "ID card number" in await group.nudged("New starter Siu Ming, HKID Y175954(8)")

    await machine.run(page)
    await _change_a_policy(machine, await group.web())
    assert "meeting" in await group.nudged("Zoom ID 812 3456 7890, passcode 611740, 5pm sharp")
    assert "Incidents: 2" in await _all(machine, steps["While it runs"])

    await _all(machine, steps["Backup"])
    assert "2 incidents" in await _all(machine, steps["Restore"])
    await group.nudged("HKID Y175954(8) again")
    assert _incidents(machine) == 3

    [upgrade] = steps["Upgrade"]
    before, new, after = upgrade.partition("git pull")
    await machine.run(before)
    known = _first_release(machine)
    assert "bring the tables of" in await machine.run(new + after)
    assert "meeting" in await group.nudged("Zoom ID 812 3456 7890, passcode 611740, 6pm sharp")
    assert _incidents(machine) == known + 1

    there, here = steps["Move to another machine"]
    await machine.run(there)
    _another_machine(machine)
    await machine.run(here)
    await group.nudged("HKID Y175954(8) once more")
    assert _incidents(machine) == known + 2
    assert "restore" in await _all(machine, steps["An incident of the bot itself"])
    await _all(machine, steps["Several bots, several workspaces"])
    unit = machine.root / "etc" / "systemd" / "system" / "thinktwice@.service"
    assert {"User=thinktwice-%i", "StateDirectory=thinktwice-%i"} <= {*unit.read_text("utf-8").splitlines()}

    config = machine.here("/etc/thinktwice/config.toml")
    for command in re.findall(r"`thinktwice ([^`]+)`", CALENDAR):
        arguments = [*command.split(), "--config", config]
        if command not in ("doctor", "decommission"):  # the one ran on the first day, the other in a test of its own
            assert await asyncio.to_thread(main, arguments) == 0, command
    assert "Y175954" not in (machine.root / "run.err").read_text("utf-8") + capsys.readouterr().out


async def _all(machine: Machine, blocks: tuple[str, ...]) -> str:
    return "".join([await machine.run(block) for block in blocks])
