"""What the doctor finds on the disk: the log, who can read what, what was left behind. Most of it it can mend."""

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.addresses import PASSWORD, Server
from bot.cli.init import TOKENS
from bot.config import Config
from bot.platform import Check, Cure
from bot.platforms.registered import PLATFORMS
from bot.store import Store, StoreError, engines, waiting
from policies.files import locate
from policies.shipped import SHIPPED

LATELY = 3_600.0
"""Seconds after which nobody is still writing a draft."""
SQLITE = b"SQLite format 3\0"
"""What such a file begins with: https://www.sqlite.org/fileformat.html, section 1.3."""


def on_disk(config: Config, path: Path) -> Iterator[Check]:
    """Look at the files of the configuration at `path`; looking makes and changes nothing."""
    if isinstance(config.database, Server):
        yield from _on_server(config.database)
    else:
        yield _log(config.database)
    yield from _open_to_others(config, path)
    yield from _left(config)


def _log(path: Path) -> Check:
    name, folder = f"database {path}", path.parent
    if not folder.is_dir():
        advice = f"the folder {folder} for it does not exist: make it, or correct [store] path"
        make = partial(folder.mkdir, mode=0o700, parents=True)
        return Check(name, good=False, advice=advice, cure=Cure(f"make the folder {folder}", make))
    try:
        count = waiting(path)
    except StoreError as error:
        return Check(name, good=False, advice=str(error))
    return _of_version(name, count, path)


def _on_server(place: Server) -> Iterator[Check]:
    """Whether the server answers, lets the log be kept, and keeps what it was told."""
    name = f"database {place}"
    try:
        found = engines.server(place)
    except StoreError as error:
        yield Check(name, good=False, advice=str(error))
        return
    yield _of_version(f"{name}, PostgreSQL {found.version}", found.waiting, place)
    for one in found.noticed:
        yield Check(f"database's {one.about}", good=not one.wrong, advice=one.advice)


def _of_version(name: str, count: int | None, place: Path | Server) -> Check:
    """A log that waits for so many changes of its tables; None: there is none."""
    if count is None:
        return Check(name, good=True, advice="there is none yet: `thinktwice run` makes it")
    if not count:
        return Check(name, good=True)
    advice = f"it is of an earlier version: `thinktwice run` makes {count} changes to its tables"
    return Check(
        name, good=True, advice=advice, cure=Cure(f"bring the tables of {place} up to date", partial(_up, place))
    )


def _up(path: Path | Server) -> None:
    Store.open(path, time.time, create=False).close()


def _open_to_others(config: Config, path: Path) -> Iterator[Check]:
    """Tokens and a log that other users of this computer can read, and a configuration that they can change."""
    tokens = path.parent / TOKENS
    if _mode(tokens) & 0o077:
        yield _too_open(f"file of tokens {tokens}", "read", tokens, 0o077)
    secrets = ("HOOKS_SECRET", PASSWORD, *(name for setup in PLATFORMS.values() for name in setup.secrets))
    for name in secrets:
        file = Path(os.environ.get(f"{name}_FILE") or tokens)
        if file != tokens and _mode(file) & 0o077:
            yield _too_open(f"file of {name}", "read", file, 0o077)
    if (own := config.store.password_file) and _mode(file := config.folder / own) & 0o077:
        yield _too_open("file of the database's password", "read", file, 0o077)
    if isinstance(config.database, Path) and _mode(config.database) & 0o077:
        yield _too_open("database's permissions", "read", config.database, 0o077)
    if _mode(path) & 0o022:
        yield _too_open("configuration's permissions", "change", path, 0o022)


def _too_open(name: str, what: str, file: Path, others: int) -> Check:
    """A check that takes the rights `others` away."""
    how = f"chmod {'600' if others == 0o077 else 'go-w'} {file}"
    kept = (_mode(file) & ~others) if others != 0o077 else 0o600
    return Check(
        name,
        good=True,
        advice=f"other users of this computer can {what} it: {how}",
        cure=Cure(how, partial(file.chmod, kept)),
    )


def _mode(file: Path) -> int:
    """Its permission bits; none when it can't be looked at, which others tell of."""
    try:
        return file.stat().st_mode & 0o777
    except OSError:
        return 0


def _left(config: Config) -> Iterator[Check]:
    """Drafts of programs that were killed: what `backup`, `restore` and the page write before it bears its name."""
    policies = {file.parent for name in _named(config) if (file := locate(name, config.folder)) not in SHIPPED.values()}
    copies = filter(_is_copy, _lying({config.database.parent} if isinstance(config.database, Path) else ()))
    editions = filter(_is_edition, _lying(policies))
    for file in dict.fromkeys([*copies, *editions]):
        advice = f"a program that was killed left it behind, and nobody needs it: rm {file}"
        yield Check(f"draft {file}", good=True, advice=advice, cure=Cure(f"rm {file}", file.unlink))


def _named(config: Config) -> Iterator[str | Path]:
    for default, chats in filter(None, (config.policies.in_force, config.policies.on_trial)):
        yield from (default, *chats.values())


def _lying(folders: Iterable[Path]) -> Iterator[Path]:
    """Hidden files on which nobody has worked lately."""
    for folder in sorted(folders):
        for file in sorted(folder.glob(".*")) if folder.is_dir() else ():
            if file.is_file() and not file.is_symlink() and time.time() - file.stat().st_mtime > LATELY:
                yield file


def _is_copy(file: Path) -> bool:
    """A copy of a log that was being made (`bot/store/copies.py`)."""
    return bool(re.fullmatch(r"\..+\.[0-9]+", file.name)) and _beginning(file) in (SQLITE, b"")


def _is_edition(file: Path) -> bool:
    """A policy that was being saved on the page (`bot/web/editing.py`)."""
    return bool(re.fullmatch(r"\..+\.toml\.[a-z0-9_]{8}", file.name))


def _beginning(file: Path) -> bytes | None:
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(len(SQLITE))
    return None
