"""The list of messages to clean up, as csv or html: where each stands and what kinds of data it holds; no words.

Names of files are on it, because whoever asked for the list must find the message: it belongs to them alone.
"""

import csv
import html
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from bot.misuse import InputError
from bot.reports.csv import safe
from bot.sweep.judging import Row

COLUMNS = (
    "severity", "types", "rules", "time", "platform", "chat", "group", "message", "link", "file", "line", "where",
    "nudge", "sender",
)  # fmt: skip
"""`types` are kinds of data with how many values, `where` is a page, sheet or row inside a file."""

Add = Callable[[Row], None]


@dataclass(frozen=True, slots=True)
class Known:
    """What the list shows besides what the sweep kept: times as in `zone`, names of groups, names of files."""

    zone: ZoneInfo
    group: Callable[[str, str], str]
    file: Callable[[int, int], str]

    def cells(self, row: Row) -> Mapping[str, str]:
        """One row, as text."""
        return {
            "severity": row.severity,
            "types": ", ".join(f"{kind} x{count}" if count > 1 else kind for kind, count in row.types.items()),
            "rules": ", ".join(row.rules),
            "time": self._time(row.at),
            "platform": row.platform,
            "chat": row.chat,
            "group": self.group(row.platform, row.chat) if row.chat else "",
            "message": row.message,
            "link": link(row),
            "file": self.file(row.source, row.file),
            "line": str(row.line or ""),
            "where": "; ".join(_spot(spot) for spot in row.spots),
            "nudge": "yes" if row.nudge else "no",
            "sender": row.sender,
        }

    def _time(self, at: float) -> str:
        return datetime.fromtimestamp(at, UTC).astimezone(self.zone).isoformat(" ", "seconds") if at else ""


def _spot(spot: tuple[int, int, int, int]) -> str:
    named = zip(("file", "page", "sheet", "rows"), spot, strict=True)
    return " ".join(f"{name} {number}" for name, number in named if number)


def link(row: Row) -> str:
    """Where the message opens, for platforms whose ids say it.

    https://core.telegram.org/api/links#message-links, https://docs.slack.dev/interactivity/deep-linking (the channel;
    `message` is the time of the message in it), https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-links
    """
    if row.platform == "telegram" and row.chat.startswith("-100") and row.message.isdigit():
        return f"https://t.me/c/{row.chat[4:]}/{row.message}"
    if row.platform == "slack" and row.chat:
        team = f"&team={row.workspace}" if row.workspace else ""
        return f"https://slack.com/app_redirect?channel={row.chat}{team}"
    if row.platform == "teams" and row.chat:
        return f"https://teams.microsoft.com/l/message/{row.chat}/{row.message}"
    return ""


def forms() -> str:
    """The endings of lists that can be written."""
    return " or ".join(_WRITERS)


def check(path: Path) -> None:
    """Refuse a list that could not be written, before hours have been spent. Raises InputError."""
    if path.suffix.lower() not in _WRITERS:
        raise InputError(f"{path}: a list is written as {forms()}; name it so")
    if not path.absolute().parent.is_dir():
        raise InputError(f"{path}: there is no such folder; make it first")


@contextmanager
def writing(path: Path, known: Known) -> Iterator[Add]:
    """Write the list at `path`, readable for its owner alone; a list that was there gives way at the end."""
    draft = path.with_name(f".{path.name}.part")
    try:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        coding = "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8"  # or Excel shows Chinese names as noise
        with os.fdopen(number, "w", encoding=coding) as file, _WRITERS[path.suffix.lower()](file, known) as add:
            yield add
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror}; name another place for --list") from None
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _csv(file: IO[str], known: Known) -> Iterator[Add]:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)

    def add(row: Row) -> None:
        cells = known.cells(row)
        writer.writerow([safe(cells[name]) for name in COLUMNS])

    yield add


_STYLE = """body{font:14px system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}
td,th{padding:.3rem .6rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}th{position:sticky;top:0;
background:#fff}.critical,.high{font-weight:600}"""


@contextmanager
def _html(file: IO[str], known: Known) -> Iterator[Add]:
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    file.write(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Messages to clean up</title>'
        f"<style>{_STYLE}</style></head><body><h1>Messages to clean up</h1>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n"
    )

    def add(row: Row) -> None:
        cells = {name: html.escape(value) for name, value in known.cells(row).items()}
        if cells["link"]:
            cells["link"] = f'<a href="{cells["link"]}" rel="noreferrer">open</a>'
        file.write(
            f'<tr class="{cells["severity"]}">' + "".join(f"<td>{cells[name]}</td>" for name in COLUMNS) + "</tr>\n"
        )

    yield add
    file.write("</tbody></table></body></html>\n")


_WRITERS = {".csv": _csv, ".html": _html}
