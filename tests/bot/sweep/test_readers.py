"""Each kind of export, made by a script after its format: every message comes out, with its words, time and place."""

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import Made, messages
from bot.message import Message
from bot.misuse import InputError
from bot.sweep import readers
from bot.sweep.export import Circumstances, Posted
from bot.sweep.readers import arrays, blocks, rows, whatsapp
from bot.words import PartKind

MADE = [*messages(1200)]
HERE = Circumstances(ZoneInfo("Asia/Hong_Kong"))


def read(path: Path, circumstances: Circumstances = HERE) -> list[Posted]:
    """Everything in an export, chunk by chunk."""
    [source] = readers.recognise([path], with_files=False).sources
    export = readers.opened(source, circumstances)
    return [posted for chunk in [*export.chunks()] for posted in export.read(chunk)]


def read_well(path: Path, circumstances: Circumstances = HERE) -> list[Message]:
    found = read(path, circumstances)
    assert [posted.error for posted in found if posted.error] == []
    return [posted.message for posted in found if posted.message]


def words(message: Message) -> str:
    return "\n".join(part.text for part in message.parts)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few messages and blocks of a few lines, so that there are many, and messages across two."""
    for module in (arrays, blocks, rows):
        monkeypatch.setattr(module, "BLOCK", 3_001)
    monkeypatch.setattr(rows, "SIZE", 5_000)
    monkeypatch.setattr(whatsapp, "SIZE", 5_000)
    monkeypatch.setattr(arrays.pieces, "__defaults__", (5_000,))


def same(found: list[Message], made: list[Made] = MADE) -> None:
    """The same words at the same times, in the same order."""
    assert [words(message) for message in found] == [one.text for one in made]
    assert [int(message.sent_at) for message in found] == [one.at for one in made]


@pytest.mark.parametrize("indent", [1, 4, None])
def test_telegram(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE, indent=indent)
    found = read_well(path)
    same(found)
    assert {message.chat for message in found} == {"-1001234567890"}
    assert [message.id for message in found] == [str(one.number) for one in MADE]
    assert [message.sender for message in found] == [str(1000 + one.person) for one in MADE]
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]
    assert [message.forwarded for message in found] == [one.forwarded for one in MADE]


def compact(path: Path) -> None:
    """The same JSON on one line, as a program writes it that read it."""
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, separators=(",", ":")), "utf-8")


def test_an_account_on_one_line_is_cut_like_one_that_is_laid_out(tmp_path: Path) -> None:
    """Chats behind one another, texts with brackets and quotes in them, objects within objects."""
    odd = [replace(one, text=f'{one.text} "}},{{"id":1}}] \\" [') for one in MADE[:100]]
    path = tmp_path / "result.json"
    exports.account(path, [(7, "private_group", odd), (8, "public_channel", MADE[100:]), (9, "bot_chat", [])])
    laid_out = read_well(path)
    compact(path)
    assert read_well(path) == laid_out


@pytest.mark.parametrize("levels", [1, 5, 30])
def test_objects_are_told_however_deep_they_are(tmp_path: Path, levels: int) -> None:
    deep = "[" * levels + "]" * levels
    one = '{"id": %d, "type": "message", "date": "2022-01-01T08:00:00", "text": "a", "deep": %s}'
    made = ",".join(one % (number, deep) for number in range(1, 401))
    path = tmp_path / "result.json"
    path.write_text(f'{{"name": "Made", "type": "private_supergroup", "id": 5, "messages": [{made}]}}', "utf-8")
    assert [message.id for message in read_well(path)] == [str(number) for number in range(1, 401)]


def test_an_export_on_one_line_is_cut_without_a_step_for_each_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What made it slow: a step of Python for each text and bracket of the file, some forty of them a message."""
    path = tmp_path / "result.json"
    exports.telegram(path, MADE, indent=None)
    steps, elements = [0], arrays._TOKEN

    class Counted:
        def finditer(self, text: bytes) -> Iterator[re.Match[bytes]]:
            for token in elements.finditer(text):
                steps[0] += 1
                yield token

    monkeypatch.setattr(arrays, "_TOKEN", Counted())
    monkeypatch.setattr(arrays, "BLOCK", 1 << 20)
    [source] = readers.recognise([path], with_files=False).sources
    _ = [*readers.opened(source, HERE).chunks()]
    assert steps[0] < 2.5 * len(MADE)


