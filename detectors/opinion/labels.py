"""What the encoder says of each piece of a text: which kind of personal data it begins, goes on with, or none."""

TYPES = ("MEDICAL_TERM", "PERSON", "SALARY", "PERFORMANCE_TALK", "DATE_OF_BIRTH", "HK_ADDRESS", "OTHER")
"""What needs understanding, one by one, and everything that has a shape (numbers, mail addresses) together."""
PAY, PERFORMANCE = TYPES.index("SALARY"), TYPES.index("PERFORMANCE_TALK")
OUTSIDE = 0
LABELS = 1 + 2 * len(TYPES)


def begins(kind: int) -> int:
    """Return the label of the first piece of a span of TYPES[kind]."""
    return 1 + 2 * kind


def goes_on(kind: int) -> int:
    """Return the label of its later pieces."""
    return 2 + 2 * kind
