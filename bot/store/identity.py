"""What an incident is called: a name that says nothing of it but when it was opened, and that only roughly.

Names that come one after the other lie side by side in every index that holds them, so a leak writes to the same few
pages whether the log is empty or has a million incidents. Names that are random alone lie all over the file.
"""

import secrets

from bot.store.engine import Database

LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
"""In the order in which databases sort them."""
WHEN, CHANCE = 5, 7
"""How many letters say when, and how many are random: one in 34 thousand million of its minute."""
MINUTE = 64
"""Seconds that bear the same letters; the letters begin anew after 68 years."""


def fresh(db: Database, at: float) -> str:
    """A name that no incident has yet, for one that is opened at `at` (Unix seconds)."""
    while True:
        found = name(at, secrets.randbits(5 * CHANCE))
        if db.execute("SELECT 1 FROM incident WHERE id = ?", (found,)).fetchone() is None:
            return found


def name(at: float, chance: int) -> str:
    """The name of an incident that is opened at `at` (Unix seconds); `chance` is a random number."""
    return _letters(int(at) // MINUTE, WHEN) + _letters(chance, CHANCE)


def _letters(number: int, count: int) -> str:
    """The last `count` letters of a number."""
    return "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(count)))
