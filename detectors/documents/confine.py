"""What the process that reads a file gives up before it looks at it: network, other programs, files, memory, time.

Linux does all of it; elsewhere what can be given up is. `cut_off` says whether the network is out of reach.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys

from detectors import turns
from detectors.documents.document import Limits

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _DUMPABLE, _SECCOMP, _FILTER = 38, 4, 22, 2
_ALLOW, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38
"""What the kernel does with a call: let it through, say "not permitted" (EPERM), or that it knows none (ENOSYS)."""
_LOAD, _EQUAL, _HAS, _RETURN = 0x20, 0x15, 0x45, 0x06
"""Instructions of its filters: load a word, jump if equal, jump if a bit is set, return."""
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16
"""Where these stand in what a filter sees of a call."""
_CALLS = {
    "x86_64": (0xC000003E, 56, (41, 42, 43, 49, 50, 53, 57, 58, 59, 101, 310, 311, 322)),
    "aarch64": (0xC00000B7, 220, (117, 198, 199, 200, 201, 202, 203, 221, 270, 271, 281)),
}
"""For each machine its number, that of clone, and of socket, connect, bind, listen, accept, fork, execve, ptrace ...

Source: the kernel's tables of system calls, arch/x86/entry/syscalls/syscall_64.tbl and asm-generic/unistd.h.
"""
_NEW_CLONE, _THREAD = 435, 0x00010000
"""A newer clone, which looks unknown, so that libraries use the old one; that may start threads alone."""
_LIBRARIES = 3_000_000_000
"""Bytes of address space beyond the memory that may be written to: programs and models are mapped, not filled."""
_NICE = 5


def confine(limits: Limits) -> None:
    """Give up all that reading needs not. Call it in a process that has read nothing yet and has one thread."""
    with contextlib.suppress(OSError):
        os.nice(_NICE)
    turns.ask(turns.USUAL)  # the bot, which started it, asks for short ones
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_CPU, int(limits.seconds) + 1, grace=1)
    _limit(resource.RLIMIT_DATA, limits.memory)
    _limit(resource.RLIMIT_AS, limits.memory + _LIBRARIES)
    cut_off()


def cut_off() -> bool:
    """Leave the network for good; returns whether it is out of reach."""
    if not sys.platform.startswith("linux"):
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_DUMPABLE, 0, 0, 0, 0)
    left = kernel.unshare(_NEW_NET) == 0 or kernel.unshare(_NEW_USER | _NEW_NET) == 0
    return _refuse_calls(kernel) or left


def _refuse_calls(kernel: ctypes.CDLL) -> bool:
    """Have the kernel refuse what opens a connection or starts a program, where a namespace is not to be had too."""
    known = _CALLS.get(platform.machine())
    if known is None or kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    program = _program(*known)
    filter_ = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(filter_)))
    return bool(kernel.prctl(_SECCOMP, _FILTER, head, 0, 0) == 0)


def _program(machine: int, clone: int, calls: tuple[int, ...]) -> bytes:
    """A filter in the kernel's language: calls of another kind of machine, and those of the list, are refused."""
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, _NUMBER)]
    steps += [(_EQUAL, 0, 1, _NEW_CLONE), (_RETURN, 0, 0, _UNKNOWN)]
    steps += [(_EQUAL, 0, 3, clone), (_LOAD, 0, 0, _ARGUMENT), (_HAS, len(calls) + 1, 0, _THREAD)]
    steps += [(_RETURN, 0, 0, _REFUSE)]
    steps += [(_EQUAL, len(calls) - index, 0, call) for index, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _limit(what: int, most: int, grace: int = 0) -> None:
    _, hard = resource.getrlimit(what)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (most, most + grace) if hard < 0 or hard >= most + grace else (min(most, hard), hard))
