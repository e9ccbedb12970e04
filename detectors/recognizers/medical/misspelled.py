"""Slips of the fingers in long Latin terms: a letter left out, doubled or swapped with its neighbour, a wrong vowel."""

from collections.abc import Iterator

SHORTEST = 7
"""Shorter words turn into other words too easily, in letters."""

LONGEST = 16
"""Longer ones are seldom typed."""
VOWELS = "aeiou"


def slips(word: str) -> Iterator[str]:
    """Yield how fingers may mistype `word`, which is in lower case; the first two letters are taken to be right."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isascii() or not word.isalpha():
        return
    for at in range(2, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        if tail:
            yield head + tail
        yield head + letter + letter + tail
        if tail:
            yield head + tail[0] + letter + tail[1:]
        if letter in VOWELS:
            yield from (head + vowel + tail for vowel in VOWELS if vowel != letter)
