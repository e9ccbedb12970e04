"""A Dask cluster of processes: the same as here byte for byte, also when a worker is killed; no word on the wire."""

import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import messages
from bot.cli import yardstick
from bot.misuse import InputError
from bot.sweep.export import Circumstances
from bot.sweep.judging import Job, judge_of
from bot.sweep.readers import arrays
from tests.bot.sweep.conftest import Sweep, leaks, listed

MADE = [*messages(1_500)]


@pytest.fixture
def _one_detector() -> None:
    """Workers build their own: here, too, the real one judges."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine, started as a nanny starts them."""
    local: Any = import_module("dask.distributed").LocalCluster
    with local(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as started:
        yield started


@pytest.mark.filterwarnings("default")  # Dask's own
def test_a_cluster_gives_what_one_process_gives_also_when_a_worker_dies(
    sweep: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: Any
) -> None:
    monkeypatch.setattr(arrays.pieces, "__defaults__", (10_000,))
    path = tmp_path / "result.json"
    exports.telegram(path, MADE)
    _, here = sweep(path, "--list", "here.csv")
    assassin = threading.Thread(target=_kill_one, args=(cluster, Path("thinktwice-sweep.part")))
    assassin.start()
    _, there = sweep(path, "--list", "there.csv", "--engine", "dask", "--scheduler", cluster.scheduler_address)
    assassin.join()
    assert there == here
    assert Path("there.csv").read_bytes() == Path("here.csv").read_bytes()
    assert [row["message"] for row in listed(Path("here.csv"))] == [str(one.number) for one in leaks(MADE)]


def _kill_one(cluster: Any, memory: Path) -> None:
    """Kill -9 a worker once some chunks are done."""
    victim = next(iter(cluster.workers.values())).pid
    while not memory.exists() or memory.read_bytes().count(b"\n") < 4:
        time.sleep(0.01)
    os.kill(victim, signal.SIGKILL)


def test_no_word_goes_over_the_wire(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat.txt"
    exports.whatsapp(path, MADE[:500])
    job = Job(
        (tmp_path,),
        yardstick.chosen,
        None,
        None,
        Circumstances(ZoneInfo("Asia/Hong_Kong"), "whatsapp", "hr"),
        logs=True,
    )
    judge = judge_of(job)
    sent = b"".join(pickle.dumps((job, chunk)) for chunk in judge.export(0).chunks())
    back = b"".join(pickle.dumps(judge(chunk)) for chunk in judge.export(0).chunks())
    texts = [*(one.text for one in MADE[:500]), *(one.name for one in MADE), "WhatsApp Chat"]
    assert b"HKID" in back
    assert [text for text in texts if text.encode() in sent or text.encode() in back] == []


def test_a_scheduler_that_is_not_there_is_one_sentence(sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sweep.cluster._PATIENCE", "0.2s")
    Path("chat.txt").write_text("hello\n", "utf-8")
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        sweep("chat.txt", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
