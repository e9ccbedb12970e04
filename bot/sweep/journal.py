"""What a sweep has done so far, on disk: a line for each chunk, in order, so that it can go on after a kill.

A line that was cut off in the middle is not counted. It holds what the list will hold: ids, times, codes and counts.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.misuse import InputError
from bot.sweep.judging import Row, Swept

_FIELDS = tuple(Row.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a chunk: what was found, and how many of its incidents the log took and had already."""

    swept: Swept
    new: int = 0
    known: int = 0


class Journal:
    """The file. `done` chunks are in it; `began` is when the sweep did (Unix seconds)."""

    def __init__(self, path: Path, file: IO[bytes], began: float, start: int, done: int) -> None:
        """Use `Journal.open`."""
        self._path, self._file = path, file
        self._start = start
        self.began, self.done = began, done

    @classmethod
    def open(cls, path: Path, sweep: Mapping[str, Any], now: float) -> "Journal":
        """Go on with what is there, or begin. `sweep` is what must be the same. Raises InputError."""
        file, made = _locked(path)
        head = _read(file.readline())
        if head is None:
            try:
                file.seek(0)
                file.truncate()
                _write(file, path, {"sweep": sweep, "began": now})
            except InputError:
                _let_go(file)
                if made:
                    path.unlink(missing_ok=True)
                raise
            return cls(path, file, now, file.tell(), 0)
        if head.get("sweep") != json.loads(json.dumps(sweep)):
            file.close()
            raise InputError(
                f"{path} remembers another sweep, or the files, policies or program have changed since; "
                "sweep that again as it was, or delete the file to begin anew"
            )
        start, done = file.tell(), 0
        while (entry := _read(file.readline())) is not None and entry.get("n") == done:
            done += 1
            whole = file.tell()
        file.seek(whole if done else start)
        file.truncate()
        return cls(path, file, float(head["began"]), start, done)

    def add(self, entry: Entry) -> None:
        """Write down a chunk that is done, the next one in order. Raises InputError where the disk has no room."""
        swept = entry.swept
        line = {
            "n": swept.number,
            "edition": swept.edition,
            "seen": [[*where, count] for where, count in swept.seen.items()],
            "rows": [[getattr(row, name) for name in _FIELDS] for row in swept.rows],
            "unread": swept.unread,
            "unlogged": swept.unlogged,
            "looked": swept.looked,
            "media": swept.media,
            "log": [entry.new, entry.known],
        }
        _write(self._file, self._path, line)
        self.done += 1

    def entries(self) -> Iterator[Entry]:
        """Everything that is written down, in order; nothing is added meanwhile."""
        self._file.seek(self._start)
        for line in self._file:
            yield _entry(json.loads(line))

    def close(self) -> None:
        """Keep it for the next life."""
        _let_go(self._file)

    def remove(self) -> None:
        """The sweep is over."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def _locked(path: Path) -> tuple[IO[bytes], bool]:
    """The file, and whether it was not there before. Raises InputError."""
    made = not path.exists()
    if not made and not path.is_file():
        raise InputError(f"{path}: is no file that can remember anything; name another with --memory")
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+b")
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror}; name another file with --memory") from None
    try:  # a lock of this process alone: of one that was killed the forks may live a moment longer
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise InputError(f"{path}: another sweep is at work with it; wait for it, or name another --memory") from None
    return file, made


def _write(file: IO[bytes], path: Path, value: Mapping[str, Any]) -> None:
    """Add a line. Raises InputError; half a line is none to whoever goes on."""
    try:
        file.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")
        file.flush()
    except OSError as error:
        raise InputError(
            f"{path}: can't be written: {error.strerror}; make room, and the same command goes on from there, "
            "or name a file on another disk with --memory"
        ) from None


def _let_go(file: IO[bytes]) -> None:
    """Close it; what a full disk did not take was told when it was written."""
    with suppress(OSError):
        file.close()


def _read(raw: bytes) -> dict[str, Any] | None:
    """A whole line; None for one that was cut off."""
    if not raw.endswith(b"\n"):
        return None
    try:
        read = json.loads(raw)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _entry(read: Mapping[str, Any]) -> Entry:
    swept = Swept(
        read["n"],
        read["edition"],
        {(source, platform, chat, month): count for source, platform, chat, month, count in read["seen"]},
        tuple(_row(values) for values in read["rows"]),
        tuple((file, line, code) for file, line, code in read["unread"]),
        unlogged=read["unlogged"],
        looked=read["looked"],
        media=read["media"],
    )
    new, known = read["log"]
    return Entry(swept, new, known)


def _row(values: list[Any]) -> Row:
    named = dict(zip(_FIELDS, values, strict=True))
    return Row(**named | {"rules": tuple(named["rules"]), "spots": tuple(map(tuple, named["spots"]))})
