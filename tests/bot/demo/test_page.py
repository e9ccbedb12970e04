"""`thinktwice demo --web`: the afternoon is played, its page stays open, and nothing of it stays on disk."""

import re
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import async_playwright

from bot.cli import main
from tests.browsing import Browser
from tests.running import Running, until
from tests.zygote import Life, program

LINK = re.compile(r"(http://127\.0\.0\.1:\d+)(/in/\S+)")
CHROMIUM = shutil.which("chromium")


class Demo(NamedTuple):
    """A demo whose page is open, and the folder in which all that it writes lies."""

    running: Running
    folder: Path
    url: str
    link: str


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    folder, out, err = tmp_path / "temporary", tmp_path / "out", tmp_path / "err"
    folder.mkdir()
    async with Life(program, out, err, {"TMPDIR": str(folder)}, ("demo", "--web")) as life:
        running = Running(life, out, err)
        await until(lambda: LINK.search("\n".join(running.out)) or life.over)
        found = LINK.search("\n".join(running.out))
        assert found, running.err
        yield Demo(running, folder, found[1], found[0])


async def test_every_page_has_the_afternoon_and_nothing_stays(demo: Demo) -> None:
    [line] = [line for line in demo.running.out if demo.link in line]
    assert "once, within five minutes" in line
    assert list(demo.folder.iterdir())
    browser = Browser(demo.url)
    try:
        status, overview = await browser.enter(demo.link)
        assert (status, "HR operations 人事組" in overview) == (200, True)
        assert "<dd>5 <small>" in overview
        incidents = (await browser.get("/incidents"))[1]
        known = set(re.findall(r'href="/incidents/([a-z2-7]{12})"', incidents))
        assert len(known) == 5
        shown = [(await browser.get(f"/incidents/{one}"))[1] for one in known]
        assert sum("medical-passed-on" in text for text in shown) == 1
        assert "B1" in (await browser.get("/breaches"))[1]
        assert '<td class="number">' in (await browser.get("/policies"))[1]
        assert "report" in (await browser.get("/audit"))[1]
        assert (await browser.get("/health"))[0] == 200
        await _change_a_policy(browser, demo)
        assert (await browser.enter(demo.link))[0] == 401
    finally:
        await browser.session.close()
    demo.running.life.signal(signal.SIGINT)
    assert (await demo.running.ended(), demo.running.err) == (0, [])
    assert list(demo.folder.iterdir()) == []


async def _change_a_policy(browser: Browser, demo: Demo) -> None:
    """Whoever looks may try the editor: what they change is a copy."""
    path = "/policies/file?file=policies/hr-default.toml"
    text = (await browser.get(path))[1]
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    [file] = demo.folder.glob("thinktwice-*/policies/hr-default.toml")
    changed = f"# tried\n{file.read_text('utf-8')}"
    status, said = await browser.post("/policies/save", {**form, "text": changed})
    assert (status, "Saved." in said, file.read_text("utf-8")) == (200, True, changed)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed here: apt-get install chromium")
async def test_somebody_new_finds_their_way_in_a_browser(demo: Demo) -> None:
    async with async_playwright() as program:
        browser = await program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        await page.goto(demo.link)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("link", name="Cases").click()
        await page.get_by_role("link", name="B1").click()
        await page.get_by_role("heading", name="B1").wait_for()
        await browser.close()
    assert await demo.running.stop() == 0


def test_an_address_that_is_none_is_told_before_anything_is_played(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--web", "8080"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "--web 8080: is not host:port; write it like 127.0.0.1:8080\n")


def test_a_page_that_nobody_could_enter_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = tmp_path / "scenario.toml"
    scenario.write_text(
        'title = "T"\n[group]\nname = "G"\n[[people]]\nname = "Ken"\n[[steps]]\nby = "Ken"\nsays = "ok"\n'
    )
    assert main(["demo", "--scenario", str(scenario), "--web"]) == 1
    assert "add admin = true" in capsys.readouterr().err
