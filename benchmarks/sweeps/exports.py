"""Made messages, written as each app exports them. What is written follows the document that is named."""

import base64
import html
import json
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.sweeps.made import Made

ZONE = ZoneInfo("Asia/Hong_Kong")
TEAM, CHANNEL = "T0MADE", "C0MADE"
SUPERGROUP = 1234567890


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at, ZONE)


def telegram(path: Path, made: Iterable[Made], kind: str = "private_supergroup", indent: int | None = 1) -> None:
    """One chat as Telegram Desktop writes it: export_output_json.cpp of tdesktop. `indent` None: on one line."""
    breaks = "\n" if indent else ""
    margin = " " * (indent or 0)
    with path.open("w", encoding="utf-8") as file:
        file.write("{" + "".join(f"{breaks}{margin}{pair}," for pair in _chat(kind)) + f'{breaks}{margin}"messages": [')
        for place, one in enumerate(made):
            written = json.dumps(_telegram(one), ensure_ascii=False, indent=indent)
            file.write(("," if place else "") + breaks + textwrap.indent(written, margin * 2))
        file.write(f"{breaks}{margin}]{breaks}" + "}")


def _chat(kind: str) -> Iterator[str]:
    yield '"name": "Made group"'
    yield f'"type": "{kind}"'
    yield f'"id": {SUPERGROUP}'


def account(path: Path, chats: Iterable[tuple[int, str, list[Made]]]) -> None:
    """A whole account: the same file, with `chats` of id, kind and messages."""
    listed = [
        {"name": "Made", "type": kind, "id": number, "messages": [_telegram(one) for one in made]}
        for number, kind, made in chats
    ]
    whole = {
        "about": "Here is the data you requested. Telegram",
        "personal_information": {"user_id": 1, "first_name": "Made", "phone_number": ""},
        "chats": {"about": "This page lists all chats", "list": listed},
    }
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")


def _telegram(one: Made) -> dict[str, Any]:
    local = f"{_local(one.at):%Y-%m-%dT%H:%M:%S}"
    fields: dict[str, Any] = {"id": one.number, "type": "message", "date": local, "date_unixtime": str(one.at)}
    if one.edited:
        fields |= {"edited": local, "edited_unixtime": str(one.at + 60)}
    fields |= {"from": one.name, "from_id": f"user{1000 + one.person}"}
    if one.forwarded:
        fields["forwarded_from"] = "Somebody"
    text: object = one.text
    if one.number % 7 == 0:  # a text with a marked word is a list
        text = [{"type": "bold", "text": one.text[:3]}, one.text[3:]]
    return fields | {"text": text, "text_entities": [{"type": "plain", "text": one.text}]}


