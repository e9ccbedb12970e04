"""The tables of `detectors/lexicons/`: written as texts are read, sorted, nothing twice, no row that can't be found."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick

from detectors import lexicons
from detectors.lexicons import by_kind, rows
from detectors.recognizers.medical.lexicon import NEVER, Lexicon, load
from detectors.recognizers.medical.misspelled import slips
from detectors.recognizers.medical.places import Place, find_places
from detectors.recognizers.recognizer import Scan
from detectors.text.normalise import fold, normalise
from tests.detectors.lexicon_lint import READING_ORDER, Table, problems, read

FOLDER = Path(lexicons.__file__).parent
TABLES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.t[sx][vt]"))
TERMS = [f"medical/{name}.tsv" for name in ("diseases", "drugs", "terms_en", "terms_latin", "terms_zh")]
RECOGNIZERS = FOLDER.parent / "recognizers"

Find = Callable[[Lexicon, str], list[Place]]


def table_of(name: str) -> Table:
    return read(name, (FOLDER / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_clean(name: str) -> None:
    assert "\n".join(problems(table_of(name))) == ""


def test_the_readme_says_of_each_table_its_purpose_source_date_and_row() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    described = [
        line.strip("| ").split(" | ") for line in readme.splitlines() if re.match(r"\| `[a-z_/]+\.\w+` ", line)
    ]
    assert sorted(file.strip("`") for file, *_ in described) == TABLES
    assert [file for file, *said in described if len(said) != 4 or not all(said)] == []
    order = readme.split("## The order")[1].split("## ")[0]
    assert set(re.findall(r"`([a-z_/]+\.\w+)`", order)) == READING_ORDER.keys()


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("# Kinds: pay.\nkind\tword\npay\twage\npay\tsalary\n", 4, "belongs further up"),
        ("# Kinds: pay.\nkind\tword\npay\tsalary\npay\tsalary\n", 4, "stands in line 3 already"),
        ("# Kinds: pay.\nkind\tword\npay\t份糧\npay\t分糧\n", 4, "stands in line 3 already"),
        ("# Kinds: pay.\nkind\tword\nown\tmy pay\n", 3, "don't explain the kind 'own'"),
        ("# Kinds: pay.\nkind\tword\npay\tmy  pay\n", 3, "blanks at an end, or two in a row"),
        ("# Kinds: pay.\nkind\tword\npay\tｐay\n", 3, "'ｐ' is read as 'p'"),
        ("# Kinds: pay.\nkind\tword\npay\t工资\n", 3, "'资' is not written in Hong Kong"),
        ("# Kinds: pay.\nkind\tword\npay\tﬁne\n", 3, "texts are read as 'fine'"),
        ("# Kinds: pay.\nkind\tword\npay\t[N] days\n", 3, "'[' is read as '('"),
        ("term\tgrade\ncough\tclear\ncough\tmild\n", 3, "stands in line 2 already"),
        ("term\tgrade\ncough\tsure\n", 2, "unknown grade 'sure'; write one of acts, clear"),
        ("word\tslips\nheart\thart|haert|hart\n", 2, "'hart' stands there twice"),
        ("name\nApril\nApril?\n", 3, "stands in line 2 already"),
    ],
)
def test_the_lint_names_line_reason_and_cure(table: str, line: int, problem: str) -> None:
    (found,) = problems(read("made_up.tsv", table))
    assert found.startswith(f"lexicons/made_up.tsv, line {line}: ")
    assert problem in found


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("medical/cues.tsv", "code\tplace\tcue\nverb\tnear\t(got/) diagnosed\nverb\tnear\tdiagnosed\n"),
        ("medical/people.tsv", "code\tword\nkin\t(my/) baby\nrole\tmy baby\n"),
    ],
)
def test_the_lint_spells_choices_out(name: str, table: str) -> None:
    (found,) = problems(read(name, table))
    assert "stands in line 2 already" in found


@pytest.mark.parametrize(
    "table", [table for table in map(table_of, TABLES) if table.columns[0] == "kind"], ids=lambda table: table.name
)
def test_a_kind_is_one_that_its_recognizer_asks_for(table: Table) -> None:
    readers = [path for path in RECOGNIZERS.rglob("*.py") if f'"{table.name}"' in path.read_text("utf-8")]
    folders = [path.parent.glob("*.py") if path.parent != RECOGNIZERS else [path] for path in readers]
    code = "".join(path.read_text("utf-8") for paths in folders for path in paths)
    assert {kind for _, kind in table.column("kind") if f'"{kind}"' not in code} == set()


def test_a_persons_word_has_a_code_that_is_weighed() -> None:
    weighed = {code for code, _ in rows("medical/points.tsv", "code", "points")}
    codes = {code for code, _ in rows("medical/people.tsv", "code", "word")}
    assert {code for code in codes if f"of_{code}" not in weighed and code != "none"} == set()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


@pytest.fixture(scope="module")
def find(lexicon: Lexicon) -> Find:
    """Find terms in a text with a lexicon that holds the whole one's keys or fewer."""
    search = AhoCorasick([*lexicon.words(), *lexicon.literals()])

    def found(known: Lexicon, text: str) -> list[Place]:
        scan = Scan(normalise(text), {})
        hits = search.find_matches_as_indexes(scan.lower, overlapping=True)
        return find_places(known, scan, ((start, end) for _, start, end in hits))

    return found