def test_a_whole_telegram_account(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.account(path, [(7, "private_group", MADE[:600]), (8, "public_channel", MADE[600:]), (9, "bot_chat", [])])
    found = read_well(path)
    same(found)
    assert [message.chat for message in found] == ["-7"] * 600 + ["-1000000000008"] * 600
    assert found[0].id == "account-1"  # an account counts the messages of basic groups for itself


def test_control_characters_that_telegram_writes_and_json_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE[:20])
    raw = path.read_text("utf-8").replace('"text": "', r'"text": "\x0B\\x41 ', 1)
    path.write_text(raw, "utf-8")
    found = read_well(path)
    assert len(found) == 20
    assert words(found[0]).startswith("\x0b\\x41 ")


def test_what_hangs_on_a_telegram_message_is_read_like_the_bot_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    fields = (
        '"file": "files/cv.pdf", "file_name": "cv.pdf", "text": "see"',
        '"contact_information": {"first_name": "A", "last_name": "B", "phone_number": "+85291234567"}, "text": ""',
        '"poll": {"question": "Who?", "answers": [{"text": "me"}]}, "text": ""',
        '"text": ["call ", {"type": "text_link", "text": "her", "href": "tel:+85291234567"}]',
    )
    listed = ",\n".join(
        f'{{"id": {n}, "type": "message", "date": "2022-01-01T08:00:00", "from_id": "user1", {some}}}'
        for n, some in enumerate(fields, 1)
    )
    path.write_text(f'{{"name": "Made", "type": "private_supergroup", "id": 5, "messages": [\n{listed}\n]}}', "utf-8")
    found = read_well(path)
    assert [[part.kind for part in message.parts] for message in found] == [
        [PartKind.CAPTION, PartKind.FILE_NAME],
        [PartKind.CONTACT],
        [PartKind.POLL],
        [PartKind.TEXT, PartKind.LINK],
    ]
    assert found[0].sent_at == datetime(2022, 1, 1, 8, tzinfo=HERE.zone).timestamp()


def test_a_telegram_export_that_was_cut_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE)
    path.write_bytes(path.read_bytes()[:-2_000])
    found = read(path)
    assert [posted.error for posted in found if posted.error] == ["broken"]
    assert len(found) > 1150


def test_telegram_in_html(tmp_path: Path) -> None:
    exports.telegram_html(tmp_path / "ChatExport", MADE)
    found = read_well(tmp_path / "ChatExport", Circumstances(HERE.zone, "telegram", "-1001"))
    same(found)
    assert [message.id for message in found] == [str(one.number) for one in MADE]
    assert [message.sender for message in found] == [one.name for one in MADE]
    assert [message.forwarded for message in found] == [one.forwarded for one in MADE]
    assert {message.chat for message in found} == {"-1001"}


@pytest.mark.parametrize("packed", [True, False])
def test_slack(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a case
    path = tmp_path / ("export.zip" if packed else "export")
    exports.slack(path, MADE, packed=packed)
    found = read_well(path)
    same([message for message in found if not message.forwarded], [one for one in MADE if not one.forwarded])
    assert [message.id for message in found] == [exports.stamp(one) for one in MADE]
    assert {(message.workspace, message.chat, message.audience) for message in found} == {("T0MADE", "C0MADE", 8)}
    assert [message.sender for message in found] == [f"U0{one.person}" for one in MADE]
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]


