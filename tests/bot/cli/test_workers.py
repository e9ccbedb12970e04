"""Work that several processes share: in order, no more in memory than is under way, a clean end."""

import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from bot import workers
from bot.cli.lines import chunks
from bot.cli.scanning import Judge
from bot.cli.yardstick import Yardstick
from bot.misuse import InputError
from bot.workers import in_order
from detectors.detector import Detector
from detectors.recognizers.hkid import HkidRecognizer
from policies.files import load

MANY = 60


@pytest.fixture(autouse=True)
def _others() -> Iterator[None]:
    """Other tests' processes are none of ours; and Ctrl-C means what it means at a desk."""
    OTHERS.update(multiprocessing.active_children())
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has us ignore it
    yield
    signal.signal(signal.SIGINT, before)


OTHERS: set[BaseProcess] = set()


def ended() -> bool:
    """Tell whether all processes that this one started are gone, once they had the time to go."""
    children = {*multiprocessing.active_children()} - OTHERS
    for child in children:
        child.join(30)
    return not any(child.pid and runs(child.pid) for child in children)


def runs(process: int) -> bool:
    """Ask the system: a child that the pool's own thread saw go first counts as alive for ever in `is_alive`."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_answers_come_in_order(jobs: int) -> None:
    assert list(in_order(str, range(MANY), jobs)) == [str(n) for n in range(MANY)]
    assert ended()


def test_a_few_pieces_start_no_process() -> None:
    assert set(in_order(lambda _: os.getpid(), range(workers._ALONE), 4)) == {os.getpid()}


def test_many_pieces_are_shared() -> None:
    assert {os.getpid()} < set(in_order(lambda _: os.getpid(), range(MANY), 2))


def test_no_more_is_read_than_is_under_way() -> None:
    read = 0

    def pieces() -> Iterator[int]:
        nonlocal read
        while True:
            read += 1
            yield read

    answers = in_order(str, pieces(), 2)
    for _ in range(MANY):
        next(answers)
    answers.close()
    assert read < MANY + 2 * workers._AHEAD + 2
    assert ended()


def test_what_the_work_raises_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda n: 1 // (n - 40), range(MANY), 2))
    assert ended()


def test_a_process_that_is_killed_is_told() -> None:
    def work(n: int) -> int:
        if n == 40:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    with pytest.raises(InputError, match="fewer --jobs"):
        list(in_order(work, range(MANY), 2))
    assert ended()


def test_a_process_ends_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from bot.workers import in_order\n"
        "def work(n):\n"
        "    if n > 20: os.write(1, b'%d\\n' % os.getpid())\n"
        "    if n > 20: signal.pause()\n"
        "    return n\n"
        "list(in_order(work, range(60), 2))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        children = [int(parent.stdout.readline()) for _ in range(2)]
        parent.kill()
        assert parent.stdout.read() == b""  # at the end of the pipe nobody holds it any more
    assert len(set(children)) == 2


def test_several_processes_write_what_one_writes() -> None:
    texts = ("hello", "HKID A123456(3)", "身份證 A123456(3) 呀", "*A123456(3)*", "id A123456(4)")
    rows = [json.dumps({"id": n, "text": texts[n % len(texts)]}) for n in range(400)]
    raw = "\n".join([*rows[:100], "", "{broken", *rows[100:], '{"id": 1}']).encode()
    find = Detector([HkidRecognizer()]).find
    policy = load("hr-default", Detector().find)
    judge = Judge("jsonl", lambda: Yardstick(find, lambda _platform, _chat: policy))
    alone, together = ([told.lines for told in in_order(judge, chunks(io.BytesIO(raw), 7), n)] for n in (1, 3))
    assert alone == together
    assert sum(lines.count("\n") for lines in alone) == 402


def test_ctrl_c_stops_all_of_a_scan_without_a_word() -> None:
    command = [sys.executable, "-m", "bot", "scan", "-", "--format", "jsonl", "--jobs", "2"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, start_new_session=True, stdin=pipe, stdout=pipe, stderr=pipe) as scan:
        assert scan.stdin is not None
        assert scan.stdout is not None
        assert scan.stderr is not None
        scan.stdin.write(b"hello\n" * 8_000)
        scan.stdin.flush()
        scan.stdout.readline()  # it is at work
        os.killpg(scan.pid, signal.SIGINT)
        assert scan.wait(60) == 130
        assert scan.stderr.read() == b""
        assert all(json.loads(line)["spans"] == [] for line in scan.stdout.read().splitlines()[:-1])
