"""The check digit of payment cards, meters and SIM cards."""

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""What twice a digit counts for: the sum of its own digits."""


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    values = [*map(int, digits)]
    return (sum(values[-1::-2]) + sum([_DOUBLED[value] for value in values[-2::-2]])) % 10 == 0
