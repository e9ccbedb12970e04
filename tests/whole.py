"""Whole detectors, built once for all tests of a process: reading their words takes longer than most tests do."""

from collections.abc import Sequence
from functools import cache

import pytest

from detectors.allow import Allow
from detectors.detector import Detector
from detectors.opinion.opinion import Opinion
from detectors.recognizers.recognizer import ChatRecognizer

whole = cache(Detector)

BUILDERS = ("bot.app", "bot.cli.yardstick", "bot.demo.chat", "bot.demo.demo")
"""Where the program builds its detector."""


@cache
def seconded() -> Detector:
    """With the second opinion."""
    return Detector(opinion=Opinion())


def shipped(
    *,
    spacy_model: str | None = None,
    allow: Sequence[Allow] = (),
    custom: Sequence[ChatRecognizer] = (),
    opinion: Opinion | None = None,
) -> Detector:
    """What `Detector` makes of these; of the shipped ones, which keep nothing of what they read, there is one each."""
    if spacy_model or allow or custom:
        return Detector(spacy_model=spacy_model, allow=allow, custom=custom, opinion=opinion)
    return seconded() if opinion else whole()


@pytest.fixture
def detectors_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that a test runs in this process takes the shipped detectors that are there."""
    for module in BUILDERS:
        monkeypatch.setattr(f"{module}.Detector", shipped)
