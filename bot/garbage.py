"""When Python looks for garbage: seldom while much is built, and never through what stays."""

import gc

_USUAL = gc.get_threshold()
_SELDOM = 50_000
"""New objects until the next search: a start makes some hundred thousand, all of which stay."""


def building() -> None:
    """Search seldom: with Python's own measure a start spends a tenth of its time on it and finds nothing."""
    gc.set_threshold(_SELDOM, *_USUAL[1:])


def built() -> None:
    """Search as usual from now on, and no longer through what lives: that would hold up everybody for a while."""
    gc.freeze()
    gc.set_threshold(*_USUAL)
