"""A safer text: what people wrote with everything hidden that a policy would speak of.

Hiding one thing changes how the rest reads, so the text is read again until nothing more is said of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from detectors import masks
from detectors.finding import Finding
from detectors.types import of
from policies.facts import UNKNOWN, Facts
from policies.policy import Decision

ROUNDS = 12
"""How often a text is read. The corpora need four at most: to hide three times, and to look once more."""
SURE = 0.5
"""The score from which on a name is one."""

Texts = Sequence[tuple[str, str]]
"""The parts of a message: what kind of part each is (`policies.facts.PARTS`), and its text."""
Find = Callable[[str], Sequence[Finding]]
Decide = Callable[[Sequence[Finding], Facts], Decision]


@dataclass(frozen=True, slots=True)
class Masked:
    """The parts with what was hidden in them; `texts` are in the order in which they were given.

    `types` are the entity types that were hidden. `quiet`: nothing is said of it any more.
    """

    texts: tuple[str, ...] = field(repr=False)
    types: tuple[str, ...]
    quiet: bool


def mask(parts: Texts, find: Find, decide: Decide, facts: Facts = UNKNOWN, *, names: bool = False) -> Masked:
    """Hide what makes rules fire, and with `names` every name too. `find` must not stop at some number of findings.

    Raises what `find` raises.
    """
    kinds, texts = [kind for kind, _ in parts], [text for _, text in parts]
    spoken = [masks.language(text) for text in texts]
    types: dict[str, None] = {}
    for _ in range(ROUNDS):
        found = [[replace(one, part=kind) for one in find(text)] for kind, text in zip(kinds, texts, strict=True)]
        decision = decide([one for some in found for one in some], facts)
        counted = set(map(id, decision.counted)) if decision.rules else set()
        hide = [[one for one in some if id(one) in counted or (names and _is_name(one))] for some in found]
        changed = [masks.masked(*one) for one in zip(texts, hide, spoken, strict=True)]
        if changed == texts:
            return Masked(tuple(texts), tuple(types), not decision.rules)
        types |= dict.fromkeys(one.type for some in hide for one in some)
        texts = changed
    return Masked(tuple(texts), tuple(types), quiet=False)


def _is_name(finding: Finding) -> bool:
    return of(finding.type).beside and finding.score >= SURE
