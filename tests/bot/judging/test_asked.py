"""What somebody writes to the bot itself: a command, or words to check."""

import pytest

from bot.judging.asked import Typed, typed
from bot.words import Command


@pytest.mark.parametrize(
    ("text", "command", "args"),
    [
        ("help", Command.HELP, ()),
        ("/HELP", Command.HELP, ()),
        ("/frobnicate now", Command.HELP, ("?",)),
        ("/report@some_bot 7d", Command.REPORT, ("7d",)),
        ("report 7d", Command.REPORT, ("7d",)),
        ("/report that Amy has lupus", Command.REPORT, ("?", "?", "?", "?")),
        ("language zh", Command.LANGUAGE, ("zh",)),
        ("check", Command.CHECK, ()),
        ("/check names ", Command.CHECK, ()),
    ],
)
def test_a_command(text: str, command: Command, args: tuple[str, ...]) -> None:
    assert typed(text) == Typed(command, args)


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("report that Amy has lupus", "report that Amy has lupus", False),
        ("Help: A123456(3)", "Help: A123456(3)", False),
        ("阿明確診甲流", "阿明確診甲流", False),
        ("  two  blanks \n", "  two  blanks \n", False),
        ("check A123456(3)", "A123456(3)", False),
        ("/check@some_bot  A123456(3)\n\tand more ", " A123456(3)\n\tand more ", False),
        ("/check\nA123456(3)", "A123456(3)", False),
        ("Check names Amy Chan", "Amy Chan", True),
        ("check namesake Amy", "namesake Amy", False),
        ("names of the new starters", "names of the new starters", False),
        ("checking A123456(3)", "checking A123456(3)", False),
        ("", "", False),
    ],
)
def test_words_to_check_stay_as_they_were_typed(text: str, words: str, names: bool) -> None:  # noqa: FBT001 - a column of the table
    assert typed(text) == Typed(words=words, names=names)


def test_words_are_not_shown() -> None:
    assert "A123456" not in repr(typed("check A123456(3)"))
