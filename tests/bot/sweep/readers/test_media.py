"""Files and pictures that come with messages and are not read are counted, app by app."""

import json
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from tests.bot.sweep.readers.reading import MADE, read

TELEGRAM_MEDIA = """{"name": "Made", "type": "private_supergroup", "id": 5, "messages": [
 {"id": 1, "type": "message", "date": "2022-01-01T08:00:00", "from_id": "user1", "photo": "(not included)", "text": ""},
 {"id": 2, "type": "message", "date": "2022-01-01T08:00:00", "from_id": "user1", "text": "hello"}
]}"""
WHATSAPP_MEDIA = "01/05/2024, 14:03 - May: <Media omitted>\n01/05/2024, 14:03 - May: cv.pdf (file attached)\n"
TEAMS_MEDIA = """[
 {"id": "1", "messageType": "message", "createdDateTime": "2022-01-01T08:00:00Z",
  "body": {"contentType": "html", "content": "<img src='https://x/hostedContents/1/$value'>"},
  "attachments": [{"contentType": "reference", "name": "a.pdf"}, {"contentType": "messageReference"}]}
]"""
SIGNAL_MEDIA = (
    '{"version": 1, "backupTimeMs": "1"}\n'
    '{"chatItem": {"chatId": "1", "authorId": "1", "dateSent": "1", '
    '"standardMessage": {"attachments": [{"pointer": {}}, {"pointer": {}}]}}}\n'
)
MAIL_MEDIA = (
    "Subject: list\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nwords\n"
    '--x\nContent-Type: text/csv\nContent-Disposition: attachment; filename="a.csv"\n\na\n--x--\n'
)


@pytest.mark.parametrize(
    ("name", "written", "media"),
    [
        ("result.json", TELEGRAM_MEDIA, 1),
        ("chat.txt", WHATSAPP_MEDIA, 2),
        ("teams.json", TEAMS_MEDIA, 2),
        ("main.jsonl", SIGNAL_MEDIA, 2),
        ("one.eml", MAIL_MEDIA, 1),
    ],
)
def test_what_came_with_messages_and_is_not_read_is_counted(
    tmp_path: Path, name: str, written: str, media: int
) -> None:
    (tmp_path / name).write_text(written, "utf-8")
    assert sum(posted.media for posted in read(tmp_path / name)) == media


def test_files_and_pictures_in_slack_and_in_html_are_counted(tmp_path: Path) -> None:
    exports.slack(tmp_path / "slack", MADE[:3], packed=False)
    day = next((tmp_path / "slack").glob("*/*.json"))
    rows = json.loads(day.read_text("utf-8"))
    rows[0]["files"] = [{"id": "F0A", "name": "a.pdf"}, {"id": "F0B", "name": "b.pdf"}]
    day.write_text(json.dumps(rows), "utf-8")
    assert sum(posted.media for posted in read(tmp_path / "slack")) == 2
    exports.telegram_html(tmp_path / "html", MADE[:3])
    page = tmp_path / "html" / "messages.html"
    media = '<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/a.jpg"></a></div>'
    page.write_text(page.read_text("utf-8").replace('<div class="text">', f'{media}<div class="text">', 1), "utf-8")
    assert sum(posted.media for posted in read(tmp_path / "html")) == 1
