"""What systemd is told of a service that says so: that it is ready, that it lives, that it stops (sd_notify(3)).

Where systemd does not wait for it (no NOTIFY_SOCKET in the environment) nothing happens.
"""

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

SHARE = 3
"""How many times it says that it lives in the time after which systemd ends what is silent."""


def tell(state: str, environment: Mapping[str, str] = os.environ) -> None:
    """Say `state` ("READY=1", "STOPPING=1", "WATCHDOG=1"); a name that begins with @ is Linux's abstract one."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as wire:
        wire.connect("\0" + address[1:] if address.startswith("@") else address)
        wire.send(state.encode())


def watchdog_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """How often this process must say that it lives; 0 where nobody listens (sd_watchdog_enabled(3))."""
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    spelled = environment.get("WATCHDOG_USEC", "")
    return int(spelled) / 1_000_000 / SHARE if spelled.isdecimal() else 0.0


async def live() -> None:
    """Say that the event loop goes round, for ever: a loop that hangs says nothing, and systemd starts it anew."""
    seconds = watchdog_seconds()
    while seconds:
        tell("WATCHDOG=1")
        await asyncio.sleep(seconds)
    await asyncio.Event().wait()
