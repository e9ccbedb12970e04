"""One thing that the doctor looked at. Platforms hand these in; `thinktwice doctor` prints them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """`name` says what was looked at, `good` whether it is as it should be, `advice` what to do when it isn't.

    A good check may carry advice too: something worth knowing that stops nothing.
    """

    name: str
    good: bool
    advice: str = ""
