"""`thinktwice policy show`: what is in force, and where it comes from."""

import tomllib
from pathlib import Path

import pytest

from bot.cli import main

BRANCH = 'extends = "hr-default"\nremove = ["email"]\n[[rule]]\nid = "phone"\nseverity = "high"\n'
CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
[[policies.chats]]
chat = "telegram:-100200300"
policy = "branch.toml"
"""


def test_it_prints_toml_with_the_place_of_each_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "branch.toml").write_text(BRANCH)
    (tmp_path / "config.toml").write_text(CONFIG)
    config = ["--config", str(tmp_path / "config.toml")]
    assert main(["policy", "show", *config, "--chat", "telegram:-100200300"]) == 0
    printed = capsys.readouterr().out
    rules = {rule["id"]: rule for rule in tomllib.loads(printed)["rule"]}
    assert "email" not in rules
    assert rules["phone"]["severity"] == "high"
    lines = {tuple(line.split("#")[0].split()): line.split("#")[-1].strip() for line in printed.splitlines()}
    assert lines["severity", "=", '"high"'].startswith("hr-default.toml, line")
    assert lines["id", "=", '"phone"'] == "branch.toml, line 4"
    assert "# removed: email  # branch.toml, line 2" in printed


def test_a_platform_that_is_not_there_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["policy", "show", "--chat", "telegarm:1"])
    assert "did you mean telegram?" in capsys.readouterr().err
