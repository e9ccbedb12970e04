"""`thinktwice chat`: what a line does."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from bot.demo.chat import chat
from bot.misuse import InputError
from policies.errors import PolicyError


def played(*lines: str) -> str:
    out = io.StringIO()
    assert chat(lines=lines, console=Console(file=out, width=120, highlight=False)) == 0
    return out.getvalue()


def flat(text: str) -> str:
    """The text without its frames and line breaks."""
    return " ".join(text.replace("│", " ").split())


def test_a_name_before_a_colon_says_who_writes() -> None:
    text = flat(played("Ken: ID A123456(3)", "thanks", "Priya:", "hello"))
    assert "14:00 Ken · nothing to say thanks" in text
    assert "to Ken, privately" in text
    assert "you are Priya" in text
    assert "to Priya, privately" not in text


def test_a_colon_after_other_words_is_only_a_colon() -> None:
    assert "Reminder: lunch" in played("Reminder: lunch at one")


def test_edit_cleans_up_and_delete_takes_away() -> None:
    text = flat(played("ID A123456(3)", "/edit see the HR folder", "/delete", "/delete", "/edit again"))
    assert "(edited)" in text
    assert "(deleted)" in text
    assert "write one first" in text
    assert text.count("to May, privately") == 2


def test_buttons_are_pressed_and_answered_privately() -> None:
    text = flat(played("ID A123456(3)", "/press why", "/press reason work", "/press removed", "/press bogus"))
    assert "Data protection principle 3" in text
    assert "telling me why" in text
    assert "under a nudge that you got" in text


def test_a_text_is_checked_first_and_a_nudge_offers_a_safer_one() -> None:
    text = flat(played("/check ID A123456(3)", "ID G123456(A)", "/press safer"))
    assert "shows the bot a text; the group sees nothing" in text
    assert "ID A12****(*)" in text
    assert "ID G12****(*)" in text


def test_a_reason_that_is_not_on_the_list_changes_nothing() -> None:
    text = flat(played("ID A123456(3)", "/press reason because-i-say-so"))
    assert "That isn't one of the choices here." in text
    assert "telling me why" not in text


def test_the_bot_can_be_asked_and_admins_get_the_report() -> None:
    text = flat(played("ID A123456(3)", "/report", "Priya:", "/report 24h", "/privacy", "/frobnicate", "/help"))
    assert "for the admins" in text
    assert "Incidents: 1" in text
    assert "does not ask for your agreement" in text
    assert "I don't know that one" in text


def test_people_join_and_time_goes_by() -> None:
    text = flat(played("/join 阿明 zh", "阿明: 電話9242 0198搵陳生", "/wait 10", "/wait soon", "/join", "/join May"))
    assert "to 阿明, privately" in text
    assert "14:00" in text
    assert "10 minutes later" in text
    assert "/wait MINUTES" in text


def test_quit_ends_it_and_blank_lines_do_nothing() -> None:
    assert "never" not in played("", "  ", "/quit", "never said").split("One person alone reads")[1]


def test_markup_in_a_message_is_only_text() -> None:
    assert "[bold red]x[/]" in played("[bold red]x[/]")


def test_another_policy_judges() -> None:
    with pytest.raises(PolicyError, match="no-such-policy"):
        chat("no-such-policy", lines=(), console=Console(file=io.StringIO()))


def test_a_name_before_a_colon_says_who_asks_too() -> None:
    text = flat(played("ID A123456(3)", "Priya: /report", "thanks"))
    assert "Priya asks /report" in text
    assert "Incidents: 1" in text
    assert "14:00 Priya · nothing to say thanks" in text


def test_names_may_have_spaces() -> None:
    text = flat(
        played("/join Siu Ming", "Siu Ming: ID A123456(3)", "/join 陳 大文 zh", "陳 大文: ID A123456(3)", "/join a:b")
    )
    assert "Siu Ming joined" in text
    assert "to Siu Ming, privately" in text
    assert "to 陳 大文, privately" in text
    assert "提" in text
    assert "lets somebody new in" in text


def test_other_people_may_be_there(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text('[[people]]\nname = "Zoe"\n[[people]]\nname = "Yan"\nrole = "guest"\n')
    out = io.StringIO()
    lines = ["ID A123456(3)", "Yan: thanks"]
    assert chat(lines=lines, console=Console(file=out, width=120, highlight=False), people=file) == 0
    assert "to Zoe, privately" in flat(out.getvalue())
    file.write_text("")
    with pytest.raises(InputError, match=r"people\.toml: people: Field required"):
        chat(lines=(), console=Console(file=io.StringIO()), people=file)
