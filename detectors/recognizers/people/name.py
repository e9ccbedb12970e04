"""What the name finder says: a place where a person is named, or may be."""

from typing import NamedTuple

SURE = 0.5
"""From this score on a name is a finding; what scores less only hints that somebody is spoken of."""

HINT = 0.45
"""Somebody is meant, but it takes more to call it a name: a surname alone, a handle, a staff number."""

DOUBT = 0.3
"""A capital where names stand, and no list knows the word."""


class Name(NamedTuple):
    """A name's place, how sure it is one, and why (codes: `surname`, `given_name`, `title`, `nickname`, ...).

    No dataclass: a list of colleagues makes hundreds, and theirs take thrice as long.
    """

    start: int
    end: int
    score: float
    evidence: tuple[str, ...]
