"""Lives of the bot and its commands, each a process of its own: forked from one that has imported everything.

The fork server of the standard library does it: https://docs.python.org/3/library/multiprocessing.html, "forkserver".
A life shares nothing with the tests but what its arguments say, and dies of SIGKILL as any process does.
"""

import asyncio
import contextlib
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from bot.cli import main

_forks = multiprocessing.get_context("forkserver")
# Where pytest is the main program, a child imports it.
_forks.set_forkserver_preload(
    [
        "pytest",
        "tests.crash.bot_life",
        "tests.replicas.replica_life",
        "tests.crash.stub_life",
        "bot.running",
        "tests.warm",
    ]
)

PATIENCE = 60.0


class Life:
    """One process that calls a function, while the block runs."""

    def __init__(self, live: Callable[..., None], *arguments: object, **named: object) -> None:
        self._process = _forks.Process(target=_mortal, args=(live, *arguments), kwargs=named, daemon=True)

    async def __aenter__(self) -> Self:
        self._process.start()  # not in a thread: the platform must not hear of it before we do
        self._end = asyncio.ensure_future(asyncio.to_thread(self._process.join))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.kill()
        await self._end
        self._process.close()

    @property
    def over(self) -> bool:
        return self._end.done()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    async def ended(self) -> int:
        """Wait for its end; returns its exit code, the negative number of the signal that killed it."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(self._end)
        code = self._process.exitcode
        assert code is not None
        return code

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()

    def signal(self, number: int) -> None:
        """Any other signal."""
        os.kill(self.pid, number)

    async def stop(self) -> int:
        """SIGTERM, and its exit code."""
        self._process.terminate()
        return await self.ended()


def _mortal(live: Callable[..., None], *arguments: object, **named: object) -> None:
    """A life that does not outlast the tests, whatever ends them."""
    threading.Thread(target=_follow, daemon=True).start()
    live(*arguments, **named)


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def program(
    out: Path, err: Path, environment: Mapping[str, str], arguments: tuple[str, ...], given: Path | None = None
) -> None:
    """`thinktwice` with these arguments and variables; it writes to two files and reads `given`."""
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    if given:
        sys.stdin = given.open(encoding="utf-8")
    os.environ.update(environment)
    tempfile.tempdir = None  # where temporary files go is asked again
    ended = main(arguments)
    # As Python ends it forgives what stderr did not take; multiprocessing, which ends this process, does not.
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    sys.stderr = None
    sys.exit(ended)
