"""Archives (.zip): the files in them, one level; sizes are looked at before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from detectors.documents.document import DocumentKind, PartKind, Place, Unread
from detectors.documents.formats.decoding import decoded
from detectors.documents.formats.intake import Intake, UnreadError

_ENCRYPTED, _UTF8 = 0x1, 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_MOST_MEMBERS = 20_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, IndexError)


class Packed:
    """The members of a zip file, read one by one against the limits."""

    def __init__(self, file: zipfile.ZipFile, take: Intake) -> None:
        self._file, self._take = file, take
        self.members = [member for member in file.infolist() if not member.is_dir()]
        if len(self.members) > _MOST_MEMBERS:
            raise UnreadError(Unread.BOMB)
        self.names = frozenset(member.filename for member in self.members)

    def read(self, member: zipfile.ZipInfo | str) -> bytes:
        """Unpack one member. Raises UnreadError where it is broken, or larger than it says or may be."""
        info = self._file.getinfo(member) if isinstance(member, str) else member
        self._take.unpack(info.file_size)
        with self._file.open(info) as packed:
            return packed.read(info.file_size)

    def all_sizes(self) -> None:
        """Count all members, for a library that unpacks them itself. Raises UnreadError where they are too large."""
        for member in self.members:
            self._take.unpack(member.file_size)


@contextmanager
def opened(data: bytes, take: Intake) -> Iterator[Packed]:
    """Open a zip file; whatever is broken in it raises UnreadError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            yield Packed(file, take)
    except UnreadError:
        raise
    except MemoryError:
        raise
    except _BROKEN as error:
        raise UnreadError(Unread.BROKEN) from error


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the names of the files and what is in them."""
    take.enter(DocumentKind.ARCHIVE)
    try:
        with opened(data, take) as packed:
            members = [member for member in packed.members if not _is_litter(member.filename)]
            _refuse_bombs(members, take)
            for member in members:
                _take(packed, member, take, place)
    finally:
        take.leave()


def _refuse_bombs(members: list[zipfile.ZipInfo], take: Intake) -> None:
    if sum(member.file_size for member in members) > take.limits.unpacked:
        raise UnreadError(Unread.BOMB)


def _take(packed: Packed, member: zipfile.ZipInfo, take: Intake, place: Place) -> None:
    name = _name(member)
    take.add(PartKind.NAME, place, name.rpartition("/")[2])
    if member.flag_bits & _ENCRYPTED:
        take.protected = True
        return
    if member.compress_type not in _METHODS:
        take.missed(Unread.NO_READER)
        return
    try:
        data = packed.read(member)
    except UnreadError as error:
        take.missed(error.why)
        return
    except _BROKEN:
        take.missed(Unread.BROKEN)
        return
    take.inside(data, name, place)


def _name(member: zipfile.ZipInfo) -> str:
    """The name; a tool of long ago wrote it in the encoding of its place, which Python reads as cp437."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return decoded(member.filename.encode("cp437"))
    except UnicodeEncodeError:
        return member.filename


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db", "desktop.ini")