@pytest.mark.parametrize("name", TERMS)
def test_a_term_is_found_as_it_is_listed(name: str, lexicon: Lexicon, find: Find) -> None:
    """A singular, a pattern or a phrase of never.tsv may win over a row: then the row says what nobody will see."""
    for term, grade in rows(name, "term", "grade"):
        assert (0, len(term), grade) in {place[:3] for place in find(lexicon, term)}, term


def test_no_term_is_listed_twice() -> None:
    files: dict[str, set[str]] = {}
    for name in TERMS:
        for term, _ in rows(name, "term", "grade"):
            files.setdefault(fold(term), set()).add(name)
    assert {term: found for term, found in files.items() if len(found) > 1} == {}


def made() -> Iterator[str]:
    """Yield the terms that nobody listed: compounds, and slips of the fingers."""
    for _, joiner, heads, tails in rows("medical/compounds.tsv", "grade", "joiner", "heads", "tails"):
        blank = " " if joiner == "_" else ""
        yield from (fold(head + blank + tail) for head in heads.split("|") for tail in tails.split("|"))
    for term, grade in rows("medical/terms_en.tsv", "term", "grade"):
        yield from slips(fold(term)) if grade == "clear" else ()


def test_a_phrase_of_never_holds_a_term_that_no_other_phrase_covers(lexicon: Lexicon, find: Find) -> None:
    phrases = [fold(phrase) for (phrase,) in rows("medical/never.tsv", "phrase")]
    unmasked = dict.fromkeys(set(made()).intersection(phrases), "clear")
    bare = replace(lexicon, terms={term: grade for term, grade in lexicon.terms.items() if grade != NEVER} | unmasked)
    assert [phrase for phrase in phrases if not find(bare, phrase)] == []
    terms = dict(lexicon.terms)
    rest = replace(lexicon, terms=terms)
    covered = []
    for phrase in phrases:
        terms[phrase] = unmasked.get(phrase, "")
        covered += [] if find(rest, phrase) else [phrase]
        terms[phrase] = NEVER
    assert covered == []


def test_what_people_exaggerate_with_is_a_term(lexicon: Lexicon) -> None:
    joked_with = [term for (term,) in rows("medical/exaggerated.tsv", "term")]
    assert [term for term in joked_with if lexicon.terms.get(fold(term), NEVER) == NEVER] == []


def test_a_misspelled_word_is_one_of_a_term(lexicon: Lexicon) -> None:
    words = {word for term in lexicon.terms for word in term.split(" ")}
    assert [word for word, _ in rows("medical/misspelled.tsv", "word", "slips") if word not in words] == []


def test_no_ending_is_covered_by_a_shorter_one(lexicon: Lexicon, find: Find) -> None:
    for ending, known in lexicon.endings.items():
        word = ("肝" if ending > "\u3400" else "x") * known.stem + ending
        others = {other: of for other, of in lexicon.endings.items() if other != ending}
        rest = replace(lexicon, terms={}, phrases={}, endings=others)
        assert (0, len(word), known.grade) not in {place[:3] for place in find(rest, word)}, ending


def test_an_exception_is_a_word_that_the_ending_would_take() -> None:
    for ending, _, stem, exceptions in rows("medical/suffixes.tsv", "ending", "grade", "stem", "not"):
        for word in filter(None, exceptions.split("|")):
            assert re.fullmatch(rf".{{{stem},}}{ending}", word), word


def test_a_word_that_is_no_name_begins_with_no_other_one() -> None:
    """The shortest decides, so that a longer one is never read."""
    words = {fold(word) for word in by_kind("people/not_names.tsv")["han"]}
    assert [word for word in words if any(word[:size] in words for size in (2, 3) if size < len(word))] == []


def test_a_place_has_the_two_or_three_words_that_are_looked_for() -> None:
    assert [place for place in by_kind("people/not_names.tsv")["place"] if len(place.split()) not in (2, 3)] == []


def test_a_romanised_surname_is_a_word_of_its_own_everywhere_or_nowhere() -> None:
    names = {name for _, written in rows("people/surnames.tsv", "character", "romanised") for name in written.split()}
    assert [name for name in names if f"{name}?" in names] == []
