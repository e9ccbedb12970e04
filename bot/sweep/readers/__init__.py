"""The kinds of exports, one file each; `recognise` says which is which."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.misuse import InputError
from bot.sweep.export import Circumstances, Export, Reader, Source
from bot.sweep.readers import files, holding
from bot.sweep.readers.files import FilesExport
from bot.sweep.readers.mail import MailReader
from bot.sweep.readers.signal import SignalReader
from bot.sweep.readers.slack import SlackReader
from bot.sweep.readers.teams import TeamsReader
from bot.sweep.readers.telegram import TelegramReader
from bot.sweep.readers.telegram_html import TelegramHtmlReader
from bot.sweep.readers.text import ENDINGS, JSON, JsonLinesReader, TextReader, readable
from bot.sweep.readers.whatsapp import WhatsAppReader

READERS: tuple[Reader, ...] = (
    SlackReader(),
    TelegramReader(),
    TelegramHtmlReader(),
    WhatsAppReader(),
    TeamsReader(),
    SignalReader(),
    MailReader(),
    JsonLinesReader(),
    TextReader(),
)
"""In the order in which they are asked."""

_BY_NAME = {reader.name: reader for reader in READERS}
_OWN = frozenset({"css", "js", "images"})
"""Folders of a Telegram export in HTML that hold what the app draws with."""
_MAIL = ".eml"
"""A single mail: the reader of files looks into its attachments, too."""
_OWN_ENDINGS = frozenset({".html", ".css", ".js", ".part"})


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that the file system does not let us look into, and why, as the system says it."""

    path: Path = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands below the paths that somebody named: exports, and how many files are none."""

    sources: tuple[Source, ...]
    others: int = 0
    refused: tuple[Refused, ...] = ()


def known() -> str:
    """What can be swept, in one sentence."""
    return ", ".join(reader.says for reader in READERS)


def recognise(paths: Sequence[Path], *, with_files: bool) -> Recognised:
    """Find the exports below `paths`, in order of their names; `with_files`: all other files are read, too.

    Raises InputError for what is not there, and for what is no export.
    """
    sources: list[Source] = []
    refused: list[Refused] = []
    count = 0
    for path in paths:
        found = _below(path, with_files=with_files)
        refused += [one for one in found if isinstance(one, Refused)]
        exports = [one for one in found if isinstance(one, Source)]
        others = [one for one in found if isinstance(one, Path)]
        if not exports and not (with_files and others):
            raise InputError(_nothing(path, found))
        sources += exports
        count += len(others)
        if with_files and others:
            sources.append(Source(files.NAME, path, len(others), 0, tuple(others)))
    return Recognised(tuple(sources), 0 if with_files else count, tuple(refused))


def _nothing(path: Path, found: Sequence[Source | Path | Refused]) -> str:
    """Why there is nothing to sweep at `path`, and what to do."""
    for one in found:
        if isinstance(one, Refused):
            return f"{one.path}: can't be read: {one.reason}; check its permissions"
    if path.is_file() and not path.stat().st_size:
        return f"{path}: is empty; export it again"
    if path.suffix.lower() == ".zip" and path.is_file():
        if not zipfile.is_zipfile(path):
            return f"{path}: is no zip archive that can be read: damaged, or not all of it is there; fetch it again"
        return f"{path}: is no zip archive of Slack or of one WhatsApp chat; unpack it, and name its folder"
    if path.suffix.lower() in ENDINGS | JSON and path.is_file() and not readable(path):
        return f"{path}: is no text in an encoding that is known; save it as UTF-8, or read it with --files"
    return f"{path}: is no export that is known. Known are: {known()}; --files reads any other files"


def ids(source: Source) -> bool:
    """Whether its senders are told by ids."""
    return source.reader in _BY_NAME and _BY_NAME[source.reader].ids


def opened(source: Source, circumstances: Circumstances) -> Export:
    """Open what was recognised. Raises InputError."""
    if source.reader == files.NAME:
        root = source.path if source.path.is_dir() else source.path.parent
        return FilesExport(source.entries, root, circumstances)
    return _BY_NAME[source.reader].open(source.path, circumstances)


def _below(path: Path, *, with_files: bool) -> list[Source | Path | Refused]:
    try:
        path.stat()
    except FileNotFoundError:
        raise InputError(f"{path}: is not there; check the path") from None
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}; check its permissions") from None
    return [*_walk(path, with_files=with_files)]


def _walk(path: Path, *, with_files: bool) -> Iterator[Source | Path | Refused]:
    """Exports, files that are none, and what could not be looked into: one of these stops nothing."""
    try:
        yield from _looked_into(path, with_files=with_files)
    except OSError as error:
        yield Refused(path, error.strerror or type(error).__name__)


def _looked_into(path: Path, *, with_files: bool) -> Iterator[Source | Path | Refused]:
    """An export's own files are neither exports nor others, but for what came along in it."""
    reader = next((reader for reader in READERS if reader.opens(path)), None)
    if with_files and path.suffix.lower() == _MAIL:
        reader = None
    if reader:
        yield _source(reader, path)
    if path.is_dir():
        if isinstance(reader, SlackReader):
            return
        own = isinstance(reader, TelegramHtmlReader)
        for entry in sorted(path.iterdir()):
            if entry.is_symlink() or (own and (entry.name in _OWN or entry.suffix in _OWN_ENDINGS)):
                continue
            yield from _walk(entry, with_files=with_files)
    elif isinstance(reader, WhatsAppReader):
        yield from (path / name for name in holding.names(path) if not name.lower().endswith((".txt", "/")))
    elif not reader:
        with path.open("rb"):  # whoever may not, learns it here
            yield path


def _source(reader: Reader, path: Path) -> Source:
    """`size` is what a copy on another machine must have in common with this one."""
    stat = path.stat()
    if path.is_dir():
        own = list(path.rglob("*.json" if reader.name == "slack" else "messages*.html"))
        return Source(reader.name, path, sum(entry.stat().st_size for entry in own), len(own))
    return Source(reader.name, path, stat.st_size, 0)
