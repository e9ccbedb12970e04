"""Values that are planted: made up, of every entity type, each beside a word that nobody else writes.

The check digits follow the documents that the recognizers name; nobody's number is among them but by chance.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from detectors.lexicons import rows

Chance = random.Random


@dataclass(frozen=True)
class Plant:
    """`text` is a message that holds the value and the word."""

    type: str
    value: str
    word: str
    text: str


def plants(seed: int) -> Iterator[Plant]:
    """Without end, the entity types in turn; the same for a seed each time."""
    chance = random.Random(seed)  # noqa: S311  # the same values each time
    kinds = list(SENTENCES.items())
    for number in count():
        kind, (make, sentence) = kinds[number % len(kinds)]
        value, word = make(chance), made_up(chance)
        yield Plant(kind, value, word, sentence.format(value=value, word=word))


def made_up(chance: Chance) -> str:
    """A word of no language, of eleven letters: it can't be there by chance."""
    return "zq" + "".join(chance.choice("bcdfghjklmnprstv") + chance.choice("aeiou") for _ in range(4)) + "x"


def _digits(chance: Chance, many: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(many))


def _hkid(chance: Chance) -> str:
    letter, digits = chance.choice("ABCDEFGHKMPRVYZ"), _digits(chance, 6)
    total = 36 * 9 + (ord(letter) - 55) * 8 + sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True))
    return f"{letter}{digits}({'0123456789A'[-total % 11]})"


def _phone(chance: Chance) -> str:
    return f"{chance.choice('69')}{chance.randrange(1, 8)}{_digits(chance, 2)} {_digits(chance, 4)}"


def _card(chance: Chance) -> str:
    digits = "4" + _digits(chance, 14)
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return digits + str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def _resident(chance: Chance) -> str:
    born = f"{chance.randrange(1950, 2004)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
    digits = f"440106{born}{_digits(chance, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def _birth(chance: Chance) -> str:
    return f"{chance.randrange(1, 29)} {chance.choice(('March', 'July', 'October'))} {chance.randrange(1945, 2000)}"


def _name(chance: Chance) -> str:
    given = (
        chance.choice(("Ka", "Wing", "Siu", "Tai", "Yuk", "Chi")),
        chance.choice(("Ming", "Fai", "Ling", "Yan", "Keung")),
    )
    return " ".join((chance.choice(("Chan", "Wong", "Cheung", "Leung", "Lam")), *given))


_ILLNESSES = tuple(sorted({term for term, _ in rows("medical/terms_en.tsv", "term", "grade") if len(term) > 8}))

SENTENCES: dict[str, tuple[Callable[[Chance], str], str]] = {
    "HKID": (_hkid, "{word} his HKID is {value}"),
    "PHONE_NUMBER": (_phone, "call the candidate {word} at home, mobile {value}"),
    "MEDICAL_TERM": (lambda chance: chance.choice(_ILLNESSES), "Peter {word} is on leave, he has {value}"),
    "EMAIL_ADDRESS": (lambda chance: f"{made_up(chance)}@gmail.com", "{word} her private mail is {value}"),
    "CREDIT_CARD": (_card, "pay {word} with my credit card {value}"),
    "HK_PASSPORT": (lambda chance: f"K{_digits(chance, 8)}", "{word} her passport number is {value}"),
    "CN_RESIDENT_ID": (_resident, "her mainland ID {word} is {value}"),
    "BANK_ACCOUNT": (
        lambda chance: f"024-{_digits(chance, 6)}-{_digits(chance, 3)}",
        "bank account for payroll {word}: {value}",
    ),
    "DATE_OF_BIRTH": (_birth, "{word} my date of birth is {value}"),
    "SALARY": (lambda chance: f"HK${chance.randrange(101, 999)},{_digits(chance, 3)}", "{word} my salary is {value}"),
    "HK_ADDRESS": (
        lambda chance: f"Flat B, 12/F, Block 3, {made_up(chance).title()} Garden",
        "I live at {value} {word}",
    ),
    "PERFORMANCE_TALK": (
        lambda chance: chance.choice(("final warning letter", "performance improvement plan", "verbal warning")),
        "Peter got a {value} {word}",
    ),
    "MEETING_PASSCODE": (lambda chance: _digits(chance, 6) + "q", "zoom meeting {word} at three, passcode: {value}"),
    "HOSTILE_WORDS": (
        lambda chance: f"make {chance.choice(('his', 'her'))} life hell",
        "{word} everybody should {value}",
    ),
    "FAMILY_MEMBER": (
        lambda chance: f"his {chance.choice(('wife', 'daughter', 'mother'))}",
        "dox him {word}, {value} teaches in Sha Tin",
    ),
    "PERSON": (_name, "{word} {value} got a verbal warning for being late"),
}
"""Entity type -> what makes a value, and the message around it."""
