"""Amounts of money as people write and say them: $35,000, 35k, 1.2M, 三萬五, 萬八, 九千, $60."""

import re

HAN = "一二兩三四五六七八九"
"""Chinese digits in amounts."""
AMOUNT = re.compile(
    r"(?=[ 0-9$¥hurcm一二兩三四五六七八九十萬])"
    r"(?<![0-9a-z./\-#])(?<![0-9][,:])(?P<currency>(?:hk|us|mop|rmb)?[$¥] ?|(?:hkd|usd|rmb|cny|mop) ?\$? ?)?(?:"
    r"(?P<plain>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{4,7})(?:\.[0-9]{1,2})?"
    r"|(?P<thousands>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?k"
    r"|(?P<millions>[0-9](?:\.[0-9]{1,2})?) ?m(?:illion|il)?"
    rf"|(?P<wan>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?|[{HAN}]?十?[{HAN}]|十)? ?萬"
    rf" ?(?P<rest>[0-9]{{1,4}}|[{HAN}](?! ?[個年月]))?千?"
    rf"|(?P<thousand>[{HAN}]千(?:[{HAN}]百?)?)|(?P<few>[{HAN}]?十[{HAN}]?(?=[元蚊])|[{HAN}]百)"
    r"|(?P<small>[0-9]{2,3}(?:\.[0-9]{1,2})?)"
    r")(?: ?(?:元|蚊|鬆啲|dollars|hkd))?(?![0-9a-z%]|,[0-9]{3}(?![0-9])|[.\-/:][0-9])"
)
WRITTEN = re.compile(r"[0-9萬千十百](?:(?<=[萬千十百])|[0-9.]| ?[km])")
"""What every amount holds."""
_LEAST, _MOST = 3_000, 6_000_000
"""What somebody may earn in a month or a year."""


def is_little(amount: re.Match[str]) -> bool:
    """Tell whether the amount is less than anybody earns in a month."""
    if amount["small"] or amount["few"]:
        return True
    return bool(amount["plain"]) and float(amount["plain"].replace(",", "")) < _LEAST


def is_monthly(amount: re.Match[str]) -> bool:
    """Tell whether the amount looks like a month's pay without any word."""
    if amount["plain"]:
        return bool(amount["currency"]) and 8_000 <= float(amount["plain"].replace(",", "")) <= 300_000
    return bool(amount["wan"] or amount["rest"]) or (
        bool(amount["thousands"]) and 8 <= float(amount["thousands"]) <= 300
    )


def is_plausible(amount: re.Match[str]) -> bool:
    """Tell whether somebody may earn this in a month or a year; without a currency it must be written as an amount."""
    if amount["small"] or amount["few"] or amount["thousand"]:
        return True
    if amount["plain"]:
        written = amount["plain"]
        value = float(written.replace(",", ""))
        if value < _LEAST:
            return bool(amount["currency"])
        if not amount["currency"] and "," not in written and value < 10_000:
            return False
    elif amount["millions"]:
        value = 1_000_000 * float(amount["millions"])
    elif amount["thousands"]:
        value = 1000 * float(amount["thousands"])
    else:
        return amount.group() != "萬一"
    return _LEAST <= value <= _MOST
