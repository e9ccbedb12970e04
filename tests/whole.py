"""Whole detectors, built once for all tests of a process: reading their words takes longer than most tests do."""

from functools import cache

from detectors.detector import Detector
from detectors.opinion.opinion import Opinion

whole = cache(Detector)


@cache
def seconded() -> Detector:
    """With the second opinion."""
    return Detector(opinion=Opinion())
