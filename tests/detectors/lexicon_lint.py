"""Reads a table of `detectors/lexicons` and says what is wrong with it: file, line, reason, cure."""

from collections.abc import Iterator
from dataclasses import dataclass

from detectors.recognizers.medical.cues import spelled
from detectors.text.normalise import fold

READING_ORDER = {
    "medical/compounds.tsv": "by the part of the body or the kind of words; the order means nothing",
    "medical/patterns.tsv": "by what they are about; the order means nothing",
    "medical/points.tsv": "by what the evidence says, under remarks; the order means nothing",
    "people/name_characters.tsv": "two rows; the order means nothing",
    "public_lines.tsv": "emergencies, offices, helplines; the order means nothing",
    "performance_terms.tsv": "by subject, under remarks; of two of one grade that overlap, the upper one wins",
}
"""Tables whose rows stand in an order for readers; all others are sorted."""

FREE = frozenset((
    *("anchor", "anchors", "pattern", "points", "stem", "joiner", "written", "folded", "first issued to", "whose"),
    *("keeps", "type"),
))  # fmt: skip
"""Columns that hold no words to look for."""

PACKED = {"heads": "|", "tails": "|", "anchors": "|", "not": "|", "slips": "|", "romanised": " ", "words": " "}
"""Columns that hold several words, and what stands between them."""

CHOICES = {
    "grade": frozenset(("acts", "clear", "mark", "mild", "result", "shape", "vague", "visit")),
    "joiner": frozenset(("-", "_")),
    "place": frozenset(("left", "line", "message", "near", "right", "start")),
}
"""What may stand in a column."""

EVERY_CELL = frozenset(("kind", "code", "grade"))
"""Where the first column is one of these, a row is known by all its cells, else by the first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the number of its line."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name below `lexicons/`, the remarks above its columns, and its rows."""

    name: str
    remarks: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield line number and cell of one column."""
        at = self.columns.index(name)
        return ((row.line, row.cells[at]) for row in self.rows)

    def at(self, line: int, reason: str) -> str:
        """Name the place of a problem."""
        return f"lexicons/{self.name}, line {line}: {reason}"


def read(name: str, text: str) -> Table:
    """Read a table; whether its rows keep to its columns is the product's reader to say."""
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line]
    first = next(at for at, (_, line) in enumerate(numbered) if not line.startswith("#"))
    remarks = " ".join(line for _, line in numbered[:first])
    rows = (Row(number, tuple(line.split("\t"))) for number, line in numbered[first + 1 :] if not line.startswith("#"))
    return Table(name, remarks, tuple(numbered[first][1].split("\t")), tuple(rows))


def problems(table: Table) -> Iterator[str]:
    """Yield one line for each thing that is wrong with a table by itself."""
    yield from _written(table)
    yield from _known(table)
    yield from _repeated(table)
    yield from _repeated_in_a_cell(table)
    if table.name not in READING_ORDER:
        yield from _out_of_order(table)


def unlike_text(word: str) -> str:
    """Say why no folded text holds `word` as it is written, or nothing.

    Capitals are for readers, and so are Hong Kong's own forms of characters; the detector folds both.
    """
    if word != " ".join(word.split()):
        return "blanks at an end, or two in a row; write one between words"
    folded = fold(word)
    if len(folded) != len(word):
        return f"texts are read as {folded!r}; write that"
    for written, known in zip(word.lower(), folded, strict=True):
        if written != known and not _is_han(written):
            return f"{written!r} is read as {known!r}; write that"
        if _is_han(written) and not _in_hong_kong(written):
            return f"{written!r} is not written in Hong Kong; write the traditional character"
    return ""


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def _in_hong_kong(char: str) -> bool:
    try:
        return bool(char.encode("big5hkscs"))
    except UnicodeEncodeError:
        return False


def _written(table: Table) -> Iterator[str]:
    for column in set(table.columns) - FREE:
        for line, cell in table.column(column):
            words = cell.split(PACKED[column]) if column in PACKED else [cell]
            yield from (table.at(line, reason) for reason in map(unlike_text, words) if reason)


def _known(table: Table) -> Iterator[str]:
    for column in CHOICES.keys() & set(table.columns):
        for line, cell in table.column(column):
            if cell not in CHOICES[column]:
                yield table.at(line, f"unknown {column} {cell!r}; write one of {', '.join(sorted(CHOICES[column]))}")
    if table.columns[0] == "kind":
        for line, kind in table.column("kind"):
            if kind not in table.remarks.replace(",", " ").replace(".", " ").split():
                yield table.at(line, f"the remarks at the top don't explain the kind {kind!r}; add it there")


def _keys(table: Table, row: Row) -> Iterator[tuple[str, ...]]:
    """Yield what makes a row the same as another one."""
    *codes, last = row.cells
    if table.name == "medical/people.tsv":
        yield from ((fold(spelling),) for spelling in spelled(last))
    elif table.name == "medical/cues.tsv":
        yield from ((*codes, fold(spelling)) for spelling in spelled(last) if spelling)
    elif {"written", "pattern"} & set(table.columns):
        yield row.cells
    elif table.columns[0] in EVERY_CELL:
        yield tuple(map(fold, row.cells))
    else:
        yield (fold(row.cells[0].removesuffix("?")),)


def _repeated(table: Table) -> Iterator[str]:
    lines: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        for key in _keys(table, row):
            if key in lines:
                yield table.at(row.line, f"{' '.join(key)!r} stands in line {lines[key]} already; take one out")
            lines.setdefault(key, row.line)


def _repeated_in_a_cell(table: Table) -> Iterator[str]:
    for column in PACKED.keys() & set(table.columns):
        for line, cell in table.column(column):
            words = [word.removesuffix("?") for word in cell.split(PACKED[column])]
            again = sorted({word for word in words if words.count(word) > 1})
            if again:
                yield table.at(line, f"{', '.join(again)!r} stands there twice; take one out")


def _out_of_order(table: Table) -> Iterator[str]:
    for upper, lower in zip(table.rows, table.rows[1:], strict=False):
        if "\t".join(lower.cells).casefold() < "\t".join(upper.cells).casefold():
            yield table.at(lower.line, "belongs further up; sort the rows, capitals like small letters")
