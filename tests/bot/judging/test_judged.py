"""What policies and messages call the same things by."""

from bot.words import PartKind
from policies.facts import PARTS


def test_policies_know_every_part_of_a_message() -> None:
    assert set(PARTS) == set(PartKind)
