"""Incidents, audit and people on the command line; every look carries the system user's name."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from bot.cli import main, signed
from bot.store import Store
from bot.words import Act
from tests.fakes.logbook import leak


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text('[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n')
    store, now = opened(tmp_path), time.time()
    asyncio.run(store.commit([leak(platform="slack", workspace="T1", chat="C1", sender="U1", at=now - 60)]))
    asyncio.run(store.set_chat("slack", "T1", "C1"))
    asyncio.run(store.set_person("slack", "T1", "U1", language="zh"))
    store.close()
    return file


def opened(folder: Path) -> Store:
    return Store.open(folder / "thinktwice.db", time.time)


def incident(folder: Path) -> str:
    store = opened(folder)
    [row] = store.incidents(0, 9e12)
    store.close()
    return row.id


def notes(folder: Path) -> list[tuple[str, str, str]]:
    store = opened(folder)
    found = [(row.platform, row.user, row.action) for row in store.audits()]
    store.close()
    return found


@pytest.mark.parametrize(("language", "said"), [("en", "1 incident"), ("zh", "事件1宗")])
def test_incidents_as_a_table(config: Path, capsys: pytest.CaptureFixture[str], language: str, said: str) -> None:
    assert main(["incidents", "--config", str(config), "--language", language]) == 0
    out = capsys.readouterr().out
    assert said in out
    assert incident(config.parent) in out
    assert "U1" not in out
    assert notes(config.parent) == [(*signed.by(), Act.INCIDENTS)]


def test_incidents_for_programs(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "--config", str(config), "--format", "json", "--open", "--severity", "high"]) == 0
    [shown] = json.loads(capsys.readouterr().out)
    assert (shown["chat"], shown["types"], shown["sender"]) == ("C1", {"HKID": 1}, None)
    assert main(["incidents", "--config", str(config), "--format", "csv", "--severity", "low"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_one_incident_is_settled_reopened_and_numbered(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = ["incident", incident(config.parent), "--config", str(config)]
    assert main([*one, "--settle", "elsewhere"]) == 0
    assert "dealt with elsewhere" in capsys.readouterr().out
    assert main([*one, "--reopen", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["state"] == "open"
    assert [note["action"] for note in shown["handled"]] == ["settle", "incident", "reopen"]
    assert main([*one, "--case", "HR-2026-031"]) == 0
    assert "case HR-2026-031" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [["--settle", "because"], ["--case", "Y1759548"], ["--case", "91234567"], ["--case", "a b"]]
)
def test_what_is_no_code_is_refused_and_not_stored(
    config: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    assert main(["incident", incident(config.parent), "--config", str(config), *wrong]) == 1
    assert "Please ask like this" in capsys.readouterr().err
    assert wrong[1].encode() not in b"".join(file.read_bytes() for file in config.parent.glob("thinktwice.db*"))


def test_an_unknown_incident_is_a_sentence(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incident", "bbbbbbbbbbbb", "--config", str(config)]) == 1
    assert "no incident" in capsys.readouterr().err


def test_the_audit_is_printed_and_noted(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--config", str(config)]) == 0
    assert "No notes" in capsys.readouterr().out
    assert main(["audit", "--config", str(config), "--since", "1d", "--language", "zh"]) == 0
    assert f"cli:{signed.by()[1]}" in capsys.readouterr().out
    assert main(["audit", "--config", str(config), "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("at,platform,user,action")


def test_a_person_who_left_is_shown_given_out_and_forgotten(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whom = ["person", "--config", str(config), "--user", "slack:U1"]
    assert main([*whom, "show"]) == 0
    assert "1 incident with" in capsys.readouterr().out.replace("incident ", "incident ")
    assert main([*whom, "export"]) == 0
    [held] = json.loads(capsys.readouterr().out)
    assert held["settings"]["language"] == "zh"
    assert main(["incident", incident(config.parent), "--config", str(config), "--settle", "gone"]) == 0
    capsys.readouterr()
    assert main([*whom, "forget", "--language", "zh"]) == 0
    assert "附有其編號的事件：0宗" in capsys.readouterr().out
    store = opened(config.parent)
    [note] = [row for row in store.audits() if row.action == Act.FORGET]
    assert (note.platform, note.user) == signed.by()
    store.close()