@pytest.mark.parametrize("style", exports.WHATSAPP)
def test_whatsapp(tmp_path: Path, style: str) -> None:
    path = tmp_path / "WhatsApp Chat.txt"
    lines = exports.whatsapp(path, MADE, style)
    found = read(path)
    assert [posted.line for posted in found] == lines
    told = [posted.message for posted in found if posted.message]
    assert [words(message) for message in told] == [one.text for one in MADE]
    seconds = 1 if style.startswith("iphone") else 60
    assert [message.sent_at for message in told] == [one.at // seconds * seconds for one in MADE]
    assert [message.sender for message in told] == [one.name for one in MADE]
    assert [bool(message.revision) for message in told] == [one.edited for one in MADE]
    assert len({message.id for message in told}) == len(MADE)


def test_whatsapp_in_a_zip(tmp_path: Path) -> None:
    exports.whatsapp(tmp_path / "chat.zip", MADE)
    same(read_well(tmp_path / "chat.zip"))


@pytest.mark.parametrize(
    ("dates", "order", "known"),
    [
        (["01/02/2024", "13/02/2024"], "day/month", "can't be a month"),
        (["2/1/24", "2/13/24"], "month/day", "can't be a month"),
        (["2024/2/1", "2024/2/3"], "year/month/day", "can't be a month"),
        (["01/11/2024", "02/11/2024", "01/12/2024"], "day/month", "in order"),
        (["11/01/2024", "11/02/2024", "12/01/2024"], "month/day", "in order"),
        (["05/05/2024", "05/05/2024"], "day/month", "nothing in it tells"),
    ],
)
def test_the_order_of_dates_is_found_out_and_said(tmp_path: Path, dates: list[str], order: str, known: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("".join(f"{date}, 14:03 - May: hello\n" for date in dates), "utf-8")
    export = whatsapp.WhatsAppReader().open(path, HERE)
    _ = [*export.chunks()]
    [said] = export.remarks()
    assert f" {order}:" in said
    assert known in said


def test_what_whatsapp_itself_says_is_no_message(tmp_path: Path) -> None:
    path = tmp_path / "_chat.txt"
    path.write_text(
        "\u200e[01/05/2024, 14:03:22] HR: \u200eMessages and calls are end-to-end encrypted.\n"
        "[01/05/2024, 14:03:23] HR: \u200eMay added \u200e+852 9123 4567\n"
        "[01/05/2024, 14:03:24] May: \u200eimage omitted\n"
        "[01/05/2024, 14:03:25] May: \u200e<attached: 00000012-cv.pdf>\n"
        "[01/05/2024, 14:03:26] May: list.xlsx \u2022 \u200e2 pages \u200edocument omitted\n"
        "[01/05/2024, 14:03:27] May: \u200ecall +852 9123 4567\n"
        "[01/05/2024, 14:03:28] May left\n",
        "utf-8",
    )
    found = read_well(path)
    assert [[(part.kind, part.text) for part in message.parts] for message in found] == [
        [],
        [(PartKind.FILE_NAME, "00000012-cv.pdf")],
        [(PartKind.FILE_NAME, "list.xlsx \u2022 ")],
        [(PartKind.TEXT, "call +852 9123 4567")],
    ]


@pytest.mark.parametrize("lined", [True, False])
def test_teams(tmp_path: Path, lined: bool) -> None:  # noqa: FBT001 - a case
    path = tmp_path / "messages.json"
    exports.teams(path, MADE, lined=lined)
    found = read_well(path)
    same(found)
    assert {message.chat for message in found} == {"19:made@thread.v2"}
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]


def test_signal(tmp_path: Path) -> None:
    exports.signal(tmp_path / "main.jsonl", MADE)
    found = read_well(tmp_path / "main.jsonl")
    assert [words(message) for message in found] == [one.text for one in MADE]
    assert [int(message.sent_at) for message in found] == [one.at for one in MADE]
    assert {message.audience for message in found} == {8}


@pytest.mark.parametrize("write", [exports.json_lines, exports.text])
def test_lines(tmp_path: Path, write: Callable[[Path, list[Made]], None]) -> None:
    path = tmp_path / ("chat.txt" if write is exports.text else "chat.jsonl")
    write(path, MADE)
    found = read(path)
    told = [posted.message for posted in found if posted.message]
    assert [words(message).replace("\n", " ") for message in told] == [one.text.replace("\n", " ") for one in MADE]
    assert [posted.line for posted in found] == [one.number for one in MADE]


ANDROID = partial(exports.whatsapp, style="android zh")


def coded(path: Path, encoding: str) -> None:
    """Write a text of UTF-8 in another encoding, as an editor would."""
    path.write_bytes(path.read_text("utf-8").encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "big5hkscs", "gb18030"])
