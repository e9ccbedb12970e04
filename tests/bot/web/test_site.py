"""The page as a browser without scripts meets it: who gets in, what they see, what they may do, what is noted."""

import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.reports.counted import SMALL_GROUP
from bot.store import Tried, Verdict
from bot.web import sessions
from bot.web.sessions import WebRole
from bot.web.site import PLACES
from bot.words import Act, BreachStep, IncidentState
from tests.browsing import Browser
from tests.fakes.logbook import NOON
from tests.fakes.web_office import KEN, MING, PRIYA, Office, leaked

ROOT = Path(__file__).parents[3]
PAGES = ("/", "/incidents", "/breaches", "/policies", "/policies/file?file=policy.toml", "/audit", "/health")


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[Browser]:
    made = Browser(office.url)
    yield made
    await made.session.close()


@pytest.mark.parametrize("path", [*PAGES, "/incidents/abcdefghijkl"])
async def test_a_stranger_sees_nothing(office: Office, browser: Browser, path: str) -> None:
    known = await leaked(office)
    status, text = await browser.get(path.replace("abcdefghijkl", known))
    assert status == 401
    assert known not in text
    assert "/web" in text
    assert office.noted() == []


async def test_who_is_no_admin_gets_no_link(office: Office) -> None:
    assert "http" not in await office.asks(MING)
    assert [(row.user, row.allowed) for row in office.store.audits() if row.action == Act.WEB] == [(MING.id, False)]


async def test_a_link_opens_the_page_once(office: Office, browser: Browser) -> None:
    link = await office.link(KEN)
    for _ in range(3):  # a preview of the link does not use it up
        assert (await browser.get(link.removeprefix(office.url)))[0] == 200
    status, text = await browser.enter(link)
    assert (status, "Think Twice" in text) == (200, True)
    other = Browser(office.url)
    assert (await other.enter(link))[0] == 401
    assert (await other.get("/"))[0] == 401
    await other.session.close()


async def test_a_newer_link_voids_the_one_before_and_five_minutes_void_any(office: Office, browser: Browser) -> None:
    first, second = await office.link(KEN), await office.link(KEN)
    assert (await browser.enter(first))[0] == 401
    office.clock.now += sessions.INVITED_SECONDS
    assert (await browser.enter(second))[0] == 401


async def test_a_session_ends_after_its_time_or_when_somebody_says_so(office: Office, browser: Browser) -> None:
    await browser.enter(await office.link(KEN))
    assert "1" in await office.asks(KEN, "out")
    assert (await browser.get("/"))[0] == 401
    await browser.enter(await office.link(KEN))
    assert (await browser.get("/"))[0] == 200
    office.clock.now += sessions.SESSION_SECONDS
    assert (await browser.get("/"))[0] == 401


async def test_signing_out_ends_it(office: Office, browser: Browser) -> None:
    await browser.enter(await office.link(KEN))
    await browser.post("/out", {"token": await browser.token("/")})
    assert (await browser.get("/"))[0] == 401


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_shown_in_both_languages_and_noted(office: Office, browser: Browser, path: str) -> None:
    known = await leaked(office)
    await browser.enter(await office.link(PRIYA))
    english = await browser.get(path)
    await browser.post("/language", {"language": "zh", "back": path})
    chinese = await browser.get(path)
    assert english[0] == chinese[0] == 200
    assert 'lang="en"' in english[1]
    assert 'lang="zh-Hant-HK"' in chinese[1]
    assert english[1].count("<h1") == chinese[1].count("<h1") == 1
    place = next(one for one in PLACES if one.method == "GET" and one.path == path.partition("?")[0])
    assert office.noted().count((PRIYA.id, place.here, True)) >= 2
    assert known in (await browser.get("/incidents"))[1]


async def test_the_overview_calls_groups_as_a_report_in_a_chat_does(office: Office, browser: Browser) -> None:
    for number in range(SMALL_GROUP):
        await leaked(office, str(number))
    await browser.enter(await office.link(KEN))
    assert '<th scope="row">HR operations</th>' in (await browser.get("/"))[1]


