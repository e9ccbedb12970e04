"""What can go wrong with the database, told to the person who can mend it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

SENTENCES = (
    (
        "disk is full",
        "The disk that holds the database is full: free some space; nothing is lost, messages wait meanwhile.",
    ),
    ("readonly", "The database can't be written: give this user write permission for the file and its folder."),
    (
        "unable to open",
        "The database can't be opened: check that its folder exists and that this user may write there.",
    ),
    ("not a database", "The database file is not a database or is damaged: move it aside and restore a copy."),
    ("malformed", "The database file is damaged: move it aside and restore a copy."),
    ("locked", "The database is locked by another program: close that program and try again."),
    ("disk i/o", "The disk that holds the database can't be read or written: check the disk and its free space."),
)
"""A piece of SQLite's own message, and what a person should read instead."""


class StoreError(Exception):
    """The database can't be used: one clear sentence with the cure. Nothing that was committed is lost."""

    @property
    def damage(self) -> bool:
        """Whether a part of the file is damaged, so that another may be read well."""
        return "damaged" in str(self)


class FencedError(StoreError):
    """This program was silent for so long that others took over what it held: it writes nothing until it joins anew."""

    def __init__(self) -> None:
        super().__init__(
            "This program could not reach the log for longer than the others wait, and they have taken over; it joins "
            "them again by itself, nothing is lost."
        )


@contextmanager
def as_store_error() -> Iterator[None]:
    """Turn SQLite's errors into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error) from error


def explained(error: sqlite3.Error | StoreError) -> StoreError:
    """The sentence for an error of SQLite; SQLite's own messages name tables and columns, never values."""
    if isinstance(error, StoreError):
        return error
    message = str(error)
    for piece, sentence in SENTENCES:
        if piece in message.lower():
            return StoreError(sentence)
    return StoreError(f"The database refused: {message}.")
