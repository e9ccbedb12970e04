"""A connection whose other end says nothing any more, though nobody closed it.

Neither keepalives nor tcp_user_timeout notice where something in between (a proxy, a balancer, a server that stands
still) goes on confirming packets: only who waits for an answer can tell that none comes.
"""

import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

import psycopg

T = TypeVar("T")
ANSWERS = 20.0
"""Seconds that `run` waits for one answer; longer than a statement may wait for a lock (`lock_timeout`)."""


class Bounded(psycopg.Connection[Any]):
    """Breaks when an answer takes longer than `patience`; whoever asked connects anew, as after any other break."""

    patience: Callable[[], float] = staticmethod(lambda: float("inf"))
    """Seconds."""

    def wait(self, gen: Any, *more: Any, **named: Any) -> Any:
        """See psycopg.Connection.wait. Raises OperationalError."""
        return super().wait(self._bounded(gen), *more, **named)

    def _bounded(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        """Hand on what is waited for; psycopg asks again each tenth of a second when nothing came."""
        until, ready = time.monotonic() + self.patience(), None
        while True:
            try:
                wanted = next(gen) if ready is None else gen.send(ready)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # the generator's own
            ready = yield wanted
            if not ready and time.monotonic() > until:
                self.pgconn.finish()
                raise psycopg.OperationalError("no answer")
