"""The process that reads a file: no network, no disk, no secrets, an end; and what becomes of its faults."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest

from detectors.documents import sandbox
from detectors.documents.document import DocumentKind, Limits, Unread
from detectors.documents.sandbox import Sandbox
from tests.detectors.documents import made

GENEROUS = Limits(seconds=60)
"""A busy machine must not fail a test."""


def confined(code: str) -> str:
    """Run code in a process that has given up what readers give up; returns what it printed."""
    head = (
        "from detectors.documents.confine import confine\n"
        "from detectors.documents.document import Limits\n"
        "confine(Limits())\n"
    )
    done = subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr[-2_000:]


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.socketpair()",
        "import os; os.execv('/bin/true', ['true'])",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import os; os.fork()",
        "import os, tempfile; os.write(tempfile.TemporaryFile(buffering=0).fileno(), b'x')",
        "bytearray(1_200_000_000)",
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such calls")
def test_what_a_reader_needs_not_is_refused(code: str) -> None:
    said = confined(f"try:\n    {code}\nexcept (OSError, MemoryError) as error: print('refused')")
    assert said.strip() == "refused"


def test_threads_and_files_to_read_are_still_to_be_had() -> None:
    code = (
        "import threading; t = threading.Thread(target=lambda: print(len(open('/etc/hostname').read()) > 0)); t.start()"
    )
    assert confined(code).strip() == "True"


async def test_it_says_that_the_network_is_out_of_reach() -> None:
    assert await sandbox.cut_off() is sys.platform.startswith("linux")


async def test_neither_secrets_nor_names_reach_the_process_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "planted")
    seen: list[object] = []
    start = asyncio.create_subprocess_exec

    async def spy(*arguments: Any, **options: Any) -> asyncio.subprocess.Process:
        seen.extend((arguments, options["env"]))
        return await start(*arguments, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", spy)
    document = await Sandbox(GENEROUS).read(made.csv(), "name-of-a-person.csv")
    assert len(document.parts) == 3
    assert "planted" not in repr(seen)
    assert "name-of-a-person" not in repr(seen)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print('no JSON')", Unread.CRASHED),
        ('print(\'{"kind": "text"}\')', Unread.CRASHED),
        ('print(\'["no such kind", [], ""]\')', Unread.CRASHED),
        ("print('x' * 3_000_000)", Unread.CRASHED),
        ("raise SystemExit(75)", Unread.TOO_MUCH_MEMORY),
        ("import os; os.abort()", Unread.TOO_MUCH_MEMORY),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Unread.CRASHED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Unread.TOO_SLOW),
    ],
)
async def test_whatever_becomes_of_the_process_its_file_is_unread(
    code: str, why: Unread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_CHILD", ("-c", code))
    document = await Sandbox(GENEROUS).read(b"x" * 3_000_000, "a.txt")
    assert (document.kind, document.unread) == (DocumentKind.UNKNOWN, why)


async def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_CHILD", ("-c", "import time; time.sleep(600)"))
    assert (await Sandbox(Limits(seconds=0.1)).read(b"x", "a.txt")).unread is Unread.TOO_SLOW


async def test_cancelling_ends_the_process_and_frees_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    running: asyncio.Future[asyncio.subprocess.Process] = asyncio.get_running_loop().create_future()
    start = sandbox._start

    async def spy(*arguments: str) -> asyncio.subprocess.Process:
        running.set_result(await start(*arguments))
        return running.result()

    monkeypatch.setattr(sandbox, "_start", spy)
    monkeypatch.setattr(sandbox, "_CHILD", ("-c", "import time; time.sleep(600)"))
    box = Sandbox(GENEROUS)
    reading = asyncio.create_task(box.read(b"x", "a.txt"))
    child = await running
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert child.returncode == -9
    monkeypatch.setattr(sandbox, "_start", start)
    monkeypatch.setattr(sandbox, "_CHILD", ("-c", "raise SystemExit(75)"))
    assert (await box.read(b"x", "a.txt")).unread is Unread.TOO_MUCH_MEMORY


async def test_a_file_beyond_the_limit_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_start", None)
    assert (await Sandbox(Limits(size=2)).read(b"xxx", "a.txt")).unread is Unread.TOO_LARGE
