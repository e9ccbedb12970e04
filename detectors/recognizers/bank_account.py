"""`BANK_ACCOUNT`: account numbers, known by the words around them: they carry no check digit.

Numbers parted as Hong Kong banks write them (bank, branch, account) need a bank's or a payroll's word somewhere before
them, so that the rows of a payroll list count; plain runs of digits need it near, and so do the cards by which the
mainland's accounts go and the numbers of Taiwan's. An account that the words call an organisation's is nobody's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from detectors.gate import FOUR_DIGITS
from detectors.recognizers.luhn import passes_luhn
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.normalise import fold_han
from detectors.text.window import Cues, Places

_SHAPE = re.compile(
    r"(?<![0-9a-z.$/+\-])(?:"
    r"(?P<card>62[0-9]{2}(?:[ \-]?[0-9]{4}){3}(?:[ \-]?[0-9]{1,3})?)"
    r"|(?P<parted>\(?[0-9]{3}(?:\) ?|[ \-])[0-9]{1,6}[ \-][0-9]{1,9}(?:[ \-][0-9]{1,9}){0,3}"
    r"|[0-9]{3}-[0-9]{5,9}|[0-9]{6}-[0-9]{3})"
    r"|(?P<plain>[0-9]{9,16}|[0-9]{2,4}-[0-9]{5,8}-[0-9]{1,3}"
    r"|[0-9]{4}-[0-9]{2,3}-[0-9]{6,7}(?:-[0-9])?|[0-9]{3}-[0-9]{10,14}|[0-9]{7}-[0-9]{7})|(?P<proxy>[0-9]{7}))(?![0-9a-z:/]|[.\-][0-9])"
)
_CODES = "003|004|009|012|015|016|018|020|022|024|025|028|035|039|040|041|043|072|128|238|250"
_UNMISTAKEN = re.compile(rf"(?:{_CODES})-[0-9]{{3}}-[0-9]{{6}}(?:-[0-9]{{3}})?").fullmatch
"""A code of the clearing house's list of banks, a branch and an account, as large banks write them: needs no word."""
_LARGE = re.compile(r"[0-9]{3}-[0-9]{6}-[0-9]{3}|[0-9]{3}[ \-][0-9]{3}[ \-][0-9]{6}(?:[ \-][0-9]{3})?").fullmatch
"""The same without the bank's code, or said in groups: where money goes to somebody, it needs no bank's word."""
_FIRMS = re.compile(
    fold_han(
        r"(?<![a-z])(?:company|client|office|business|corporate|firm|trust|supplier|vendor|escrow)(?:'s)?"
        r" (?:bank )?(?:a/?c|acct?|account|bank details)(?![a-z])|(?<![a-z])our (?:bank )?(?:a/c|account)(?![a-z])"
        r"|(?<![a-z])(?:ltd|limited|llp|plc)[.,:;)]{0,2} ?"
        r"(?:(?:bank|a/?c|acct?|account|hsbc|boc|dbs|no|number)(?![a-z])[.:]? ?){1,3}"
        r"|(?:公司|本會|工會|商會|法團|機構|學校|中心|供應商|基金會|對公)[嘅的]?"
        r"[^\n,。:佢他她我]{0,4}(?:戶口|帳[戶號]|賬[戶號])"
    )
)
"""An organisation's account."""
_LIMITED = re.compile(
    fold_han(
        r"[^\n]{0,30}(?:(?<![a-z])(?:ltd|limited|llp)(?![a-z])|有限公司)|[ (]{0,2}(?:公司|對公|企業|單位)[帳賬]?[戶號]"
    )
)
_OWN = re.compile(r"[佢他她我]|(?<![a-z])(?:his|her|my|own|personal)(?![a-z])")
_BEFORE, _AFTER, _LABEL, _PAID = 40, 30, 14, 60
_A_CARD = 0.8
"""The most that a number with a card's right check digit scores: it is told as a payment card."""
_NOBODYS = 0.4
"""The score of an organisation's account."""
_NUMBER = re.compile(r"(?:[0-9][ \-]?){6}")
"""A number between: the word for another one belongs to that."""
_ROW = re.compile(r"\$ ?[0-9]|[\t,|]")


