"""Breaches on the command line: the same words as in a chat, with the system user's name."""

import json
from pathlib import Path

import pytest

from bot.cli import main, signed
from tests.bot.cli.test_evidence import config, incident, notes

__all__ = ["config"]


def test_a_case_is_opened_worked_through_and_closed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--config", str(config)]

    def said(*words: str) -> str:
        assert main(["breach", *words, *given]) == 0
        return capsys.readouterr().out

    assert "no cases" in said("list")
    assert "for 2 days" in said("open", incident(config.parent), "--aware", "2d")
    assert "[x] tell" in said("tick", "B1", "tell", "contain")
    assert "[ ] contain" in said("untick", "B1", "contain")
    assert "Noted" in said("edition", "B1")
    assert "［請填寫：" in said("draft", "B1", "--form", "ico", "--language", "zh")
    assert "Closed" in said("close", "B1", "unlikely")
    assert "Known since" in said("reopen", "b1")
    shown = json.loads(said("show", "B1", "--format", "json"))
    assert (shown["case"], shown["closed_at"], shown["figures"]["types"]) == ("B1", None, {"HKID": 1})
    assert [(one["step"], one["by"]) for one in shown["steps"]] == [("tell", ":".join(signed.by()))]
    assert f"cli:{signed.by()[1]}" in said("show", "b1")
    acts = [action for _, _, action in notes(config.parent) if action.startswith("breach_")]
    done = ("tick", "untick", "edition", "draft", "close", "reopen")
    assert acts == ["breach_open", "breach_open", *(f"breach_{name}" for name in done)]


@pytest.mark.parametrize(
    "wrong",
    [["open", "A123456(3)"], ["tick", "B1", "because"], ["close", "B1", "Chan"], ["show", "B1"], ["draft", "B1"]],
)
def test_what_can_not_be_done_is_said_and_stores_nothing(
    config: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    assert main(["breach", *wrong, "--config", str(config)]) == 1
    assert capsys.readouterr().err
    assert wrong[-1].encode() not in b"".join(file.read_bytes() for file in config.parent.glob("thinktwice.db*"))


def test_a_draft_goes_into_a_file_that_is_not_there_yet(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, out = ["--config", str(config)], config.parent / "draft.docx"
    main(["breach", "open", incident(config.parent), *given])
    assert main(["breach", "draft", "B1", "--docx", *given]) == 1
    assert "--out FILE" in capsys.readouterr().err
    assert main(["breach", "draft", "B1", "--docx", "--out", str(out), *given]) == 0
    assert out.read_bytes().startswith(b"PK")
    assert main(["breach", "draft", "B1", "--docx", "--out", str(out), *given]) == 1
    assert "name another file" in capsys.readouterr().err
