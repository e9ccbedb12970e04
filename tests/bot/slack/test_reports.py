"""Reports as files on Slack: uploaded, shared with the asker alone, found again after a breakdown."""

import time
from pathlib import Path

import pytest
from aiohttp import web

from bot.platforms.slack.permissions import UPLOADS
from bot.store import Alert
from bot.words import AlertCode, SendState
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json
from tests.fakes.slack.workspace import ADMIN


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr("bot.platforms.slack.uploads.SOON", 0.0)


async def asks(fake: FakeSlack, bot: SlackBot, text: str, user: str = ADMIN) -> Json:
    answer = await fake.command(user, "C1", text)
    await bot.settle()
    return answer


def files(fake: FakeSlack, user: str = ADMIN) -> list[Json]:
    return [file for message in fake.space.told(user) for file in message.get("files", ())]


@pytest.mark.parametrize(("form", "ending"), [("html", ".html"), ("chart", ".png"), ("csv", ".csv"), ("json", ".json")])
async def test_a_report_comes_as_a_file_into_the_direct_messages(
    fake: FakeSlack, bot: SlackBot, form: str, ending: str
) -> None:
    answer = await asks(fake, bot, f"report last month {form}")
    assert answer["response_type"] == "ephemeral"
    assert "privately" in answer["text"]
    [file] = files(fake)
    assert file["name"].endswith(ending)
    assert fake.space.contents[file["id"]]
    assert fake.space.told(ADMIN)[-1]["text"].startswith("The figures")
    assert not [message for message in fake.space.channels["C1"].messages.values() if message.get("bot_id")]
    assert [row.detail for row in bot.store.audits()] == [f"last-month {form}"]


async def test_others_than_admins_are_refused_at_once(fake: FakeSlack, bot: SlackBot) -> None:
    answer = await asks(fake, bot, "report html", "U1")
    assert "admins" in answer["text"]
    assert fake.space.told("U1") == []


async def test_everybody_gets_their_own_data_as_a_file(fake: FakeSlack, bot: SlackBot) -> None:
    await asks(fake, bot, "mydata json", "U1")
    assert [file["name"].endswith(".json") for file in files(fake, "U1")] == [True]


async def test_without_the_right_a_report_to_copy_comes_and_no_page(fake: FakeSlack, tmp_path: Path) -> None:
    fake.space.scopes = tuple(scope for scope in fake.space.scopes if scope != UPLOADS)
    async with SlackBot(fake, tmp_path) as bot:
        assert "no right to send files" in (await asks(fake, bot, "report html"))["text"]
        assert "section,item,measure,value" in (await asks(fake, bot, "report csv"))["text"]
    assert fake.counts["files.getUploadURLExternal"] == 0


async def test_an_upload_that_fails_is_tried_again_and_shared_once(fake: FakeSlack, bot: SlackBot) -> None:
    fake._faults["upload"].append(web.Response(status=503))
    await asks(fake, bot, "report html")
    await fake.until(lambda: files(fake))
    assert len(files(fake)) == 1
    assert (fake.counts["files.getUploadURLExternal"], fake.counts["files.completeUploadExternal"]) == (2, 1)


async def test_a_share_whose_answer_was_lost_is_found_and_not_repeated(fake: FakeSlack, bot: SlackBot) -> None:
    fake.swallow("files.completeUploadExternal")
    await asks(fake, bot, "report html")
    await fake.until(lambda: [row for row in bot.store.outbox() if row.state is SendState.SENT])
    assert len(files(fake)) == 1


async def test_the_digest_comes_privately(fake: FakeSlack, bot: SlackBot) -> None:
    await bot.store.commit([Alert("slack", AlertCode.REPORT, time.time(), (ADMIN,), detail="2026-01")])
    await bot.settle()
    [digest] = fake.space.told(ADMIN)
    assert digest["text"].startswith("Think Twice report: 2026-01-01 00:00 to 2026-02-01 00:00")
    assert digest["text"].endswith("/thinktwice report 2026-01 html has it with charts.")


async def test_bytes_go_to_slack_and_nowhere_else(fake: FakeSlack, bot: SlackBot) -> None:
    answer = '{"ok": true, "upload_url": "https://example.com/upload/F1", "file_id": "F1"}'
    fake.odd("files.getUploadURLExternal", answer)
    await asks(fake, bot, "report html")
    await fake.until(lambda: [row for row in bot.store.outbox() if row.state is SendState.SENT])
    assert [one.code for one in bot.store.attempts()] == ["odd_answer", ""]


async def test_a_draft_of_a_notification_comes_as_a_word_document_and_as_text_without_the_right(
    fake: FakeSlack, tmp_path: Path
) -> None:
    async with SlackBot(fake, tmp_path) as bot:
        message = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        incident = bot.incident("C1", message)
        await asks(fake, bot, f"breach {incident.id}")
        await asks(fake, bot, "breach b1 draft ico docx zh")
        [file] = files(fake)
        assert file["name"].endswith(".docx")
        assert fake.space.contents[file["id"]].startswith(b"PK")
    fake.space.scopes = tuple(scope for scope in fake.space.scopes if scope != UPLOADS)
    async with SlackBot(fake, tmp_path) as bot:
        text = (await asks(fake, bot, "breach b1 draft docx"))["text"]
        assert "# Data breach notification" in text
        assert "thinktwice breach draft" in text
