"""Each file is read in a process of its own; whatever becomes of that process, its file alone is unread."""

import asyncio
import contextlib
import os
import signal
import sys
import time

from detectors.documents import wire
from detectors.documents.child import CUT_OFF, MEMORY
from detectors.documents.document import Document, DocumentKind, Limits, Unread

USUAL = Limits()
_CHILD = ("-P", "-B", "-X", "utf8", "-m", "detectors.documents.child")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
_ENDS = {
    -signal.SIGXCPU: Unread.TOO_SLOW,
    -signal.SIGABRT: Unread.TOO_MUCH_MEMORY,
    -signal.SIGKILL: Unread.TOO_MUCH_MEMORY,
    MEMORY: Unread.TOO_MUCH_MEMORY,
}
"""What ends a process: its time, a library that gets no memory, the machine that has none, Python that gets none."""
_SLICE, _PAUSE = 0.002, 0.004
"""Seconds of taking an answer, and of the pause after it, in which messages go first."""
_PATIENCE = 3
"""How many times its processor time a process may take by the clock: on a busy machine it waits for others."""


class Sandbox:
    """Reads files, `at_once` at a time. `read` never raises for what a file is; cancelling it ends its process."""

    def __init__(self, limits: Limits = USUAL, at_once: int = 1) -> None:
        """Take the limits of every file."""
        self.limits = limits
        self._free = asyncio.Semaphore(at_once)
        self._running: set[asyncio.subprocess.Process] = set()

    async def read(self, data: bytes, name: str) -> Document:
        """Return what the file holds, or why it was not read. It starts when one of `at_once` is free."""
        if len(data) > self.limits.size:
            return _unread(Unread.TOO_LARGE)
        async with self._free:
            return await self._read(wire.job(data, name, self.limits))

    async def close(self) -> None:
        """End what is still running."""
        for child in self._running:
            _kill(child)

    async def _read(self, job: bytes) -> Document:
        try:
            child = await _start()
        except OSError:
            return _unread(Unread.NO_PROCESS)
        self._running.add(child)
        try:
            async with asyncio.timeout(self.limits.seconds * _PATIENCE):
                document = await _answer(child, job)
                code = await child.wait()
                return document or _unread(_why(code))
        except TimeoutError:
            return _unread(Unread.TOO_SLOW)
        finally:
            self._running.discard(child)
            _kill(child)
            await asyncio.shield(child.wait())


async def cut_off() -> bool:
    """Tell whether a process that reads a file has no way to the network here: asked of one that reads none."""
    child = await _start(CUT_OFF)
    raw, _ = await child.communicate()
    return raw.strip() == b"true"


async def _start(*arguments: str) -> asyncio.subprocess.Process:
    """Start a process that knows no secret of ours: its environment holds where Python's modules are."""
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath, "LANG": "C.UTF-8"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *_CHILD,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment | dict.fromkeys(_THREADS, "1"),
        cwd="/",
        limit=wire.LONGEST_LINE,
        start_new_session=True,
    )


async def _answer(child: asyncio.subprocess.Process, job: bytes) -> Document | None:
    """Hand over the job and take the answer; None when the process ended before its end."""
    assert child.stdout  # noqa: S101 - it is a pipe
    sending = asyncio.create_task(_send(child, job))
    answer = wire.Answer()
    until = time.monotonic() + _SLICE
    try:
        async for line in child.stdout:
            document = answer.line(line)
            if document is not None:
                return document
            if time.monotonic() >= until:
                await asyncio.sleep(_PAUSE)
                until = time.monotonic() + _SLICE
    except (ValueError, KeyError, TypeError):
        _kill(child)
        return _unread(Unread.CRASHED)
    finally:
        sending.cancel()
    return None


async def _send(child: asyncio.subprocess.Process, job: bytes) -> None:
    assert child.stdin  # noqa: S101 - it is a pipe
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(job)
        await child.stdin.drain()
        child.stdin.close()


def _why(code: int) -> Unread:
    """Why a process ended without an answer."""
    return _ENDS.get(code, Unread.CRASHED)


def _kill(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()


def _unread(why: Unread) -> Document:
    return Document(DocumentKind.UNKNOWN, unread=why)
