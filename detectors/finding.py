"""What the detector says about a text: a place in it, never the words at that place."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text where personal data stands.

    `start` and `end` are Python code points into the text that was given to the detector, end exclusive.
    `score` (0 to 1) says how sure the entity type is, and nothing else; what the finding means is in `traits`.
    `traits` are words that rules can match: `own`, `mild`, `business`, `sample`, `negated`, ...
    `evidence` are codes that explain the score: `pattern`, `check_digit`, `prefix_known`, `context_word`, ...
    `key` tells "the same value again" within this process only: a digest of the canonical value under a random key
    that dies with the process. It is never stored and not shown by `repr`.
    `person` other than 0 is the same for findings of a text that are plainly one person's; 0 says nothing.
    `ruled` is the score that the rules gave, where the second opinion turned it; 0 where it didn't.
    `part` says in what kind of part of a message the text stands; the detector, which sees the text alone, leaves it.
    """

    type: str
    start: int
    end: int
    score: float
    recognizer: str
    traits: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    key: bytes = field(default=b"", repr=False)
    part: str = ""
    person: int = 0
    ruled: float = 0.0
