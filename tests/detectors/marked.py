"""Tables of marked texts: « and » stand around what must be found, and nothing else may be."""

from detectors.detector import Detector
from detectors.finding import Finding
from detectors.recognizers.examples import unmark


def sure(detector: Detector, text: str, entity: str) -> list[Finding]:
    """Return the findings of one type with a score of 0.5 or more."""
    return [finding for finding in detector.find(text) if finding.type == entity and finding.score >= 0.5]


def disagreement(detector: Detector, marked: str, entity: str) -> str:
    """Return an empty text if the detector finds what is marked, else the text with the detector's own marks."""
    text, places = unmark(marked)
    found = [(finding.start, finding.end) for finding in sure(detector, text, entity)]
    if found == places:
        return ""
    for start, end in reversed(found):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text
