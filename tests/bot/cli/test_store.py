"""`thinktwice store copy`, as an operator types it."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.cli import main
from bot.store import Store
from bot.words import Act
from tests.fakes.logbook import leak


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    store = Store.open(path, time.time)
    asyncio.run(store.commit([leak(str(number), at=time.time() - 60) for number in range(6)]))
    asyncio.run(store.audit("stub", "1", Act.REPORT, "7d"))
    store.close()
    return path


def test_a_log_goes_to_a_server_and_comes_back(
    file: Path, log: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THINKTWICE_STORE_PASSWORD", "not asked for here")
    assert main(["store", "copy", f"sqlite:{file}", log.url]) == 0
    told = capsys.readouterr()
    assert "incident                    6" in told.out
    assert "Incidents: 6" in told.out
    assert f"Now let [store] name {log.url}" in told.out
    assert "incident: 6 of 6\n" in told.err

    assert main(["store", "copy", log.url, f"sqlite:{file.parent / 'back.db'}"]) == 0
    store = Store.open(file.parent / "back.db", time.time)
    assert [(row.action, row.detail) for row in store.audits()] == [
        ("report", "7d"),
        ("copy", "to postgresql"),
        ("copy", "to sqlite"),
    ]
    store.close()
    assert (file.parent / "back.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("sqlite:log.db", "log.db", "TO is no place of a log; write sqlite:PATH or postgresql://user@host/database"),
        ("mysql://db/log", "sqlite:new.db", "FROM is no place of a log"),
        ("sqlite:", "sqlite:new.db", "FROM is no place of a log"),
        ("sqlite:log.db", "postgresql://db", "TO is no address of a PostgreSQL database; write it like"),
        ("sqlite:log.db", "postgresql://bot:sesame@db/log", "TO has a password in it; put the password into THINK"),
        ("sqlite:none.db", "sqlite:new.db", "There is no database at none.db yet"),
        ("sqlite:log.db", "sqlite:log.db", "Both are the same place"),
        ("sqlite:log.db", "postgresql:///log?host=/nowhere", "The database server can't be reached"),
    ],
)
def test_what_can_not_be_done_is_said_with_the_cure(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, source: str, target: str, said: str
) -> None:
    monkeypatch.chdir(file.parent)
    assert main(["store", "copy", source, target]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert "sesame" not in told.err + told.out
    assert not Path("new.db").exists()
    assert [path.name for path in file.parent.iterdir() if not path.name.startswith("log.db")] == []
