"""What commands that read the log share: the configuration, the open log, and how groups are called."""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.config import Config, load
from bot.names import GroupNames
from bot.platforms.registered import SECTIONS
from bot.store import IncidentRow, Store
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Opened:
    """A log beside a running bot or without one; `now` is when the command began."""

    config: Config
    store: Store
    now: float
    language: str

    def where(self, row: IncidentRow) -> str:
        """How the configuration calls a group, else its id; no platform is asked."""
        named = GroupNames(lambda _text: (), self.config.group_names()).configured(row.platform, row.chat)
        return named or say(self.language, "report.unnamed_group", chat=f"{row.platform}:{row.chat}")


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Opened]:
    """Open the log of the configuration; raises errors for the user."""
    config = load(arguments.config, SECTIONS)
    store = Store.open(config.database, time.time, create=False)
    try:
        yield Opened(config, store, time.time(), arguments.language)
    finally:
        store.close()
