"""One file an entity type; `all_recognizers` is the registration."""

from detectors.recognizers.hkid import HkidRecognizer
from detectors.recognizers.phone import PhoneRecognizer
from detectors.recognizers.recognizer import ChatRecognizer


def all_recognizers() -> tuple[ChatRecognizer, ...]:
    """Build every recognizer that Think Twice ships."""
    return (HkidRecognizer(), PhoneRecognizer())
