"""Other ways of writing terms: American spelling, hyphens or none, slips of the fingers; Cantonese as people type it.

A slip is a letter left out, doubled or swapped with its neighbour, a wrong vowel or one too many.
"""

from collections.abc import Iterator

from detectors.text.normalise import fold

SHORTEST = 7
"""Shorter words turn into other words too easily, in letters."""

LONGEST = 16
"""Longer ones are seldom typed."""
VOWELS = "aeiou"
_ALIKE = {"a": "eo", "e": "ai", "i": "ey", "o": "au", "u": "oa"}
"""What a vowel is mistaken for."""

LONG_ENOUGH = 10
"""From this length even the second letter of a term may be left out, in letters."""

CANTONESE = {
    "咗": "左了",
    "嘅": "既的",
    "俾": "畀比被",
    "嚟": "黎來",
    "喺": "响在",
    "冇": "無沒",
    "屙": "痾疴拉",
    "唔": "m不",
    "瞓": "訓睡",
    "郁": "喐動",
    "食": "吃",
    "睇": "看",
    "嗰": "果那",
    "哋": "地們",
    "佢": "渠他",
    "晒": "哂",
}
"""What a sound of Cantonese is typed with where its character is not at hand, and at the end the word of Mandarin."""

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

_TYPED = {fold(char): fold(others) for char, others in CANTONESE.items()}


def typed(term: str) -> Iterator[str]:
    """Yield how else a folded Cantonese `term` is typed, one or all of its characters otherwise; or in Mandarin."""
    known = [char for char in dict.fromkeys(term) if char in _TYPED]
    for char in known:
        yield from (term.replace(char, other) for other in _TYPED[char])
    if len(known) > 1:
        yield term.translate({ord(char): _TYPED[char][0] for char in known})
        yield term.translate({ord(char): _TYPED[char][-1] for char in known})


def spellings(term: str) -> Iterator[str]:
    """Yield how else `term`, folded and in lower case, is correctly written or easily typed."""
    if not term.isascii():
        yield from typed(term)
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
