"""The page: whole by itself, and the same figures for those who see charts and those who don't."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from bot.names import GroupNames
from bot.reports import render
from bot.reports.charts import Chart, Row, Shape
from bot.reports.drawing import WIDTH, Box, Drawing, Words, draw, shortened, width
from bot.reports.svg import DARK, LIGHT, svg
from tests.bot.reports.test_formats import LOG, WEEK
from tests.fakes import marked_find
from tests.fakes.log import INCIDENT, NOON, MemoryLog

SVG = "{http://www.w3.org/2000/svg}"
EMPTY = frozenset({"meta", "rect", "br"})


class Tree(HTMLParser):
    """Sees that what is opened is closed, and keeps tags and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def called(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(language: str = "en", log: MemoryLog = LOG, name: str = "HR 操作組") -> str:
    groups = GroupNames(marked_find.find, {"telegram:-1001": name})
    return render(log, "html", NOON - WEEK + 1, NOON + 1, groups=groups, language=language)


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("zh", "zh-Hant-HK")])
def test_the_page_is_whole_and_says_its_language(language: str, code: str) -> None:
    tree = Tree(page(language))
    assert tree.open == []
    assert tree.called("html") == [{"lang": code}]
    assert "HR 操作組" in tree.words


def test_the_page_loads_and_runs_nothing() -> None:
    tree, text = Tree(page()), page()
    assert {tag for tag, _ in tree.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form"})
    for _, attributes in tree.tags:
        assert {"src", "href", "style"}.isdisjoint(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in text
    assert "@import" not in text
    policy = next(one["content"] for one in tree.called("meta") if one.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_chart_has_its_title_and_a_table_that_says_the_same() -> None:
    text = page()
    drawn = text.split("<section")[1:]
    charts = [section for section in drawn if "<svg" in section]
    assert len(charts) == 8
    for section in charts:
        tree = Tree(section.partition(">")[2].rpartition("</section>")[0])
        title = tree.words[0]
        assert tree.called("svg")[0]["role"] == "img"
        assert tree.words.count(title) >= 3  # the heading, the chart's own title, the table's caption
        drawn_ = "<svg" + section.partition("<svg")[2].partition("</svg>")[0] + "</svg>"
        root = ET.fromstring(drawn_)  # noqa: S314  # our own drawing
        shown = [
            one.text
            for one in root.iter(f"{SVG}text")
            if one.get("text-anchor") == "end" and one.get("class") == "words"
        ]
        assert set(shown) <= set(tree.words)
        assert {"col", "row"} <= {one["scope"] for one in tree.called("th")}


def test_key_figures_are_beside_those_of_the_period_before() -> None:
    words = Tree(page()).words
    assert "6 more than the period before, +600%" in words
    assert "before: 0%" in words
    assert "29% " in words


def test_a_group_name_is_never_taken_for_markup() -> None:
    name = '<img src=x onerror="1">&amp;'
    tree = Tree(page(name=name))
    assert "img" not in {tag for tag, _ in tree.tags}
    assert name in tree.words


def test_an_empty_period_is_a_page_too() -> None:
    tree = Tree(page(log=MemoryLog()))
    assert "No incidents in this time." in tree.words
    assert tree.called("svg") == []


def test_words_and_bars_stand_out_from_the_page() -> None:
    """https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast."""
    for colours, paper in ((LIGHT, "#ffffff"), (DARK, "#151a1d")):
        for ink, least in (("words", 4.5), ("faint", 4.5), ("bar", 3.0)):
            assert contrast(colours[ink], paper) >= least, (ink, paper)  # type: ignore[index]  # inks are text


def contrast(colour: str, other: str) -> float:
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def many(count: int, shape: Shape, name: str = "電話號碼") -> Chart:
    return Chart("Title", shape, ("a", "b"), tuple(Row(f"{name}{number}", number % 37) for number in range(count)))


@pytest.mark.parametrize("count", [1, 2, 7, 31, 62, 200])
@pytest.mark.parametrize(
    "name", ["2026-09-01 ", "group telegram:-1002003004005 with a very long name indeed ", "收入組"]
)
@pytest.mark.parametrize("shape", Shape)
def test_nothing_is_drawn_beside_the_picture_or_over_other_words(count: int, name: str, shape: Shape) -> None:
    drawing = draw(many(count, shape, name))
    for shape_ in drawing.shapes:
        left, right = edges(shape_)
        assert left >= 0
        assert right <= WIDTH + 0.01
        assert 0 <= shape_.y <= drawing.height
    assert list(overlaps(drawing)) == []


def edges(shape: Box | Words) -> tuple[float, float]:
    if isinstance(shape, Box):
        return shape.x, shape.x + shape.width
    wide = width(shape.text)
    left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
    return left, left + wide


def overlaps(drawing: Drawing) -> Iterator[tuple[str, str]]:
    words = [shape for shape in drawing.shapes if isinstance(shape, Words)]
    for number, one in enumerate(words):
        for other in words[number + 1 :]:
            (a, b), (c, d) = edges(one), edges(other)
            if abs(one.y - other.y) < 10 and a < d and c < b:
                yield one.text, other.text


def test_a_drawing_is_xml_with_whatever_stands_in_names() -> None:
    chart = Chart("<&\"'>", Shape.BARS, ("a", "b"), (Row("<b>&", 3),))
    root = ET.fromstring(svg(draw(chart), "x"))  # noqa: S314  # our own drawing
    assert [one.text for one in root.iter(f"{SVG}title")] == ["<&\"'>"]
    assert "<b>&" in [one.text for one in root.iter(f"{SVG}text")]


def test_long_names_are_cut_with_a_sign() -> None:
    assert shortened("HR operations", 500) == "HR operations"
    cut = shortened("人力資源及薪酬組別的群組", 80)
    assert cut.endswith("…")
    assert width(cut) <= 80


def test_a_single_incident_makes_a_page() -> None:
    log = MemoryLog([replace(INCIDENT, types={}, rules=())])
    assert Tree(page(log=log)).open == []
