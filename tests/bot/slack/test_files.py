"""Files on Slack: asked of files.info, fetched with the token, deleted at their owner's wish; and what can't be had."""

from pathlib import Path

import pytest
from aiohttp import web as http

from bot.message import Attachment
from bot.platform import Fetched, Unfetched
from bot.platforms.slack.files import Files
from bot.platforms.slack.wire import client, session
from bot.send import Later
from bot.words import LookCode
from tests.fakes.boxes import OpenBox
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json

ROSTER = b"Name,HKID\nA,hkid:1\nB,hkid:2\nC,hkid:3\n"


async def fetched(fake: FakeSlack, file: Json | None = None, most: int = 10**9, token: str = "") -> object:
    known = str((file or fake.hold("a.csv", ROSTER))["id"])
    async with session() as shared:
        web = client(token or fake.bot_token, fake.api_base_url, shared)
        return await Files(web, shared).fetch(Attachment(known, known, "csv", None), most)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_sheet_is_read_and_told_to_its_sender_alone(fake: FakeSlack, tmp_path: Path, mode: str) -> None:
    async with SlackBot(fake, tmp_path, mode=mode, box=OpenBox()) as bot:
        ts = fake.upload("C1", "U1", "roster.csv", ROSTER, "as promised")
        await bot.settle()
        (nudge,) = fake.space.told("U1")
        assert "sheet 1, about 3 rows" in nudge["text"]
        incident = bot.incident("C1", ts)
        assert (incident.types, incident.sender) == ({"HKID": 3}, "U1")
        assert fake.space.told("U2") == []


async def test_an_event_that_comes_twice_and_a_history_that_is_read_again_tell_once(
    fake: FakeSlack, tmp_path: Path
) -> None:
    for _ in range(2):
        async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
            if not fake.post.sent:
                fake.upload("C1", "U1", "roster.csv", ROSTER)
            await bot.settle()
    assert len(fake.space.told("U1")) == 1


async def test_what_was_posted_while_the_bot_was_away_is_read_too(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
        await bot.settle()
    file = fake.hold("roster.csv", ROSTER)
    ts = fake.write("C1", "U1", "", subtype="file_share", files=[dict(file)])
    async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
        await fake.until(lambda: bot.leaked("C1", ts))
        assert bot.incident("C1", ts).types == {"HKID": 3}


async def test_a_file_that_is_taken_out_of_its_message_settles_it(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
        ts = fake.upload("C1", "U1", "roster.csv", ROSTER, "as promised")
        await bot.settle()
        files = [{**file, "mode": "tombstone"} for file in fake.space.channels["C1"].messages[ts]["files"]]
        fake.edit("C1", ts, "as promised", files=files)
        await bot.settle()
        assert bot.incident("C1", ts).resolution == "edited"


async def test_delete_it_for_me_removes_file_and_message(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox(), admin_token=fake.admin_token) as bot:
        ts = fake.upload("C1", "U1", "roster.csv", ROSTER)
        await bot.settle()
        (nudge,) = fake.space.told("U1")
        await fake.press("U1", fake.space.dm("U1").id, nudge, "tt:delete")
        await bot.settle()
        assert fake.space.files == {}
        assert ts not in fake.space.channels["C1"].messages
        assert bot.incident("C1", ts).resolution == "removed"


async def test_a_file_that_may_not_be_deleted_keeps_its_message(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox(), admin_token=fake.admin_token) as bot:
        ts = fake.upload("C1", "U1", "roster.csv", ROSTER)
        await bot.settle()
        fake.refuse("files.delete", "cant_delete_file")
        await fake.press("U1", fake.space.dm("U1").id, fake.space.told("U1")[0], "tt:delete")
        await bot.settle()
        assert ts in fake.space.channels["C1"].messages
        assert bot.incident("C1", ts).resolution == ""


async def test_a_file_that_is_shown_privately_is_answered_and_not_recorded(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
        fake.upload(fake.space.dm("U1").id, "U1", "mine.csv", ROSTER)
        await bot.settle()
        (answer,) = fake.space.told("U1")
        assert "seems to hold a Hong Kong ID card number: look at sheet 1, about 3 rows" in answer["text"]
        for table in ("incident", "look", "outbox", "verdict"):
            assert bot.store._rows(f"SELECT * FROM {table}") == []  # noqa: S608 - a table of ours


async def test_the_shortcut_looks_into_files_too(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, box=OpenBox()) as bot:
        ts = fake.upload("C1", "U1", "roster.csv", ROSTER)
        await bot.settle()
        await fake.shortcut("U2", "C1", ts, "check_message")
        await bot.settle()
        said = [answer["text"] for answer in fake.responses]
        assert len(said) == 2
        assert "look at sheet 1" in said[1]


async def test_a_file_comes_with_its_bytes_and_the_ending_of_its_name(fake: FakeSlack) -> None:
    assert await fetched(fake) == Fetched(ROSTER, "file.csv")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"is_external": True}, LookCode.EXTERNAL),
        ({"mode": "external"}, LookCode.EXTERNAL),
        ({"url_private_download": "https://drive.example/x"}, LookCode.EXTERNAL),
        ({"url_private_download": "https://slack.com.example/x"}, LookCode.EXTERNAL),
        ({"url_private_download": "http://files.slack.com/x"}, LookCode.EXTERNAL),
        ({"url_private_download": ""}, LookCode.NO_ACCESS),
        ({"mode": "hidden_by_limit"}, LookCode.HIDDEN),
        ({"file_access": "access_denied"}, LookCode.NO_ACCESS),
        ({"size": 10**9 + 1}, LookCode.TOO_LARGE),
        ({"mode": "tombstone"}, None),
    ],
)
async def test_what_its_object_says_of_a_file_that_cant_be_had(
    fake: FakeSlack, fields: Json, code: LookCode | None
) -> None:
    assert await fetched(fake, fake.hold("a.csv", ROSTER, **fields)) == Unfetched(code)
    assert fake.downloads == []


