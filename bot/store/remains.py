"""Whether what should be gone is gone: the rows, and the bytes of the file and of its write-ahead log.

Nothing derived from what is gone is stored, so it can't be looked for by name. What can be looked for: rows older than
their time, rows that hang on nothing, bytes in pages that are free, and ids of incidents that no row has any more, in
free pages, in the unused parts of pages and in the log of writes.
Source of the layout: https://www.sqlite.org/fileformat2.html, sections 1.3 (header), 1.5 (freelist), 1.6 (b-tree pages)
and 2.1 (records).
"""

import json
import os
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Row

from bot.store import files, purge
from bot.store.errors import as_store_error
from bot.words import Act

DAY = 86_400.0
GRACE = DAY
"""Seconds for which a row may be older than its time: the purge comes once a night."""
LEAF = {2: 12, 5: 12, 10: 8, 13: 8}
"""How long the header of a b-tree page is, by its first byte."""
SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
"""Bytes of a whole number in a record, by its type."""
TWELVE = 0x25
"""The type of a text of twelve bytes in a record: an incident's id is one."""
WHOLE = sorted({*SIZES.values()})
LENGTHS = range(2, 61)
"""Bytes of the header of a record with an id at its beginning."""
OVERWRITTEN = 4
"""Bytes at the beginning of a free block that say where the next one is, and how long this one."""
_ID = re.compile(rb"(?=([a-z2-7]{12}))")
_PLACE = re.compile(rb"telegram|slack|simulator")
"""What follows an id in the row of an incident."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What was looked at and what is left; all of `left` 0: nothing is.

    `left`, by a code: `damage`, `overdue` rows, `dangling` rows, `free` bytes that were not overwritten, `gone`
    incidents whose ids are still there, `forgotten` people since a purge last overwrote what is gone, purges that are
    `unproved`.
    """

    pages: int | None
    """None: the pages of a server, which nobody could look at."""
    free_pages: int
    wal_bytes: int
    incidents: int
    held: int
    """Incidents that an open breach keeps beyond their time."""
    purged_at: float | None
    left: Mapping[str, int]
    on_server: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing is left."""
        return not any(self.left.values())


@dataclass(slots=True)
class _Seen:
    """What one pass through the files found."""

    pages: int = 0
    free_pages: int = 0
    free: int = 0
    wal_bytes: int = 0
    ids: set[str] = field(default_factory=set)


def verified(path: Path, before: float, sooner: Mapping[str, float]) -> Remains:
    """Search the log at `path`; `before` and `sooner` as in a purge, of now. Raises StoreError.

    A running bot goes on writing. Only where something seems to be left is it looked at again with writers held back
    for that long: a page that is being written looks odd too.
    """
    files.ready(path, create=False)
    with as_store_error(), closing(files.connect(path, create=False)) as log:
        log.row_factory = sqlite3.Row
        _emptied(log)
        found = _told(log, _searched(path), before, sooner)
        if not found.clean:
            log.execute("BEGIN IMMEDIATE")
            try:
                found = _told(log, _searched(path), before, sooner)
            finally:
                log.rollback()
        return found


def _emptied(log: sqlite3.Connection) -> None:
    """Have what was written in the file itself, as far as nobody reads."""
    log.execute(f"PRAGMA busy_timeout = {purge.WAIT}")
    log.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    log.execute(f"PRAGMA busy_timeout = {int(files.PATIENCE * 1000)}")


def _told(log: sqlite3.Connection, seen: _Seen, before: float, sooner: Mapping[str, float]) -> Remains:
    """Compare what the files hold with what the rows say."""

    def ask(sql: str, values: Mapping[str, object] | None = None) -> Sequence[Row]:
        return log.execute(sql, values or {}).fetchall()

    def number(sql: str, **values: object) -> int:
        return int(ask(sql, values)[0][0])

    edges = {kind: edge - GRACE for kind, edge in sooner.items()}
    purges = ask("SELECT at, detail FROM audit WHERE action = :act ORDER BY rowid", {"act": Act.PURGE})
    newest = purges[-1] if purges else None
    if not _whole(log):
        return Remains(seen.pages, seen.free_pages, seen.wal_bytes, 0, 0, None, {"damage": 1})
    left = {
        "damage": 0,
        "overdue": purge.remaining(ask, before - GRACE, edges),
        "dangling": len(ask("PRAGMA foreign_key_check")),
        "free": seen.free,
        "gone": len(_gone(log, seen.ids)),
        "forgotten": purge.untouched(ask),
        "unproved": int(newest is not None and not newest["detail"].endswith("remaining=0 wal=0")),
    }
    return Remains(
        seen.pages,
        seen.free_pages,
        seen.wal_bytes,
        number("SELECT COUNT(*) FROM incident"),
        number(
            f"SELECT COUNT(*) FROM incident WHERE state = 'ended' AND opened_at < :before AND NOT ({purge.HELD})",  # noqa: S608 - ours
            before=before,
        ),
        None if newest is None else newest["at"],
        left,
    )


def _whole(log: sqlite3.Connection) -> bool:
    """Whether SQLite finds no fault with the file; where it does, no other question is answered reliably."""
    try:
        return bool(log.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.partition("_")[2].startswith(("CORRUPT", "NOTADB")):
            return False
        raise


def _gone(log: sqlite3.Connection, ids: set[str]) -> set[str]:
    """Those of the ids that no incident has, and that no note of the audit table names on purpose."""
    sql = """SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM incident)
        AND value NOT IN (SELECT about FROM audit)"""
    return {row[0] for row in log.execute(sql, (json.dumps(sorted(ids)),)).fetchall()}


def _searched(path: Path) -> _Seen:
    """Read the file and what lies beside it once."""
    seen, file = _Seen(), files.opened(path)
    head = os.pread(file, 100, 0)
    size = int.from_bytes(head[16:18]) if head[16:18] != b"\0\1" else 65_536
    free = _free(file, size, int.from_bytes(head[32:36]))
    seen.pages, seen.free_pages = os.fstat(file).st_size // size, len(free)
    for number in range(1, seen.pages + 1):
        page = os.pread(file, size, (number - 1) * size)
        if number in free:
            rest = page[free[number] :]
            seen.free += _odd(rest, seen.pages) if free[number] else len(rest) - rest.count(0)
            _note(seen, rest)
            continue
        gap, blocks = _unused(page[: size - head[20]], 100 if number == 1 else 0)
        _note(seen, gap)
        for block in blocks:
            seen.free += len(block) - block.count(0)
            _note(seen, block)
    for side in ("-wal", "-journal"):
        beside = path.with_name(path.name + side)
        if beside.exists():
            written = beside.read_bytes()
            seen.wal_bytes += len(written)
            _note(seen, written)
    return seen


def _odd(rest: bytes, last: int) -> int:
    """How many bytes behind a list of free pages are no numbers of pages: those stay when they leave the list."""
    words = (rest[at : at + 4] for at in range(0, len(rest), 4))
    return sum(len(word) - word.count(0) for word in words if int.from_bytes(word) > last)


def _free(file: int, size: int, trunk: int) -> dict[int, int]:
    """The free pages, each with where its unused bytes begin: the first of them list the others."""
    found: dict[int, int] = {}
    while trunk and trunk not in found:
        page = os.pread(file, size, (trunk - 1) * size)
        count = int.from_bytes(page[4:8])
        found[trunk] = 8 + 4 * count
        found |= {int.from_bytes(page[at : at + 4]): 0 for at in range(8, min(8 + 4 * count, size), 4)}
        trunk = int.from_bytes(page[:4])
    return found


def _unused(page: bytes, start: int) -> tuple[bytes, list[bytes]]:
    """The parts of a b-tree page that hold nothing: the gap, and the free blocks between cells; of others none."""
    header = LEAF.get(page[start] if page else 0)
    if header is None:
        return b"", []
    cells = int.from_bytes(page[start + 3 : start + 5])
    content = int.from_bytes(page[start + 5 : start + 7]) or 65_536
    blocks: list[bytes] = []
    block = int.from_bytes(page[start + 1 : start + 3])
    while block and len(blocks) < len(page) // OVERWRITTEN:
        length = int.from_bytes(page[block + 2 : block + 4])
        blocks.append(page[block + OVERWRITTEN : block + length])
        block = int.from_bytes(page[block : block + 2])
    return page[start + header + 2 * cells : content], blocks


def _note(seen: _Seen, data: bytes) -> None:
    """Keep what stands there as the id of an incident does in a row or an index."""
    if not data.strip(b"\0"):
        return
    for match in _ID.finditer(data):
        at = match.start()
        if _PLACE.match(data, at + 12) or _in_a_cell(data, at):
            seen.ids.add(match[1].decode())


def _in_a_cell(data: bytes, at: int) -> bool:
    """Whether it is the first value of a record, or the second after a whole number, and the cell's length agrees."""
    return any(_heads(data, at - size - length, length, size) for size in WHOLE for length in LENGTHS)


