"""The end of a purge on a server: what was deleted is no longer in the files of its tables.

VACUUM makes the room of deleted rows free, and leaves their bytes there until new rows take it. VACUUM FULL writes a
table and its indexes into new files and lets the old ones go; nobody can read or write the table meanwhile:
https://www.postgresql.org/docs/current/sql-vacuum.html
"""

from collections.abc import Mapping

from bot.store.engine import Session
from bot.store.errors import StoreError
from bot.store.postgres import schema

SMALL = 64 * 2**20
"""Bytes of a table, with its indexes, that are written anew beside a running bot: that takes a second or two."""
PATIENCE = "2s"
"""For how long others may have to wait behind us for a table that somebody reads."""


def cleaned(db: Session, *, anew: bool) -> Mapping[str, int]:
    """Write the tables anew (`anew`: those too that are large), and free the room of what was deleted.

    Says how many dead rows had to stay because somebody reads, and how many tables were not written anew.
    """
    db.execute(f"SET lock_timeout = '{PATIENCE}'")
    unwritten = 0
    for table, size in schema.sizes(db).items():
        unwritten += size > 0 and not ((anew or size <= SMALL) and _written_anew(db, table))
        # Indexes too, however few entries are dead; and what is counted as dead is counted again.
        db.execute(f"VACUUM (INDEX_CLEANUP ON) {table}")
    return {"dead": schema.dead(db), "unwritten": unwritten}


def _written_anew(db: Session, table: str) -> bool:
    """Somebody may read it for longer than we wait, or the disk may have no room for it twice."""
    try:
        db.execute(f"VACUUM FULL {table}")
    except StoreError:
        return False
    return True
