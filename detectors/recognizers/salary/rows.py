"""Amounts in rows and lists of people: which of them stand behind somebody, or in a row with a person's number."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import Scan
from detectors.recognizers.salary.amount import is_little, is_money, is_monthly, is_plausible
from detectors.text.window import Places

_IDENTIFIED = re.compile(
    r"[0-9](?:(?<=[a-z].)[0-9]{5} ?\(?[0-9a]\)?(?![0-9])"
    r"|(?<=[4-9])(?<![0-9].)[0-9]{3}[ \-]?[0-9]{4}(?![0-9])|[0-9]{2}-[0-9]{3})"
)
"""A person's number, from its first digit on."""
_SENDER = re.compile(r"(?<![a-z])(?:me|mine|i)(?![a-z])|我")
_BEHIND_NAME = re.compile(
    r"(?:'s)?(?: ?\([a-z ]{1,8}\))?[ ,;:=|\t\-]{0,3}(?:has|gets?|got|at|on|is|得|有|係|拎|攞|分到)?[ :]{0,2}"
    r"(?:[0-9]{1,3}(?:\.[0-9])? ?(?:工|更|日|鐘|hrs?|h|days?|shifts?)?[ ,;|\t]{1,3}){0,2}",
    re.IGNORECASE,
)
"""What may stand between a person and their pay: a verb, the hours or shifts that it is for."""
_BEHIND = 24
"""Characters that this takes at most."""
_CROWD = 3
"""So many people with an amount each are paid, where nothing says otherwise."""
_ENTRY = re.compile(
    r"(?<=\n)[ \t\-•*]*(?:[0-9]{1,2}[.、)] ?)?(?P<who>[^\n0-9$]{1,24}?)[ :：\t|,;=]*"
    r"(?P<amount>(?:hk|us)?[$¥£]? ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{3,6})(?:\.[0-9]{1,2})?"
    r"|[$]? ?[0-9]{1,3}(?:\.[0-9])?k)"
    r"(?: ?(?:元|蚊|塊|hkd|/hr|/日|/鐘))?[ \t]*(?=\n|$)"
)
"""A line that somebody begins and an amount ends."""
_LONGEST_HEADING = 60
"""Characters of the first line that may head a list."""
_READ = 800
"""Characters of a text that are read for people with amounts."""
_ITEM = re.compile(r"(?:[^\n;；、，,]|,(?=[0-9]))+")
"""A line, or what commas and semicolons part it into."""
READ, _MOST_LINES, _LONGEST_LINE = 1_600, 60, 120
"""Characters and lines of a text that are read for people with amounts, and characters of such a line."""
_BEFORE_AMOUNT = 16
_HEADED = ("pay", "list", "part", "own", "column")
_NOT_PAID = frozenset({"money", "extra", "post"})
"""Words that name another payment than pay, or what is taken from it."""
_HEADING = frozenset({"pay", "list", "offer", "part", "weak", "column"})
_OTHERWISE = frozenset({"money", "post"})
_PARTED = re.compile(r"[\t,;|]")
_LONGEST_ROW = 300


def compared(scan: Scan, amounts: Sequence[re.Match[str]], *, listed: bool) -> frozenset[int]:
    """Return where amounts begin that stand right behind different people: "Ann 42k, Ben 39k, me 31k".

    `amounts` are those of the text, as far as `READ`. Where nothing speaks of pay (not `listed`), they must look like a
    month's pay.
    """
    text, lower = scan.text, scan.lower[:_READ]
    amounts = [one for one in amounts if one.end() <= _READ and is_plausible(one, said=listed)]
    if len(amounts) < 2:
        return frozenset()
    starts = [one.start() for one in amounts if _is_written(one)]
    ends = sorted(name.end for name in scan.names.within(0, len(lower)) if name.score >= SURE)
    ends = sorted({*ends, *(word.end() for word in _SENDER.finditer(lower))})
    found = frozenset(at for at in starts if _stands_behind(text, ends, at))
    plain = {one.start() for one in amounts if is_monthly(one) and not is_little(one)}
    enough = 2 if listed or found <= plain else _CROWD
    return found if len(found) >= enough else frozenset()


def _is_written(amount: re.Match[str]) -> bool:
    return is_money(amount) or not is_little(amount)


