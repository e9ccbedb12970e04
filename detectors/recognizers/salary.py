"""`SALARY`: what a person earns: an amount that the words around it make somebody's pay.

Not the range of a post, a fee, a claim, a budget or a statistic. Amounts follow each other: what stands after
somebody's pay in the same sentence, without a word for another payment, is pay too ("from $20,000 to $22,000").
"""

import re
from collections.abc import Iterator

from detectors.fold import rows
from detectors.normalise import fold
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.window import Cues, Places

_HAN = "一二兩三四五六七八九"
_AMOUNT = re.compile(
    r"(?<![0-9a-z./\-#])(?<![0-9][,:])(?P<currency>(?:hk|us|mop|rmb)?[$¥] ?|(?:hkd|usd|rmb|cny|mop) ?\$? ?)?(?:"
    r"(?P<plain>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{4,7})(?:\.[0-9]{1,2})?"
    r"|(?P<thousands>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?k"
    r"|(?P<millions>[0-9](?:\.[0-9]{1,2})?) ?m(?:illion|il)?"
    rf"|(?P<wan>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?|[{_HAN}]?十?[{_HAN}]|十)? ?萬 ?(?P<rest>[0-9]{{1,4}}|[{_HAN}])?千?"
    r"|(?P<small>[0-9]{2,3}(?:\.[0-9]{1,2})?)"
    r")(?: ?(?:元|蚊|鬆啲|dollars|hkd))?(?![0-9a-z%]|,[0-9]{3}(?![0-9])|[.\-/:][0-9])"
)
_RANGE = re.compile(r" ?(?:-|~|–|至) ?(?:hk|us)?[$]? ?(?:[0-9]|[一二兩三四五六七八九十萬])")
_RANGE_BEFORE = re.compile(r"(?:[0-9k萬千]|萬[一二三四五六七八九])(?: ?元)? ?(?:-|~|–|至) ?$")
_IS_ON = re.compile(
    r"(?:\b(?:is|are|am|was|be|now|still|already|both)|'s|'m|'re) (?:only |still |now |already )?on (?:about )?$"
)
_IDENTIFIED = re.compile(
    r"[a-z]{1,2}[0-9]{6} ?\(?[0-9a]\)?(?![0-9])|(?<![0-9])[4-9][0-9]{3}[ \-]?[0-9]{4}(?![0-9])|[0-9]{3}-[0-9]{3}"
)
_PARTED = re.compile(r"[\t,|]")
_PERSON = re.compile(r"\b(?:he|she|i|they|him|her|his|my|me|we)\b|[我佢他她]")
_LEAST, _MOST = 3_000, 6_000_000
_BEFORE, _AFTER, _CHAIN = 44, 14, 40


_IS_ON_PAY = (" on $", " on hk", " on about $")
_OPENING = ("pay", "own", "hour", "period", "list")
_SCORES = {
    "context_word": 0.92,
    "is_on": 0.9,
    "follows_pay": 0.85,
    "context_after": 0.85,
    "hour_word": 0.8,
    "list_row": 0.75,
    "context_line": 0.7,
}


class SalaryRecognizer(ChatRecognizer):
    """Finds what people earn."""

    entity = "SALARY"
    gate_pattern = r"[0-9] ?k(?![a-z0-9])|[\t,|] ?(?:hk)?\$"

    def load(self) -> None:
        """Read the words near amounts."""
        self._cues = Cues.read("salary_words.tsv")
        words = {fold(word) for kind, word in rows("salary_words.tsv") if kind in _OPENING}
        self.gate_literals = (*words, *_IS_ON_PAY)
        self._gate = re.compile(self.gate_pattern)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each amount that is somebody's pay."""
        places: Places | None = None
        previous = -_CHAIN - 1
        for amount in _AMOUNT.finditer(scan.lower):
            if not _plausible(amount) or _is_range(scan.lower, amount):
                continue
            if places is None:
                places = self._cues.places(scan.lower)
                if not self._is_about_pay(scan.lower, places):
                    return
            reason = _reason(scan.lower, amount, places, previous)
            if reason:
                previous = amount.end()
                traits = frozenset({"own", "sample"} & set(places.kinds_before(amount.start(), _BEFORE)[:2]))
                canonical = re.sub(r"[^0-9k萬千.一二兩三四五六七八九十]", "", amount.group())
                yield Match(*amount.span(), _SCORES[reason], canonical, traits, ("pattern", reason))

    def _is_about_pay(self, lower: str, places: Places) -> bool:
        """Tell whether the gate opens for the text: what is found without it would not be found at all."""
        return any(places.anywhere(kind) for kind in _OPENING) or bool(
            self._gate.search(lower) or any(sign in lower for sign in _IS_ON_PAY)
        )


