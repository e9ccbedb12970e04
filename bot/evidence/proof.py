"""The proof that what should be gone is gone, or what is left: what a search of the log's file found, for the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot import __version__, wording
from bot.evidence.certificate import program
from bot.reports.text import moment
from bot.store.remains import Remains
from bot.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Searched:
    """A search: when, by whom, for whom, which file, after how many days rows go, and what was found."""

    at: float
    by: str
    operator: str
    database: str
    days: int
    found: Remains


def proof(searched: Searched) -> str:
    """The proof in both languages, one after the other, ending with a newline."""
    return "\n\n".join("\n".join(_in(language, searched)) for language in LANGUAGES) + "\n"


def _in(language: str, searched: Searched) -> Iterator[str]:
    found = searched.found
    say = partial(_say, language, found)
    yield say("title")
    yield say("what", at=moment(searched.at), file=searched.database, by=searched.by, operator=searched.operator)
    looked = {"pages": found.pages, "free": found.free_pages, "wal": found.wal_bytes, "incidents": found.incidents}
    yield say("looked" if found.pages is not None else "unseen", **looked)
    yield say("never") if found.purged_at is None else say("purged", at=moment(found.purged_at))
    for code, count in found.left.items():
        yield say("left" if count else "none", what=say(code, days=searched.days), count=count)
    if found.held:
        yield say("held", count=found.held)
    yield wording.say(language, "certificate.program", version=__version__, digest=program())
    yield say("copies")
    if found.pages is not None or not found.clean:
        yield say("clean" if found.clean else "not_clean")
    else:
        yield say("rows_alone")


def _say(language: str, found: Remains, key: str, **slots: object) -> str:
    """A sentence of the proof; of a log on a server some are others."""
    other = f"serverproof.{key}"
    return wording.say(language, other if found.on_server and wording.has(other) else f"proof.{key}", **slots)
