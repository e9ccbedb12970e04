"""The one reader of the tables in `lexicons/`: what it reads, and what it says of a table that somebody broke."""

from collections.abc import Callable
from pathlib import Path

import pytest

from detectors import lexicons
from detectors.errors import LexiconError
from detectors.lexicons import rows

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a table of a test's own and return the name by which `rows` reads it."""

    def written(table: str) -> str:
        path = tmp_path / "terms.tsv"
        path.write_text(table, encoding="utf-8")
        return str(path)

    return written


def test_yields_cells_and_skips_remarks_and_blank_lines(write: Write) -> None:
    name = write("# remark\nkind\tword\n\npay\t月薪\n# remark\nown\tmy pay \n")
    assert list(rows(name, "kind", "word")) == [("pay", "月薪"), ("own", "my pay ")]


def test_an_empty_cell_counts(write: Write) -> None:
    assert list(rows(write("ending\tnot\nectomy\t\n"), "ending", "not")) == [("ectomy", "")]


@pytest.mark.parametrize(
    ("table", "line", "reason"),
    [
        ("pay\tsalary\n", 1, "name the columns; write kind tab word"),
        ("# remark\nword\tkind\n", 2, "name the columns"),
        ("", 1, "name the columns"),
        ("kind\tword\npay\tsalary\npay salary\n", 3, "1 cells for 2 columns"),
        ("kind\tword\npay\tsalary\tmonthly\n", 2, "one tab between two cells"),
    ],
)
def test_a_broken_table_is_refused_with_place_and_cure(write: Write, table: str, line: int, reason: str) -> None:
    with pytest.raises(LexiconError, match=rf"terms\.tsv, line {line}: .*{reason}"):
        list(rows(write(table), "kind", "word"))


@pytest.mark.parametrize(
    "path", sorted(Path(lexicons.__file__).parent.rglob("*.t[sx][vt]")), ids=lambda path: path.stem
)
def test_every_table_names_its_columns_and_keeps_to_them(path: Path) -> None:
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert list(rows(str(path), *next(lines).split("\t")))
