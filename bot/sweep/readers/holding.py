"""The files of a folder or of a zip archive, alike."""

import zipfile
from pathlib import Path
from typing import Protocol

from bot.misuse import InputError

LARGEST = 1 << 28
"""Bytes of one file in an archive that are unpacked into memory; a day of a channel, a chat of a phone are smaller."""


class Holding(Protocol):
    """Files under relative names, in order of their names."""

    names: tuple[str, ...]

    def size(self, name: str) -> int:
        """How long a file is, in bytes."""
        ...

    def read(self, name: str) -> bytes:
        """What is in it. Raises ValueError for what can't be unpacked, OSError."""
        ...


class Folder:
    """A folder on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        found = (file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
        self.names = tuple(sorted(str(file.relative_to(path)) for file in found))

    def size(self, name: str) -> int:
        """How long a file is."""
        return (self._path / name).stat().st_size

    def read(self, name: str) -> bytes:
        """What is in it."""
        return (self._path / name).read_bytes()


class Archive:
    """A zip archive."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile):
            raise InputError(f"{path}: is no zip archive that can be read; unpack it and name the folder") from None
        self._files = {one.filename: one for one in self._zip.infolist() if not one.is_dir()}
        self.names = tuple(sorted(self._files))

    def size(self, name: str) -> int:
        """How long a file is, unpacked."""
        return self._files[name].file_size

    def read(self, name: str) -> bytes:
        """What is in it. Raises ValueError when it is too long, locked or damaged."""
        if self.size(name) > LARGEST:
            raise ValueError("too_large")
        try:
            return self._zip.read(self._files[name])
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
            raise ValueError("damaged") from None


def held(path: Path) -> Holding:
    """Open a folder or an archive. Raises InputError."""
    return Folder(path) if path.is_dir() else Archive(path)


def names(path: Path) -> tuple[str, ...]:
    """The names of the files in a zip archive; none for what is no such thing."""
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return ()
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return ()
