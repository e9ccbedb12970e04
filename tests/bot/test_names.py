"""A group's title is somebody's words: made harmless where it comes in, and never repeated with a value in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names import LONGEST, GroupNames, clean
from detectors.finding import Finding
from tests.whole import whole


class Titled:
    """A platform whose chats all have one title."""

    def __init__(self, title: str | None) -> None:
        self.title = title

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        del workspace, chat
        return self.title


async def shown(title: str | None) -> str | None:
    return await GroupNames(whole().find, {}, {"telegram": Titled(title)}).name("telegram", "", "-1")


@pytest.mark.parametrize("title", ["Case D982509(7) Chan Tai Man", "Call 9123 4567", "Chan Tai Man has cancer"])
async def test_a_title_with_a_value_in_it_is_no_name_whoever_gave_it(title: str) -> None:
    assert await shown(title) is None
    assert GroupNames(whole().find, {"telegram:*": title}).configured("telegram", "-1") is None


async def test_the_sign_of_a_channel_hides_nothing() -> None:
    """It was read as a part of the name that stands behind it, and the remark was nobody's."""
    assert await shown("#Peter got a verbal warning") is None
    assert await shown("#hr-operations") == "#hr-operations"


async def test_a_configured_name_with_a_value_in_it_is_not_replaced_by_the_platforms() -> None:
    names = GroupNames(whole().find, {"telegram:-1": "Case D982509(7)"}, {"telegram": Titled("HR")})
    assert await names.name("telegram", "", "-1") is None


@pytest.mark.parametrize("title", ["HR operations", "人事部 2026", "Chan Tai Man's team", "Sick leave", "R&D <3"])
async def test_other_titles_are_shown_as_they_are(title: str) -> None:
    assert await shown(title) == title


async def test_a_value_that_the_cut_would_halve_is_seen_whole() -> None:
    assert await shown("x" * (LONGEST - 6) + " D982509(7)") is None


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Payroll\nIncidents: 0", "Payroll Incidents: 0"),
        ("a\r\n\u2028\u2029\x85b", "a b"),
        ("\x1b[31mred\x07\0", "[31mred"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("\u200b \ufeff", None),
        ("", None),
        (None, None),
        ("y" * 128, "y" * 79 + "…"),
        ("z" * 100_000, "z" * 79 + "…"),
    ],
)
async def test_a_title_is_one_short_line_that_reads_as_it_is_written(title: str | None, line: str | None) -> None:
    assert await shown(title) == line


async def test_a_title_that_cannot_be_judged_is_no_name() -> None:
    def broken(text: str) -> tuple[Finding, ...]:
        raise RuntimeError

    assert await GroupNames(broken, {}, {"telegram": Titled("HR")}).name("telegram", "", "-1") is None


@given(st.text())
def test_what_is_clean_prints_on_one_line_and_stays_as_it_is(text: str) -> None:
    line = clean(text)
    assert len(line.splitlines()) < 2
    assert line.isprintable()
    assert clean(line) == line
