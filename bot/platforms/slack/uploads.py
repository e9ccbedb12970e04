"""A reply with a file: uploaded, and shared in the direct message alone.

docs.slack.dev/messaging/working-with-files: an address is asked for, the bytes go there, and the upload is completed
with the conversation that shares it. Only that last call shows anything to anybody, so it alone may be in doubt.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.files import ours
from bot.platforms.slack.ids import identifier
from bot.platforms.slack.shape import escaped
from bot.platforms.slack.wire import FAILURES, outcome_of
from bot.send import Document, Later, Outcome, Refused, Send, Sent

SOON = 3.0
"""Seconds until what certainly showed nothing is tried again."""
EARLIER = 300.0
"""Seconds by which Slack's clock may be behind ours."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """Sends files with the bot's token (scope files:write)."""

    web: AsyncWebClient
    session: aiohttp.ClientSession

    async def send(self, send: Send, document: Document, channel: str) -> Outcome:
        """Upload once, and share once; see `bot.platform.Platform.deliver`."""
        uploaded = await self._upload(document, f"{PurePath(document.name).stem}{_mark(send, document)}")
        if not isinstance(uploaded, str):
            return uploaded
        file: dict[str, str | None] = {"id": uploaded, "title": document.name}
        try:
            await self.web.files_completeUploadExternal(
                files=[file], channel_id=channel, initial_comment=escaped(send.text)
            )
        except FAILURES as error:
            return outcome_of(error)
        return Sent(json.dumps({"channel": channel, "file": uploaded}))

    async def _upload(self, document: Document, name: str) -> str | Refused | Later:
        """Bring the bytes to Slack, where nobody sees them yet; returns the file's id."""
        try:
            asked = await self.web.files_getUploadURLExternal(filename=name, length=len(document.content))
            url, file = str(asked.get("upload_url") or ""), identifier(asked.get("file_id"))
            if not file or not ours(url, self.web.base_url):
                return Later(SOON, "odd_answer")
            async with self.session.post(url, data=document.content, allow_redirects=False) as answer:
                return file if answer.status == 200 else Later(SOON, f"http_{answer.status}")
        except FAILURES as error:
            outcome = outcome_of(error)
            return outcome if isinstance(outcome, Refused | Later) else Later(SOON, "not_uploaded")


def shared(message: Mapping[str, Any], send: Send, document: Document) -> bool:
    """Tell whether a message of the history brought this file; one of an earlier log may have had the same number."""
    names = [str(file.get("name")) for file in _files(message.get("files"))]
    known = any(name.endswith(_mark(send, document)) for name in names)
    return known and _at(message.get("ts")) >= send.created_at - EARLIER


def _mark(send: Send, document: Document) -> str:
    """How the name of a file ends that this send uploads: the day in it may be another when it is written anew."""
    return f"-{send.id}{PurePath(document.name).suffix}"


def _files(files: object) -> Iterable[Mapping[str, Any]]:
    return [file for file in files if isinstance(file, Mapping)] if isinstance(files, list) else []


def _at(ts: object) -> float:
    try:
        return float(str(ts))
    except ValueError:
        return 0.0
