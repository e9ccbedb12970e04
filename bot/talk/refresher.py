"""The yearly refresher: five invented messages, "would you post this?". Who takes it is stored nowhere.

How far somebody is stands in the buttons themselves; anybody may forge them, and would fool nobody but themselves.
"""

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.send import Button
from bot.wording import say
from bot.wording.refresher import ASKED, of_year
from bot.words import Action

ANSWERS = {Action.POST: True, Action.KEEP: False}
"""What a button says: I would post it, I would not."""
_STATE = re.compile(r"(20[0-9]{2})_([1-5])_([0-4])", re.ASCII)

Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class State:
    """The year, the question that is asked (from 1), and how many were answered rightly before."""

    year: int
    number: int = 1
    right: int = 0

    @classmethod
    def read(cls, choice: str) -> Self | None:
        """Read what a button carries; None when it is none of ours."""
        matched = _STATE.fullmatch(choice)
        return cls(*map(int, matched.groups())) if matched else None

    def __str__(self) -> str:
        """What a button carries."""
        return f"{self.year}_{self.number}_{self.right}"


def begin(year: int, language: str) -> tuple[str, Buttons]:
    """The first question of a year, with its buttons."""
    state = State(year)
    return "\n\n".join([say(language, "refresher.intro"), _question(state, language)]), _buttons(state, language)


def turn(action: Action, choice: str, language: str) -> tuple[str, Buttons] | None:
    """What an answer is answered with: whether it is right, why, and the next question; None for a forged button."""
    state = State.read(choice)
    if state is None:
        return None
    question = of_year(state.year)[state.number - 1]
    right = ANSWERS[action] is question.post
    said = say(language, "refresher.right" if right else "refresher.wrong", why=question.because(language))
    after = replace(state, number=state.number + 1, right=state.right + right)
    if after.number > ASKED:
        return "\n\n".join([said, say(language, "refresher.done", right=after.right, count=ASKED)]), ()
    return "\n\n".join([said, _question(after, language)]), _buttons(after, language)


def _question(state: State, language: str) -> str:
    message = of_year(state.year)[state.number - 1].said(language)
    return say(language, "refresher.question", number=state.number, count=ASKED, message=message)


def _buttons(state: State, language: str) -> Buttons:
    return tuple((Button(say(language, f"button.{action}"), action, str(state)),) for action in ANSWERS)
