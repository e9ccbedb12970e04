"""One face for us and the peers, so that all are asked the same."""

from typing import Protocol

from benchmarks.rows import Prediction


class Scanner(Protocol):
    """What is measured: something that reads a text and says what it found."""

    name: str

    def predict(self, text: str) -> Prediction:
        """Return the spans in `text`, and whether its sender would be warned."""
        ...

    def find(self, text: str) -> object:
        """Only find, as the speed figures need it."""
        ...
