"""Bringing the tables of a file up to date, and seeing that they are not of a newer version."""

from sqlite_utils import Database

from bot.store import schema
from bot.store.errors import StoreError


def migrate(db: Database) -> None:
    """Bring the tables up to date, in one transaction that other programs wait for. Raises StoreError."""
    if not schema.migrations.pending(db) and not foreign(db):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        older(db)
        schema.migrations.apply(db)
        db.commit()
    finally:
        db.rollback()


def older(db: Database) -> None:
    """See that no newer version has changed the tables. Raises StoreError."""
    if foreign(db):
        raise StoreError("The database was written by a newer Think Twice: install that version or a newer one.")


def foreign(db: Database) -> set[str]:
    """The migrations in the file that this version doesn't know."""
    known = {migration.name for migration in schema.migrations.pending(Database(memory=True))}
    return {migration.name for migration in schema.migrations.applied(db)} - known
