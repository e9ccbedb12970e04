"""Slack's exports: a zip archive or its folder, with a file for each day of each channel.

Format: https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports: users.json, channels.json,
groups.json, mpims.json and dms.json at the top, <channel>/YYYY-MM-DD.json below; messages are those of the Web API, so
the reading of the live bot is used (docs.slack.dev/reference/events/message). Folders of direct messages are called
by their ids.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.misuse import InputError
from bot.platforms.slack.ids import identifier
from bot.platforms.slack.parse import Me, UnreadableError, posted
from bot.sweep.export import MALFORMED, SIZE, Chunk, Circumstances, Posted
from bot.sweep.readers import holding

Json = Mapping[str, Any]

_DAY = re.compile(r"(?:(?P<top>[^/]+)/)??(?P<channel>[^/]+)/\d{4}-\d{2}-\d{2}\.json")
_LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
_PEOPLE = ("users.json", "org_users.json")


@dataclass(frozen=True, slots=True)
class _Channel:
    id: str
    audience: int | None
    external: bool


class SlackReader:
    """Knows them by the files at their top."""

    name = "slack"
    says = "Slack (the zip archive or its folder)"
    ids = True

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if path.is_dir():
            return any((path / name).is_file() for name in _LISTS) and any(path.glob("*/[0-9]*-[0-9]*-[0-9]*.json"))
        names = holding.names(path)
        return any(name.rpartition("/")[2] in _LISTS for name in names) and any(map(_DAY.fullmatch, names))

    def open(self, path: Path, circumstances: Circumstances) -> "SlackExport":
        """Open it."""
        return SlackExport(path, circumstances)


class SlackExport:
    """One export. Its chunks are days: numbers of files in the order of their names."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._files = holding.held(path)
        self._bots = circumstances.bots
        found = [(name, _DAY.fullmatch(name)) for name in self._files.names]
        self._days = [(name, day["channel"]) for name, day in found if day]
        tops = Counter(day["top"] or "" for _, day in found if day)
        self._top = f"{tops.most_common(1)[0][0]}/".lstrip("/") if tops else ""
        self._broken = 0

    def chunks(self) -> Iterator[Chunk]:
        """Some days of one channel each."""
        start, lead = 0, 0
        size = 0
        for number, (name, channel) in enumerate(self._days, 1):
            size += self._files.size(name)
            following = self._days[number][1] if number < len(self._days) else None
            if size >= SIZE or following != channel:
                yield Chunk(start, number, size, lead)
                lead = start if following == channel else number
                start, size = number, 0

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages of some days."""
        for number, (name, channel) in enumerate(self._days[chunk.start : chunk.end], chunk.start + 1):
            try:
                day = json.loads(self._files.read(name))
            except (OSError, ValueError, RecursionError):
                yield Posted(None, number, error="broken")
                continue
            for one in day if isinstance(day, list) else ():
                if isinstance(one, dict):
                    yield from self._posted(one, channel, number)

    def remarks(self) -> tuple[str, ...]:
        """Folders that no list names."""
        strange = len({channel for _, channel in self._days if channel not in self._channels})
        said = f"{strange:,} of its folders are in none of its lists; their own policies don't apply"
        return (said,) if strange else ()

    def name(self, file: int) -> str:
        """The day's file."""
        return self._days[file - 1][0] if file else ""

    def _posted(self, one: Json, channel: str, number: int) -> Iterator[Posted]:
        known = self._channels.get(channel, _Channel("", None, external=False))
        try:
            message = posted(one, known.id, self._me, external=known.external, judge_bots=self._bots)
        except (UnreadableError, *MALFORMED):
            yield Posted(None, number, error="broken")
            return
        if message:
            yield Posted(replace(message, audience=known.audience), number, media=len(message.attachments))

    @cached_property
    def _me(self) -> Me:
        """The workspace, by what most of its people say."""
        teams = Counter(identifier(user.get("team_id")) for name in _PEOPLE for user in self._list(name))
        del teams[""]
        team = teams.most_common(1)[0][0] if teams else ""
        return Me(team, "", team=team)

    @cached_property
    def _channels(self) -> dict[str, _Channel]:
        """The conversations, by the names of their folders."""
        listed = [one for name in _LISTS for one in self._list(name)]
        return {
            folder: _Channel(identifier(one.get("id")), _count(one.get("members")), external=_is_shared(one))
            for one in listed
            for folder in (one.get("name"), one.get("id"))
            if isinstance(folder, str)
        }

    def _list(self, name: str) -> Sequence[Json]:
        if self._top + name not in self._files.names:
            return ()
        try:
            read = json.loads(self._files.read(self._top + name))
        except (OSError, ValueError):
            raise InputError(f"{name} of the Slack export is damaged; export it again") from None
        return [one for one in read if isinstance(one, dict)] if isinstance(read, list) else ()


def _count(members: object) -> int | None:
    return len(members) if isinstance(members, list) else None


def _is_shared(one: Json) -> bool:
    return bool(one.get("is_ext_shared") or one.get("is_pending_ext_shared"))
