"""One file an entity type; `RECOGNIZERS` is the registration."""

from detectors.recognizers.bank_account import BankAccountRecognizer
from detectors.recognizers.cn_resident_id import CnResidentIdRecognizer
from detectors.recognizers.credit_card import PaymentCardRecognizer
from detectors.recognizers.date_of_birth import DateOfBirthRecognizer
from detectors.recognizers.email_address import EmailAddressRecognizer
from detectors.recognizers.hk_address import HkAddressRecognizer
from detectors.recognizers.hk_passport import HkPassportRecognizer
from detectors.recognizers.hkid import HkidRecognizer
from detectors.recognizers.hostile import HostileWordsRecognizer
from detectors.recognizers.hostile.family import FamilyMemberRecognizer
from detectors.recognizers.medical import MedicalRecognizer
from detectors.recognizers.meeting_passcode import MeetingPasscodeRecognizer
from detectors.recognizers.people.person import PersonRecognizer
from detectors.recognizers.performance_talk import PerformanceTalkRecognizer
from detectors.recognizers.phone import PhoneRecognizer
from detectors.recognizers.recognizer import ChatRecognizer
from detectors.recognizers.salary import SalaryRecognizer

RECOGNIZERS: tuple[type[ChatRecognizer], ...] = (
    HkidRecognizer,
    MedicalRecognizer,
    PhoneRecognizer,
    EmailAddressRecognizer,
    PaymentCardRecognizer,
    HkPassportRecognizer,
    CnResidentIdRecognizer,
    BankAccountRecognizer,
    DateOfBirthRecognizer,
    SalaryRecognizer,
    HkAddressRecognizer,
    PerformanceTalkRecognizer,
    MeetingPasscodeRecognizer,
    HostileWordsRecognizer,
    PersonRecognizer,
    FamilyMemberRecognizer,
)


def all_recognizers() -> tuple[ChatRecognizer, ...]:
    """Build every recognizer that Think Twice ships."""
    return tuple(recognizer() for recognizer in RECOGNIZERS)
