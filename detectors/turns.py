"""How long a process works at a time before another is let in. Who asks for short turns comes sooner, not more.

Linux takes the wish from 6.12 on: the slice of a task, `sched_runtime` of sched_setattr(2), which needs no privilege
(kernel: Documentation/scheduler/sched-eevdf.rst). Older kernels and other systems leave everything as it is.
"""

import ctypes
import os
import platform
import struct
import sys

SHORT, USUAL = 200_000, 0
"""Nanoseconds of a turn: for who answers; 0, the system's own choice, for who computes."""

_CALLS = {"x86_64": (314, 315), "aarch64": (274, 275)}
"""sched_setattr and sched_getattr, by machine (the kernel's tables of system calls)."""
_ATTRIBUTES = struct.Struct("=IIQiIQQQ")
"""`struct sched_attr`: its size, policy, flags, nice, priority, runtime, deadline, period."""


def ask(nanoseconds: int) -> None:
    """Ask for turns of this length for this thread, and those that it starts from now on."""
    now = _now()
    if now and now[1] in (os.SCHED_OTHER, os.SCHED_BATCH):  # whoever runs it may have chosen another order
        wish = _ATTRIBUTES.pack(*now[:5], nanoseconds, 0, 0)
        _call(0, 0, ctypes.create_string_buffer(wish, len(wish)), 0)


def length(thread: int = 0) -> int | None:
    """Return the nanoseconds of a thread's turns (0: of this one); None where the system does not say."""
    now = _now(thread)
    return now[5] or None if now else None


def _now(thread: int = 0) -> tuple[int, ...] | None:
    buffer = ctypes.create_string_buffer(_ATTRIBUTES.size)
    return _ATTRIBUTES.unpack(buffer.raw) if _call(1, thread, buffer, _ATTRIBUTES.size, 0) else None


def _call(which: int, thread: int, buffer: "ctypes.Array[ctypes.c_char]", *more: int) -> bool:
    """Make one of the two calls; returns whether the system did it."""
    numbers = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if numbers is None:
        return False
    return bool(ctypes.CDLL(None).syscall(numbers[which], thread, buffer, *more) == 0)
