"""`thinktwice backup`, `restore`, `decommission` and `notice`, as an operator types them."""

import asyncio
import hashlib
import time
from pathlib import Path

import pytest

from bot.cli import main
from bot.evidence.certificate import program
from bot.message import ChatChange
from bot.store import Store
from bot.words import ChatState
from policies.files import locate


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(
        '[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\nretention_days = 30\n'
        "[detector]\nopinion = false\n"
    )
    return file


def _open(config: Path) -> Store:
    return Store.open(config.parent / "thinktwice.db", time.time)


def test_backup_restore_and_the_end(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _open(config).close()
    log, copy = config.parent / "thinktwice.db", config.parent / "copy.db"
    assert main(["backup", "--config", str(config), str(copy)]) == 0
    store = _open(config)
    assert [row.action for row in store.audits()] == ["backup"]
    store.close()
    assert main(["restore", "--config", str(config), str(copy)]) == 1
    assert "already" in capsys.readouterr().err

    assert main(["decommission", "--config", str(config)]) == 1
    assert log.exists()
    assert main(["decommission", "--config", str(config), "--yes"]) == 0
    certificate = capsys.readouterr().out
    assert not log.exists()
    assert "Certificate of deletion" in certificate
    assert "刪除證明書" in certificate
    assert certificate.count("  audit: 1\n") == 2
    assert certificate.count(program()) == 2
    assert hashlib.sha256(locate("hr-default").read_bytes()).hexdigest() in certificate

    assert main(["restore", "--config", str(config), str(copy)]) == 0
    assert "Restored 0 incidents" in capsys.readouterr().out


def test_the_notice_says_in_both_languages_what_is_in_force(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notice", "--config", str(config)]) == 0
    told = capsys.readouterr().out
    for words in ("Example Ltd", "privacy@example.com"):
        assert told.count(words) >= 2
    for words in (
        "Hong Kong ID card number",
        "香港身份證號碼",
        "30 days",
        "30天",
        "private message that only they see",
    ):
        assert words in told
    assert "taken out of the group" not in told


def test_a_policy_that_removes_messages_says_so(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = config.parent / "own.toml"
    policy.write_text(
        '[[rule]]\nid = "hkid"\ntypes = ["HKID"]\nseverity = "high"\neffects = ["nudge", "delete"]\nwording = "hkid"\n'
    )
    config.write_text(config.read_text() + '[policies]\ndefault = "own.toml"\n')
    assert main(["notice", "--config", str(config)]) == 0
    told = capsys.readouterr().out
    assert "taken out of the group" in told
    assert "從群組移除" in told
    assert "health details." not in told.split("looks for: ")[1].split("\n")[0]


def test_the_greetings_are_listed_and_the_look_is_noted(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = _open(config)
    asyncio.run(store.commit([ChatChange("telegram", "", "-100", ChatState.JOINED, time.time())]))
    store.close()
    assert main(["notice", "--config", str(config), "--greetings"]) == 0
    told = capsys.readouterr().out
    assert "telegram:-100: greeted 20" in told
    assert "上次提醒 沒有；自20" in told
    store = _open(config)
    assert [row.action for row in store.audits()] == ["greetings"]
    store.close()