@pytest.mark.parametrize("write", [ANDROID, exports.text, exports.json_lines, exports.signal])
def test_a_text_is_swept_however_it_is_written(
    tmp_path: Path, encoding: str, write: Callable[[Path, list[Made]], object]
) -> None:
    ending = "txt" if write in (ANDROID, exports.text) else "jsonl"
    path = tmp_path / f"main.{ending}"
    write(path, [replace(one, text=one.text.replace("🎂", ""), edited=False) for one in MADE])
    plain = read(path)
    coded(path, encoding)
    assert read(path) == plain
    [source] = readers.recognise([path], with_files=False).sources
    export = readers.opened(source, HERE)
    _ = [*export.chunks()]
    assert any("not as UTF-8" in one for one in export.remarks()) == (not encoding.startswith("utf-8"))


def test_a_letter_half_of_which_is_a_line_end_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("one ਊ Ċ\n\ntwo\nthree ਊ".encode("utf-16"))
    found = read(path)
    assert [(posted.line, words(posted.message)) for posted in found if posted.message] == [
        (1, "one ਊ Ċ"),
        (3, "two"),
        (4, "three ਊ"),
    ]


def test_a_broken_line_of_another_encoding_is_told_and_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("電話號碼是多少\n".encode("big5") * 20 + b"\xff\xff\n" + "電話\n".encode("big5"))
    assert [posted.line for posted in read(path) if posted.error] == [21]
    assert len(read(path)) == 22


def test_a_broken_byte_keeps_no_chat_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("01/05/2024, 14:03 - May: 你好\0\n01/05/2024, 14:04 - May: bye\n".encode())
    assert [words(message) for message in read_well(path)] == ["你好\0", "bye"]


