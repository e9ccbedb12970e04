"""`[telegram]` in config.toml."""

import re
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.addresses import Address, Listen
from bot.config import PlatformSection, Url

TELEGRAMS_OWN = "https://api.telegram.org"
"""The root of Telegram's own Bot API server."""
PORTS = (443, 80, 88, 8443)
"""Where it posts to: https://core.telegram.org/bots/api#setwebhook, note 3."""


class Telegram(PlatformSection):
    """The Telegram side. `groups` is "any" or a list of chat ids; elsewhere the bot keeps silent.

    `inline`: what people type behind the bot's name in any chat is checked too, once BotFather has turned that on.
    `webhook` is the address that Telegram posts updates to, `listen` where they arrive; '' fetches them by polling.
    `local_files` is the folder in which a Bot API server of one's own (`--local`) keeps the files that it got.
    """

    user_id: ClassVar[re.Pattern[str]] = re.compile(r"[1-9][0-9]*")

    api_base_url: Url = TELEGRAMS_OWN
    webhook: Annotated[str, Field(pattern=r"^(https?://[^/\s?#@]+(/[\w./~-]*)?)?$")] = ""
    listen: Listen = Address("127.0.0.1", 3001)
    groups: Literal["any"] | tuple[int, ...] = "any"
    ephemeral: Literal["auto", "off"] = "auto"
    inline: bool = False
    local_files: Path | None = None
    reminder_days: int = Field(default=30, ge=0, le=365)

    @field_validator("webhook")
    @classmethod
    def _reached(cls, url: str, info: ValidationInfo) -> str:
        """Telegram's own server posts by TLS and to few ports; one of the operator's own (`--local`) posts anywhere."""
        if not url or info.data.get("api_base_url") != TELEGRAMS_OWN:
            return url
        parts = urlsplit(url)
        if parts.scheme != "https" or (parts.port or 443) not in PORTS:
            cure = 'write it like "https://bot.example.com/telegram", with port 443, 80, 88 or 8443'
            raise PydanticCustomError("webhook", "is not an address that Telegram posts to", {"cure": cure})
        return url
