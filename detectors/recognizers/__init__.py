"""One file an entity type; `RECOGNIZERS` is the registration."""

from detectors.recognizers.hkid import HkidRecognizer
from detectors.recognizers.medical import MedicalRecognizer
from detectors.recognizers.phone import PhoneRecognizer
from detectors.recognizers.salary import SalaryRecognizer
from detectors.recognizers.hk_address import HkAddressRecognizer
from detectors.recognizers.recognizer import ChatRecognizer

RECOGNIZERS: tuple[type[ChatRecognizer], ...] = (
    HkidRecognizer,
    MedicalRecognizer,
    PhoneRecognizer,
)


def all_recognizers() -> tuple[ChatRecognizer, ...]:
    """Build every recognizer that Think Twice ships."""
    return tuple(recognizer() for recognizer in RECOGNIZERS, SalaryRecognizer(), HkAddressRecognizer(),)
