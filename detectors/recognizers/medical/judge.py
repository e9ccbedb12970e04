"""From evidence to a score: points, read from `points.tsv`, are added up and squeezed between 0 and 1."""

from dataclasses import dataclass
from math import exp

from detectors.recognizers.medical.context import FAR, Context
from detectors.recognizers.medical.lexicon import read_rows
from detectors.recognizers.medical.places import Place


EVIDENCE = frozenset(("verb", "has", "course", "care", "leave", "list"))
NOBODY = frozenset(("nobody", "we", "earlier"))
SOBER = frozenset(("verb", "care", "leave", "list", "talk"))
_SETTINGS = ("announce", "question", "news", "fiction", "product", "job")
SETTINGS = frozenset((*_SETTINGS, *(code + FAR for code in _SETTINGS)))
"""Where a sentence may belong instead; they overlap, so only the gravest counts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure it is that a term speaks of a person's health, why, and what that means."""

    score: float
    traits: frozenset[str]
    evidence: tuple[str, ...]


class Judge:
    """Weighs the evidence around a term."""

    def __init__(self) -> None:
        """Read the points of each evidence code."""
        self.points = {row["code"]: float(row["points"]) for row in read_rows("points.tsv")}

    def judge(self, place: Place, context: Context) -> Verdict:
        """Return the verdict on the term at `place`."""
        codes = evidence(place, context)
        total = sum(self.points.get(code, 0.0) for code in codes if code not in SETTINGS)
        total += min((self.points[code] for code in codes if code in SETTINGS), default=0.0)
        return Verdict(round(1 / (1 + exp(-total)), 2), _traits(place, context), codes)


def evidence(place: Place, context: Context) -> tuple[str, ...]:
    """Name everything that speaks for or against the term: the features that a learned judge sees, too."""
    subject = context.subject or "nobody"
    shown = context.codes if place.exaggerated else context.codes - {"shock"}
    codes = [f"term_{place.grade}", f"of_{subject}", *sorted(shown)]
    if place.grade in ("vague", "visit") and not context.codes & EVIDENCE:
        codes.append("no_clinical_evidence")
    if place.exaggerated and not context.codes & SOBER:
        codes.append("exaggerated")
    if subject in NOBODY and context.codes & set(_SETTINGS):
        codes.append("to_all")
    return tuple(codes)


def _traits(place: Place, context: Context) -> frozenset[str]:
    traits = {
        "mild": place.grade == "mild" or ("slight" in context.codes and place.grade == "vague"),
        "own": context.subject in ("own", "implied"),
        "negated": context.negated,
        "asked": context.asked,
    }
    return frozenset(trait for trait, holds in traits.items() if holds)
