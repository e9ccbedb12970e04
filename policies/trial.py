"""What can be on trial."""

from enum import StrEnum


class Trial(StrEnum):
    """What is judged beside the policies in force, and does nothing."""

    RULES = "rules"
    """The rules of a policy in force whose mode is simulate."""
    SET = "set"
    """A whole set of policies."""
