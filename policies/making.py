"""Files and folders that are made all or none: what a full disk cuts off leaves nothing behind."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Making:
    """What was made so far, in its order."""

    def __init__(self) -> None:
        self._made: list[Path] = []

    def folder(self, path: Path) -> None:
        """Make a folder, and those above it, where they are not there. Raises OSError."""
        missing = [one for one in (path, *path.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir(exist_ok=True)
            self._made.append(one)
        path.mkdir(exist_ok=True)  # raises where a file bears its name

    def file(self, path: Path, content: bytes, mode: int = 0o666) -> None:
        """Write a file that is not there. Raises OSError."""
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        self._made.append(path)
        with os.fdopen(number, "wb") as file:
            file.write(content)

    def undo(self) -> None:
        """Take away what was made, the newest first; what somebody put into a folder meanwhile keeps it."""
        for path in reversed(self._made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()


@contextmanager
def whole() -> Iterator[Making]:
    """Make several things; where one can't be made, all go again and the error goes on."""
    making = Making()
    try:
        yield making
    except BaseException:
        making.undo()
        raise


def cure(error: OSError) -> str:
    """What to do about a file or folder that can't be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "make room there, or choose another disk" if full else "check the path and its permissions"
