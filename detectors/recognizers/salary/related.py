"""Amounts in a relation to somebody: "加咗阿Ken 1,500", 何站長有三萬四, "Theo just got $1.2m", 佢拿多少？一萬八.

A relation is what stands between a person and an amount and leaves nothing else to think of than pay: a raise of
theirs, what they have or get, the answer to how much they earn. Nothing of it is looked for far from the amount.
"""

import re
from string import ascii_lowercase

from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import Scan
from detectors.recognizers.salary.amount import HAN, is_money, is_monthly
from detectors.recognizers.salary.whom import ends_person, is_anybody
from detectors.text.normalise import fold_han
from detectors.text.window import Places

GATE = (
    *("加我", "加佢", "加他", "加她", "加咗", "加左", "要加", "漲了", "給他加", "給她加", "給佢加", "俾佢加", "畀佢加"),
    *("給我加", "給我漲", "俾我加", "畀我加", "同我加", "同佢加", "給他漲", "給她漲"),
    *("給他開", "給她開", "畀佢開", "俾佢開", " stays on ", " stays at "),
)
"""What alone opens the gate for a raise, or an offer."""
_REACH, _SOON, _LONGEST_NAME = 34, 4, 40
"""Characters before an amount that hold the relation, and after it that may say what else it is; right behind it; of a
name."""
_RAISED = re.compile(
    fold_han(
        r"(?P<to>(?:給|俾|畀|幫|話|說)[我佢他她]|[我佢他她])?(?:要|會|再)?"
        r"(?:加|漲)(?:咗|左|了|返|多|埋)?(?: ?(?P<who>[我佢他她]))?(?P<rest>[^加,。!?;:\n]{0,14})$"
    )
)
"""加我八百, 給她加五百, 阮工 加800, 加咗 阿Ken 1,500."""
_MORE, _FROM = frozenset(fold_han("加漲")), frozenset(fold_han("由從"))
"""What a raise is said with, and a move: most amounts have neither before them."""
_OF_PAY = re.compile(fold_han(r"(?:人工|薪水?|糧|工資)[^,。\n]{0,6}[加漲升](?:咗|左|了|多|返)?[ ]?$"))
_SERVED = re.compile(
    fold_han(
        rf"[做幹](?:咗|左|了)?(?:成|近)?[{HAN}十廿0-9]{{1,3}}幾?年[^,。\n]{{0,4}}(?:都係|先|得|才|都|仲係|只有)+[ ]?$"
        r"|新(?:人|同事|嗰個|嚟嗰個|來的|來那個|嚟個|招的|請嗰個)[^,。\n0-9]{0,10}$"
    )
)
"""我做五年都係萬六, 新嚟嗰個兩萬: what those who stay and those who come are paid."""
_MEASURED = re.compile(
    fold_han(r" ?(?:[個份次分票人名張部倍度班堂粒斤克支盒件箱日天年歲]|小時|分鐘|%|ml|kg|g(?![a-z]))")
)
"""What makes a bare number a number of things."""
_HAS = re.compile(
    fold_han(
        r"(?:現在|而家|依家|上個月|今個月|每)?(?P<month>一個月|每個月|個月|每月|月|一年)?(?:份糧|人工)?"
        r"(?P<some>(?:先|才|都|只|淨係|就|仲|已經|而家|依家|現在|原來|入職|同樣|唔值|值唔)*"
        r"(?:有|得|係|是|拎|攞|拿|收|賺|搵|值|給|俾|畀|開|發|寫的是|寫住|寫|包吃住|包食宿|包食住|談到|傾到|開到|做到|領)?"
        r"(?:返|到|住|緊|咗|了)?)[ ]?$"
    )
)
"""何站長值唔值三萬四, 阿蓮先萬七, 甘志豪寫的是."""
_OF_HAVING = "".join({*re.findall(r"[\u3400-\u9fff]", _HAS.pattern), " "})
"""What is made of these alone: it is looked for from where such a stretch before an amount begins."""
_SAID_SO = re.compile(fold_han(r"[, ]{0,2}(?:係)?[佢他她](?:自己|親口)(?:同我)?[講話說]"))
"""25k, 佢親口講."""
_WANTS = re.compile(fold_han(r"[佢他她](?:要|開|叫|喊)(?:到|價)?[ ]?$"))
_TO_COME = re.compile(fold_han(r"(?:先肯|先至肯|先[過嚟做轉留]|才[肯來做])"))
"""佢開四皮先肯過嚟."""
_HAS_LATIN = re.compile(
    r"(?:'s|'ve)?(?P<some>(?: (?:is|was|just|now|only|still|already|has|had|stays|sits|stuck|went|walked|landed))*"
    r"(?: (?:got|gets|getting|makes|earns|takes|on|at|in with|up to|to))?)(?: (?:about|around|only))? ?$"
)
"""Theo just got, Oscar stays on, Leander now."""
_OF_HAVING_LATIN = ascii_lowercase + "' "
_MOVES_TO = re.compile(fold_han(r"[由從](?P<first>[^\n,。]{1,10})(?:跳|加|升|調|漲|變)(?:咗|左|了)?[到至成]$"))
_MOVES_FROM = re.compile(fold_han(r"[由從]$"))
_GOES_UP = re.compile(fold_han(r" ?(?:元|蚊|塊)?(?:跳|加|升|調|漲|變)(?:咗|左|了)?[到至成]"))
"""由萬九跳到兩萬五, of somebody who is named before."""
_IN_ALL = re.compile(
    fold_han(
        r" ?(?:all[ \-]in|base|gross|package|ctc|p\.?a\.?|/ ?(?:month|mth|mo|year)"
        r"|(?:per|a) (?:month|year))(?![a-z])"
    )
)
"""What stands behind what somebody earns in all."""
_OPENED = re.compile(
    fold_han(
        r"(?:給|俾|畀|幫)(?P<who>[^\n,。0-9]{1,8}?)(?:開|出|加到)(?:咗|了|到|返)?[ ]?$"
        r"|(?:^|[,。說話講])(?P<by>[^\n,。0-9]{1,8}?)(?:以後|而家|之後)?按[ ]?$"
    )
)
"""給阿軒開三萬二, 朴師傅以後按一萬二發."""
_PAID_OUT = re.compile(fold_han(r"(?:元|塊)?(?:來|去)?[發算計付給]"))
_ONLY_I = re.compile(fold_han(r"[我佢他她](?:先至?|得|只有|淨係有|先得|先有|咪又係)[ ]?$"))
"""我先兩萬四, beside somebody else's."""
_PRONOUN = re.compile(fold_han(r"[佢他她我]$"))
_ASKED = re.compile(
    fold_han(
        r"(?:(?:[拿攞賺搵收]|個月|每月|人工|月薪|工資)(?:緊|到|有)?(?:幾多|多少|幾錢)[錢]?[嗎呀啊咩]?"
        r"|how much [^\n?]{1,24})[?!, ]{1,3}(?:到手|有|係|是)?$"
    )
)
"""Whose pay is asked for right before."""
_OTHERWISE = frozenset({"money", "post", "count"})
_ELSE = _OTHERWISE - {"post"}
"""The same right behind a name: what a post pays is nobody's, but not there."""


