"""Mail: boxes, single mails, and what hangs on them."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from bot.sweep import readers
from bot.words import PartKind
from tests.bot.sweep.readers.reading import HERE, MADE, read, read_well, words


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
