"""`SALARY`: what a person earns: an amount that the words around it make somebody's pay.

Not the range of a post, a fee, a claim, a budget or a statistic. Amounts follow each other: what stands after
somebody's pay in the same sentence, without a word for another payment, is pay too ("from $20,000 to $22,000").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.recognizers.salary.amount import AMOUNT, HAN, WRITTEN, is_little, is_monthly, is_plausible
from detectors.text.window import Cues, Places

__all__ = ["SalaryRecognizer"]

_RANGE = re.compile(r" ?(?:-|~|–|至) ?(?:hk|us)?[$]? ?(?:[0-9]|[一二兩三四五六七八九十萬])")
_RANGE_BEFORE = re.compile(r"(?:[0-9k萬千]|萬[一二三四五六七八九])(?: ?元)? ?(?:-|~|–|至) ?$")
_IS_ON = re.compile(
    r"(?:\b(?:is|are|am|was|be|now|still|already|both)|'s|'m|'re) (?:only |still |now |already )?on (?:about )?$"
)
_IDENTIFIED = re.compile(
    r"[a-z]{1,2}[0-9]{6} ?\(?[0-9a]\)?(?![0-9])|(?<![0-9])[4-9][0-9]{3}[ \-]?[0-9]{4}(?![0-9])|[0-9]{3}-[0-9]{3}"
)
_BASE_AFTER = re.compile(r" ?(?:蚊)?底(?![下層薪])")
"""Three and a half as a base: 三萬五底."""
_SENDER = re.compile(r"(?<![a-z])(?:me|mine|i)(?![a-z])|我")
_BEHIND_NAME = re.compile(r"(?:'s)?[ :=\-]{0,3}(?:has|gets|at|on|is|得|有|係|拎|攞)?[ :]{0,2}")
_BEHIND = 11
"""Characters that this takes at most."""
_ARROW = re.compile(r" ?(?:→|➡️?|-+>|=+>|to) ?(?:hk[d]?)? ?[$]? ?[0-9]")
"""From one pay to the next."""
_PARTED = re.compile(r"[\t,|]")
_PERSON = re.compile(
    r"\b(?:he|she|i|they|him|her|his|my|me|candidate|applicant|joiner|colleague|boss|staff|employee"
    r"|intern|helper|driver|manager|director|supervisor|nurse|chef|guard|cleaner)\b"
    r"|[我佢他她]|同事|應徵者|求職者|老細|老闆|師傅|阿姨|姐姐|員工|下屬|新人|司機|經理|主任|[工鐵漆]佬"
)
_HEAD = 24
"""An amount begins at most so many characters before what every amount holds."""
_MOST_AMOUNTS = 1_000
"""Amounts of one text that are judged: a longer list says the same."""
_BEFORE, _AFTER, _LATER, _HOUR, _CLOSE, _CHAIN, _ABOUT, _LONGEST_ROW = 44, 14, 30, 26, 4, 40, 200, 300


_IS_ON_PAY = (" on $", " on hk", " on about $")
_OPENING = ("pay", "offer", "own", "hour", "period", "list", "moved")
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
}


class SalaryRecognizer(ChatRecognizer):
    """Finds what people earn."""

    entity = "SALARY"
    gate_pattern = (
        r"[k$萬](?:(?:(?<=[0-9]k)|(?<=[0-9] k))(?![a-z0-9])"
        r"|(?:(?<=[\t,|]\$)|(?<=[\t,|] \$)|(?<=[\t,|]hk\$)|(?<=[\t,|] hk\$))"
        r"|(?<=\$) ?[0-9]{2},?[0-9]{3}(?![0-9])"
        rf"|(?<=[0-9{HAN}十]萬)|(?<=[0-9] 萬)|(?<=萬)[{HAN}])"
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
        "John «35k», Mary «38k» - final numbers for the increment",
        "we are hiring a clerk, HK$18,000-20,000 a month",
        "lunch budget $392 per head",
        "報價HK$61,666",
    )

    def load(self) -> None:
        """Read the words near amounts."""
        self._cues = Cues.read("salary_words.tsv")
        self.gate_words = self._cues.words(*_OPENING)
        self.gate_literals = _IS_ON_PAY

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each amount that is somebody's pay."""
        written = WRITTEN.search(scan.lower)
        if not written:
            return
        places = scan.places(self._cues)
        judge: _Judge | None = None
        for amount in islice(AMOUNT.finditer(scan.lower, max(0, written.start() - _HEAD)), _MOST_AMOUNTS):
            if not is_plausible(amount):
                continue
            if judge is None:
                judge = _Judge(scan, places)
            reason = judge.reason(amount)
            if reason:
                traits = frozenset({"own", "sample"} & set(places.kinds_before(amount.start(), _BEFORE)[:2]))
                canonical = re.sub(r"[^0-9k萬千.一二兩三四五六七八九十]", "", amount.group())
                yield Match(*amount.span(), _SCORES[reason], canonical, traits, ("pattern", reason))


