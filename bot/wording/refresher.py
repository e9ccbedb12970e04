"""The questions of the yearly refresher: invented messages, whether they may be posted, and why."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.wording import LANGUAGES

ASKED = 5
"""Questions of a year; the next year asks the next ones."""


@dataclass(frozen=True, slots=True)
class Question:
    """`post`: nothing speaks against posting it. `text` is the invented message and `why` the reason, by language."""

    post: bool
    text: dict[str, str]
    why: dict[str, str]

    def said(self, language: str) -> str:
        """The message in a language, in English where it is not written in it."""
        return self.text.get(language, self.text["en"])

    def because(self, language: str) -> str:
        """The reason, likewise."""
        return self.why.get(language, self.why["en"])


@cache
def questions() -> tuple[Question, ...]:
    """Read all of them."""
    book = tomllib.loads(files(__package__).joinpath("refresher.toml").read_text(encoding="utf-8"))
    return tuple(
        Question(one["post"], *({code: one[f"{what}{code}"] for code in LANGUAGES} for what in ("", "why_")))
        for one in book["question"]
    )


def of_year(year: int) -> tuple[Question, ...]:
    """Pick those of a year."""
    known = questions()
    return tuple(known[(year * ASKED + number) % len(known)] for number in range(ASKED))
