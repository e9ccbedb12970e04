"""The certificate that an end of service is filed with: what was deleted, of which program and policies."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot import __version__
from bot.reports.text import moment
from bot.wording import LANGUAGES, say

PACKAGES = ("bot", "policies", "detectors")


@dataclass(frozen=True, slots=True)
class Ended:
    """An end of service: when, by whom, for whom, where the log was, and how many rows each table had."""

    at: float
    by: str
    operator: str
    database: str
    rows: Mapping[str, int]
    policies: Sequence[tuple[str, str]]
    """The policies that were in force, with the SHA-256 of their files."""


def certificate(ended: Ended) -> str:
    """The certificate in both languages, one after the other."""
    return "\n".join(_in(language, ended) for language in LANGUAGES)


def _in(language: str, ended: Ended) -> str:
    rows = [f"  {table}: {count}" for table, count in sorted(ended.rows.items())]
    policies = [f"  {name}: sha256 {digest}" for name, digest in ended.policies]
    return "\n".join(
        (
            say(language, "certificate.title"),
            say(language, "certificate.what", at=moment(ended.at), by=ended.by, operator=ended.operator),
            say(language, "certificate.proof", file=ended.database),
            say(language, "certificate.rows", count=sum(ended.rows.values())),
            *rows,
            say(language, "certificate.program", version=__version__, digest=program()),
            say(language, "certificate.policies"),
            *policies,
            say(language, "certificate.copies"),
            "",
        )
    )


@cache
def program() -> str:
    """SHA-256 over the names and bytes of all of our own Python files, as they are installed."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for name, file in sorted(_sources(files(package), package)):
            digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _sources(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        place = f"{name}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, place)
        elif entry.name.endswith(".py"):
            found.append((place, entry))
    return found
