"""Pay that goes from one amount to the next: 從8500漲到9800, "Old: 27,600" and "New: 30,900" on two lines."""

import re
from collections.abc import Callable
from itertools import islice

from detectors.text.normalise import fold_han

_PLAIN = r"(?:hk)?\$?[0-9]{1,3}[,.]?[0-9]{0,3}k?"
RAISED = ("漲到", "漲至")
"""What alone opens the gate for plain digits: prices of things go up in other words."""
_MOVES = re.compile(
    rf"(?:從|由|自|from )(?:原來|本來|舊年|去年)?[嘅的]?[ ]?(?P<first>{_PLAIN})[元蚊塊]?[ ]?"
    rf"(?:{'|'.join(RAISED)}|[加升調提][到至]|[改調變][成為到]|提高到|(?:raised |moved |bumped |up )to )了?[ ]?"
    rf"(?P<then>{_PLAIN})(?![0-9%])"
)
_LABELLED = re.compile(
    fold_han(
        r"(?:^|\n)[> \-•*]*(?:old|previous|current|new|revised|proposed|原|舊|現|新)"
        r"(?:薪|[ ](?:pay|base|salary|monthly))?"
        rf" ?: ?(?P<money>(?:hkd|hk|us|rmb)? ?(?P<pay>{_PLAIN}))(?=[ \n]|$)"
    )
)
"""Old: 27,600, New: 30,900, each on its line."""
_MOST = 20
"""Labelled lines of one text that are read."""


def moved(lower: str, is_of_named: Callable[[int], bool]) -> frozenset[int]:
    """Return where amounts begin between which the pay of somebody goes up who is named before them."""
    told = (one for one in _MOVES.finditer(lower) if is_of_named(one.start()))
    return frozenset(at for one in told for at in (one.start("first"), one.start("then")))


def labelled(lower: str) -> frozenset[int]:
    """Return where amounts begin behind "old" and "new", or the currency before them; one such line says nothing."""
    lines = list(islice(_LABELLED.finditer(lower), _MOST))
    if len(lines) < 2:
        return frozenset()
    return frozenset(at for line in lines for at in (line.start("money"), line.start("pay")))