class BankAccountRecognizer(ChatRecognizer):
    """Finds the numbers of bank accounts."""

    entity = "BANK_ACCOUNT"
    examples = (
        "bank account for payroll: «024-123456-001»",
        "Payroll\nChan Tai Man\t$20,000\t«123-456789-838»",
        "我個恒生戶口«024-123-456789»，唔該過數",
        "戶口號碼例如 «024-123-456789»",
        "the bank wants more papers from all of us before it opens anything: «024-123456-001»",
        "please send it to «024-540-116507», same as last time",
        "轉到我建行卡 «6217 0032 1450 8876 219»",
        "郵局帳號 «0031472-0856391»，戶名黃淑貞",
        "pls credit Ken's refund to «652-118834-001»",
        "our company account: HSBC 123-456789-838",
        "tracking 123456789012",
        "bank holiday notice, order 123456789012",
        "單號 024-123456-001，聽日到",
    )

    gate_first = FOUR_DIGITS
    gate_pattern = (
        rf"[ \-](?:(?<=(?<![0-9])(?:{_CODES})-)[0-9]{{3}}-[0-9]{{6}}"
        r"|(?<=(?<![0-9])[0-9]{3}[ \-])(?:[0-9]{3}[ \-])?[0-9]{6}[ \-][0-9]{3}(?![0-9]))"
    )

    def load(self) -> None:
        """Read the words near such numbers; they are the gate, too."""
        self._cues = Cues.read("bank_words.tsv")
        self.gate_words = self._cues.words("bank", "payroll", "proxy", "card")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each number of the shape with such a word about."""
        for shape in _SHAPE.finditer(scan.lower):
            digits = re.sub(r"[^0-9]", "", shape.group())
            if not (9 <= len(digits) <= 17 or shape["proxy"] or shape["card"]):
                continue
            places = scan.places(self._cues)
            if shape["proxy"] or "proxy" in places.kinds_before(shape.start(), _LABEL):
                score, evidence, traits = _proxy(shape, places)
            else:
                score, evidence, traits = self._judge(scan, shape, places)
            if shape["card"] and passes_luhn(digits):
                score = min(score, _A_CARD)
            if score and _is_firms(scan, shape):
                score, evidence = _NOBODYS, ("pattern", "organisation")
            if score:
                yield Match(shape.start(), shape.end(), score, digits, traits, evidence)

    def _judge(self, scan: Scan, shape: re.Match[str], places: Places) -> tuple[float, tuple[str, ...], frozenset[str]]:
        before = [
            kind
            for kind, _, end in places.before(shape.start(), _BEFORE)
            if not (kind == "other" and _NUMBER.search(scan.lower, end, shape.start()))
        ]
        after = places.kinds_after(shape.end(), _AFTER)
        traits = frozenset({"sample"} & {*before, *after})
        nearest = next((kind for kind in before if kind != "sample"), "")
        score: float
        evidence: tuple[str, ...]
        if nearest == "bank" or (nearest == "payroll" and shape["parted"]) or (nearest == "card" and shape["card"]):
            score, evidence = 0.92, ("pattern", "context_word")
        elif nearest == "other":
            score, evidence = 0.0, ()
        elif "bank" in after or (shape["card"] and "card" in after):
            score, evidence = 0.85, ("pattern", "context_word")
        else:
            score, evidence = _far(scan, shape, places)
        return score, evidence, traits


def _far(scan: Scan, shape: re.Match[str], places: Places) -> tuple[float, tuple[str, ...]]:
    """Judge a number that no word stands near: by its row, its shape, and what the text speaks of."""
    listed = places.anywhere("payroll") or places.anywhere("bank")
    if listed and _in_row(scan, shape.start()):
        return 0.75, ("pattern", "list_row")
    if listed and shape["parted"] and "-" in shape.group():
        return 0.6, ("pattern", "context_far")
    if _UNMISTAKEN(shape.group()):
        return 0.6, ("pattern",)
    if _LARGE(shape.group()) and "paid" in places.kinds_before(shape.start(), _PAID):
        return 0.7, ("pattern", "context_word")
    return 0.0, ()


def _is_firms(scan: Scan, shape: re.Match[str]) -> bool:
    """Tell whether words call the account an organisation's, and nobody's is spoken of between them and the number."""
    start, end = shape.span()
    if _LIMITED.match(scan.lower, end):
        return True
    for words in _FIRMS.finditer(scan.lower, max(0, start - _PAID), start):
        between = words.end(), start
        if not (_OWN.search(scan.lower, *between) or scan.names.anybody(*between)):
            return True
    return False


def _in_row(scan: Scan, at: int) -> bool:
    """Tell whether a sign that makes a row of a line stands before `at` on its line."""
    signs = scan.once(_row_signs)
    last = bisect_left(signs, (at,)) - 1
    if last >= 0 and signs[last][1] > at:
        last -= 1
    return last >= 0 and signs[last][0] >= scan.lines.start(at)


def _row_signs(scan: Scan) -> list[tuple[int, int]]:
    return [sign.span() for sign in _ROW.finditer(scan.lower)]


def _proxy(shape: re.Match[str], places: Places) -> tuple[float, tuple[str, ...], frozenset[str]]:
    """Judge the identifier of the Faster Payment System (7 or 9 digits): only right behind its name."""
    before = places.kinds_before(shape.start(), _LABEL)
    score = 0.85 if "proxy" in before else 0.0
    return score, ("pattern", "context_word"), frozenset({"sample"} & set(before))
