"""`[slack]` in config.toml."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from bot.addresses import Address, Listen
from bot.config import PlatformSection, Url


class Slack(PlatformSection):
    """The Slack side. `listen` is where events are taken in http mode."""

    user_id: ClassVar[re.Pattern[str]] = re.compile(r"\w+")

    mode: Literal["socket", "http"] = "socket"
    listen: Listen = Address("127.0.0.1", 3000)
    api_base_url: Url = "https://slack.com/api/"
    warn_via: Literal["dm", "ephemeral", "both"] = "dm"
    command: str = Field(default="/thinktwice", pattern=r"^/[a-z0-9_-]{1,31}$")
    judge_bots: bool = False
    reminder_days: int = Field(default=30, ge=0, le=365)
