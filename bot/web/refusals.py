"""Requests that a door turned away, counted: with a wrong secret that is everything, and nothing else would show it."""

import logging
import time

from aiohttp import web as http

from bot.platform import Trouble
from bot.words import TroubleCode

TOLD_EVERY = 60.0
"""Seconds between two lines in the log about refused requests."""

_log = logging.getLogger(__name__)


class Refusals:
    """Counts for one platform, called by its name; `cure` ends the line in the log."""

    def __init__(self, platform: str, cure: str) -> None:
        self._platform, self._cure = platform, cure
        self._refused = self._in_a_row = 0
        self._told_at = float("-inf")

    def trouble(self) -> tuple[Trouble, ...]:
        """Requests that were refused: blind while none was accepted after some that bore a proof."""
        if self._in_a_row:
            return (Trouble(TroubleCode.REFUSED, self._in_a_row),)
        return (Trouble(TroubleCode.TURNED_AWAY, self._refused),) if self._refused else ()

    def accepted(self) -> None:
        """A request was the platform's."""
        self._in_a_row = 0

    def refuse(self, status: int, *, proved: bool = False) -> http.Response:
        """Turn a request away. Only one that bears a proof tells of our secret: anybody may knock without one."""
        self._refused += 1
        self._in_a_row += proved
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY:
            self._told_at = now
            _log.warning(
                "%s.refused count=%d in_a_row=%d status=%d: %s",
                self._platform,
                self._refused,
                self._in_a_row,
                status,
                self._cure,
            )
        return http.Response(status=status)
