"""Fetches a file that hangs on a message: into memory, up to a size.

https://core.telegram.org/bots/api#getfile: bots can download files of up to 20 MB; a link is valid for an hour at
least. https://core.telegram.org/bots/api#using-a-local-bot-api-server: without a limit, and `file_path` is "the
absolute local path" of the file, which needs no download; the answer comes when that server has the whole file
(Client.cpp of github.com/tdlib/telegram-bot-api, file_download_listeners_), and the path has the bot's token in it.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from telegram.error import NetworkError, TelegramError

from bot.message import Attachment, ending
from bot.platform import Fetched, Unfetched
from bot.platforms.telegram.wire import FILE_SECONDS, RefusalError, TooLongError, Wire
from bot.send import Later
from bot.words import LookCode

MOST = 20 * 2**20
"""Bytes of the largest file that Telegram gives to bots: #getfile."""
SECONDS = 15.0
"""How long Telegram's own server may take to tell where a file is; one of the operator's own fetches it first."""
SOON = 3.0


@dataclass(frozen=True, slots=True)
class Files:
    """Fetches for one bot account; `local` is the folder in which a Bot API server of one's own keeps files."""

    wire: Wire
    local: Path | None = None

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        """See `bot.platform.Platform`."""
        limit = most if self.local else min(most, MOST)
        if file.size is not None and file.size > limit:
            return Unfetched(LookCode.TOO_LARGE)
        try:
            return await self._fetch(file, limit)
        except RefusalError as error:
            return _refused(error)
        except TooLongError:
            return Unfetched(LookCode.TOO_LARGE)
        except (TelegramError, OSError) as error:
            return Later(SOON, "not_connected" if isinstance(error, NetworkError) else "failed")

    async def _fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        told = await self.wire.call("getFile", read_timeout=FILE_SECONDS if self.local else SECONDS, file_id=file.ref)
        path = told.get("file_path") if isinstance(told, dict) else None
        if not isinstance(path, str) or not path:
            return Later(SOON, "no_path")  # #file: file_path is optional
        name = f"file.{file.ending or ending(path)}"
        if not path.startswith("/"):
            return Fetched(await self.wire.download(path, most), name)
        found = _inside(self.local, path)
        if found is None:
            return Unfetched(LookCode.NO_ACCESS)
        return Fetched(await asyncio.to_thread(_read, found, most), name)


def _inside(folder: Path | None, path: str) -> Path | None:
    """A path of a local server, if it lies in the folder that the operator named: whoever answers may say any path."""
    if folder is None or ".." in PurePosixPath(path).parts:
        return None
    found = Path(path).resolve()
    return found if found.is_relative_to(folder.resolve()) and found.is_file() else None


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLongError("file too long")
    return content


def _refused(error: RefusalError) -> Unfetched | Later:
    """What a refusal of getFile means: github.com/tdlib/telegram-bot-api, Client.cpp has its words."""
    if "too big" in error.description:
        return Unfetched(LookCode.TOO_LARGE)
    return Later(error.retry_after or SOON, f"refused_{error.code}")  # "temporarily unavailable", a limit, a lost token
