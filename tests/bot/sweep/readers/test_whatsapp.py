"""WhatsApp's texts of iPhones and Android; the order of dates; what the app itself says."""

from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from bot.sweep.readers import whatsapp
from bot.words import PartKind
from tests.bot.sweep.readers.reading import HERE, MADE, read, read_well, same, words


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
