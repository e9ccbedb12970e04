"""Whether what should be gone from a server is gone: the rows, and the pages of its tables and indexes.

Pages can be looked at where the extension pageinspect is there and the user is a superuser; else the proof says that
nobody looked. What a server keeps besides its tables (write-ahead log, archive, standbys, dumps) no statement shows.
Source of the layout: https://www.postgresql.org/docs/current/storage-page-layout.html, and itup.h for indexes.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from bot.addresses import Server
from bot.store import purge
from bot.store.engine import Row, Session
from bot.store.postgres import schema
from bot.store.postgres.server import PostgresServer
from bot.store.remains import GRACE, Remains
from bot.words import Act

_ID = re.compile(rb"\x1b([a-z2-7]{12})")
"""A text of twelve bytes, as a column has it: the first byte says how long it is. An incident's id is one."""
HEADERS = (24, 32, 40)
"""How long the header of a row may be; its 23rd byte says it."""
BEFORE = (0, 8)
"""Bytes of the row in front of the id: none, or a whole number."""
VARIABLE = 0x4000
"""What an index notes of a key with a text in it, beside its length."""


def verified(server: Server, before: float, sooner: Mapping[str, float]) -> Remains:
    """Search the log on a server; `before` and `sooner` as in a purge, of now. Raises StoreError."""
    with closing(PostgresServer(server, hold=False, create=False).reading()) as db:
        pages, ids = 0, set[str]()
        place = _inspecting(db)
        if place is not None:
            for page in _pages(db, place):
                pages += 1
                ids |= ids_in(page)
        return _told(db, None if place is None else pages, ids, before, sooner)


def ids_in(page: bytes) -> set[str]:
    """What stands in a page as an incident's id does in a row or in an index, whether anybody still uses it or not."""
    return {match[1].decode() for match in _ID.finditer(page) if _in_a_row(page, match.start())}


def _in_a_row(page: bytes, at: int) -> bool:
    """Whether the header of a row, or of a key in an index, stands in front."""
    return any(_heads(page, at - before) for before in BEFORE if at - before >= 2)


def _heads(page: bytes, at: int) -> bool:
    if any(at >= length and page[at - length + 22] == length for length in HEADERS):
        return True
    size = int.from_bytes(page[at - 2 : at], "little")
    return bool(size & VARIABLE) and size & 0x1FFF in HEADERS


def _inspecting(db: Session) -> str | None:
    """The schema of pageinspect; None where pages can't be looked at."""
    sql = """SELECT n.nspname AS name FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname = 'pageinspect' AND current_setting('is_superuser') = 'on'"""
    row = db.execute(sql).fetchone()
    return row["name"] if row else None


def _pages(db: Session, place: str) -> Iterable[bytes]:
    """All pages of our tables and of their indexes."""
    sql = """SELECT CAST(CAST(c.oid AS regclass) AS text) AS name,
        pg_relation_size(c.oid) / CAST(current_setting('block_size') AS integer) AS pages
        FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'i') AND c.relnamespace = to_regnamespace(current_schema())
        ORDER BY 1"""
    for row in db.execute(sql).fetchall():
        sql = f'SELECT "{place}".get_raw_page(?, n) FROM generate_series(0, ? - 1) AS n'  # noqa: S608 - the server's own name
        for (page,) in db.each(sql, (row["name"], row["pages"])):
            yield page


def _told(db: Session, pages: int | None, ids: set[str], before: float, sooner: Mapping[str, float]) -> Remains:
    """Compare what the pages hold with what the rows say."""

    def ask(sql: str, values: Mapping[str, object] | None = None) -> Sequence[Row]:
        return db.execute(sql, values or {}).fetchall()

    purges = ask("SELECT at, detail FROM audit WHERE action = :act ORDER BY rowid DESC LIMIT 1", {"act": Act.PURGE})
    newest = purges[0] if purges else None
    gone = """SELECT COUNT(*) AS n FROM json_each(:ids) WHERE value NOT IN (SELECT id FROM incident)
        AND value NOT IN (SELECT about FROM audit)"""
    unproved = newest is not None and "remaining=0 dead=0 " not in newest["detail"]
    left = {
        "overdue": purge.remaining(ask, before - GRACE, {kind: edge - GRACE for kind, edge in sooner.items()}),
        "dangling": schema.unchecked(db),
        **({} if pages is None else {"gone": int(ask(gone, {"ids": json.dumps(sorted(ids))})[0]["n"])}),
        "forgotten": purge.untouched(ask),
        "unproved": int(unproved),
    }
    held = f"SELECT COUNT(*) AS n FROM incident WHERE state = 'ended' AND opened_at < :before AND NOT ({purge.HELD})"  # noqa: S608 - ours
    return Remains(
        pages=pages,
        free_pages=0,
        wal_bytes=0,
        incidents=int(ask("SELECT COUNT(*) AS n FROM incident")[0]["n"]),
        held=int(ask(held, {"before": before})[0]["n"]),
        purged_at=None if newest is None else newest["at"],
        left=left,
        on_server=True,
    )
