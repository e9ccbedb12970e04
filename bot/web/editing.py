"""Policy files that are changed on the page: checked as they would stand on disk, saved whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Config
from bot.wording import say
from detectors.finding import Finding
from policies.errors import PolicyError, Problem
from policies.files import locate, prove, read, understood
from policies.policy import Policy
from policies.shipped import SHIPPED
from policies.tested import Tested, tested

LONGEST = 200_000
"""Characters of a policy; the longest shipped one has a tenth of that."""

Find = Callable[[str], tuple[Finding, ...]]


class EditingError(Exception):
    """It can't be saved; `code` names the sentence (section `site`) that says why."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code, self.reason = code, reason

    def said(self, language: str) -> str:
        """The sentence."""
        return say(language, f"site.{self.code}", reason=self.reason)


@dataclass(frozen=True, slots=True)
class File:
    """A policy that the configuration names. `ours`: the organisation's own, which can be changed here."""

    name: str
    path: Path
    ours: bool


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in a file, and its edition: whoever saves says which one they changed."""

    written: str
    edition: str


def files(config: Config) -> Mapping[str, File]:
    """The policies that the configuration names, by the name that it gives them; no other file can be reached."""
    in_force, trial = config.policies.in_force, config.policies.on_trial
    named = [name for default, chats in filter(None, (in_force, trial)) for name in (default, *chats.values())]
    found = {}
    for name in dict.fromkeys(map(str, named)):
        path = locate(name, config.folder)
        found[name] = File(name, path, ours=path not in SHIPPED.values())
    return found


def opened(path: Path) -> Text:
    """Read a policy's file. Raises PolicyError."""
    data = read(path)
    try:
        return Text(data.decode(), _edition(data))
    except UnicodeDecodeError:
        raise PolicyError([Problem(str(path), "", "is not UTF-8 text", "save it as UTF-8")]) from None


def proved(path: Path, text: str, find: Find, own_types: Set[str]) -> Policy:
    """Make a policy of `text` as if it stood at `path`, and hold it to its examples. Raises PolicyError."""
    if len(text) > LONGEST:
        raise PolicyError([Problem(path.name, "", "is too long", f"keep it under {LONGEST:,} characters")])
    data = _plain(text)
    return prove(path, find, own_types, lambda file: data if file == path else read(file))


def examples(path: Path, find: Find, own_types: Set[str]) -> tuple[Tested, ...]:
    """What the policy at `path` says about each of its examples; nothing when it can't be used."""
    try:
        return (*tested(*understood(path, own_types), find),)
    except PolicyError:
        return ()


def save(path: Path, text: str, edition: str) -> Path:
    """Put `text` in the place of `edition`, and return where that one is kept. Raises EditingError.

    The file is whole at every moment, with the permissions that it had.
    """
    now = opened(path)
    if now.edition != edition:
        raise EditingError("overtaken")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = path.with_name(f"{path.name}.{stamp}-{edition}")
    try:
        mode = path.stat().st_mode & 0o777
        _whole(kept, now.written.encode(), mode)
        _whole(path, _plain(text), mode)
    except OSError as error:
        raise EditingError("unwritable", error.strerror or "unknown reason") from None
    return kept


def _whole(path: Path, data: bytes, mode: int) -> None:
    """Write a file beside, and put it in its place once all of it is on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _plain(text: str) -> bytes:
    """Browsers send line ends as two characters."""
    return text.replace("\r\n", "\n").encode()


def _edition(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
