"""One detector for all tests of detection."""

import pytest

from detectors.detector import Detector
from detectors.recognizers.hkid import HkidRecognizer
from detectors.recognizers.phone import PhoneRecognizer


@pytest.fixture(scope="session")
def detector() -> Detector:
    return Detector((HkidRecognizer(), PhoneRecognizer()))
