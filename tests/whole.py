"""The whole detector, built once for all tests of a process: reading its words takes longer than most tests do."""

from functools import cache

from detectors.detector import Detector

whole = cache(Detector)