async def test_the_policies_say_what_is_on_trial_beside_what_is_in_force(office: Office, browser: Browser) -> None:
    await browser.enter(await office.link(KEN))
    await browser.post("/language", {"language": "en", "back": "/"})
    assert "On trial beside" not in (await browser.get("/policies"))[1]
    would = Verdict(("hkid",), "high", nudges=True, types=("HKID",))
    chat = office.world.chat
    await office.store.commit([Tried("simulator", "", chat, "1", "set", NOON - 60, "0" * 12, would, Verdict())])
    said = (await browser.get("/policies"))[1]
    assert "On trial beside what is in force" in said
    assert "Private nudges: 1 more, 0 fewer" in said
    row = '<td class="number">1</td><td class="number">0</td>'
    assert all(f'<th scope="row">{name}</th>{row}' in said for name in ("hkid", "HKID numbers", "HR operations"))


async def test_a_policy_shows_what_it_says_about_its_examples(office: Office, browser: Browser) -> None:
    examples = '[[example]]\ntext = "hkid:1"\nrules = ["hkid"]\n[[example]]\ntext = "lunch"\nrules = []\n'
    file = office.folder / "policy.toml"
    file.write_text(file.read_text("utf-8") + examples, "utf-8")
    await browser.enter(await office.link(KEN))
    await browser.post("/language", {"language": "en", "back": "/"})
    said = (await browser.get("/policies/file?file=policy.toml"))[1]
    assert "2 examples of this policy" in said
    assert "<td>HKID</td><td>hkid</td><td>holds</td>" in said
    file.write_text("not a policy", "utf-8")
    status, said = await browser.get("/policies/file?file=policy.toml")
    assert (status, "examples of this policy" in said) == (200, False)


async def test_nothing_comes_from_elsewhere_and_no_script_stands_in_a_page(office: Office, browser: Browser) -> None:
    await browser.enter(await office.link(PRIYA))
    for path in PAGES:
        async with browser.session.get(office.url + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            text = await answer.text()
        text = text.replace('<a href="https://legal-bot.example.com">', "")  # a link that the configuration names
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?! src=\"/static/)|\son\w+=|style=|(?:src|href|action)=\"(?:https?:)?//", text)


async def test_an_editor_deals_with_an_incident(office: Office, browser: Browser) -> None:
    known = await leaked(office)
    await browser.enter(await office.link(PRIYA))
    token = await browser.token(f"/incidents/{known}")
    status, text = await browser.post(f"/incidents/{known}", {"token": token, "act": "settle", "code": "told"})
    assert status == 200
    assert "Done." in text
    row = office.store.incident(known)
    assert row
    assert (row.state, row.reason) == (IncidentState.ENDED, "told")
    await browser.post(f"/incidents/{known}", {"token": token, "act": "reopen"})
    await browser.post(f"/incidents/{known}", {"token": token, "act": "case", "code": "it-2026-7"})
    row = office.store.incident(known)
    assert row
    assert (row.state, row.outside_case) == (IncidentState.OPEN, "IT-2026-7")
    notes = [(one.user, one.action) for one in office.store.audits(about=known) if one.action != Act.WEB]
    assert notes == [(PRIYA.id, Act.SETTLE), (PRIYA.id, Act.REOPEN), (PRIYA.id, Act.CASE)]


@pytest.mark.parametrize(
    "form",
    [
        {"act": "settle", "code": "nonsense"},
        {"act": "burn"},
        {"act": "case", "code": "<b>"},
        {"act": "case", "code": ""},
    ],
)
async def test_what_makes_no_sense_changes_nothing(office: Office, browser: Browser, form: dict[str, str]) -> None:
    known = await leaked(office)
    await browser.enter(await office.link(PRIYA))
    before = office.store.incident(known)
    assert (await browser.post(f"/incidents/{known}", {"token": await browser.token("/"), **form}))[0] == 400
    assert office.store.incident(known) == before


