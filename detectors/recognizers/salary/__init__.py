"""`SALARY`: what a person earns: an amount that the words around it make somebody's pay.

Not the range of a post, a fee, a claim, a budget or a statistic. Amounts follow each other: what stands after
somebody's pay in the same sentence, without a word for another payment, is pay too ("from $20,000 to $22,000").
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from detectors.gate import NUMBER
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.recognizers.salary import bare, related, shares
from detectors.recognizers.salary.amount import AMOUNT, HAN, SPOKEN_ENDS, WRITTEN, is_plausible
from detectors.recognizers.salary.judge import Judge
from detectors.recognizers.salary.moved import RAISED
from detectors.recognizers.salary.rows import READ
from detectors.text.window import Cues

__all__ = ["SalaryRecognizer"]

_HEAD = 32
"""An amount begins at most so many characters before what every amount holds."""
_MOST_AMOUNTS = 1_000
"""Amounts of one text that are judged: a longer list says the same."""
_BEFORE = 44


_IS_ON_PAY = (" on $", " on hk", " on about $")
_OPENING = ("pay", "offer", "part", "own", "hour", "period", "list", "moved", "extra")
_SCORES = {
    "context_word": 0.92,
    "is_on": 0.9,
    "follows_pay": 0.85,
    "context_after": 0.85,
    "hour_word": 0.8,
    "list_row": 0.75,
    "named_list": 0.7,
    "moves_to": 0.75,
    "context_line": 0.7,
    "related": 0.7,
}
_SHARE = 0.7
"""The score of pay that is told without an amount."""


class SalaryRecognizer(ChatRecognizer):
    """Finds what people earn."""

    entity = "SALARY"
    gate_first = NUMBER
    gate_pattern = (
        r"[k$萬皮](?:(?:(?<=[0-9]k)|(?<=[0-9] k))(?![a-z0-9])"
        r"|(?:(?<=[\t,;|]\$)|(?<=[\t,;|] \$)|(?<=[\t,;|]hk\$)|(?<=[\t,;|] hk\$))"
        r"|(?<=\$) ?[0-9]{2,3},?[0-9]{3}(?![0-9])"
        rf"|(?<=[0-9{HAN}十廿卅]萬)|(?<=[0-9] 萬)|(?<=萬)[{HAN}]|(?<=[0-9{HAN}十]皮))"
    )
    examples = (
        "my salary is «HK$35,000»",
        "salary, for example: «HK$35,000»",
        "Kelvin is on «$42,000» and Ann on «38k»",
        "佢人工«三萬五»",
        "阿珍時薪«$65»",
        "Ken «42k», Ivy «39k», Sam «37k», dont share",
        "Amy «30k» → «35k»",
        "Payroll May\nChan Tai Man\t«$20,000»\t123-456789-838",
        "he got «HK$30,000» pay",
        "«38k» is her pay",
        "John «35k», Mary «38k» - final numbers for the increment",
        "老細話加我«六百»",
        "«$31,000» is what we settled on with Kelvin for his new monthly salary",
        "佢今年花紅«四個月»",
        "Ivan is asking for «45», his last job paid less",
        "阿輝攞緊«廿二»個，我先«兩萬四»",
        "Ivan is asking for 45 chairs",
        "we are hiring a clerk, HK$18,000-20,000 a month",
        "lunch budget $392 per head",
        "報價HK$61,666",
    )

    def load(self) -> None:
        """Read the words near amounts."""
        self._cues = Cues.read("salary_words.tsv")
        self.gate_words = self._cues.words(*_OPENING)
        self.gate_literals = (*_IS_ON_PAY, *SPOKEN_ENDS, *RAISED, *related.GATE, *shares.GATE, *bare.GATE, " we pay ")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each amount that is somebody's pay, and for what is told without one."""
        places = scan.places(self._cues)
        for start, end in shares.shares(scan, places):
            yield Match(start, end, _SHARE, scan.lower[start:end], frozenset(), ("pattern", "share"))
        written = WRITTEN.search(scan.lower)
        if not written:
            return
        for start, end in bare.bare(scan, places):
            yield Match(start, end, _SHARE, scan.lower[start:end], frozenset(), ("pattern", "bare"))
        amounts = islice(AMOUNT.finditer(scan.lower, max(0, written.start() - _HEAD)), _MOST_AMOUNTS)
        first = _until(amounts, READ)
        judge = Judge(scan, places, first)
        for amount in chain(first, amounts):
            if not (is_plausible(amount) or judge.is_told(amount)):
                continue
            reason = judge.reason(amount)
            if reason:
                traits = frozenset({"own", "sample"} & set(places.kinds_before(amount.start(), _BEFORE)[:2]))
                canonical = re.sub(r"[^0-9k萬千.一二兩三四五六七八九十]", "", amount.group())
                yield Match(*amount.span(), _SCORES[reason], canonical, traits, ("pattern", reason))


def _until(amounts: Iterator[re.Match[str]], at: int) -> list[re.Match[str]]:
    """Take the amounts that begin before `at`, and the next one: what reads lists reads them too."""
    taken: list[re.Match[str]] = []
    for amount in amounts:
        taken.append(amount)
        if amount.start() >= at:
            break
    return taken