def _heads(data: bytes, head: int, length: int, before: int) -> bool:
    """Whether the header of a record stands at `head`, with a text of twelve `before` bytes into its values."""
    if head < 1 or data[head] != length:
        return False
    types = _numbers(data[head + 1 : head + length])
    first, then = types[0] if types else 0, types[1] if len(types) > 1 else 0
    if not ((before == 0 and first == TWELVE) or (SIZES.get(first) == before and then == TWELVE)):
        return False
    payload = _varint(length + sum(map(_size, types)))
    # An index has the length just before the header, a table has the number of the row in between.
    ends = (head - between for between in range(10))
    return any(data[max(0, end - len(payload)) : max(0, end)] == payload for end in ends)


def _numbers(data: bytes) -> list[int]:
    """The whole numbers, of one to nine bytes each, that these bytes are; none when the last one is cut off."""
    found, value = list[int](), 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            found.append(value)
            value = 0
    return [] if data and data[-1] & 0x80 else found


def _varint(number: int) -> bytes:
    """A whole number as SQLite writes it."""
    written = [number & 0x7F]
    while number := number >> 7:
        written.append(number & 0x7F | 0x80)
    return bytes(reversed(written))


def _size(kind: int) -> int:
    """How many bytes a value of this type has."""
    return (kind - 12) // 2 if kind >= 12 else {0: 0, 7: 8, **SIZES}.get(kind, 0)
