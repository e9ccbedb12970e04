"""Says of the amounts of one text, in their order, what makes them somebody's pay."""

import re
from collections.abc import Sequence
from functools import cached_property

from detectors.recognizers.recognizer import Scan
from detectors.recognizers.salary.amount import is_little, is_money, is_monthly, is_plausible
from detectors.recognizers.salary.moved import labelled, moved
from detectors.recognizers.salary.related import is_related
from detectors.recognizers.salary.rows import Rows, columns, compared, entries, peopled
from detectors.recognizers.salary.said import PAYING, SILENT, VAGUE, is_said, spoken_of, telling
from detectors.recognizers.salary.whom import is_anybody
from detectors.text.window import Places

_RANGE = re.compile(r" ?(?:-|~|–|至) ?(?:hk|us)?[$]? ?(?:[0-9]|[一二兩三四五六七八九十萬])")
_RANGE_BEFORE = re.compile(r"(?:[0-9k萬千]|萬[一二三四五六七八九])(?: ?元)? ?(?:-|~|–|至) ?(?:hk|us)?[$]? ?$")
_TO = frozenset("-~–至")
"""What a range is written with: most amounts have none of it before them."""
_IS_ON = re.compile(
    r"(?:\b(?:is|are|am|was|be|now|still|already|both|currently)|'s|'m|'re)"
    r" (?:only |still |now |already )?on (?:about )?$"
)
_IS_BASE = re.compile(
    r" ?(?:base|basic|package|all[ -]in|ctc|gross|p\.?a\.?|a (?:year|month)|per (?:year|month))(?![a-z])"
)
"""What makes an amount behind "on" somebody's: on 46.5k base."""
_ON = (" on ", " on about ")
"""What that ends with."""
_BASE_AFTER = re.compile(r" ?(?:蚊)?底(?![下層薪])")
"""Three and a half as a base: 三萬五底."""
_AND_UP = re.compile(r" ?(?:元|蚊|塊)?(?:起(?![薪跳])|或以上|以上| up(?![a-z])|\+(?![0-9 ]))")
"""What a post pays at least: 四千二起."""
_ARROW = re.compile(r" ?(?:→|➡️?|-+>|=+>|to) ?(?:hk[d]?)? ?[$]? ?[0-9]")
"""From one pay to the next."""
_POINTED = re.compile(r"[佢他她]|(?<![a-z])(?:he|she|his|her|keoi)(?![a-z])")
_NEAR = 16
"""Characters before an amount in which a pronoun points to whose it is."""
_TELLING = frozenset({"pay", "own", "list", "column"})
"""Kinds that make an amount pay whether a person is spoken of or not."""
_OFFERED = frozenset({"offer", "part", "hour"})
"""Kinds that make an amount pay where a person is spoken of."""
_BEHIND = _OFFERED | {"weak", "period"}
"""The same, right behind an amount."""
_BY_THE_DAY = frozenset({"hour", "pay", "part"})
_ITEMS = frozenset({"pay", "part"})
"""What pay is made up of, item by item: not what is taken from it (MPF), nor what is given in kind (food)."""
_BEFORE, _AFTER, _LATER, _HOUR, _DAY, _CLOSE, _CHAIN, _ABOUT, _LONGEST_ROW = 44, 14, 30, 26, 14, 4, 40, 200, 300
_RIGHT = 2
_LEAST_OF_HOUSE = 4_500
"""What a domestic helper in Hong Kong earns at least (the minimum allowable wage of 2018 was 4,520)."""
_MOST_RELATIONS = 80
"""Amounts of one text for which it is asked what stands between them and a person."""
_SAID = 90
"""Characters within which a word of pay speaks for an amount beside a named person."""


