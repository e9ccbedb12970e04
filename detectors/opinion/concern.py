"""How likely a message should make somebody think twice: what rules and encoder say of it, weighed together.

`voices` are the few figures about a message that a logistic regression weighs; weighing.toml names what each weighs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from detectors.finding import Finding
from detectors.opinion.candidates import NAMED, Place, places, tag_at
from detectors.opinion.labels import PAY, PERFORMANCE, TYPES
from detectors.opinion.odds import LEAST_ODDS, odds
from detectors.opinion.read import Read
from detectors.types import TYPES as ENTITIES

_LIGHT = frozenset(entity.name for entity in ENTITIES if not entity.personal)
_NAMES = _LIGHT & frozenset(TYPES)
"""Of the types that the encoder knows those that matter beside others alone: names."""
UNDERSTOOD = tuple(name for name in NAMED if name not in _LIGHT)
"""Types whose meaning decides; all others have a shape and stay with the rules."""
_HARMLESS = frozenset({"sample", "business", "work", "allowed"})
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Voices:
    """What is weighed: probabilities as log odds, 0 or 1 for what is or is not so."""

    always: float
    said: float
    """The rules found something that counts,"""
    shaped: float
    """something with a shape,"""
    meant: float
    """only something whose meaning decides."""
    warn: float
    """What the encoder says of the whole message,"""
    warn_said: float
    """where the rules found something that counts."""
    rules: float
    """The highest score of the rules for what is understood,"""
    tag: float
    """the encoder's for any place,"""
    own: float
    """for the places of the rules,"""
    other: float
    """for anything with a shape,"""
    named: float
    """for a name,"""
    pay: float
    """for pay,"""
    performance: float
    """and for talk of performance."""
    mild: float
    """The rules found a mild symptom."""


def voices(found: Sequence[Finding], read: Read) -> Voices:
    """Return the figures of a message."""
    shaped = any(finding.type not in UNDERSTOOD and counts(finding) for finding in found)
    meant = [finding for finding in found if finding.type in UNDERSTOOD]
    said = shaped or any(map(counts, meant))
    warn = odds(read.warn)
    return Voices(
        always=1.0,
        said=float(said),
        shaped=float(shaped),
        meant=float(said and not shaped),
        warn=warn,
        warn_said=warn if said else 0.0,
        rules=_most(finding.score for finding in meant),
        tag=_most(place.tag for place in places(read) if place.type in UNDERSTOOD),
        own=_most(tag_at(read, one.type, one.start, one.end) for one in meant if read.holds(one.start, one.end)),
        other=odds(read.most(TYPES.index("OTHER"))),
        named=_most(read.most(TYPES.index(name)) for name in _NAMES),
        pay=odds(read.most(PAY)),
        performance=odds(read.most(PERFORMANCE)),
        mild=float(any("mild" in finding.traits for finding in meant)),
    )


def counts(finding: Finding) -> bool:
    """Tell whether a finding would matter by itself: it is sure, a person's, and no mild symptom of one's own."""
    if finding.score < SURE or finding.type in _LIGHT or finding.traits & _HARMLESS:
        return False
    return "mild" not in finding.traits or "another" in finding.traits


def nearest(found: Iterable[Finding], missed: Iterable[Place], read: Read) -> Finding | Place | None:
    """Return what comes nearest to counting in a message where nothing counts: by the encoder's probability."""
    told: list[tuple[float, bool, Finding | Place]] = [
        (tag_at(read, finding.type, finding.start, finding.end), True, finding)
        for finding in found
        if finding.type in UNDERSTOOD and "sample" not in finding.traits and read.holds(finding.start, finding.end)
    ]
    told += [(place.tag, False, place) for place in missed if place.type in UNDERSTOOD]
    return max(told, key=lambda one: one[:2], default=(0.0, False, None))[2]


def figures(voices: Voices) -> tuple[float, ...]:
    """Return the figures in their order."""
    return tuple(getattr(voices, field.name) for field in fields(voices))


def _most(shares: Iterable[float]) -> float:
    return max(map(odds, shares), default=LEAST_ODDS)
