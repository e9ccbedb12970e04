"""Fetches a file that hangs on a message, into memory, up to a size; and deletes one at its owner's wish.

docs.slack.dev/reference/methods/files.info tells where it lies; docs.slack.dev/reference/objects/file-object:
`url_private_download` wants the token in a header, and without a good one Slack shows its page for logging in.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.message import Attachment, ending
from bot.platform import Fetched, Unfetched
from bot.platforms.slack.wire import FAILURES, code_of, limited, wait_of
from bot.send import Later
from bot.words import LookCode

SECONDS = 120.0
"""How long a file may take: 20 MB over a slow line."""
SOON = 3.0

_GONE = frozenset({"file_deleted", "file_not_found"})
_BARRED = frozenset(
    {"access_denied", "not_visible", "missing_scope", "no_permission", "slack_connect_file_link_sharing_blocked"}
)
_EXTERNAL = frozenset({"external", "remote"})
"""`mode` of files that lie with Google Drive and the like: Slack has a link alone."""
_HIDDEN = frozenset({"hidden_by_limit"})
"""`mode` of files beyond what a free workspace shows."""

Json = Mapping[str, Any]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Files:
    """Fetches with the bot's token, from Slack's own addresses alone: the token goes nowhere else."""

    web: AsyncWebClient
    session: aiohttp.ClientSession

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        """See `bot.platform.Platform`."""
        try:
            answer = await self.web.files_info(file=file.ref)
        except SlackApiError as error:
            return _refused(error)
        except FAILURES:
            return Later(SOON, "not_connected")
        told = answer.get("file")
        told = told if isinstance(told, Mapping) else {}
        if (refusal := _closed(told, most)) is not None:
            return refusal
        url = str(told.get("url_private_download") or told.get("url_private") or "")
        if not ours(url, self.web.base_url):
            return Unfetched(LookCode.EXTERNAL if url else LookCode.NO_ACCESS)
        try:
            return await self._download(url, told, file, most)
        except FAILURES:
            return Later(SOON, "not_connected")

    async def _download(self, url: str, told: Json, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        headers = {"Authorization": f"Bearer {self.web.token}"}
        limits = aiohttp.ClientTimeout(total=SECONDS, sock_read=30)
        async with self.session.get(url, headers=headers, timeout=limits, allow_redirects=False) as response:
            if response.status == 429 or response.status >= 500:
                return Later(SOON, f"http_{response.status}")
            if response.status != 200 or _is_page(response, told):
                return Unfetched(LookCode.NO_ACCESS)  # the page for logging in, or the way there
            content = bytearray()
            async for piece in response.content.iter_any():
                content += piece
                if len(content) > most:
                    response.close()
                    return Unfetched(LookCode.TOO_LARGE)
        kind = file.ending or ending(f".{told.get('filetype')}") or ending(told.get("name"))
        return Fetched(bytes(content), f"file.{kind}")


def ours(url: str, base_url: str) -> bool:
    """Whether an address is Slack's: over https, or where the configuration says that its API is (`base_url`)."""
    asked, api = urlsplit(url), urlsplit(base_url)
    host = asked.hostname or ""
    slack = asked.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))
    return slack or (asked.scheme, asked.netloc) == (api.scheme, api.netloc)


async def deleted(web: AsyncWebClient, file: str) -> bool:
    """Delete a file with its owner's or an administrator's token; whether it is gone.

    docs.slack.dev/reference/methods/files.delete: wants files:write.
    """
    try:
        await web.files_delete(file=file)
    except SlackApiError as error:
        if code_of(error) in _GONE:
            return True
        _log.warning("file.not_deleted code=%s", code_of(error))
        return False
    except FAILURES:
        return False
    return True


def _closed(told: Json, most: int) -> Unfetched | None:
    """Why a file can't be had, as its object says; None when it can."""
    mode, size = told.get("mode"), told.get("size")
    if mode == "tombstone":
        return Unfetched()
    if told.get("is_external") or mode in _EXTERNAL:
        return Unfetched(LookCode.EXTERNAL)
    if mode in _HIDDEN:
        return Unfetched(LookCode.HIDDEN)
    if told.get("file_access") not in (None, "visible"):
        return Unfetched(LookCode.NO_ACCESS)
    return Unfetched(LookCode.TOO_LARGE) if isinstance(size, int) and size > most else None


def _refused(error: SlackApiError) -> Unfetched | Later:
    code = code_of(error)
    if code in _GONE:
        return Unfetched()
    if code in _BARRED:
        return Unfetched(LookCode.NO_ACCESS)
    return Later(wait_of(error) if limited(error) else SOON, code)


def _is_page(response: aiohttp.ClientResponse, told: Json) -> bool:
    """Whether a web page came where no web page was posted."""
    return response.content_type == "text/html" and told.get("mimetype") != "text/html"
