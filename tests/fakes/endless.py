"""A recognizer that never ends where somebody writes "endless": what the budget of a text is for."""

from collections.abc import Iterator

from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan


class Endless(ChatRecognizer):
    """Finds the same doubtful match for ever."""

    entity = "ENDLESS"
    gate_literals = ("endless",)

    def find(self, scan: Scan) -> Iterator[Match]:
        while True:
            yield Match(0, 1, 0.1, scan.lower[:1])
