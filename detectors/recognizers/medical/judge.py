"""From evidence to a score: points, read from `points.tsv`, are added up and squeezed between 0 and 1."""

from dataclasses import dataclass
from math import exp

from detectors.lexicons import rows
from detectors.recognizers.medical.places import Place
from detectors.recognizers.medical.sentence import FAR
from detectors.recognizers.medical.surroundings import Context, Surroundings

CLINICAL = frozenset(
    ("verb", "has", "possess", "course", "care", "leave", "list", "negation", "owner", "absent", "company")
)
"""What a term with other meanings needs one of."""

SOBER = frozenset(("verb", "care", "leave", "list", "talk", "clinical_far", "leave_far", "absent"))
"""What an exaggerated term needs one of."""

TEASING = frozenset(("shock", "joking", "alike"))
"""Codes that count for exaggerated terms only."""

PLAIN_SETTINGS = frozenset(("announce", "question", "news", "fiction", "product", "job", "policy"))
SETTINGS = PLAIN_SETTINGS | {code + FAR for code in PLAIN_SETTINGS}
"""Where a sentence may belong instead; they overlap, so only the gravest counts."""

NOBODY = frozenset(("nobody", "we", "earlier", "group", "maybe_name"))
SOMEBODY = frozenset(("name", "pronoun", "own", "kin"))
UNSAID = frozenset(("nobody", "we", "later", "earlier", "maybe_name"))
"""Whom a chat message leaves out, as all know that the writer means themselves."""

ANOTHER = frozenset(("name", "maybe_name", "pronoun", "kin"))
"""Somebody in particular, who is not the writer."""

WEAKER = frozenset(("company", "has", "verb", "when", "care"))
"""Codes that say less as long as nobody was named."""

OTHERS = frozenset(("name", "pronoun", "kin", "role"))
"""People exaggerate of themselves; of others they report."""

BOUND = frozenset(("verb", "has", "possess", "course"))
"""What binds a term to the person before it."""

SURE = 0.8
AGAINST = frozenset(
    ("figurative", "idiom", "org", "event", "topic", "to_all", "of_thing", "of_animal", "no_clinical_evidence")
)
ELSEWHERE = SETTINGS | {"hypothetical", "hypothetical_far", "tech", "tech_far", "of_group"}
"""Where nobody is sick."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure it is that a term speaks of a person's health, why, and what that means."""

    score: float
    traits: frozenset[str]
    evidence: tuple[str, ...]


class Judge:
    """Weighs the evidence around terms."""

    def __init__(self) -> None:
        """Read the points of each evidence code."""
        self._points = {code: float(points) for code, points in rows("medical/points.tsv", "code", "points")}

    def verdicts(self, places: list[Place], surroundings: Surroundings) -> list[Verdict]:
        """Return the verdict on each term; a sure one lifts those in its sentence that nothing speaks against."""
        contexts = [surroundings.around(place) for place in places]
        evidences = [evidence(place, context) for place, context in zip(places, contexts, strict=True)]
        scores = [self._score(codes) for codes in evidences]
        sure = {context.sentence for context, score in zip(contexts, scores, strict=True) if score >= SURE}
        found = []
        for place, context, codes, score in zip(places, contexts, evidences, scores, strict=True):
            verdict = Verdict(score, _traits(place, context), codes)
            if score < SURE and context.sentence in sure and not AGAINST.intersection(codes):
                codes = (*codes, "beside")  # noqa: PLW2901 - the same codes and one more
                verdict = Verdict(self._score(codes), verdict.traits, codes)
            found.append(verdict)
        return found

    def _score(self, codes: tuple[str, ...]) -> float:
        points, total, setting = self._points, 0.0, 0.0
        for code in codes:
            if code in SETTINGS:
                setting = min(setting, points.get(code, 0.0))
            else:
                total += points.get(code, 0.0)
        total += setting
        return round(1 / (1 + exp(-total)), 2)


def evidence(place: Place, context: Context) -> tuple[str, ...]:
    """Name everything that speaks for or against the term: the features that a learned judge sees, too."""
    subject = context.subject or "nobody"
    shown = context.codes if place.exaggerated else context.codes - TEASING
    if "idiom" in shown and place.grade == "clear" and not place.exaggerated:
        shown = shown - {"idiom"} | {"idiom_aside"}
    codes = [f"term_{place.grade}", f"of_{subject}", *sorted(shown)]
    if place.grade in ("vague", "visit") and not context.codes & CLINICAL:
        codes.append("no_clinical_evidence")
    if place.exaggerated and not context.codes & SOBER and not _is_reported(place.grade, subject, context.codes):
        codes.append("exaggerated")
    if subject in NOBODY and context.codes & PLAIN_SETTINGS:
        codes.append("to_all")
    if subject in UNSAID and not AGAINST.intersection(codes) and not ELSEWHERE.intersection(codes):
        codes.append("plain")
    if subject in UNSAID:
        codes = [code + "_unsaid" if code in WEAKER else code for code in codes]
    bound = subject in SOMEBODY and context.codes & (BOUND | {"owner"})
    if bound and context.codes & SETTINGS and context.codes & BOUND:
        codes.append("despite")
    if bound and "topic" in codes:
        codes[codes.index("topic")] = "topic_aside"
    return tuple(codes)


def _is_reported(grade: str, subject: str, codes: frozenset[str]) -> bool:
    """Tell whether it is told of somebody else: Aideen had a panic attack, and nothing shocked her into it."""
    had = grade == "clear" and "has" in codes and codes.isdisjoint(TEASING)
    return subject in OTHERS and ("owner" in codes or had)


def _traits(place: Place, context: Context) -> frozenset[str]:
    traits = {
        "mild": place.grade == "mild" or ("slight" in context.codes and place.grade == "vague"),
        "own": context.subject in ("own", "implied"),
        "another": context.subject in ANOTHER,
        "negated": context.negated,
        "asked": context.asked,
    }
    return frozenset(trait for trait, holds in traits.items() if holds)