def telegram_html(folder: Path, made: Iterable[Made]) -> None:
    """A folder as Telegram Desktop writes it, a thousand messages a page: export_output_html.cpp of tdesktop."""
    folder.mkdir(exist_ok=True)
    (folder / "css").mkdir(exist_ok=True)
    (folder / "css" / "style.css").write_text("body {}", "utf-8")
    for page, some in groupby(made, key=lambda one: (one.number - 1) // 1000):
        body = "".join(_in_html(one) for one in some)
        name = f"messages{page + 1 if page else ''}.html"
        (folder / name).write_text(
            '<!DOCTYPE html>\n<html>\n <head>\n  <meta charset="utf-8"/>\n  <title>Exported Data</title>\n </head>\n'
            ' <body onload="CheckLocation();">\n  <div class="page_wrap">\n   <div class="page_body chat_page">\n'
            f'    <div class="history">\n{body}    </div>\n   </div>\n  </div>\n </body>\n</html>\n',
            "utf-8",
        )


def _in_html(one: Made) -> str:
    text = html.escape(one.text).replace("\n", "<br>")
    inner = f'       <div class="text">\n{text}\n       </div>\n'
    if one.forwarded:
        inner = (
            '       <div class="forwarded body">\n        <div class="from_name">\nSomebody <span class="date details" '
            f'title="01.01.2022 00:00:00 UTC+08:00"> 01.01.2022 00:00:00</span>\n        </div>\n{inner}       </div>\n'
        )
    return (
        f'     <div class="message default clearfix" id="message{one.number}">\n'
        '      <div class="pull_left userpic_wrap">\n      </div>\n      <div class="body">\n'
        f'       <div class="pull_right date details" title="{_local(one.at):%d.%m.%Y %H:%M:%S} UTC+08:00">\n'
        f"{_local(one.at):%H:%M}\n       </div>\n"
        f'       <div class="from_name">\n{html.escape(one.name)} \n       </div>\n{inner}      </div>\n     </div>\n'
    )


def slack(path: Path, made: Iterable[Made], *, packed: bool = True) -> None:
    """An export as https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports describes it."""
    members = [f"U0{person}" for person in range(8)]
    lists = {
        "users.json": [{"id": member, "team_id": TEAM, "name": "made"} for member in members],
        "channels.json": [{"id": CHANNEL, "name": "made-channel", "members": members}],
        "groups.json": [], "mpims.json": [], "dms.json": [],
    }  # fmt: skip
    days = groupby(made, key=lambda one: f"{_local(one.at):%Y-%m-%d}")
    files: Iterator[tuple[str, object]] = (
        pair
        for pairs in (
            lists.items(),
            ((f"made-channel/{day}.json", [_slack(one) for one in some]) for day, some in days),
        )
        for pair in pairs
    )
    if packed:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files:
                archive.writestr(name, json.dumps(content, ensure_ascii=False, indent=4))
        return
    for name, content in files:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(json.dumps(content, ensure_ascii=False, indent=4), "utf-8")


def stamp(one: Made) -> str:
    """A message's id in Slack."""
    return f"{one.at}.{one.number:06}"


def _slack(one: Made) -> dict[str, Any]:
    text = one.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    fields: dict[str, Any] = {
        "type": "message",
        "user": f"U0{one.person}",
        "ts": stamp(one),
        "team": TEAM,
        "text": text,
    }
    if one.edited:
        fields["edited"] = {"user": f"U0{one.person}", "ts": f"{one.at + 60}.000000"}
    if one.forwarded:
        shared = {"is_share": True, "text": text, "fallback": text}
        fields |= {"text": "", "attachments": [shared]}
    return fields


WhatsApp = Callable[[datetime, str], str]

WHATSAPP: dict[str, WhatsApp] = {
    "iphone": lambda at, rest: f"[{at:%d/%m/%Y}, {at:%H:%M:%S}] {rest}",
    "iphone 12 h": lambda at, rest: f"[{at.day}/{at.month}/{at:%y}, {_twelve(at)}:{at:%M:%S}\u202f{at:%p}] {rest}",
    "iphone us": lambda at, rest: f"[{at.month}/{at.day}/{at:%y}, {_twelve(at)}:{at:%M:%S}\u202f{at:%p}] {rest}",
    "iphone zh": lambda at, rest: f"[{at.day}/{at.month}/{at.year} {_half(at)}{_twelve(at)}:{at:%M:%S}] {rest}",
    "android": lambda at, rest: f"{at:%d/%m/%Y}, {at:%H:%M} - {rest}",
    "android 12 h": lambda at, rest: (
        f"{at.day}/{at.month}/{at:%y}, {_twelve(at)}:{at:%M} {at:%p}".lower() + f" - {rest}"
    ),
    "android us": lambda at, rest: f"{at.month}/{at.day}/{at:%y}, {_twelve(at)}:{at:%M} {at:%p} - {rest}",
    "android zh": lambda at, rest: f"{at.year}/{at.month}/{at.day} {_half(at)}{_twelve(at)}:{at:%M} - {rest}",
    "android de": lambda at, rest: f"{at:%d.%m.%y}, {at:%H:%M} - {rest}",
}
"""How a message's first line begins, by the phone and its settings."""


def _twelve(at: datetime) -> int:
    return at.hour % 12 or 12


def _half(at: datetime) -> str:
    return "上午" if at.hour < 12 else "下午"


_NOTICES = {
    "iphone": "\u200eMessages and calls are end-to-end encrypted. Only people in this chat can read them.",
    "android": "Messages and calls are end-to-end encrypted. Only people in this chat can read them.",
}


def whatsapp(path: Path, made: Iterable[Made], style: str = "iphone") -> list[int]:
    """A chat as a phone exports it (https://faq.whatsapp.com/1180414079177245); returns the line of each message.

    There is no published format: lines are as current apps write them, with the app's own lines among them.
    """
    begin, phone = WHATSAPP[style], style.partition(" ")[0]
    written, places, line = list[str](), list[int](), 1
    for one in made:
        at = _local(one.at)
        if one.number % 500 == 1:
            group = "Made group: " if phone == "iphone" else ""
            written.append(begin(at, group + _NOTICES[phone]))
            line += 1
        text = one.text + (" \u200e<This message was edited>" if one.edited else "")
        places.append(line)
        written.append(begin(at, f"{one.name}: {text}"))
        line += 1 + text.count("\n")
    content = "\n".join(written) + "\n"
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("_chat.txt", content)
    else:
        path.write_text(content, "utf-8")
    return places


def teams(path: Path, made: Iterable[Made], *, lined: bool = False) -> None:
    """A page of Microsoft Graph's chatMessage resources: https://learn.microsoft.com/graph/api/resources/chatmessage."""
    rows = [_teams(one) for one in made]
    if lined:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    else:
        page = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(chatMessage)", "value": rows}
        path.write_text(json.dumps(page, ensure_ascii=False, indent=2), "utf-8")


def _teams(one: Made) -> dict[str, Any]:
    when = f"{datetime.fromtimestamp(one.at, ZoneInfo('UTC')):%Y-%m-%dT%H:%M:%S}.000Z"
    return {
        "id": str(one.at * 1000 + one.number % 1000), "replyToId": None, "messageType": "message",
        "createdDateTime": when, "lastEditedDateTime": when if one.edited else None, "deletedDateTime": None,
        "subject": None, "chatId": "19:made@thread.v2", "channelIdentity": None,
        "from": {"application": None, "user": {"id": f"00000000-0000-0000-0000-00000000000{one.person}",
                                               "displayName": one.name}},
        "body": {"contentType": "html", "content": f"<p>{html.escape(one.text).replace(chr(10), '<br>')}</p>"},
        "attachments": [], "mentions": [],
    }  # fmt: skip


def signal(path: Path, made: Iterable[Made]) -> None:
    """Frames of protos/Backups.proto of signalapp/Signal-Desktop as proto3's JSON, a line each."""
    group = {"title": {"title": "Made group"}, "members": [{"userId": "AA=="}] * 8}
    frames: list[dict[str, Any]] = [
        {"version": "1", "backupTimeMs": "1700000000000"},
        {"account": {"givenName": "Made"}},
        *({"recipient": {"id": str(person + 2), "contact": {"profileGivenName": "Made"}}} for person in range(8)),
        {"recipient": {"id": "20", "group": {"snapshot": group}}},
        {"chat": {"id": "1", "recipientId": "20"}},
        {"chatItem": {"chatId": "1", "authorId": "2", "dateSent": "1", "updateMessage": {"simpleUpdate": {"type": 1}}}},
    ]
    with path.open("w", encoding="utf-8") as file:
        for frame in [*frames, *(_signal(one) for one in made)]:
            file.write(json.dumps(frame, ensure_ascii=False) + "\n")


def _signal(one: Made) -> dict[str, Any]:
    item: dict[str, Any] = {
        "chatId": "1", "authorId": str(one.person + 2), "dateSent": str(one.at * 1000 + one.number % 1000),
        "incoming": {"dateReceived": str(one.at * 1000)}, "standardMessage": {"text": {"body": one.text}},
    }  # fmt: skip
    return {"chatItem": item | ({"revisions": [{}]} if one.edited else {})}


def mbox(path: Path, made: Iterable[Made]) -> None:
    """Mails one after the other: RFC 4155 around RFC 5322."""
    with path.open("wb") as file:
        for one in made:
            text = one.text + "\nFrom here on, the rota is new.\n"
            head = (
                f"From: person{one.person}@example.com\nTo: a@example.com, b@example.com\nSubject: Rota\n"
                f'Date: {format_datetime(_local(one.at))}\nContent-Type: text/plain; charset="utf-8"\n'
            )
            coded = one.number % 3 == 0
            body = base64.encodebytes(text.encode()).decode() if coded else text.replace("\nFrom ", "\n>From ")
            mail = f"{head}Content-Transfer-Encoding: {'base64' if coded else '8bit'}\n\n{body}\n"
            file.write(b"From person@example.com Sat Jan  1 00:00:00 2022\n" + mail.encode())


def json_lines(path: Path, made: Iterable[Made]) -> None:
    """The lines that `thinktwice scan` reads."""
    with path.open("w", encoding="utf-8") as file:
        for one in made:
            row = {"id": one.number, "text": one.text, "chat": "1", "sender": str(one.person), "sent_at": one.at}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def text(path: Path, made: Iterable[Made]) -> None:
    """A message a line."""
    path.write_text("".join(one.text.replace("\n", " ") + "\n" for one in made), "utf-8")