class Judge:
    """Says of the amounts of one text, in their order, what makes them pay."""

    def __init__(self, scan: Scan, places: Places, first: Sequence[re.Match[str]]) -> None:
        """Take the text, the words of pay in it, and its first amounts, as far as lists are read."""
        self._scan = scan
        self._lower = scan.lower
        self._names = scan.names
        self._first = first
        self._named = -1, False
        self._places = places
        self._previous = -_CHAIN - 1
        self._people: dict[int, bool] = {}
        self._relations: dict[int, bool] = {}

    def is_told(self, amount: re.Match[str]) -> bool:
        """Tell whether digits are an amount because of what stands before: a word of pay, a heading, a person."""
        start = amount.start()
        if start in self.columns or start in self._moved or start in self._entries:
            return True
        if not amount["plain"]:
            return self._is_related(amount)
        if not (self._is_labelled or start in self._compared):
            return self._is_related(amount)
        told = start in self._compared or is_said(self._places, start)
        if told and is_plausible(amount, said=True) and not (is_little(amount) and self._begins_line(start)):
            return True
        return self._is_by_the_day(amount) or self._is_item(amount) or self._is_related(amount)

    @cached_property
    def _is_labelled(self) -> bool:
        """Tell whether the text has a word that may make plain digits an amount: most lists of numbers have none."""
        return self._places.anywhere("pay", "own", "part", "hour")

    def _begins_line(self, start: int) -> bool:
        """Tell whether a number stands where a line begins: under a heading, of an unknown column."""
        return "\n" in self._lower[max(0, start - _CLOSE) : start]

    def _is_item(self, amount: re.Match[str]) -> bool:
        """Tell whether plain digits go on with somebody's pay, each behind its word: 基本工資8000 績效2000 餐補500."""
        start = amount.start()
        if not (amount["plain"] or len(amount["small"] or "") == len("500")) or start - self._previous > _CHAIN:
            return False
        if "\n" in self._lower[self._previous : start]:
            return False
        return any(kind in _ITEMS and start - end <= 1 for kind, _, end in self._places.before(start, _DAY))

    def _is_by_the_day(self, amount: re.Match[str]) -> bool:
        """Tell whether hundreds stand right behind a word for an hour, a day or pay: "my daily is 1,100"."""
        if "hour" in self._places.kinds_after(amount.end(), _RIGHT)[:1]:
            return True
        near = self._places.kinds_before(amount.start(), _DAY)[:1] if "," in amount["plain"] else ()
        return not _BY_THE_DAY.isdisjoint(near)

    def reason(self, amount: re.Match[str]) -> str:
        """Return the evidence code that makes the amount pay, or nothing."""
        start = amount.start()
        if not (self._is_spoken_of or self._is_shown(amount)) or self._is_count(amount):
            return self._kept(amount, self._related(amount))
        line = self._lower.rfind("\n", max(0, start - _BEFORE), start) + 1
        reach = min(_BEFORE, start - line) if self._lower[line:start].strip(" \t-*•:") else _BEFORE
        before = self._places.kinds_before(start, reach)
        after = self._places.kinds_after(amount.end(), _AFTER)
        if self._ends_range(start):
            return ""
        if _RANGE.match(self._lower, amount.end()):
            return "context_word" if self._is_asked(start, before) else ""
        if "count" in after and "count" in self._places.kinds_after(amount.end(), 1):
            return ""
        if start in self.columns or start in self._moved or start in self._entries or start in self._peopled:
            return "moves_to" if start in self._moved else "list_row"
        if self._is_item(amount):
            found = "follows_pay"
        else:
            found = self._little(amount, before, after) if is_little(amount) else self._earned(amount, before, after)
        found = found or self._told(amount) or self._related(amount) or self._next(amount, before)
        return self._kept(amount, found)

    def _kept(self, amount: re.Match[str], found: str) -> str:
        """Remember where the last pay ended: what stands behind it may be pay, too."""
        if found:
            self._previous = amount.end()
        return found

    def _next(self, amount: re.Match[str], before: list[str]) -> str:
        """Judge an amount of the next person behind somebody's pay: "Gurung got $2,640, I only $1,320"."""
        start = amount.start()
        if not is_money(amount) or start - self._previous > _CHAIN or "money" in before[:1]:
            return ""
        between = "\n" not in self._lower[self._previous : start]
        return "follows_pay" if between and is_anybody(self._scan, self._previous, start) else ""

    @cached_property
    def _is_spoken_of(self) -> bool:
        """Tell whether the text has a word of pay, or one that may be and anybody: most long lists of amounts don't."""
        if self._places.anywhere(*_TELLING):
            return True
        return self._places.anywhere(*PAYING, *VAGUE) and self._is_anybody

    @cached_property
    def _is_anybody(self) -> bool:
        """Tell whether anybody is spoken of, wherever in the text."""
        return is_anybody(self._scan, 0, len(self._lower))

    def _is_count(self, amount: re.Match[str]) -> bool:
        """Tell early of a small number without a currency that nothing here can make it pay: most are counts."""
        if self._places.anywhere("hour") or is_money(amount) or not is_little(amount) or "," in (amount["plain"] or ""):
            return False
        start = amount.start()
        return not (
            start in self.columns
            or start in self._moved
            or start in self._entries
            or self._is_item(amount)
            or (amount["plain"] and is_said(self._places, start))
            or _RANGE.match(self._lower, amount.end())
        )

    def _is_shown(self, amount: re.Match[str]) -> bool:
        """Tell whether something else than a word of pay may make the amount pay: what stands by it, or its row."""
        start, end = amount.span()
        return (
            start - self._previous <= _CHAIN
            or self._is_on(start, end)
            or self._rows.any
            or start in self._compared
            or bool(_BASE_AFTER.match(self._lower, end) or _ARROW.match(self._lower, end))
        )

    def _is_related(self, amount: re.Match[str]) -> bool:
        """Tell whether the amount stands in a relation to a person; of a long list of amounts the first are asked."""
        start = amount.start()
        if start not in self._relations:
            asked = len(self._relations) < _MOST_RELATIONS
            self._relations[start] = asked and is_related(self._scan, self._places, amount)
        return self._relations[start]

    def _related(self, amount: re.Match[str]) -> str:
        """Judge what stands between a person and the amount."""
        if not self._is_related(amount) or self._ends_range(amount.start()):
            return ""
        return "" if _RANGE.match(self._lower, amount.end()) else "related"

    def _ends_range(self, start: int) -> bool:
        to = self._lower[max(0, start - 5) : start].rstrip(" $hkus")[-1:]
        return to in _TO and bool(_RANGE_BEFORE.search(self._lower, max(0, start - 12), start))

    def _is_asked(self, start: int, before: list[str]) -> bool:
        """Tell whether a range is what somebody asks for; the range of a post is nobody's."""
        return bool({"offer", "part", "weak"} & set(before[:1])) and "post" not in self._kinds and self._somebody(start)

    def _told(self, amount: re.Match[str]) -> str:
        """Judge an amount that is told of a named person, or stands in a list of people."""
        start, end = amount.span()
        if start in self._compared:
            return "named_list"
        if not (is_money(amount) or is_monthly(amount) or amount["thousand"] or "," in (amount["plain"] or "")):
            return ""
        if not (self._is_told and self._places.any_begins(start - _SAID, end + _SAID)):
            return ""
        if not self._is_of_somebody_named(start, end):
            return ""
        words = self._places.within(*self._sentence(start, end))
        nearest = spoken_of(words, start, end)
        given = not nearest and not is_little(amount) and any(kind == "weak" for kind, _, _ in words)
        told = nearest in PAYING or given
        return "context_line" if told else ""

    @cached_property
    def _is_told(self) -> bool:
        """Tell whether the text has a word that may speak for an amount beside a named person."""
        return self._places.anywhere(*PAYING, "weak")

    def _is_of_somebody_named(self, start: int, end: int) -> bool:
        """Tell whether a name stands in the sentence of an amount: two questions in a row want to know."""
        at, named = self._named
        if at != start:
            named = self._names.anybody(*self._sentence(start, end))
            self._named = start, named
        return named

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        first, last = self._scan.sentences.around(start, end)
        return max(first, start - _SAID), min(last, end + _SAID)

    def _little(self, amount: re.Match[str], before: list[str], after: list[str]) -> str:
        """Judge what is too little for a month: pay by the hour or the day, a raise, a deduction."""
        plain = amount["plain"] or ""
        written = is_money(amount) or "," in plain
        if (written or (plain and self._somebody(amount.start()))) and is_said(self._places, amount.start()):
            return "" if self._is_posted(amount) else "context_word"
        if self._is_posted(amount):
            return ""
        if written and self._is_part(amount.start(), before):
            return "context_word"
        reach = _CLOSE if amount["few"] else _HOUR
        hour = "hour" in (*self._places.kinds_before(amount.start(), reach)[:2], *after[:1])
        raised = is_money(amount) and "money" not in (*before, *after) and "pay" in (*before[:1], *after[:1])
        if not (hour or raised) or not self._somebody(amount.start()):
            return ""
        return "hour_word" if hour else "context_word"

    def _is_part(self, start: int, before: list[str]) -> bool:
        """Tell whether a part of somebody's pay is spoken of: 佣金上個月先得$940."""
        said = next((kind for kind in before if kind not in VAGUE and kind not in SILENT), "")
        return "money" not in before and said in _ITEMS and self._somebody(start)

    def _is_posted(self, amount: re.Match[str]) -> bool:
        """Tell whether the text offers a post, and nobody is named or pointed to who gets the amount."""
        start, end = amount.span()
        if "post" not in self._kinds and not _AND_UP.match(self._lower, end):
            return False
        pointed = _POINTED.search(self._lower, max(0, start - _NEAR), start)
        return not (pointed or self._is_of_somebody_named(start, end))

    def _earned(self, amount: re.Match[str], before: list[str], after: list[str]) -> str:
        start = amount.start()
        if self._is_on(start, amount.end()):
            return "is_on"
        posted = "post" in before or "post" in after[:2] or _AND_UP.match(self._lower, amount.end())
        if posted and self._is_posted(amount):
            return ""
        nearest = telling(before)
        if nearest in {"pay", "own", "list"} or (nearest in _OFFERED and self._somebody(start)):
            return "context_word"
        moved = nearest == "moved" and before[1:2] == ["pay"]
        if moved or (nearest in VAGUE and self._is_plainly_pay(amount)):
            return "context_word"
        if _BASE_AFTER.match(self._lower, amount.end()) and self._somebody(start):
            return "context_after"
        return "" if nearest == "money" and after[:1] != ["pay"] else self._around(amount, after)

    def _is_on(self, start: int, end: int) -> bool:
        if not self._lower.endswith(_ON, max(0, start - 10), start):
            return False
        return bool(_IS_ON.search(self._lower, max(0, start - 24), start) or _IS_BASE.match(self._lower, end))

    def _is_plainly_pay(self, amount: re.Match[str]) -> bool:
        """Tell whether somebody is spoken of and no other payment: for words that say little by themselves."""
        start, end = amount.span()
        if not ((is_monthly(amount) or self._is_of_house(amount)) and self._somebody(start)):
            return False
        return "money" not in (*self._places.kinds_before(start, _BEFORE), *self._places.kinds_after(end, _LATER))

    def _is_of_house(self, amount: re.Match[str]) -> bool:
        """Tell whether a household is spoken of that employs somebody, and the amount is what helpers earn."""
        if not (amount["plain"] and is_money(amount) and self._places.anywhere("house")):
            return False
        return float(amount["plain"].replace(",", "")) >= _LEAST_OF_HOUSE

    def _around(self, amount: re.Match[str], after: list[str]) -> str:
        """Return the evidence code for an amount that has no word of pay before it."""
        start = amount.start()
        if start - self._previous <= _CHAIN and "\n" not in self._lower[self._previous : start]:
            return "follows_pay"
        if (
            "pay" in after[:1]
            or after[:2] == ["list", "pay"]
            or (not _BEHIND.isdisjoint(after[:1]) and self._somebody(start))
        ):
            return "context_after"
        if amount["thousands"] and self._is_summed_up(amount.end()):
            return "context_line"
        if _ARROW.match(self._lower, amount.end()) and self._is_plainly_pay(amount):
            return "moves_to"
        return "list_row" if self._rows.holds(start) else ""

    def _somebody(self, at: int) -> bool:
        """Tell whether a pronoun or a name stands near; looked up once for each stretch of text."""
        stretch = at // _ABOUT
        if stretch not in self._people:
            first, last = max(0, (stretch - 1) * _ABOUT), (stretch + 1) * _ABOUT + _CHAIN
            self._people[stretch] = is_anybody(self._scan, first, last)
        return self._people[stretch]

    def _is_summed_up(self, end: int) -> bool:
        """Tell whether the rest of the line says that the amounts before it are pay, and nothing else in the text."""
        return self._may_sum_up and "pay" in self._places.kinds_after(end, 80)

    @cached_property
    def _may_sum_up(self) -> bool:
        return self._places.anywhere("pay") and not {"money", "post"} & self._kinds

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """Which kinds stand anywhere, of those that speak for the whole text."""
        heading = self._lower.find("\n", 0, _LONGEST_ROW)
        headed = heading > 0 and {"pay", "list"} & set(self._places.kinds_before(heading, _LONGEST_ROW))
        said = frozenset(kind for kind in ("post", "money", "list") if self._places.anywhere(kind))
        return said | {"list"} if headed else said

    @cached_property
    def _compared(self) -> frozenset[int]:
        """Where amounts stand right behind different people, unless they pay for something else."""
        listed = "list" in self._kinds
        if {"money", "post"} & self._kinds and not listed:
            return frozenset()
        return compared(self._scan, self._first, listed=listed or self._places.anywhere(*PAYING))

    @cached_property
    def _moved(self) -> frozenset[int]:
        """Where amounts stand between which somebody's pay goes up: 從8500漲到9800, from 8,500 to 9,800."""
        if {"money", "post"} & self._kinds:
            return frozenset()
        steps = moved(self._lower, self._is_of_named)
        told = self._places.anywhere(*PAYING) and self._is_anybody
        return steps | labelled(self._lower) if told else steps

    def _is_of_named(self, at: int) -> bool:
        first, _ = self._sentence(at, at + 1)
        return self._names.anybody(first, at)

    @cached_property
    def columns(self) -> frozenset[int]:
        """Where the cells begin that stand under a heading of pay."""
        return columns(self._scan, self._places)

    @cached_property
    def _entries(self) -> frozenset[int]:
        """Where amounts begin that end the lines under a heading of pay."""
        return entries(self._scan, self._places)

    @cached_property
    def _peopled(self) -> frozenset[int]:
        """Where amounts stand in lines that name people, unless the text speaks of other payments, or of a post."""
        other = {"money", "post"} & self._kinds and not self._places.anywhere("list")
        return frozenset() if other else peopled(self._scan, self._places, self._first)

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self._lower, listed="list" in self._kinds, money="money" in self._kinds)
