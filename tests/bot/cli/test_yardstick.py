"""`scan`, `explain` and `policy check` with a configuration: what the running bot would say."""

import io
import json
from pathlib import Path

import pytest

from bot.cli import main

CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
[detector]
recognizers = ["own.toml"]
own_numbers = ["2123 4567"]
[policies]
default = "office.toml"
[[policies.chats]]
chat = "slack:C1"
policy = "hr-strict"
"""

OWN = """
[[recognizer]]
entity = "STAFF_NUMBER"
words = ["E12345"]
examples = ["staff no «E12345»"]
"""

POLICY = """
[[rule]]
id = "staff"
types = ["STAFF_NUMBER"]
severity = "medium"
[[example]]
text = "staff no E12345"
rules = ["staff"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("config.toml", CONFIG), ("own.toml", OWN), ("office.toml", POLICY)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def scanned(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> list[list[str]]:
    lines = [{"id": 1, "text": "E12345"}, {"id": 2, "text": "HKID A123456(3)", "platform": "slack", "chat": "C1"}]
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["scan", str(folder / "in.jsonl"), "--format", "jsonl", *options]) == 0
    return [json.loads(line)["rules"] for line in capsys.readouterr().out.splitlines()]


def test_a_configuration_brings_its_recognizers_and_each_chats_policy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = ("--config", str(folder / "config.toml"))
    assert scanned(capsys, folder) == [[], ["hkid"]]
    assert scanned(capsys, folder, *config) == [["staff"], ["identity"]]
    assert scanned(capsys, folder, *config, "--policy", "hr-default") == [[], ["hkid"]]


def test_a_policy_about_types_of_ones_own_holds_with_the_configuration_that_finds_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "check", str(folder / "office.toml")]) == 1
    assert "names an entity type that nothing finds" in capsys.readouterr().err
    assert main(["policy", "check", "--config", str(folder / "config.toml"), str(folder / "office.toml")]) == 0


def test_explain_measures_by_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"E12345")))
    assert main(["explain", "--config", str(folder / "config.toml")]) == 0
    out = capsys.readouterr().out
    assert "STAFF_NUMBER" in out
    assert "E12345" not in out


def test_explain_says_of_each_rule_the_one_reason_why_it_is_silent(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"HKID A123456(3)")))
    rule = '[[rule]]\nid = "{id}"\ntypes = ["HKID"]\nseverity = "low"\n'
    office = rule.format(id="pair") + "min_count = 2\n" + rule.format(id="guests") + 'sender_roles = ["guest"]\n'
    (folder / "two.toml").write_text(office)
    assert main(["explain", "--policy", str(folder / "two.toml")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "pair low silent: it wants 2 values, there are 1" in out
    assert "guests low fires" in out
    assert "role unknown and so taken as any" in out


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2123 4567", "12", "fewer than three digits"),
        ("own.toml", "nowhere.toml", "nowhere.toml: can't be read"),
        ("[detector]", "[detector]\nspacy_model = 'no_such_model'", "detector.spacy_model"),
        ("office.toml", "nowhere.toml", "there is no such file"),
    ],
)
@pytest.mark.parametrize("command", ["run", "scan"])
def test_what_the_detector_can_not_use_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, old: str, new: str, reason: str
) -> None:
    config = folder / "config.toml"
    config.write_text(CONFIG.replace(old, new) + "[telegram]\n")
    arguments = ["--config", str(config)]
    assert main([command, *arguments] if command == "run" else [command, str(config), *arguments]) == 1
    captured = capsys.readouterr()
    assert reason in captured.err.splitlines()[-1]
    assert "Traceback" not in captured.err
