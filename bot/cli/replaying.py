"""What `policy whatif` does: the log's incidents, judged by another policy; nothing is changed."""

import asyncio
import sys
import time
from pathlib import Path

from bot.cli import signed, yardstick
from bot.config import load
from bot.judging.judged import KEPT
from bot.periods import asked, onward, period
from bot.platforms.registered import SECTIONS
from bot.reports import addressed
from bot.reports.whatif import render, replayed
from bot.store import Store
from bot.words import Act
from policies import files


def run(policy: str, config: Path, since: str, chat: str | None) -> int:
    """Print what `policy` would have made of the incidents of a period; returns the exit code.

    The audit table keeps that somebody looked. Raises errors for the user.
    """
    code = onward(asked(since.split()))
    settings, span = load(config, SECTIONS), period(code, time.time())
    detector = yardstick.detector(config)
    judge = files.load(policy, detector.find, detector.own_types)
    store = Store.open(settings.database, time.time, create=False)
    try:
        found = list(replayed(store, judge, span.since, span.until, addressed(chat), KEPT))
        asyncio.run(store.audit(*signed.by(), Act.WHATIF, code))
    finally:
        store.close()
    sys.stdout.write(render(judge.name, found))
    return 0
