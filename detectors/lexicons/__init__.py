"""Terms as data, in tables that people who don't program can correct; `rows` is how all of them are read."""

from collections.abc import Iterator
from importlib.resources import files

from detectors.errors import LexiconError


def rows(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row of the table `name` in this folder, tabs between them.

    Lines that begin with # are remarks. The first other line names the columns; it must name `columns`, which the
    caller counts on. Raises LexiconError where the names, or the number of cells in a row, are others.
    """
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    lines = ((number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#")
    number, heading = next(lines, (1, ""))
    if heading.split("\t") != list(columns):
        raise LexiconError(
            f"lexicons/{name}, line {number}: it must name the columns; write {' tab '.join(columns)} above the rows"
        )
    for number, line in lines:
        cells = tuple(line.split("\t"))
        if len(cells) != len(columns):
            raise LexiconError(
                f"lexicons/{name}, line {number}: {len(cells)} cells for {len(columns)} columns"
                f" ({', '.join(columns)}); put one tab between two cells"
            )
        yield cells


def by_kind(name: str, column: str = "word") -> dict[str, set[str]]:
    """Return what the table `name` of kinds and words holds, by kind; raises LexiconError as `rows` does."""
    kinds: dict[str, set[str]] = {}
    for kind, cell in rows(name, "kind", column):
        kinds.setdefault(kind, set()).add(cell)
    return kinds
