"""Commands about deletion and copies, for a log on a PostgreSQL server: they do it, or say what does."""

import asyncio
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.cli import main, signed
from bot.store import Store
from tests.fakes.logbook import NOON, Clock, clean, leak


@pytest.fixture
def config(tmp_path: Path, log: Server) -> Path:
    file = tmp_path / "config.toml"
    place = f'[store]\nurl = "{log.url}"\n[detector]\nopinion = false\n'
    file.write_text(
        f'[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\nretention_days = 30\n{place}'
    )
    store = Store.open(log, Clock(NOON - 4e7))
    old = leak("1", at=NOON - 4e7)
    asyncio.run(store.commit([old, clean("1", at=NOON - 4e7)]))
    store.close()
    return file


def test_what_is_due_is_deleted_and_the_proof_says_what_was_looked_at(
    config: Path, log: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    verify = ["retention", "verify", "--config", str(config)]
    assert main(["purge", "--clock-is-right", "--config", str(config)]) == 0
    assert "dead rows that VACUUM left: 0; tables that were not written anew: 0" in capsys.readouterr().out
    assert main(verify) == 0
    proof = capsys.readouterr().out
    for piece in (
        "Looked at: the rows of the log, 0 incidents in it.",
        "No row that should be gone is left. Of bytes in the server's files this proves nothing.",
        "未有查看伺服器檔案的頁",
        "postgres, the log of Example Ltd",
    ):
        assert piece in proof
    store = Store.open(log, Clock())
    asyncio.run(store.commit([leak("2", at=NOON - 4e7), clean("2", at=NOON - 4e7)]))
    store.close()
    assert main(verify) == 1
    assert "LEFT, 1: rows older than their time" in capsys.readouterr().out


def test_who_asks_to_be_forgotten_is(config: Path, log: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "--user", "telegram:7", "forget", "--config", str(config)]) == 0
    store = Store.open(log, Clock())
    assert (signed.by()[1], "forget") in {(row.user, row.action) for row in store.audits()}
    store.close()


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        (["backup", "copy.db"], "The log is in PostgreSQL: copy it with pg_dump"),
        (["restore", "copy.db"], "The log is in PostgreSQL: bring it back with pg_restore"),
        (["decommission", "--yes"], "The log is in PostgreSQL: end it with DROP DATABASE, and delete its backups"),
    ],
)
def test_what_is_for_files_says_what_to_do_instead(
    config: Path, log: Server, capsys: pytest.CaptureFixture[str], command: list[str], instead: str
) -> None:
    assert main([*command, "--config", str(config)]) == 1
    assert instead in capsys.readouterr().err
    store = Store.open(log, Clock(), create=False)
    assert len(store.incidents(0, NOON)) == 1
    store.close()
