"""Tables that people paste: a heading speaks for the cells under it, where tabs, bars or commas part them."""

import re
from collections.abc import Callable, Iterator

_TABLE, _LONGEST_ROW, _HEADING = 4_000, 300, 24
"""Characters of a text that are read as a table, of a row, and of a heading's cell."""
_DIGIT = re.compile(r"[0-9]")

Cell = tuple[int, int]
Row = tuple[tuple[Cell, ...], tuple[int, ...]]
"""The cells of a row, and the numbers of those that may be headings."""


class Table:
    """The rows of a text as cells: read once, whoever asks what its headings say."""

    def __init__(self, lower: str) -> None:
        """Cut the text into rows and cells."""
        lone = len(lower) <= _LONGEST_ROW and "\n" not in lower
        self._rows = [] if lone else list(_rows(lower))  # one row has nothing under it

    def cells_under(self, is_heading: Callable[[int, int], bool]) -> frozenset[int]:
        """Return where the cells begin whose column has a heading that `is_heading` (asked with its place) takes."""
        found: set[int] = set()
        under = frozenset[int]()
        for cells, heads in self._rows:
            headed = frozenset(n for n in heads if is_heading(*cells[n]))
            under = headed or (under if cells else frozenset())
            if not headed:
                found.update(cells[n][0] for n in under if n < len(cells))
        return frozenset(found)


def _rows(lower: str) -> Iterator[Row]:
    at, last = 0, min(len(lower), _TABLE)
    while at < last:
        end = lower.find("\n", at, at + _LONGEST_ROW)
        end = end if end >= 0 else min(len(lower), at + _LONGEST_ROW)
        row = lower[at:end]
        sign = "\t" if "\t" in row else "|" if "|" in row else "," if "," in row else ""
        yield _cells(row, at, sign) if sign else ((), ())
        at = end + 1


def _cells(row: str, at: int, sign: str) -> Row:
    """Return where the cells of a line begin and end, without the blanks and quotes around them, and which may head."""
    cells: list[Cell] = []
    heads: list[int] = []
    for number, cell in enumerate(row.split(sign)):
        begin = at + len(cell) - len(cell.lstrip(" \"'"))
        end = max(begin, at + len(cell.rstrip()))
        cells.append((begin, end))
        if 0 < end - begin <= _HEADING and not _DIGIT.search(cell):
            heads.append(number)
        at += len(cell) + 1
    return tuple(cells), tuple(heads)
