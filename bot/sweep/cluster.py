"""The same chunks on a Dask cluster: https://distributed.dask.org.

What goes over the wire: the paths that somebody typed, numbers of chunks and where they begin and end, and what comes
out of them: ids, codes, counts. Every machine reads the exports itself. Certificates are Dask's own settings.
"""

from collections import deque
from collections.abc import Generator, Iterable
from importlib import import_module
from typing import Any

from bot.misuse import InputError
from bot.sweep.export import Chunk
from bot.sweep.judging import Job, Swept, judge_of

_AHEAD = 4
"""Chunks for each thread of the cluster that are on their way at once."""
_PATIENCE = "20s"


def in_order(job: Job, chunks: Iterable[Chunk], scheduler: str) -> Generator[Swept, None, None]:
    """Yield what the cluster makes of each chunk, in order. A chunk whose worker dies is done again by another.

    Raises InputError.
    """
    client = _connected(scheduler)
    under_way: deque[Any] = deque()
    try:
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        for chunk in chunks:
            under_way.append(client.submit(_swept, job, chunk, pure=False))
            if len(under_way) >= most:
                yield _result(under_way.popleft())
        while under_way:
            yield _result(under_way.popleft())
    finally:
        client.close()


def _connected(scheduler: str) -> Any:
    try:
        connect: Any = import_module("dask.distributed").Client  # the extra `dask`, for those who have a cluster
    except ImportError:
        raise InputError("Dask is not installed: pip install 'thinktwice[dask]', or use --engine local") from None
    try:
        client = connect(scheduler, timeout=_PATIENCE, name="thinktwice-sweep")
    except (OSError, TimeoutError, ValueError, TypeError):
        raise InputError(
            f"{scheduler}: no Dask scheduler answers there; start one with `dask scheduler`, and check the address "
            "and, for tls://, the certificates"
        ) from None
    if not client.nthreads():
        client.close()
        raise InputError(f"{scheduler}: no worker has come to this scheduler; start one with `dask worker {scheduler}`")
    return client


def _result(future: Any) -> Swept:
    try:
        swept = future.result()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - Dask's own; its text may name what it was over
        name = type(error).__name__
        raise InputError(f"The cluster gave up ({name}); look at its workers, then sweep again to go on") from None
    if not isinstance(swept, Swept):
        raise InputError("The cluster runs another version of Think Twice; install the same one on all machines")
    return swept


def _swept(job: Job, chunk: Chunk) -> Swept:
    """Judge a chunk, on a worker."""
    return judge_of(job)(chunk)
