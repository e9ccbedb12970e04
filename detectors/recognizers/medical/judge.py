"""From evidence to a score: points, read from `points.tsv`, are added up and squeezed between 0 and 1."""

from dataclasses import dataclass
from math import exp

from detectors.recognizers.medical.context import Context
from detectors.recognizers.medical.lexicon import read_rows
from detectors.recognizers.medical.places import Place


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
        total = sum(self.points.get(code, 0.0) for code in codes)
        return Verdict(round(1 / (1 + exp(-total)), 2), _traits(place, context), codes)


def evidence(place: Place, context: Context) -> tuple[str, ...]:
    """Name everything that speaks for or against the term: the features that a learned judge sees, too."""
    subject = context.subject or "nobody"
    codes = [f"term_{place.grade}", f"of_{subject}", *sorted(context.codes)]
    if place.grade in ("vague", "visit") and not context.codes & {"verb", "has", "course", "care", "leave", "list"}:
        codes.append("no_clinical_evidence")
    return tuple(codes)


def _traits(place: Place, context: Context) -> frozenset[str]:
    traits = {
        "mild": place.grade == "mild" or ("slight" in context.codes and place.grade == "vague"),
        "own": context.subject in ("own", "implied"),
        "negated": context.negated,
        "asked": context.asked,
    }
    return frozenset(trait for trait, holds in traits.items() if holds)
