"""`thinktwice policy show`: what is in force, and where it comes from; `whatif`: what another would have said."""

import asyncio
import time
import tomllib
from pathlib import Path

import pytest

from bot.cli import main
from bot.store import Found, Store
from bot.words import PartKind
from policies.facts import Facts
from policies.whatif import kept
from tests.fakes.logbook import leak

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


def test_a_changed_policy_is_asked_about_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "branch.toml").write_text(BRANCH)
    (tmp_path / "config.toml").write_text(CONFIG)
    store = Store.open(tmp_path / "thinktwice.db", time.time)
    found = Found(PartKind.TEXT, "EMAIL_ADDRESS", 0.9, "email", (), ("pattern",), 1)
    change = leak(
        at=time.time() - 60, rules=("email",), types={"EMAIL_ADDRESS": 1}, found=(found,), facts=kept(Facts())
    )
    asyncio.run(store.commit([change]))
    store.close()
    config = ["--config", str(tmp_path / "config.toml")]
    assert main(["policy", "whatif", str(tmp_path / "branch.toml"), *config]) == 0
    printed = capsys.readouterr().out
    assert "1 incidents of the log, judged by branch" in printed
    assert "nothing would be said or logged: 1" in printed
    assert main(["policy", "whatif", str(tmp_path / "nowhere.toml"), *config]) == 1
    assert "there is no such file" in capsys.readouterr().err
