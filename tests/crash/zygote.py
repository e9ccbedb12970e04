"""Lives of the bot, each a process of its own, born in a moment: forked from one that has imported everything.

The fork server of the standard library does it: https://docs.python.org/3/library/multiprocessing.html, "forkserver".
A life shares nothing with the tests but what its arguments say, and dies of SIGKILL as any process does.
"""

import asyncio
import multiprocessing
from collections.abc import Callable
from typing import Self

_forks = multiprocessing.get_context("forkserver")
# Where pytest is the main program, a child imports it.
_forks.set_forkserver_preload(["pytest", "tests.crash.bot_life", "tests.crash.stub_life"])

PATIENCE = 60.0


class Life:
    """One process that calls a function, while the block runs."""

    def __init__(self, live: Callable[..., None], *arguments: object, **named: object) -> None:
        self._process = _forks.Process(target=live, args=arguments, kwargs=named, daemon=True)

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

    async def stop(self) -> int:
        """SIGTERM, and its exit code."""
        self._process.terminate()
        return await self.ended()
