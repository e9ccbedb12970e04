"""Reading what people wrote for the bot (policies, configuration, recognizers, scenarios), without waiting for it."""

import errno
import os
import stat
from pathlib import Path

MOST = 1_000_000
"""Bytes of such a file: a policy has some thousands."""


def read(path: Path) -> bytes:
    """Return what is in a file. Raises OSError, whose `strerror` fits into a sentence.

    A pipe without a writer would never answer, and a device never end: neither is a file that somebody edits.
    """
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(file, "rb") as opened:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        content = opened.read(MOST + 1)
    if len(content) > MOST:
        raise OSError(errno.EFBIG, "it has more than 1 MB")
    return content
