"""Other ways of writing Latin terms: American spelling, hyphens or none, and slips of the fingers in long ones.

A slip is a letter left out, doubled or swapped with its neighbour, a wrong vowel or one too many.
"""

from collections.abc import Iterator

SHORTEST = 7
"""Shorter words turn into other words too easily, in letters."""

LONGEST = 16
"""Longer ones are seldom typed."""
VOWELS = "aeiou"
_ALIKE = {"a": "eo", "e": "ai", "i": "ey", "o": "au", "u": "oa"}
"""What a vowel is mistaken for."""

LONG_ENOUGH = 10
"""From this length even the second letter of a term may be left out, in letters."""

_AMERICAN = {
    "aemia": "emia",
    "haem": "hem",
    "oedema": "edema",
    "oesoph": "esoph",
    "paed": "ped",
    "gynaec": "gynec",
    "rrhoea": "rrhea",
    "tumour": "tumor",
    "colour": "color",
    "labour": "labor",
    "caesar": "cesar",
    "foet": "fet",
    "anaesth": "anesth",
    "isation": "ization",
}


def spellings(term: str) -> Iterator[str]:
    """Yield how else `term`, in lower case, is correctly written or easily typed."""
    if not term.isascii():
        return
    american = term
    for british, other in _AMERICAN.items():
        american = american.replace(british, other)
    for one in {term, american}:
        yield one
        if "'" in one:
            yield one.replace("'", "")
        if one[-1] == "y" and one[-2:-1] not in VOWELS:
            yield one[:-1] + "ies"
        elif one.endswith(("s", "x", "sh", "ch")):
            yield one + "es"
        if "-" in one:
            yield one.replace("-", " ")
            yield one.replace("-", "")
        if one.count(" ") == 1 and len(one) > LONG_ENOUGH:
            yield one.replace(" ", "-")
            yield one.replace(" ", "")


def slips(word: str) -> Iterator[str]:
    """Yield how fingers may mistype `word`, which is in lower case; the first two letters are taken to be right."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isascii() or not word.isalpha():
        return
    if len(word) >= LONG_ENOUGH:
        yield word[0] + word[2:]
    for at in range(2, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        if tail:
            yield head + tail
        yield head + letter + letter + tail
        if tail:
            yield head + tail[0] + letter + tail[1:]
        if letter in VOWELS:
            yield from (head + other + tail for other in _ALIKE[letter])
        if letter == "e":
            yield head + "i" + letter + tail
