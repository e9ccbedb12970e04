"""The page in a real browser: Chromium signs in, goes through every page, changes a policy, and axe finds nothing."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.async_api import Page, async_playwright

from tests.fakes.web_office import PRIYA, Office, leaked

CHROMIUM = shutil.which("chromium")
PAGES = (
    *("/", "/incidents", "/breaches", "/breaches/B1"),
    *("/policies", "/policies/file?file=policy.toml", "/audit", "/health"),
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PICTURES = os.environ.get("PICTURES", "")
"""A folder for pictures of the pages, for whoever wants to look at them."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed here: apt-get install chromium")


@pytest.fixture
async def page(office: Office) -> AsyncIterator[Page]:
    async with async_playwright() as program:
        browser = await program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = await browser.new_page(viewport={"width": 1180, "height": 860})
        yield made
        await browser.close()


async def entered(office: Office, page: Page) -> list[str]:
    """Sign in, and collect what the browser complains of from then on: blocked scripts and styles, errors."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(await office.link(PRIYA))
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url(office.url + "/")
    return complaints


async def test_every_page_can_be_used_by_everybody(office: Office, page: Page) -> None:
    known = await leaked(office)
    complaints = await entered(office, page)
    await page.goto(f"{office.url}/incidents/{known}")
    await page.get_by_role("button", name="Open a case with it").click()
    await page.get_by_role("button", name="Done").first.click()
    assert office.store.breach(1)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for path in (*PAGES, f"/incidents/{known}"):
            await page.goto(office.url + path)
            found = await Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{path}, {scheme}: {found.generate_report()}"
            if PICTURES:
                name = path.strip("/").partition("?")[0].replace("/", "-") or "overview"
                await page.screenshot(path=f"{PICTURES}/{name}-{scheme}.png")
    assert complaints == []


async def test_it_fits_a_telephone(office: Office, page: Page) -> None:
    known = await leaked(office)
    await entered(office, page)
    await page.set_viewport_size({"width": 375, "height": 740})
    for path in (*PAGES[:3], *PAGES[4:], f"/incidents/{known}"):
        await page.goto(office.url + path)
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 375, path
        if PICTURES and path == "/incidents":
            await page.screenshot(path=f"{PICTURES}/incidents-phone.png")


async def test_it_is_printed_on_white_paper_without_what_nobody_can_press(office: Office, page: Page) -> None:
    await leaked(office)
    await entered(office, page)
    await page.emulate_media(media="print", color_scheme="dark")
    for path in ("/", "/incidents"):
        await page.goto(office.url + path)
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert not await page.get_by_role("navigation").first.is_visible()
        assert not await page.get_by_role("button").first.is_visible()
        assert (await page.pdf()).startswith(b"%PDF")


async def test_the_keyboard_reaches_the_content_first(office: Office, page: Page) -> None:
    await entered(office, page)
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "content"


async def test_a_policy_is_checked_as_one_types_and_saved(office: Office, page: Page) -> None:
    await leaked(office)
    complaints = await entered(office, page)
    await page.get_by_role("link", name="Policies").click()
    await page.get_by_role("link", name="policy.toml").click()
    text = page.get_by_label("The policy")
    written = await text.input_value()
    await page.get_by_text("all its examples hold").wait_for()
    await text.fill(written.replace("severity", "severety"))
    await page.get_by_text("did you mean severity").first.wait_for()
    await text.fill("# changed in a browser\n" + written)
    await page.get_by_text("all its examples hold").wait_for()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    assert (office.folder / "policy.toml").read_text("utf-8").startswith("# changed in a browser\n")
    assert complaints == []
