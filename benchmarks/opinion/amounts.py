"""Amounts of pay as people write and say them."""

import random

_DIGITS = "一二三四五六七八九"


def amount(dice: random.Random, *, han: bool) -> str:
    """Return one at random; those with Chinese characters only where the text has some."""
    thousands, rest = dice.randrange(4, 95), dice.randrange(1, 10)
    forms = [
        f"${thousands},{rest}00",
        f"HK${thousands},000",
        f"{thousands}k",
        f"HKD {thousands}000",
        f"${thousands}.{rest}k",
        f"{thousands},{rest}50",
        f"{thousands}{rest}00",
        f"HKD{thousands},{rest}00.00",
    ]
    forms += [f"${thousands},{rest}{rest}8.50", f"{thousands}K", f"${thousands * 9}"]
    if not han:
        return dice.choice(forms)
    first, second = dice.choice(_DIGITS), dice.choice(_DIGITS)
    return dice.choice([
        *forms, f"{thousands / 10:g}萬", f"{thousands}000蚊", f"{thousands}{rest}00元", f"{thousands},{rest}00蚊",
        f"{first}萬{second}", f"{first}萬{second}千", f"{first}千{second}", f"{first}万{second}", f"{thousands}00块",
        f"{first}萬{second}蚊", f"{thousands}千{rest}", f"{first}皮{second}", f"{thousands / 10:g}w",
    ])  # fmt: skip
