"""`thinktwice policy show`: what is in force, and where it comes from; `whatif`: what another would have said."""

import asyncio
import io
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


GUESTS = """
[[rule]]
id = "guests"
types = ["HKID"]
severity = "high"
sender_roles = ["guest"]
parts = ["caption"]
hours = ["Mon-Fri 09:00-18:00"]
[[example]]
text = "A123456(3) is her HKID"
rules = ["guests"]
sender_role = "guest"
part = "caption"
at = 2026-11-30T14:00:00
"""


def test_examples_are_shown_by_number_with_what_fires(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "guests.toml"
    file.write_text(GUESTS)
    assert main(["policy", "test", str(file)]) == 0
    assert "1 examples hold" in (printed := capsys.readouterr().out)
    assert "A123456" not in printed
    file.write_text(GUESTS.replace('caption"\nat', 'text"\nat'))
    assert main(["policy", "test", str(file)]) == 1
    assert "1 to mend" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--role", "guest", "--part", "caption", "--at", "2026-11-30T14:00"], "fires"),
        (["--role", "member", "--part", "caption", "--at", "2026-11-30T14:00"], "the sender is a member"),
        (["--role", "guest", "--part", "text", "--at", "2026-11-30T14:00"], "it stands in the text"),
        (["--role", "guest", "--part", "caption", "--at", "2026-11-30T20:00"], "it was not written in the hours"),
    ],
)
def test_explain_is_told_the_facts(
    options: list[str],
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "guests.toml").write_text(GUESTS)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"A123456(3) is her HKID")))
    assert main(["explain", "--policy", str(tmp_path / "guests.toml"), *options]) == 0
    assert reason in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "cure"),
    [
        (["--role", "gest"], "did you mean guest?"),
        (["--part", "filename"], "did you mean file_name?"),
        (["--at", "tomorrow"], "write it like 2026-11-30T14:00"),
    ],
)
def test_facts_that_are_none_are_told_so(options: list[str], cure: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *options]) != 0
    assert cure in capsys.readouterr().err


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
