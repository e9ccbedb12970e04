"""`CREDIT_CARD`: 13 to 19 digits of a known issuer whose last one is the Luhn check digit.

One number in ten passes the check by chance, so words for another kind of number take the finding back.
"""

import re
from collections.abc import Iterator

from detectors.gate import FOUR_DIGITS
from detectors.lexicons import rows
from detectors.recognizers.luhn import passes_luhn
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.window import Cues

LONG_NUMBER = r"[0-9][0-9]{3}[ \t\-.]{0,2}[0-9]{4}[ \t\-.]{0,2}[0-9]{2}"
"""Gate pattern for numbers of ten digits and more."""

_SHAPE = re.compile(r"(?<![0-9a-z#])[0-9]{4}(?:[ \t\-.]{0,2}[0-9]){9,17}(?![0-9]|[\-.][0-9])")
_LAST_GROUP = re.compile(r"[ \t\-.]{1,2}[0-9]+$")
_ISSUERS = {
    "visa": r"4(?:\d{12}|\d{15}|\d{18})",
    "mastercard": r"(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}",
    "american_express": r"3[47]\d{13}",
    "diners": r"3(?:0[0-5]|[689]\d)\d{11}",
    "jcb": r"35(?:2[89]|[3-8]\d)\d{12,15}",
    "discover": r"6(?:011|4[4-9]\d|5\d\d)\d{12}",
    "unionpay": r"(?:62|81)\d{14,17}",
    "maestro": r"(?:5[06-9]|6[037])\d{14}",
}
"""First digits and lengths by issuer, as ISO/IEC 7812 numbers are given out."""
_ISSUER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _ISSUERS.items()))
_NO_DIGIT = re.compile(r"[^0-9]+")
_EXPIRY = re.compile(r"[ ,]{1,3}(?:0[1-9]|1[0-2])[ ]?/[ ]?(?:20)?[2-4][0-9](?![0-9])")
_BEFORE, _AFTER = 30, 24


class PaymentCardRecognizer(ChatRecognizer):
    """Finds the numbers of payment cards."""

    entity = "CREDIT_CARD"
    gate_first, gate_pattern = FOUR_DIGITS, LONG_NUMBER
    examples = (
        "use her card «4929 1234 5678 9015» for the booking",
        "信用卡 «5555-5555-5555-4444» 09/27",
        "cards: «378282246310005», «30569309025904», «3530111333300000», «6011111111111117», «6200000000000005»",
        "test card «6759649826438453»",
        "order 4929123456789015 shipped",
        "lamp, 4892989533589, 3 left",
        "use her card 4929 1234 5678 9016",
        "信用卡尾四位 9015",
    )

    def load(self) -> None:
        """Read the words near such numbers."""
        self._cues = Cues.read("card_words.tsv")
        self._tests = frozenset(number for (number,) in rows("test_cards.tsv", "number"))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each number with a right check digit and a known issuer."""
        for shape in _SHAPE.finditer(scan.lower):
            written = shape.group()
            while written:
                digits = _NO_DIGIT.sub("", written)
                issuer = _ISSUER.fullmatch(digits)
                if issuer and passes_luhn(digits) and len(set(digits)) > 1:
                    yield self._match(scan, shape.start(), shape.start() + len(written), digits, str(issuer.lastgroup))
                    break
                # What stands behind the last gap may be the month of expiry.
                written = _LAST_GROUP.sub("", written, count=1) if _LAST_GROUP.search(written) else ""

    def _match(self, scan: Scan, start: int, end: int, digits: str, issuer: str) -> Match:
        places = scan.places(self._cues)
        after = places.kinds_after(end, _AFTER)
        kinds = [*places.kinds_before(start, _BEFORE), *after]
        nearest = next((kind for kind in kinds if kind in {"card", "other"}), "")
        if _EXPIRY.match(scan.lower, end) or after[:1] == ["card"]:
            nearest = "card"
        shown = {"sample"} if digits in self._tests and places.anywhere("sample", "testing") else set[str]()
        traits = frozenset({"sample"} & set(kinds) | shown)
        evidence = ["pattern", "check_digit", f"issuer_{issuer}"]
        if nearest == "other" or (not nearest and _is_barcode(digits)):
            return Match(start, end, 0.3, digits, traits, (*evidence, "other_number_word"))
        if nearest == "card":
            return Match(start, end, 0.97, digits, traits, (*evidence, "context_word"))
        score = 0.55 if issuer == "maestro" else 0.85
        return Match(start, end, score, digits, traits, tuple(evidence))


def _is_barcode(digits: str) -> bool:
    """Tell whether it is an article number (EAN-13): Hong Kong's begin with 4, and no card is so short any more."""
    if len(digits) != 13:
        return False
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0
