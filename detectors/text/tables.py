"""Tables that people paste: a heading speaks for the cells under it, where tabs, bars or commas part them."""

import re
from collections.abc import Callable

_TABLE, _LONGEST_ROW, _HEADING = 4_000, 300, 24
"""Characters of a text that are read as a table, of a row, and of a heading's cell."""
_DIGIT = re.compile(r"[0-9]")

Cell = tuple[int, int]


def cells_under(lower: str, is_heading: Callable[[int, int], bool]) -> frozenset[int]:
    """Return where the cells begin whose column has a heading that `is_heading` (asked with its place) takes."""
    if len(lower) <= _LONGEST_ROW and "\n" not in lower:
        return frozenset()  # one row has nothing under it
    found: set[int] = set()
    at, under = 0, frozenset[int]()
    while at < min(len(lower), _TABLE):
        end = lower.find("\n", at, at + _LONGEST_ROW)
        end = end if end >= 0 else min(len(lower), at + _LONGEST_ROW)
        sign = next((one for one in "\t|," if one in lower[at:end]), "")
        cells = _cells(lower, at, end, sign) if sign else ()
        headed = frozenset(n for n, cell in enumerate(cells) if _may_head(lower, cell) and is_heading(*cell))
        under = headed or (under if cells else frozenset())
        found |= {cells[n][0] for n in under if n < len(cells) and not headed}
        at = end + 1
    return frozenset(found)


def _cells(lower: str, at: int, end: int, sign: str) -> tuple[Cell, ...]:
    """Return where the cells of a line begin and end, without the blanks and quotes around them."""
    cells = []
    for cell in lower[at:end].split(sign):
        begin = at + len(cell) - len(cell.lstrip(" \"'"))
        cells.append((begin, max(begin, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return tuple(cells)


def _may_head(lower: str, cell: Cell) -> bool:
    return 0 < cell[1] - cell[0] <= _HEADING and not _DIGIT.search(lower, *cell)