def _stands_behind(text: str, ends: list[int], at: int) -> bool:
    first, last = bisect_left(ends, at - _BEHIND), bisect_left(ends, at + 1)
    return any(_BEHIND_NAME.fullmatch(text, end, at) for end in ends[first:last])


def entries(scan: Scan, places: Places) -> frozenset[int]:
    """Return where amounts begin that end lines under a heading of pay: "工資⏎覃大勇 6820⏎農秀 5460".

    At least two lines must be entries: somebody or something, and an amount that nothing follows but its unit.
    """
    if not places.anywhere("pay", "list") or "\n" not in scan.lower:
        return frozenset()
    text = scan.lower[:_READ]
    heading = text.find("\n", 1)
    kinds = [kind for kind, _, _ in places.within(0, heading)] if 0 < heading < _LONGEST_HEADING else []
    if {"pay", "list"}.isdisjoint(kinds) or not _OTHERWISE.isdisjoint(kinds):
        return frozenset()
    found = [entry.start("amount") for entry in _ENTRY.finditer(text, heading)]
    return frozenset(found) if len(found) > 1 else frozenset()


def peopled(scan: Scan, places: Places, amounts: Sequence[re.Match[str]]) -> frozenset[int]:
    """Return where amounts stand in lines, or items of a list, that each name somebody, whatever stands between them.

    At least two must name somebody and hold an amount; then the others that hold one count, too: of some people no list
    knows the names. `amounts` are those of the text, as far as `READ`. What stands right behind a word for another
    payment is none.
    """
    text = scan.lower[:READ]
    if not places.anywhere(*_HEADED):
        return frozenset()
    paid = [one.start() for one in amounts if one.end() <= READ and _is_of_row(places, one)]
    found: list[int] = []
    named = 0
    for item in islice(_ITEM.finditer(text), _MOST_LINES):
        start, end = item.span()
        inside = paid[bisect_left(paid, start) : bisect_left(paid, end)]
        if inside and end - start < _LONGEST_LINE:
            named += scan.names.anybody(start, end)
            found += inside
    return frozenset(found) if named > 1 else frozenset()


def _is_of_row(places: Places, amount: re.Match[str]) -> bool:
    written = is_money(amount) or "," in (amount["plain"] or "") or amount["thousands"]
    if not written or not is_plausible(amount):
        return False
    return _NOT_PAID.isdisjoint(places.kinds_before(amount.start(), _BEFORE_AMOUNT)[:1])


def columns(scan: Scan, places: Places) -> frozenset[int]:
    """Return where the cells begin that stand under a heading of pay."""
    if not places.anywhere(*_HEADING):
        return frozenset()
    return scan.table.cells_under(lambda start, end: _is_heading(places, start, end))


def _is_heading(places: Places, start: int, end: int) -> bool:
    kinds = [kind for kind, _, _ in places.within(start, end)]
    return bool(kinds) and not _HEADING.isdisjoint(kinds) and _OTHERWISE.isdisjoint(kinds)


class Rows:
    """The rows of one text that hold a person's number; `any`: whether it may have one, or is a list headed as pay."""

    def __init__(self, lower: str, *, listed: bool, money: bool) -> None:
        """Find the numbers of people; `listed`: a word heads the text as pay, `money`: one speaks of other payments."""
        self._lower = lower
        self._listed = listed
        self._money = money
        self._numbers = [number.span() for number in _IDENTIFIED.finditer(lower)]
        self.any = listed or bool(self._numbers)

    def holds(self, start: int) -> bool:
        """Tell whether the amount at `start` stands in a row with a person's number, or in a list headed as pay."""
        if not self.any:
            return False
        row = self._lower.rfind("\n", max(0, start - _LONGEST_ROW), start) + 1 or max(0, start - _LONGEST_ROW)
        pay = not self._money and bool(_PARTED.search(self._lower, row, start))
        if row > 0 and pay and self._listed:
            return True
        if not (self._listed or pay):
            return False
        end = self._lower.find("\n", start, start + _LONGEST_ROW)
        return self._is_identified(row, start + _LONGEST_ROW if end < 0 else end)

    def _is_identified(self, row: int, end: int) -> bool:
        at = bisect_left(self._numbers, (row,))
        return at < len(self._numbers) and self._numbers[at][1] <= end
