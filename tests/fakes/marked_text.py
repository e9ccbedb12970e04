"""Texts with the expected findings between « and », read against one recognizer."""

from detectors.recognizers.examples import matches, sure_places, unmark
from detectors.recognizers.recognizer import ChatRecognizer


def plain(marked: str) -> str:
    """The text without its marks."""
    return unmark(marked)[0]


def expected(marked: str) -> list[str]:
    """What stands between the marks."""
    text, places = unmark(marked)
    return [text[start:end] for start, end in places]


def found(recognizer: ChatRecognizer, text: str) -> list[str]:
    """The pieces of `text` that the recognizer is sure of, in order, overlaps resolved."""
    return [text[start:end] for start, end in sure_places(recognizer, text)]


def traits(recognizer: ChatRecognizer, text: str) -> set[str]:
    """All traits of all findings in `text`."""
    return {trait for match in matches(recognizer, text) for trait in match.traits}