def is_related(scan: Scan, places: Places, amount: re.Match[str]) -> bool:
    """Tell whether a person and the amount stand in a relation of pay."""
    start, end = amount.span()
    before = scan.lower[max(0, start - _REACH) : start]
    in_latin = before.isascii() and scan.lower[end : end + _SOON].isascii()
    if not in_latin and _is_said(scan, places, amount, before):
        return True
    if not (_may_be_had(amount) and _may_be_anybodys(scan, start)) or _is_otherwise(places, start, end, _ELSE):
        return False
    return _is_had(scan, start, before) or (bool(_IN_ALL.match(scan.lower, end)) and _ends_name_before(scan, start))


def _is_said(scan: Scan, places: Places, amount: re.Match[str], before: str) -> bool:
    """Tell whether Chinese says that somebody's pay was raised, moved or settled: nothing of it is said in Latin."""
    if _is_raised(scan, amount, before) or _is_moved(scan, amount, before):
        return True
    start, end = amount.span()
    return is_monthly(amount) and _is_told(scan, start, end, before) and not _is_otherwise(places, start, end)


def _may_be_anybodys(scan: Scan, start: int) -> bool:
    """Tell whether anybody is named or spoken of so near that an amount may be theirs: most lists name nobody."""
    return is_anybody(scan, max(0, start - _REACH - _LONGEST_NAME), start)


