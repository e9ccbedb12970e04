"""What systemd hears: on a socket as sd_notify(3) describes it."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import systemd


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(5)
        yield ear


def test_it_is_told(ear: socket.socket) -> None:
    systemd.tell("READY=1", {"NOTIFY_SOCKET": ear.getsockname()})
    assert ear.recv(100) == b"READY=1"


def test_an_abstract_name(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"\0thinktwice-{os.getpid()}")
        systemd.tell("READY=1", {"NOTIFY_SOCKET": f"@thinktwice-{os.getpid()}"})
        assert ear.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "nonsense", "/nobody/listens/here"])
def test_nobody_listens(address: str) -> None:
    systemd.tell("READY=1", {"NOTIFY_SOCKET": address} if address else {})


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"WATCHDOG_USEC": "60000000"}, 20.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, 20.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "often"}, 0.0),
        ({}, 0.0),
    ],
)
def test_how_often_it_must_say_that_it_lives(said: dict[str, str], seconds: float) -> None:
    assert systemd.watchdog_seconds(said) == seconds


async def test_a_loop_that_goes_round_says_so(ear: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", ear.getsockname())
    monkeypatch.setenv("WATCHDOG_USEC", "60000")
    living = asyncio.create_task(systemd.live())
    assert [await asyncio.to_thread(ear.recv, 100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
    living.cancel()