async def test_who_may_only_look_changes_nothing(office: Office, browser: Browser) -> None:
    known = await leaked(office)
    await browser.enter(await office.link(KEN))
    _, text = await browser.get(f"/incidents/{known}")
    assert "settle" not in text
    token = await browser.token("/")
    status, _ = await browser.post(f"/incidents/{known}", {"token": token, "act": "settle", "code": "told"})
    assert status == 403
    assert office.store.incident(known).state is IncidentState.OPEN  # type: ignore[union-attr]  # it is there
    assert (KEN.id, "incidents change", False) in office.noted()


@pytest.mark.parametrize(("token", "origin"), [("", None), ("guessed", None), (None, "https://elsewhere.example")])
async def test_a_form_that_is_not_the_pages_own_is_refused(
    office: Office, browser: Browser, token: str | None, origin: str | None
) -> None:
    known = await leaked(office)
    await browser.enter(await office.link(PRIYA))
    given = await browser.token("/") if token is None else token
    form = {"token": given, "act": "settle", "code": "told"}
    assert (await browser.post(f"/incidents/{known}", form, origin=origin))[0] == 403
    assert office.store.incident(known).state is IncidentState.OPEN  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/a\r\nX: y"])
async def test_nobody_is_sent_elsewhere(office: Office, browser: Browser, back: str) -> None:
    headers = {"Origin": office.url}
    form = {"language": "zh", "back": back}
    async with browser.session.post(
        office.url + "/language", data=form, headers=headers, allow_redirects=False
    ) as answer:
        assert answer.headers["Location"] == "/"


async def test_commands_in_sentences_are_shown_as_such(office: Office, browser: Browser) -> None:
    await browser.enter(await office.link(PRIYA))
    said = (await browser.get("/policies/file?file=policy.toml"))[1]
    assert "<code>thinktwice policy check</code>" in said
    for page in PAGES:
        assert "`" not in re.sub("<(pre|textarea).*?</", "", (await browser.get(page))[1], flags=re.DOTALL)


async def test_a_policy_is_checked_while_somebody_types_and_saved_whole(office: Office, browser: Browser) -> None:
    await leaked(office)
    await browser.enter(await office.link(PRIYA))
    path = "/policies/file?file=policy.toml"
    _, page = await browser.get(path)
    edition = re.search(r'name="edition" value="([^"]+)"', page)
    assert edition
    file = office.folder / "policy.toml"
    old = file.read_text("utf-8")
    form = {"token": await browser.token(path), "file": "policy.toml", "edition": edition[1]}
    status, text = await browser.post("/policies/check", {**form, "text": old.replace("severity", "severety")})
    assert (status, "did you mean severity" in text) == (200, True)
    _, text = await browser.post("/policies/check", {**form, "text": old})
    assert "all its examples hold" in text
    assert "1 incident of the last thirty days" in text
    assert (await browser.post("/policies/save", {**form, "text": "nonsense"}))[0] == 409
    assert file.read_text("utf-8") == old
    new = "# changed on the page\r\n" + old
    status, text = await browser.post("/policies/save", {**form, "text": new})
    assert (status, "Saved." in text) == (200, True)
    assert file.read_text("utf-8") == new.replace("\r\n", "\n")
    assert [kept.read_text("utf-8") for kept in office.folder.glob("policy.toml.*")] == [old]
    before = office.rules.set.hash
    assert office.rules.refresh() == ()
    assert office.rules.set.hash != before
    status, text = await browser.post("/policies/save", {**form, "text": old})
    assert (status, "Somebody changed the file" in text) == (409, True)


