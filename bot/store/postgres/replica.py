"""One of several programs that run over one log: it says that it is there, and takes over what the silent ones held.

A row each, with the server's time. Whoever finds one that was silent for LEASE deletes it, and what it held is theirs,
in one transaction. One writes at a time, and each transaction begins by looking for its own row: so what was taken for
dead and wakes writes nothing, and nobody has to agree about anything else. The eldest leads.
"""

import time
from collections.abc import Callable

from bot.store.engine import Database, Heard, Rates
from bot.store.postgres import buckets
from bot.store.postgres.buckets import NOW
from bot.store.postgres.session import Postgres

LEASE = 6.0
"""Seconds of silence after which a program counts as dead."""
RETURN = 2.0
"""Seconds that others have to return when nobody could be heard, before the first to be heard again takes over."""
MARGIN = 1.0
"""Seconds before that in which it begins nothing any more that can't be taken back."""


class Replica:
    """See `bot.store.engine.Replica`. `ticks` are seconds that no clock jumps in."""

    def __init__(self, session: Postgres, name: str, ticks: Callable[[], float] = time.monotonic) -> None:
        """Join those that run over the log that `session` writes. Raises StoreError."""
        self._session, self._name, self._ticks = session, name, ticks
        self.number = self.adoptions = 0
        self._last = Heard(0.0, eldest=False, adopted=False)
        self._steady = 0.0
        self.join()

    @property
    def alive(self) -> bool:
        """Whether it was heard so lately that nobody takes it for dead."""
        return self._ticks() - self._last.tick < LEASE - MARGIN

    @property
    def leads(self) -> bool:
        """Whether it is the eldest, and alive."""
        return self._last.eldest and self.alive

    def join(self) -> None:
        """Begin under a new number; who was silent until now is dead, and what nobody holds but was begun is ours."""
        session, tick = self._session, self._ticks()
        before, session.replica = session.replica, 0
        session.begin()
        try:
            sql = f"INSERT INTO replica (name, since, seen_at) VALUES (?, {NOW}, {NOW}) RETURNING id"  # noqa: S608 - ours
            number = int(session.execute(sql, (self._name,)).fetchone()["id"])
            session.execute("UPDATE outbox SET holder = ? WHERE state = 'sending' AND holder = 0", (number,))
            _bury(session)
            _adopt(session, number)
            eldest = _eldest(session) == number
            session.commit()
        except BaseException:
            session.replica = before  # whose row is gone: it writes nothing until it has joined
            raise
        finally:
            session.rollback()
        self.number = session.replica = number
        self._steady = tick
        self.heard(Heard(tick, eldest=eldest, adopted=True))

    def beat(self, db: Database, edition: str) -> Heard:
        """Within a transaction. Who could not be heard for a while itself takes nobody for dead at first."""
        tick = self._ticks()
        if tick - self._last.tick > LEASE / 2:
            self._steady = tick
        sql = f"UPDATE replica SET seen_at = {NOW}, edition = ? WHERE id = ?"  # noqa: S608 - ours
        db.execute(sql, (edition, self.number))
        if tick - self._steady >= RETURN:
            _bury(db)
        adopted = _adopt(db, self.number)
        return Heard(tick, eldest=_eldest(db) == self.number, adopted=adopted)

    def heard(self, beat: Heard) -> None:
        """The beat was committed."""
        self._last = beat
        self.adoptions += beat.adopted

    def leave(self, db: Database) -> None:
        """Within a transaction: what it holds is taken over at somebody's next beat, or at the next start."""
        db.execute("DELETE FROM replica WHERE id = ?", (self.number,))

    def room(self, db: Database, rates: Rates) -> float:
        """See `bot.store.postgres.buckets`."""
        return buckets.draw(db, rates)

    def closed(self, db: Database, bucket: str, seconds: float) -> None:
        """See `bot.store.postgres.buckets`."""
        buckets.close(db, bucket, seconds)


def _bury(db: Database) -> None:
    """Whoever was silent for too long is dead; room that was drawn an hour ago is nobody's any more."""
    db.execute(f"DELETE FROM replica WHERE seen_at < {NOW} - ?", (LEASE,))  # noqa: S608 - ours
    buckets.forget(db)


def _adopt(db: Database, number: int) -> bool:
    """Hold what was held by somebody who is not there any more: all of it, so that one person's rows stay together."""
    orphaned = "holder != 0 AND holder NOT IN (SELECT id FROM replica)"
    sends = f"UPDATE outbox SET holder = ? WHERE state IN ('waiting', 'sending') AND {orphaned}"  # noqa: S608 - ours
    files = f"UPDATE look SET holder = ? WHERE state = 'waiting' AND {orphaned}"  # noqa: S608 - ours
    return bool(db.execute(sends, (number,)).rowcount + db.execute(files, (number,)).rowcount)


def _eldest(db: Database) -> int:
    return int(db.execute("SELECT MIN(id) AS id FROM replica").fetchone()["id"])