def test_json_lines_need_no_id_and_are_known_by_their_line_then(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text('{"text": "a"}\n\n{"id": null, "text": "b"}\n{"id": "x", "text": "c"}\n', "utf-8")
    assert [message.id for message in read_well(path)] == ["1", "3", "x"]


def test_a_line_in_which_a_key_stands_twice_is_told_and_not_half_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b", "text": "c"}\n', "utf-8")
    assert [(posted.line, posted.error) for posted in read(path)] == [(1, ""), (2, "broken")]


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


def test_mail(tmp_path: Path) -> None:
    exports.mbox(tmp_path / "box.mbox", MADE)
    found = read_well(tmp_path / "box.mbox")
    assert [message.sent_at for message in found] == [one.at for one in MADE]
    assert all(one.text in words(message) for one, message in zip(MADE, found, strict=True))
    assert {message.audience for message in found} == {3}


def test_a_mail_of_several_parts(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Amy <amy@example.com>", "陳小姐的檔案"
    mail.set_content("words")
    mail.add_alternative("<p>the same <b>words</b></p>", subtype="html")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="證明書.pdf")
    (tmp_path / "one.eml").write_bytes(mail.as_bytes())
    [message] = read_well(tmp_path / "one.eml")
    assert [(part.kind, part.text.strip()) for part in message.parts] == [
        (PartKind.TITLE, "陳小姐的檔案"),
        (PartKind.TEXT, "words"),
        (PartKind.FILE_NAME, "證明書.pdf"),
    ]
    [source] = readers.recognise([tmp_path], with_files=True).sources
    assert source.reader == "file"  # which looks into the attachment, too


def test_what_hangs_on_mails_of_a_box_is_handed_to_the_reader_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sweep.readers.mail.LONGEST", 3_000)
    with (tmp_path / "box.mbox").open("wb") as box:
        for content in (b"A,B\r\n1,2\r\n", b"x" * 9_000):
            mail = EmailMessage()
            mail["From"], mail["Subject"] = "Amy <amy@example.com>", "the list"
            mail.set_content("words")
            mail.add_attachment(content, maintype="text", subtype="csv", filename="名單.csv")
            mail.add_attachment(b"seal", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
            box.write(b"From amy@example.com Mon Jan  3 10:00:00 2022\n" + mail.as_bytes() + b"\n\n")
    with_files = replace(HERE, with_files=True)
    first, its, second, long = read(tmp_path / "box.mbox", with_files)
    assert first.message
    assert [(part.kind, part.text.strip()) for part in first.message.parts] == [
        (PartKind.TITLE, "the list"),
        (PartKind.TEXT, "words"),
    ]
    assert (first.content, second.content, its.line, long.line) == (None, None, first.line, second.line)
    assert its.message
    assert [(part.kind, part.text) for part in its.message.parts] == [(PartKind.FILE_NAME, "名單.csv")]
    assert its.content
    assert its.content() == b"A,B\r\n1,2\r\n"
    assert long.content
    with pytest.raises(ValueError, match="too_large"):
        long.content()


WRITERS: dict[str, Callable[[Path, list[Made]], object]] = {
    "result.json": exports.telegram,
    "slack.zip": exports.slack,
    "chat.txt": exports.whatsapp,
    "chat.zip": exports.whatsapp,
    "teams.json": exports.teams,
    "main.jsonl": exports.signal,
    "box.mbox": exports.mbox,
    "lines.jsonl": exports.json_lines,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_damaged_export_is_read_as_far_as_it_goes_or_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path, MADE[:80])
    whole = path.read_bytes()
    draw = random.Random(name)  # noqa: S311 - where it is damaged
    for _ in range(15):
        raw = bytearray(whole[: draw.randrange(len(whole) // 2, len(whole))])
        for _ in range(draw.randrange(12)):
            raw[draw.randrange(len(raw))] = draw.randrange(256)
        path.write_bytes(raw)
        try:
            found = read(path)
        except InputError:
            continue
        assert all((posted.message is None) == bool(posted.error) for posted in found)


def test_a_file_of_an_unknown_kind_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text('{"conversations": []}', "utf-8")
    with pytest.raises(InputError, match=r"no export that is known\. Known are: Slack .*WhatsApp.*--files"):
        readers.recognise([path], with_files=False)


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who owns nothing here; root may read all."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_what_may_not_be_read_stops_nothing_and_is_named(open_folder: Path) -> None:
    (open_folder / "a.txt").write_text("hello\n", "utf-8")
    (open_folder / "b.txt").write_text("hello\n", "utf-8")
    (open_folder / "b.txt").chmod(0)
    (open_folder / "closed").mkdir(0o700)
    (open_folder / "closed").chmod(0)
    with without_rights():
        found = readers.recognise([open_folder], with_files=False)
        with pytest.raises(InputError, match=r"b\.txt: can't be read: Permission denied"):
            readers.recognise([open_folder / "b.txt"], with_files=False)
    assert [source.path.name for source in found.sources] == ["a.txt"]
    assert [(one.path.name, one.reason) for one in found.refused] == [
        ("b.txt", "Permission denied"),
        ("closed", "Permission denied"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"hello\n\0\1", "no text in an encoding"), (b"%PDF-1.7\n", "no text in an encoding")],
)
def test_an_export_that_can_not_be_text_is_told_why(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "chat.txt").write_bytes(content)
    with pytest.raises(InputError, match=said):
        readers.recognise([tmp_path / "chat.txt"], with_files=False)


def test_a_folder_of_exports_is_looked_through(tmp_path: Path) -> None:
    exports.telegram(tmp_path / "result.json", MADE[:10])
    exports.slack(tmp_path / "slack", MADE[:10], packed=False)
    (tmp_path / "phones").mkdir()
    exports.whatsapp(tmp_path / "phones" / "chat.zip", MADE[:10])
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    found = readers.recognise([tmp_path], with_files=False)
    assert [source.reader for source in found.sources] == ["whatsapp", "telegram", "slack"]
    assert found.others == 1
    assert [source.reader for source in readers.recognise([tmp_path], with_files=True).sources][-1] == "file"
