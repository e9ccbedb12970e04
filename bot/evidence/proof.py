"""The proof that what should be gone is gone, or what is left: what a search of the log's file found, for the file."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot import __version__
from bot.evidence.certificate import program
from bot.reports.text import moment
from bot.store.remains import Remains
from bot.wording import LANGUAGES, say


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
    yield say(language, "proof.title")
    who = {"by": searched.by, "operator": searched.operator}
    yield say(language, "proof.what", at=moment(searched.at), file=searched.database, **who)
    yield say(
        language,
        "proof.looked",
        pages=found.pages,
        free=found.free_pages,
        wal=found.wal_bytes,
        incidents=found.incidents,
    )
    yield (
        say(language, "proof.never")
        if found.purged_at is None
        else say(language, "proof.purged", at=moment(found.purged_at))
    )
    for code, count in found.left.items():
        what = say(language, f"proof.{code}", days=searched.days)
        yield say(language, "proof.left" if count else "proof.none", what=what, count=count)
    if found.held:
        yield say(language, "proof.held", count=found.held)
    yield say(language, "certificate.program", version=__version__, digest=program())
    yield say(language, "proof.copies")
    yield say(language, "proof.clean" if found.clean else "proof.not_clean")
