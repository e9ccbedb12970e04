"""A bounded queue in front of a detector that runs a language model: one text at a time, beside the event loop."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

LONGEST = 64
"""How many messages may wait; whoever hands in more waits with them, and the platform holds back the rest."""

Result = TypeVar("Result")


class Queue:
    """One worker thread: a model gains nothing from two, and its memory would double."""

    def __init__(self) -> None:
        """Start no thread before the first message."""
        self._places = asyncio.Semaphore(LONGEST)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="detector")

    async def run(self, find: Callable[[str], Result], texts: Sequence[str]) -> list[Result]:
        """Call `find` for each text, in turn; an exception of `find` is raised here."""
        async with self._places:
            return await asyncio.get_running_loop().run_in_executor(
                self._worker, lambda: [find(text) for text in texts]
            )
