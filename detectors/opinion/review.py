"""What rules and encoder say of a text together: findings turned, silenced, raised or added."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from detectors import masks
from detectors.finding import Finding
from detectors.opinion.candidates import Place, places, tag_at
from detectors.opinion.concern import SURE, UNDERSTOOD, counts, nearest, voices
from detectors.opinion.read import Read
from detectors.opinion.weighing import Weighing
from detectors.overlaps import MOST_FINDINGS

CODE = "second_opinion"
"""The evidence code of what it changed or found."""
NAME = "SecondOpinion"
"""Who found what the rules missed."""
UNSURE = 0.49
"""The score of what the encoder does not believe."""
HOME = "HK_ADDRESS"
"""An address is one whatever is said about it; but one that only the encoder sees, where nothing concerns anybody, is
that of a shop, a meeting or a delivery."""
OFFICE = "business"
_SILENT = frozenset({"mild", "business", "work", "allowed"})

Key = Callable[[str, str], bytes]
"""From a type and a canonical value to the key of a finding."""


def review(weighing: Weighing, written: str, found: Sequence[Finding], read: Read, key: Key) -> list[Finding]:
    """Return the findings of a text with what the encoder turned and what it added, in order of place.

    A mask is nothing missed, and where one stands, what the message as a whole is about is known to be hidden.
    """
    concern, hidden = weighing.concern(voices(found, read)), masks.standing(written)
    seen = (whole(place, written) for place in places(read) if not _cuts(written, place.start))
    missed = [place for place in seen if not (_masked(hidden, place) or any(taken(one, place) for one in found))]
    findings = [_weighed(weighing, read, finding) for finding in found]
    added = (_finding(place, score, written, key) for place, score in _sure(weighing, read, missed, findings))
    findings += islice(added, max(0, MOST_FINDINGS - len(findings)))
    if concern < weighing.calm and not _shaped(findings):
        findings = [_calmed(one, read) for one in findings]
    elif concern >= weighing.alert and not any(map(counts, findings)):
        if any(map(counts, found)):
            return list(found)
        near = None if hidden else nearest(findings, missed if concern >= weighing.lone else (), read)
        findings = _raised(findings, near, max(concern, SURE), written, key)
    return sorted(findings, key=lambda finding: finding.start)


def _masked(hidden: Sequence[tuple[int, int]], place: Place) -> bool:
    return any(place.start < end and start < place.end for start, end in hidden)


def whole(place: Place, written: str) -> Place:
    """Return a place with the end of the Latin word that it ends in."""
    end = place.end
    while _cuts(written, end):
        end += 1
    return place if end == place.end else replace(place, end=end)


def _cuts(written: str, at: int) -> bool:
    """Whether a place would be cut out of a Latin word there: what begins in one ("fam|ous") means nothing."""
    pair = written[max(0, at - 1) : at + 1]
    return len(pair) == 2 and at > 0 and pair.isascii() and pair.isalpha()


def taken(finding: Finding, place: Place) -> bool:
    """Tell whether a finding stands where the encoder points: one of the same type, or a sure one of another."""
    touches = finding.start < place.end and place.start < finding.end
    return touches and (finding.type == place.type or finding.score >= SURE)


def _weighed(weighing: Weighing, read: Read, finding: Finding) -> Finding:
    weights = weighing.ruled.get(finding.type)
    if weights is None or not read.holds(finding.start, finding.end):
        return finding
    score = weights.score(finding.score, tag_at(read, finding.type, finding.start, finding.end), read.warn)
    return finding if (score >= SURE) == (finding.score >= SURE) else _turned(finding, score)


def _sure(
    weighing: Weighing, read: Read, missed: Sequence[Place], found: Sequence[Finding]
) -> Iterator[tuple[Place, float]]:
    """Yield the places that the encoder is sure of alone, with their scores."""
    for place in missed:
        if (weights := weighing.alone.get(place.type)) and not any(taken(one, place) for one in found):
            score = weights.score(SURE, place.tag, read.warn)
            if score >= SURE:
                yield place, score


def _shaped(findings: Sequence[Finding]) -> bool:
    return any(finding.type not in UNDERSTOOD and counts(finding) for finding in findings)


def _calmed(finding: Finding, read: Read) -> Finding:
    """Return a finding as it stands in a message of no concern."""
    if finding.type not in UNDERSTOOD or not counts(finding) or not read.holds(finding.start, finding.end):
        return finding
    if finding.type != HOME:
        return _turned(finding, UNSURE)
    return replace(finding, traits=finding.traits | {OFFICE}) if CODE in finding.evidence else finding


def _turned(finding: Finding, score: float) -> Finding:
    """Return a finding with another score, and what the rules said of it."""
    evidence = (*finding.evidence, *({CODE}.difference(finding.evidence)))
    return replace(finding, score=score, ruled=finding.ruled or finding.score, evidence=evidence)


def _raised(
    findings: list[Finding], near: Finding | Place | None, score: float, written: str, key: Key
) -> list[Finding]:
    """Return the findings with the one that comes nearest counting, or with a new one."""
    if near is None:
        return findings
    if isinstance(near, Place):
        return [*findings, _finding(near, score, written, key)]
    raised = replace(_turned(near, max(near.score, score)), traits=near.traits - _SILENT)
    return [raised if one is near else one for one in findings]


def _finding(place: Place, score: float, written: str, key: Key) -> Finding:
    said = key(place.type, written[place.start : place.end].casefold())
    return Finding(place.type, place.start, place.end, score, NAME, evidence=(CODE,), key=said)