async def test_a_breach_from_the_incident_to_the_closed_case(office: Office, browser: Browser) -> None:
    known, more = await leaked(office, "1"), await leaked(office, "2")
    await browser.enter(await office.link(PRIYA))
    token = {"token": await browser.token("/")}
    status, text = await browser.post("/breaches", {**token, "code": known})
    assert (status, "B1" in text) == (200, True)
    await browser.post("/breaches/B1", {**token, "act": "add", "code": more})
    await browser.post("/breaches/B1", {**token, "act": "tick", "code": "contain"})
    await browser.post("/breaches/B1", {**token, "act": "edition", "code": ""})
    row = office.store.breach(1)
    assert row
    assert set(row.incidents) == {known, more}
    assert list(row.ticked) == [BreachStep.CONTAIN]
    assert len(row.editions) == 3  # of what was known at first, of the second incident, and the one that was asked for
    for kind, begins in (("md", b"#"), ("docx", b"PK")):
        path = f"/breaches/B1/draft?form=pcpd&kind={kind}&language=zh"
        async with browser.session.get(office.url + path) as answer:
            assert (await answer.read()).startswith(begins)
            assert "attachment" in answer.headers["Content-Disposition"]
    assert "B1" in (await browser.get("/breaches"))[1]
    await browser.post("/breaches/B1", {**token, "act": "close", "code": "told"})
    row = office.store.breach(1)
    assert row
    assert row.ending == "told"


@pytest.mark.parametrize("form", [{"act": "burn"}, {"act": "tick", "code": "nonsense"}, {"act": "close"}, {}])
async def test_what_makes_no_sense_changes_no_breach(office: Office, browser: Browser, form: dict[str, str]) -> None:
    known = await leaked(office)
    await browser.enter(await office.link(PRIYA))
    token = {"token": await browser.token("/")}
    await browser.post("/breaches", {**token, "code": known})
    before = office.store.breach(1)
    await browser.post("/breaches/B1", {**token, **form})
    assert office.store.breach(1) == before


async def test_ones_own_types_are_known_and_typing_is_not_noted(office: Office, browser: Browser) -> None:
    office.rules.own_types = frozenset({"STAFF_NUMBER"})
    await browser.enter(await office.link(PRIYA))
    path = "/policies/file?file=policy.toml"
    form = {"token": await browser.token(path), "file": "policy.toml"}
    text = (office.folder / "policy.toml").read_text("utf-8").replace('"HKID"', '"STAFF_NUMBER"')
    before = office.noted()
    assert "all its examples hold" in (await browser.post("/policies/check", {**form, "text": text}))[1]
    assert office.noted() == before


async def test_a_page_that_fails_is_logged_by_kind_alone(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await browser.enter(await office.link(PRIYA))
    monkeypatch.setattr(office.store, "counts", lambda: dict[str, int]()["secret"])
    assert (await browser.get("/health"))[0] == 500
    assert "page.failed error=KeyError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("name", ["../log.db", "/etc/passwd", "config.toml", ""])
async def test_no_other_file_can_be_reached(office: Office, browser: Browser, name: str) -> None:
    await browser.enter(await office.link(PRIYA))
    assert (await browser.get(f"/policies/file?file={name}"))[0] == 404
    token = await browser.token("/")
    form = {"token": token, "file": name, "edition": "0", "text": ""}
    assert (await browser.post("/policies/save", form))[0] == 404


async def test_no_word_and_no_secret_is_in_a_page_or_in_the_log(
    office: Office, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    link = await office.link(PRIYA)
    await browser.enter(link)
    pages = [(await browser.get(path))[1] for path in PAGES]
    secret = link.rpartition("/")[2]
    database = b"".join(file.read_bytes() for file in office.folder.glob("log.db*"))
    assert secret not in "".join(pages)
    assert secret.encode() not in database
    assert secret not in caplog.text
    assert secret not in repr(office.bot.sessions._open) + repr(office.bot.sessions._invited)


def test_only_editors_can_change_anything() -> None:
    assert {place.role for place in PLACES if place.method != "GET"} == {WebRole.EDITOR}


def test_the_one_script_is_the_one_that_the_notice_names() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8").partition("htmx.min.js")[2]
    script = (ROOT / "bot" / "web" / "static" / "htmx.min.js").read_bytes()
    assert re.findall(r"SHA-256 ([0-9a-f]{64})", notice)[0] == hashlib.sha256(script).hexdigest()
