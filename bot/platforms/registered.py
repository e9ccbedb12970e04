"""The platforms that a bot can run on: one row each."""

from collections.abc import Mapping
from typing import Any

from bot.config import Sections
from bot.platforms.setup import Setup
from bot.platforms.slack.setup import SETUP as SLACK
from bot.platforms.telegram.setup import SETUP as TELEGRAM

PLATFORMS: Mapping[str, Setup[Any]] = {setup.name: setup for setup in (TELEGRAM, SLACK)}
SECTIONS: Sections = {name: setup.section for name, setup in PLATFORMS.items()}
