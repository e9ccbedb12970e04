"""Each file is read in a process of its own; whatever becomes of that process, its file alone is unread."""

import asyncio
import contextlib
import os
import sys

from detectors.documents import wire
from detectors.documents.document import Document, DocumentKind, Limits, Unread

USUAL = Limits()
_CHILD = ("-P", "-B", "-m", "detectors.documents.child")


class Sandbox:
    """Reads files, `at_once` at a time. `read` never raises for what a file is; cancelling it ends its process."""

    def __init__(self, limits: Limits = USUAL, at_once: int = 1) -> None:
        """Take the limits of every file."""
        self.limits = limits
        self._free = asyncio.Semaphore(at_once)

    async def read(self, data: bytes, name: str) -> Document:
        """Return what the file holds, or why it was not read."""
        if len(data) > self.limits.size:
            return _unread(Unread.TOO_LARGE)
        async with self._free:
            return await self._read(wire.job(data, name, self.limits))

    async def close(self) -> None:
        """End what is still running."""

    async def _read(self, job: bytes) -> Document:
        try:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                *_CHILD,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(sys.path)},
            )
        except OSError:
            return _unread(Unread.NO_PROCESS)
        try:
            async with asyncio.timeout(self.limits.seconds):
                raw, _ = await child.communicate(job)
            return wire.answered(raw)
        except TimeoutError:
            return _unread(Unread.TOO_SLOW)
        except (ValueError, KeyError, TypeError):
            return _unread(Unread.CRASHED)
        finally:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()


def _unread(why: Unread) -> Document:
    return Document(DocumentKind.UNKNOWN, unread=why)
