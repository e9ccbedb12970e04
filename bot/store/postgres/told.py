"""What PostgreSQL refuses, told to the person who can mend it.

Its own messages may quote values, so none of them is passed on: only the kind of error, and names of our own tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from bot.store.errors import StoreError

LOST = (
    "The database server can't be reached or broke off: check that it runs, and the network; nothing is lost, "
    "messages wait meanwhile."
)
REFUSED = (
    "The database server refuses this user or password: check [store] url, and THINKTWICE_STORE_PASSWORD or "
    "password_file."
)
BUSY = "The database is locked by another program: close that program and try again."
BY_CODE = (
    ("28", REFUSED),
    ("3D", "The database that [store] url names does not exist: make it (createdb), or correct the name."),
    ("3F", "The schema that [store] url asks for does not exist: make it, or correct the address."),
    ("25006", "The database can't be written: [store] url names a standby or a read-only one; name the primary."),
    (
        "42501",
        (
            "The database user may not do this: make it the owner of the database, or grant it CREATE and USAGE on the "
            "schema."
        ),
    ),
    ("53100", "The disk of the database server is full: free some space; nothing is lost, messages wait meanwhile."),
    ("53300", "The database server has no connection left: raise max_connections there, or close other programs."),
    ("55P03", BUSY),
    ("40P01", BUSY),
    ("08", LOST),
    ("57", LOST),
)
"""How SQLSTATE codes begin: https://www.postgresql.org/docs/current/errcodes-appendix.html"""
BY_WORDS = (
    ("database system", LOST),  # it starts, stops or recovers
    ("password", REFUSED),
    ("authentication", REFUSED),
    ("pg_hba", REFUSED),
    ("role", REFUSED),
    ("database", BY_CODE[1][1]),
    ("translate host name", "The name of the database server in [store] url is not known: correct it."),
    ("name or service not known", "The name of the database server in [store] url is not known: correct it."),
    ("too many", BY_CODE[6][1]),
    ("remaining connection slots", BY_CODE[6][1]),
)
"""A connection that fails has words and no code."""


@contextmanager
def as_store_error(*, connecting: bool = False) -> Iterator[None]:
    """Turn psycopg's errors into a StoreError, without what they quote."""
    try:
        yield
    except psycopg.Error as error:
        raise StoreError(sentence(error, connecting=connecting)) from None


def sentence(error: psycopg.Error, *, connecting: bool = False) -> str:
    """The sentence for an error."""
    code = error.sqlstate or ""
    for begins, told in BY_CODE:
        if code.startswith(begins):
            return told
    if not code and connecting:
        words = str(error).lower()
        return next((told for piece, told in BY_WORDS if piece in words and "refused" not in words), LOST)
    if not code and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return LOST
    where = ".".join(filter(None, (error.diag.table_name, error.diag.column_name or error.diag.constraint_name)))
    return f"The database refused: {type(error).__name__}{f' at {where}' if where else ''}."