class _Judge:
    """Says of the amounts of one text, in their order, what makes them pay."""

    def __init__(self, scan: Scan, places: Places) -> None:
        self._text = scan.text
        self._lower = scan.lower
        self._names = scan.names
        self._places = places
        self._previous = -_CHAIN - 1
        self._people: dict[int, bool] = {}
        heading = scan.lower.find("\n", 0, _LONGEST_ROW)
        headed = heading > 0 and {"pay", "list"} & set(places.kinds_before(heading, _LONGEST_ROW))
        said = frozenset(kind for kind in ("post", "money", "list") if places.anywhere(kind))
        self._kinds = said | {"list"} if headed else said

    def reason(self, amount: re.Match[str]) -> str:
        """Return the evidence code that makes the amount pay, or nothing."""
        start = amount.start()
        line = self._lower.rfind("\n", max(0, start - _BEFORE), start) + 1
        reach = min(_BEFORE, start - line) if self._lower[line:start].strip(" \t-*•:") else _BEFORE
        before = self._places.kinds_before(start, reach)
        after = self._places.kinds_after(amount.end(), _AFTER)
        if _RANGE_BEFORE.search(self._lower, max(0, start - 12), start):
            return ""
        if _RANGE.match(self._lower, amount.end()):
            return "context_word" if self._is_asked(start, before) else ""
        found = self._little(amount, before, after) if is_little(amount) else self._earned(amount, before, after)
        if found:
            self._previous = amount.end()
        return found

    def _is_asked(self, start: int, before: list[str]) -> bool:
        """Tell whether a range is what somebody asks for; the range of a post is nobody's."""
        return bool({"offer", "weak"} & set(before[:1])) and "post" not in self._kinds and self._somebody(start)

    def _little(self, amount: re.Match[str], before: list[str], after: list[str]) -> str:
        """Judge what is too little for a month: pay by the hour or the day, a raise, a deduction."""
        if amount["currency"] and "pay" in self._places.kinds_before(amount.start(), _CLOSE):
            return "" if "post" in self._kinds else "context_word"
        if "post" in self._kinds:
            return ""
        reach = _CLOSE if amount["few"] else _HOUR
        hour = "hour" in (*self._places.kinds_before(amount.start(), reach)[:2], *after[:1])
        raised = amount["currency"] and "money" not in (*before, *after) and "pay" in (*before[:1], *after[:1])
        if not (hour or raised) or not self._somebody(amount.start()):
            return ""
        return "hour_word" if hour else "context_word"

    def _earned(self, amount: re.Match[str], before: list[str], after: list[str]) -> str:
        start = amount.start()
        if _IS_ON.search(self._lower, max(0, start - 24), start):
            return "is_on"
        if "post" in before or "post" in after[:2]:
            return ""
        nearest = next((kind for kind in before if kind != "sample"), "")
        if nearest in {"pay", "own", "list"} or (nearest in {"offer", "hour"} and self._somebody(start)):
            return "context_word"
        moved = nearest == "moved" and before[1:2] == ["pay"]
        if moved or (nearest in {"weak", "moved", "period"} and self._is_plainly_pay(amount)):
            return "context_word"
        if _BASE_AFTER.match(self._lower, amount.end()) and self._somebody(start):
            return "context_after"
        return "" if nearest == "money" and after[:1] != ["pay"] else self._around(amount, after)

    def _is_plainly_pay(self, amount: re.Match[str]) -> bool:
        """Tell whether somebody is spoken of and no other payment: for words that say little by themselves."""
        start, end = amount.span()
        around = (*self._places.kinds_before(start, _BEFORE), *self._places.kinds_after(end, _LATER))
        return is_monthly(amount) and "money" not in around and self._somebody(start)

    def _around(self, amount: re.Match[str], after: list[str]) -> str:
        """Return the evidence code for an amount that has no word of pay before it."""
        start = amount.start()
        if start - self._previous <= _CHAIN and "\n" not in self._lower[self._previous : start]:
            return "follows_pay"
        if "pay" in after[:1] or ({"offer", "weak", "period", "hour"} & set(after[:1]) and self._somebody(start)):
            return "context_after"
        if amount["thousands"] and self._is_summed_up(amount.end()):
            return "context_line"
        if _ARROW.match(self._lower, amount.end()) and self._is_plainly_pay(amount):
            return "moves_to"
        if start in self._compared:
            return "named_list"
        return "list_row" if self._is_row(start) else ""

    @cached_property
    def _compared(self) -> frozenset[int]:
        """Where amounts begin that stand right behind different people: "Ann 42k, Ben 39k, me 31k"."""
        listed = "list" in self._kinds
        if {"money", "post"} & self._kinds and not listed:
            return frozenset()
        text, lower = self._text, self._lower[: 2 * _ABOUT]
        ends = {name.end for name in self._names.within(0, len(lower)) if name.score >= SURE}
        ends |= {word.end() for word in _SENDER.finditer(lower)}
        amounts = (amount for amount in AMOUNT.finditer(lower) if is_plausible(amount) and not is_little(amount))
        starts = (amount.start() for amount in amounts if listed or is_monthly(amount))
        found = frozenset(
            at
            for at in starts
            if any(end in ends and _BEHIND_NAME.fullmatch(text, end, at) for end in range(at - _BEHIND, at + 1))
        )
        return found if len(found) > 1 else frozenset()

    def _somebody(self, at: int) -> bool:
        """Tell whether a pronoun or a name stands near; looked up once for each stretch of text."""
        stretch = at // _ABOUT
        if stretch not in self._people:
            first, last = max(0, (stretch - 1) * _ABOUT), (stretch + 1) * _ABOUT + _CHAIN
            spoken_of = bool(_PERSON.search(self._lower, first, last))
            self._people[stretch] = spoken_of or self._names.anybody(first, last)
        return self._people[stretch]

    def _is_summed_up(self, end: int) -> bool:
        """Tell whether the rest of the line says that the amounts before it are pay, and nothing else in the text."""
        return not {"money", "post"} & self._kinds and "pay" in self._places.kinds_after(end, 80)

    def _is_row(self, start: int) -> bool:
        """Tell whether the amount stands in a row that also holds a person's number, or in a list headed as pay."""
        row = self._lower.rfind("\n", max(0, start - _LONGEST_ROW), start) + 1 or max(0, start - _LONGEST_ROW)
        end = self._lower.find("\n", start, start + _LONGEST_ROW)
        listed, parted = "list" in self._kinds, bool(_PARTED.search(self._lower, row, start))
        pay = parted and "money" not in self._kinds
        if row > 0 and pay and listed:
            return True
        return (listed or pay) and self._is_identified(row, start + _LONGEST_ROW if end < 0 else end)

    def _is_identified(self, row: int, end: int) -> bool:
        """Tell whether a person's number stands in this row."""
        at = bisect_left(self._numbers, (row,))
        return at < len(self._numbers) and self._numbers[at][1] <= end

    @cached_property
    def _numbers(self) -> list[tuple[int, int]]:
        return [number.span() for number in _IDENTIFIED.finditer(self._lower)]
