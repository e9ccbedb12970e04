"""Marked texts: « and » stand around what a recognizer must find, and nothing else may be found."""

from collections.abc import Iterator

from detectors.overlaps import resolve
from detectors.recognizers.recognizer import ChatRecognizer, Match
from detectors.text.normalise import normalise

Place = tuple[int, int]


def unmark(marked: str) -> tuple[str, list[Place]]:
    """Return the text without its marks, and the places that they marked."""
    text, places = "", []
    for number, piece in enumerate(marked.replace("»", "«").split("«")):
        if number % 2:
            places.append((len(text), len(text) + len(piece)))
        text += piece
    return text, places


def broken(recognizer: ChatRecognizer) -> Iterator[str]:
    """Yield what is wrong with the recognizer's own examples, each by its number: its text is not repeated."""
    for number, example in enumerate(recognizer.examples, start=1):
        text, marked = unmark(example)
        found = sure_places(recognizer, text)
        if found != marked:
            yield f"number {number} does not hold: {len(marked)} marked, {len(found)} found, or at other places"


def matches(recognizer: ChatRecognizer, text: str) -> list[Match]:
    """Return everything that the recognizer says of a text behind its gate; places are those of the folded text."""
    scan = recognizer.scan(text)
    return list(recognizer.find(scan)) if scan else []


def sure_places(recognizer: ChatRecognizer, text: str) -> list[Place]:
    """Return where the recognizer is sure to find something in a text, in order, overlaps resolved."""
    found = resolve((recognizer.entity, "", match) for match in matches(recognizer, text))
    original = normalise(text).original
    return [original(match.start, match.end) for _, _, match in found if match.score >= 0.5]
