"""The same work on many pieces, by several processes, answered in order.

Pieces travel through pipes between the processes, so what people wrote stays in memory.
"""

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, TypeVar

from bot.misuse import InputError

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Work = Callable[[Piece], Answer]

_ALONE = 8
"""Pieces that are done before it is worth while to start processes."""
_AHEAD = 3
"""Pieces for each process that are on their way at once: more would only fill the memory."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def in_order(
    work: Work[Piece, Answer], pieces: Iterable[Piece], jobs: int, alone: int = _ALONE
) -> Generator[Answer, None, None]:
    """Yield what `work` makes of each piece, in order; a long row of pieces is shared among `jobs` processes.

    The first few (`alone`) are done before it is worth while to start processes. `work` can be pickled, and its first
    call in each process builds what it needs. Raises what `work` raises, and
    InputError when a process is ended from outside. Whoever stops asking ends the processes.
    """
    left = iter(pieces)
    yield from map(work, left if jobs == 1 else islice(left, alone))
    if jobs > 1 and (first := next(left, None)) is not None:
        yield from _shared(work, first, left, jobs)


def _shared(work: Work[Piece, Answer], first: Piece, left: Iterator[Piece], jobs: int) -> Iterator[Answer]:
    gc.freeze()  # what is built by now is shared with the processes, and no collection shall touch it
    # A fork has the detector already; elsewhere each process builds its own.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, _begin, (work,))
    under_way: deque[Future[Answer]] = deque()
    others = {*multiprocessing.active_children()}
    try:
        with _undisturbed():
            under_way.append(pool.submit(_do, first))  # starts all processes
        for piece in left:
            under_way.append(pool.submit(_do, piece))
            if len(under_way) == jobs * _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
        pool.shutdown()
    except BrokenProcessPool:
        raise InputError(
            "A process was ended from outside, perhaps for want of memory; try again with fewer --jobs."
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in {*multiprocessing.active_children()} - others:
            process.kill()  # a fork may have inherited a handler that lets it ignore a request to end


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back while processes are forked: what it raises in the middle of that, Python drops."""
    if sys.platform != "linux":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: Work[Any, Any]
"""What a process of the pool was started for."""


def _begin(work: Work[Any, Any]) -> None:
    """Make ready in a new process: its parent alone answers Ctrl-C, and without a parent it ends."""
    global _work  # noqa: PLW0603 - a pool hands its processes nothing else that outlives a call
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(piece: Any) -> Any:
    return _work(piece)