@pytest.mark.parametrize("error", ["file_deleted", "file_not_found"])
async def test_a_file_that_is_gone_is_nobodys_loss(fake: FakeSlack, error: str) -> None:
    fake.refuse("files.info", error)
    assert await fetched(fake) == Unfetched()


@pytest.mark.parametrize("error", ["access_denied", "missing_scope"])
async def test_a_file_that_slack_keeps_back_is_counted(fake: FakeSlack, error: str) -> None:
    fake.refuse("files.info", error)
    assert await fetched(fake) == Unfetched(LookCode.NO_ACCESS)


async def test_the_page_for_logging_in_is_no_file(fake: FakeSlack) -> None:
    """Whether Slack leads there or shows it at once."""
    file = fake.hold("a.csv", ROSTER)
    fake._faults["download"].append(http.Response(status=302, headers={"Location": "/signin"}))
    assert await fetched(fake, file) == Unfetched(LookCode.NO_ACCESS)
    fake._faults["download"].append(http.Response(text="<html>Sign in</html>", content_type="text/html"))
    assert await fetched(fake, file) == Unfetched(LookCode.NO_ACCESS)


async def test_a_web_page_that_somebody_posted_is_a_file(fake: FakeSlack) -> None:
    page = fake.hold("a.html", b"<p>hkid:1", mimetype="text/html")
    assert isinstance(await fetched(fake, page), Fetched)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_server_in_trouble_is_asked_again_later(fake: FakeSlack, status: int) -> None:
    fake._faults["download"].append(http.Response(status=status))
    assert isinstance(await fetched(fake), Later)


async def test_a_line_that_breaks_is_tried_again_later(fake: FakeSlack) -> None:
    fake.cut("files.info", times=3)  # aiohttp asks twice by itself
    assert isinstance(await fetched(fake), Later)
    fake._faults["files.info"].clear()
    fake.cut("download", times=3)
    assert isinstance(await fetched(fake), Later)


async def test_a_limit_says_how_long_to_wait(fake: FakeSlack) -> None:
    fake.limit("files.info", 7)
    assert await fetched(fake) == Later(7.0, "ratelimited")


async def test_a_file_longer_than_it_says_is_not_read_to_its_end(fake: FakeSlack) -> None:
    assert await fetched(fake, fake.hold("a.csv", ROSTER, size=3), most=10) == Unfetched(LookCode.TOO_LARGE)