def _is_told(scan: Scan, start: int, end: int, before: str) -> bool:
    if _SERVED.search(before) or _ONLY_I.search(before) or _SAID_SO.match(scan.lower, end):
        return True
    wanted = _WANTS.search(before) and _TO_COME.match(scan.lower, end)
    return bool(wanted) or _is_opened(scan, start, end, before)


def _is_opened(scan: Scan, start: int, end: int, before: str) -> bool:
    """Tell whether it is what somebody is offered: a person stands between the verbs."""
    opened = _OPENED.search(before)
    if not opened or (opened["by"] and not _PAID_OUT.match(scan.lower, end)):
        return False
    kind = "who" if opened["who"] else "by"
    first = start - len(before) + opened.start(kind)
    return is_anybody(scan, first, start - len(before) + opened.end(kind))


def _may_be_had(amount: re.Match[str]) -> bool:
    return (
        is_monthly(amount)
        or bool(amount["millions"] and not amount["bare"])
        or bool(amount["plain"] and "," in amount["plain"])
    )


def _is_otherwise(places: Places, start: int, end: int, kinds: frozenset[str] = _OTHERWISE) -> bool:
    near = (*places.kinds_before(start, _REACH), *places.kinds_after(end, _REACH))
    return not kinds.isdisjoint(near)


def _is_moved(scan: Scan, amount: re.Match[str], before: str) -> bool:
    start, end = amount.span()
    if _FROM.isdisjoint(before):
        return False
    moved = _MOVES_TO.search(before) or (_MOVES_FROM.search(before) and _GOES_UP.match(scan.lower, end))
    return bool(moved) and is_monthly(amount) and _ends_name_before(scan, start)


def _ends_name_before(scan: Scan, start: int) -> bool:
    first, _ = scan.sentences.around(start, start + 1)
    return scan.names.anybody(max(first, start - 60), start)


def _is_raised(scan: Scan, amount: re.Match[str], before: str) -> bool:
    raised = None if _MORE.isdisjoint(before) else _RAISED.search(before)
    if not raised or not _is_raise(scan.lower, amount):
        return False
    if _OF_PAY.search(before):
        return True
    start = amount.start()
    rest = raised["rest"].strip()
    if not rest and (raised["who"] or raised["to"]):
        return True
    at = start - len(before) + raised.start()
    named = _ends_name(scan, start, 2) if rest else _ends_name(scan, at, 2) or ends_person(scan, at)
    return named or (not rest and bool(_PRONOUN.search(scan.lower[max(0, at - 1) : at])))


def _is_raise(lower: str, amount: re.Match[str]) -> bool:
    """Tell whether the amount is written as money is, or is a bare number that counts no things."""
    if is_money(amount) or amount["thousands"]:
        return True
    plain = amount["plain"] or amount["small"] or amount["few"] or amount["thousand"] or amount["wan"]
    return bool(plain) and len(plain) > 1 and not _MEASURED.match(lower, amount.end())


def _is_had(scan: Scan, start: int, before: str) -> bool:
    has = _HAS.search(before, len(before.rstrip(_OF_HAVING)))
    if has and (has["some"] or has["month"]):
        at = start - len(before) + has.start()
        if _ends_name(scan, at, 1) or (has["month"] and ends_person(scan, at)):
            return True
    has = _HAS_LATIN.search(before, len(before.rstrip(_OF_HAVING_LATIN)))
    if has and has["some"] and _ends_name(scan, start - len(before) + has.start(), 0):
        return True
    asked = _ASKED.search(before)
    return bool(asked) and scan.names.anybody(max(0, start - len(before) - _REACH), start)


def _ends_name(scan: Scan, at: int, gap: int) -> bool:
    """Tell whether a name ends at `at`, or so few characters before it."""
    names = scan.names.within(max(0, at - _LONGEST_NAME), at)
    return any(name.score >= SURE and at - name.end <= gap for name in names)
