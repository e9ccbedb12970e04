"""How incidents move between open and their endings."""

import pytest

from bot import incident as resolution
from bot.words import Happening, Resolution

ENDINGS = ("open", *filter(None, Resolution))

TABLE = """
event        open         edited deleted removed said_removed reason false_alarm expired settled
clean        edited       edited deleted removed edited       reason false_alarm edited settled
same         open         edited deleted removed said_removed reason false_alarm expired settled
more         open         open   deleted removed open         open   open        open open
deleted      deleted      edited deleted removed deleted      reason false_alarm deleted settled
removed      removed      edited removed removed removed      reason false_alarm removed settled
said_removed said_removed edited deleted removed said_removed reason false_alarm said_removed settled
reason       reason       edited deleted removed said_removed reason false_alarm reason settled
false_alarm  false_alarm  edited deleted removed said_removed reason false_alarm false_alarm settled
expired      expired      edited deleted removed said_removed reason false_alarm expired settled
settled      settled      edited deleted removed settled      settled settled    settled settled
reopened     open         open   open    open    open         open   open        open open
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CASES = [(event, before, after) for event, *cells in ROWS for before, after in zip(HEAD[1:], cells, strict=True)]


def test_the_table_here_knows_every_ending_and_every_event() -> None:
    assert tuple(HEAD[1:]) == ENDINGS
    assert {row[0] for row in ROWS} == set(Happening)


@pytest.mark.parametrize(("event", "before", "after"), CASES)
def test_what_follows_on_what(event: str, before: str, after: str) -> None:
    stood = Resolution("" if before == "open" else before)

    assert resolution.after(stood, Happening(event)) == ("" if after == "open" else after)


@pytest.mark.parametrize(
    ("before", "told", "types", "meaning"),
    [
        ("", {"HKID": 1}, {"HKID": 1}, "same"),
        ("", {"HKID": 2}, {"HKID": 1}, "same"),
        ("", {"HKID": 1}, {"HKID": 2}, "more"),
        ("", {"HKID": 1}, {"HKID": 1, "SALARY": 1}, "more"),
        ("", {"HKID": 2}, {"SALARY": 1}, "more"),
        ("reason", {"HKID": 1}, {"HKID": 1}, "same"),
        ("false_alarm", {"HKID": 1}, {"HKID": 2}, "more"),
        ("edited", {}, {"HKID": 1}, "more"),
        ("edited", {"HKID": 1}, {"HKID": 1}, "more"),
    ],
)
def test_an_edit_says_more_when_a_type_or_a_value_is_new(
    before: str, told: dict[str, int], types: dict[str, int], meaning: str
) -> None:
    assert resolution.edit(Resolution(before), told, types, leaks=True, muted=False) == meaning


def test_an_edit_without_any_rule_is_clean_and_one_with_muted_rules_is_not() -> None:
    assert resolution.edit(Resolution.NONE, {"HKID": 1}, {}, leaks=False, muted=False) == "clean"
    assert resolution.edit(Resolution.NONE, {"HKID": 1}, {"HKID": 1}, leaks=False, muted=True) == "same"


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("1", ""),
        ("1700000001", "1700000000"),
        ("1700000000.000200", "1700000000.000100"),
        ("1700000000.10", "1700000000.9"),
        ("10", "9"),
        ("b", "a"),
    ],
)
def test_revisions_are_ordered(later: str, earlier: str) -> None:
    assert resolution.newer(later, earlier)
    assert not resolution.newer(earlier, later)
    assert not resolution.newer(later, later)