def _reason(lower: str, amount: re.Match[str], places: Places, previous: int) -> str:
    """Return the evidence code that makes the amount pay, or nothing."""
    start = amount.start()
    before = places.kinds_before(start, min(_BEFORE, start - lower.rfind("\n", 0, start) - 1))
    after = places.kinds_after(amount.end(), _AFTER)
    if amount["small"]:
        return "hour_word" if "hour" in (*before[:2], *after[:1]) and not places.anywhere("post") else ""
    if _IS_ON.search(lower, max(0, start - 24), start):
        return "is_on"
    if "post" in before or "post" in after[:2]:
        return ""
    nearest = next((kind for kind in before if kind != "sample"), "")
    if nearest in {"pay", "weak", "own", "list"}:
        return "context_word"
    if nearest == "money":
        return ""
    return _reason_around(lower, amount, previous, after, places)


def _reason_around(lower: str, amount: re.Match[str], previous: int, after: list[str], places: Places) -> str:
    """Return the evidence code for an amount that has no word of pay before it."""
    start = amount.start()
    if start - previous <= _CHAIN and "\n" not in lower[previous:start]:
        return "follows_pay"
    if _is_earned(lower, start, after):
        return "context_after"
    if amount["thousands"] and _is_summed_up(amount.end(), places):
        return "context_line"
    return "list_row" if _is_row(lower, start, places) else ""


def _is_earned(lower: str, start: int, after: list[str]) -> bool:
    """Tell whether the words behind the amount make it pay; so much a month only where a person stands before it."""
    return bool({"pay", "weak"} & set(after[:1])) or (
        "period" in after[:1] and bool(_PERSON.search(lower, max(0, start - 30), start))
    )


def _line_kinds(lower: str, places: Places, start: int) -> list[str]:
    """Return the kinds of the words before an amount in its line, nearest first."""
    return places.kinds_before(start, min(_BEFORE, start - lower.rfind("\n", 0, start) - 1))


def _is_summed_up(end: int, places: Places) -> bool:
    """Tell whether the rest of the line says that the amounts before it are pay, and nothing else in the text."""
    if places.anywhere("money") or places.anywhere("post"):
        return False
    return "pay" in places.kinds_after(end, 80)


def _is_row(lower: str, start: int, places: Places) -> bool:
    """Tell whether the amount stands in a row that also holds a person's number, or in a list headed as pay."""
    row, end = lower.rfind("\n", 0, start) + 1, lower.find("\n", start)
    listed, parted = places.anywhere("list"), bool(_PARTED.search(lower, row, start))
    if _IDENTIFIED.search(lower, row, len(lower) if end < 0 else end):
        return listed or (parted and not places.anywhere("money"))
    return row > 0 and parted and listed and not places.anywhere("money")


def _is_range(lower: str, amount: re.Match[str]) -> bool:
    return bool(
        _RANGE.match(lower, amount.end()) or _RANGE_BEFORE.search(lower, max(0, amount.start() - 12), amount.start())
    )


def _plausible(amount: re.Match[str]) -> bool:
    """Tell whether somebody may earn this in a month or a year; without a currency it must be written as an amount."""
    if amount["small"]:
        return True
    if amount["plain"]:
        written = amount["plain"]
        value = float(written.replace(",", ""))
        if not amount["currency"] and "," not in written and value < 10_000:
            return False
    elif amount["millions"]:
        value = 1_000_000 * float(amount["millions"])
    elif amount["thousands"]:
        value = 1000 * float(amount["thousands"])
    else:
        return amount.group() != "萬一"
    return _LEAST <= value <= _MOST
