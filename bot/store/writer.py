"""The one thread that writes: it groups what is asked for into one transaction, each request in a savepoint."""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from bot.store.engine import Session
from bot.store.errors import StoreError, explained

T = TypeVar("T")
GROUP = 256
"""The most requests in one transaction; more wait for the next."""
TURN = 0.25
"""Seconds after which one takes no more of them: on a server others who write over the same log wait for their turn."""


class Request(Generic[T]):
    """Something to do with the database, and where its result goes; `alone`: outside any transaction."""

    def __init__(self, work: Callable[[Session], T], *, alone: bool) -> None:
        self.work = work
        self.alone = alone
        self.done: Future[T] = Future()
        self.result: T | None = None
        self.error: Exception | None = None

    def attempt(self, db: Session) -> None:
        """Do the work in a savepoint; a failure undoes this request alone unless the transaction is over, too."""
        try:
            with db.atomic():
                self.result = self.work(db)
        except (sqlite3.Error, StoreError) as error:
            if not db.in_transaction:
                raise
            self.error = explained(error)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
            self.error = error

    def answer(self, failure: Exception | None = None) -> None:
        """Hand the outcome over, now that the transaction is over."""
        error = failure or self.error
        if error is not None:
            self.done.set_exception(error)
        else:
            self.done.set_result(self.result)  # type: ignore[arg-type]  # a T once `attempt` had no error


class Writer:
    """Owns the writing connection. `ask` may be called from any thread."""

    def __init__(self, db: Session, look: Callable[[], None]) -> None:
        """Write to `db`; `look` raises StoreError when what is written no longer reaches its place."""
        self._look = look
        self.failure: StoreError | None = None
        """What the last transaction failed by, None when it did not."""
        self._db = db
        self._requests: queue.SimpleQueue[Request[Any] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def ask(self, work: Callable[[Session], T], *, alone: bool = False) -> "Future[T]":
        """Have `work` done in a transaction; the result comes when that is committed. Raises StoreError when closed.

        `alone` is for the few statements that must stand outside a transaction.
        """
        request = Request(work, alone=alone)
        with self._lock:
            if self._closed:
                raise StoreError("The database is closed.")
            self._requests.put(request)
        return request.done

    def close(self) -> None:
        """Finish what was asked for, then let go of the connection."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._requests.put(None)
        self._thread.join()
        self._db.close()

    def _run(self) -> None:
        while (first := self._requests.get()) is not None:
            group, last = self._group(first)
            wanted = [request for request in group if request.done.set_running_or_notify_cancel()]
            self._transaction([request for request in wanted if not request.alone])
            for request in wanted:
                if request.alone:
                    self._alone(request)
            if last:
                return

    def _group(self, first: Request[Any]) -> tuple[list[Request[Any]], bool]:
        group = [first]
        while len(group) < GROUP:
            try:
                request = self._requests.get_nowait()
            except queue.Empty:
                break
            if request is None:
                return group, True
            group.append(request)
        return group, False

    def _transaction(self, group: list[Request[Any]]) -> None:
        """All of it or nothing: nobody hears of success before COMMIT has reached the disk."""
        while group:
            done, self.failure = self._done(group)
            for request in group[:done]:
                request.answer(self.failure)
            group = group[done:]

    def _done(self, group: list[Request[Any]]) -> tuple[int, StoreError | None]:
        """Do as many as are soon over; returns how many, and what they failed by.

        The place is looked at before, and again before anybody hears of success. A commit that nobody answered has
        failed, for all that is known: who asked does it again.
        """
        try:
            self._look()
            self._db.begin()
            until, done = time.monotonic() + TURN, 0
            for done, request in enumerate(group, 1):  # noqa: B007 - how many there were
                request.attempt(self._db)
                if time.monotonic() > until:
                    break
            self._db.commit()
            self._look()
        except (sqlite3.Error, StoreError) as error:
            self._undo()
            return len(group), explained(error)
        return done, None

    def _alone(self, request: Request[Any]) -> None:
        try:
            self._look()
            request.result = request.work(self._db)
        except (sqlite3.Error, StoreError) as error:
            request.error = explained(error)
        request.answer()

    def _undo(self) -> None:
        try:
            self._db.rollback()
        except (sqlite3.Error, StoreError):
            # The connection is beyond use; the next BEGIN says so to whoever asks next.
            return
