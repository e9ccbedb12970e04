"""`[telegram]` in config.toml."""

import re
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from bot.config import PlatformSection, Url


class Telegram(PlatformSection):
    """The Telegram side. `groups` is "any" or a list of chat ids; elsewhere the bot keeps silent.

    `inline`: what people type behind the bot's name in any chat is checked too, once BotFather has turned that on.
    `local_files` is the folder in which a Bot API server of one's own (`--local`) keeps the files that it got.
    """

    user_id: ClassVar[re.Pattern[str]] = re.compile(r"[1-9][0-9]*")

    api_base_url: Url = "https://api.telegram.org"
    groups: Literal["any"] | tuple[int, ...] = "any"
    ephemeral: Literal["auto", "off"] = "auto"
    inline: bool = False
    local_files: Path | None = None
    reminder_days: int = Field(default=30, ge=0, le=365)
