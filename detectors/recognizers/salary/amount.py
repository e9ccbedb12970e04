"""Amounts of money as people write and say them: $35,000, 35k, 1.2M, 三萬五, 萬八, 廿八皮, twelve thousand nine."""

import re

HAN = "一二兩三四五六七八九"
"""Chinese digits in amounts."""
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SAID = rf"(?:{_TEENS}|(?:{_TENS})(?:[ \-](?:{_ONES}))?|{_ONES})"
_HUNDREDS = rf"(?: (?:and )?{_SAID}(?: hundred)?(?: (?:and )?{_SAID})?)?"
_SPOKEN = rf"{_SAID} thousand{_HUNDREDS}|{_SAID}(?: point {_SAID})? ?k|[0-9]{{1,3}} thousand{_HUNDREDS}"
SPOKEN_ENDS = tuple(f"{word} {unit}" for word in f"{_ONES}|{_TEENS}|{_TENS}".split("|") for unit in ("k", "thousand"))
"""What the gate looks for: the ends of spoken amounts."""
AMOUNT = re.compile(
    r"(?=[ 0-9$¥£€ahurcmgsnptfeo人港一二兩三四五六七八九十廿卅萬千百])"
    rf"(?<![0-9./\-#])(?:(?<![a-z])|(?=[$¥£€{HAN}十廿卅]))(?<![0-9][,:])"
    r"(?P<currency>(?:hk|us|s|nt|mop|rmb|au?|c|nz)?[$¥£€] ?|(?:hkd|usd|rmb|cny|mop|gbp|sgd) ?\$? ?|(?:人民|港)幣 ?)?(?:"
    r"(?P<plain>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{4,7})(?:\.[0-9]{1,2})?"
    r"|(?P<mangled>[1-9]\.[0-9]{1,4}e\+?0?[45])"
    r"|(?P<thousands>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?k"
    r"|(?P<millions>[0-9](?:\.[0-9]{1,2})?) ?(?:million|mil|(?<=\.[0-9])m|(?<=\.[0-9][0-9])m|(?P<bare>m))"
    rf"|(?P<wan>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?|[{HAN}]?[十廿卅百]?[{HAN}]|[十廿卅百])? ?(?:萬|(?<=[0-9])w(?![a-z]))"
    rf" ?(?P<rest>[0-9]{{1,4}}|[{HAN}](?! ?[個年月]))?(?:千(?:[{HAN}](?:百[{HAN}]?)?|零[{HAN}]十?)?)?"
    rf"|(?P<slang>[0-9]{{1,3}}|[{HAN}]?[十廿卅]?[{HAN}]|[十廿卅])皮(?:嘢|野)?"
    rf"|(?P<thousand>(?:[{HAN}]|[0-9](?:\.[0-9])?)千(?:[{HAN}](?:百[{HAN}]?十?)?)?)"
    rf"|(?P<few>[千百][{HAN}](?=一[日工個更堂晚]|(?![{HAN}0-9十百千萬]))|(?<=[鐘日工更])[{HAN}]十[{HAN}]?(?![{HAN}個年月日分歲])|[{HAN}]?十[{HAN}]?(?=[元蚊塊])|[{HAN}]百(?:[{HAN}]十?[{HAN}]?)?|[{HAN}]舊水?)"
    rf"|(?P<spoken>{_SPOKEN})"
    r"|(?P<small>[0-9]{2,3}(?:\.[0-9]{1,2})?)"
    r")(?P<unit> ?(?:元|蚊|塊|鬆啲|大元|(?:hong kong |hk )?dollars|hkd|rmb|riyal))?"
    r"(?![0-9%]|,[0-9]{3}(?![0-9])|[.\-/:][0-9])(?:(?![a-z])|(?<=[萬千百皮一二兩三四五六七八九十]))"
)
WRITTEN = re.compile(
    r"[0-9萬千十百廿卅皮舊ktwe](?:(?<=[萬千十百廿卅皮舊])"
    r"|(?<=[0-9])[0-9.]|(?<=[0-9])[ew]|(?<=[0-9]) ?[kmt]|(?<=t)housand|(?<=[a-z] k))"
)
"""What every amount holds."""
_NOTES = ("舊", "水")
"""What hundreds are called that are nothing but money: 三舊水."""
_LEAST, _LEAST_SAID, _MOST = 3_000, 1_000, 6_000_000
"""What somebody may earn in a month or a year; where a word of pay stands right before it, a base of the mainland's."""


def is_money(amount: re.Match[str]) -> bool:
    """Tell whether the amount carries a currency, before or behind it."""
    return bool(amount["currency"] or amount["unit"]) or (amount["few"] or "").endswith(_NOTES)


def is_little(amount: re.Match[str]) -> bool:
    """Tell whether the amount is less than anybody earns in a month."""
    if amount["small"] or amount["few"]:
        return True
    return bool(amount["plain"]) and float(amount["plain"].replace(",", "")) < _LEAST


def is_monthly(amount: re.Match[str]) -> bool:
    """Tell whether the amount looks like a month's pay without any word."""
    if amount["plain"]:
        written = is_money(amount) or "," in amount["plain"]
        return written and 8_000 <= float(amount["plain"].replace(",", "")) <= 300_000
    if amount["thousands"]:
        return 8 <= float(amount["thousands"]) <= 300
    if amount["thousand"]:
        return amount["thousand"][0] in "五六七八九56789"
    return any(amount[form] for form in ("wan", "rest", "slang", "spoken", "mangled"))


def is_plausible(amount: re.Match[str], *, said: bool = False) -> bool:
    """Tell whether somebody may earn this in a month or a year; without a currency it must be written as an amount.

    `said`: a word of pay stands right before it, so that four digits are enough, unless they are a year.
    """
    if amount["plain"]:
        return _is_plausibly_plain(amount, float(amount["plain"].replace(",", "")), said=said)
    if amount["millions"]:
        return (is_money(amount) or not amount["bare"]) and 1_000_000 * float(amount["millions"]) <= _MOST
    if amount["thousands"]:
        return _LEAST <= 1000 * float(amount["thousands"]) <= _MOST
    return amount.group() not in {"萬一", "萬", "百萬"}


def _is_plausibly_plain(amount: re.Match[str], value: float, *, said: bool) -> bool:
    told = said and not 1950 <= value <= 2050
    if value < _LEAST:
        return is_money(amount) or (told and value >= _LEAST_SAID)
    named = is_money(amount) or "," in amount["plain"] or told
    return (named or value >= 10_000) and value <= _MOST
