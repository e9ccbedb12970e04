"""Texts with the expected findings between « and », read against one recognizer."""

from detectors.gate import Gate
from detectors.overlaps import resolve
from detectors.recognizers.examples import unmark
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.normalise import Normalised, normalise

SURE = 0.5


def plain(marked: str) -> str:
    """The text without its marks."""
    return unmark(marked)[0]


def expected(marked: str) -> list[str]:
    """What stands between the marks."""
    text, places = unmark(marked)
    return [text[start:end] for start, end in places]


def found(recognizer: ChatRecognizer, text: str) -> list[str]:
    """The pieces of `text` that the recognizer is sure of, in order, overlaps resolved."""
    scan = Scan(normalise(text))
    sure = [match for _, _, match in resolve((recognizer.entity, "", match) for match in recognizer.find(scan))]
    sure = [match for match in sure if match.score >= SURE]
    assert not sure or opens(recognizer, scan.normalised), "the gate would have stopped a text that holds a finding"
    return [text[slice(*scan.normalised.original(match.start, match.end))] for match in sure]


def traits(recognizer: ChatRecognizer, text: str) -> set[str]:
    """All traits of all findings in `text`."""
    return {trait for match in matches(recognizer, text) for trait in match.traits}


def matches(recognizer: ChatRecognizer, text: str) -> list[Match]:
    """Everything the recognizer yields for `text`, sure or not."""
    return list(recognizer.find(Scan(normalise(text))))


def opens(recognizer: ChatRecognizer, normalised: Normalised) -> bool:
    """Whether the recognizer's gate lets a text through."""
    return recognizer.beside or Gate((recognizer,)).scan(normalised) is not None
