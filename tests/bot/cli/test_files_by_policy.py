"""`scan --files` judges what stands in a file by what kind of file it is."""

import json
from pathlib import Path

import pytest

from bot.cli import main

POLICY = """
[[rule]]
id = "sheet"
types = ["HKID"]
file_kinds = ["sheet"]
severity = "high"

[[rule]]
id = "large"
types = ["HKID"]
min_file_size = "2 KB"
severity = "high"

[[rule]]
id = "locked"
types = ["HKID"]
protected = true
severity = "high"
"""


def test_the_kind_and_the_size_of_a_file_decide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy, folder = tmp_path / "policy.toml", tmp_path / "files"
    policy.write_text(POLICY)
    folder.mkdir()
    (folder / "a.csv").write_text("Name,HKID\nAmy Wong,A123456(3)\nKen Lau,K782554(4)\n")
    (folder / "b.txt").write_text("Amy's ID card number is A123456(3)\n")
    (folder / "c.txt").write_text("Amy's ID card number is A123456(3)\n" + "Lunch at one?\n" * 200)

    assert main(["scan", "--files", str(folder), "--policy", str(policy), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["id"]: row["rules"] for row in rows} == {"a.csv": ["sheet"], "b.txt": [], "c.txt": ["large"]}
