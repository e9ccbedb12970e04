"""A small disk in memory, for what happens when it is full: https://man7.org/linux/man-pages/man5/tmpfs.5.html."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small(place: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes at `place`; the test is skipped for those who may not mount one."""
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk")
    try:
        yield place
    finally:
        subprocess.run(("umount", "--lazy", str(place)), check=True)


def fill(disk: Path) -> Path:
    """Take all the room that is left."""
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"\x00" * 512):
            pass
    return filler
