"""What the doctor says of a log on a PostgreSQL server: what is wrong there, and how to mend it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bot.addresses import Server
from bot.cli import disk, main
from bot.store import Store, StoreError
from bot.store.postgres import examined
from bot.store.postgres.session import Line
from tests.fakes.logbook import Clock
from tests.fakes.postgres import Cluster
from tests.running import config


def told(place: Server) -> dict[str, list[tuple[bool, str]]]:
    """What is said, by what it is about."""
    checks = list(disk._on_server(place))
    return {one.name: [(also.good, also.advice) for also in checks if also.name == one.name] for one in checks}


@pytest.fixture
def other(cluster: Cluster) -> Iterator[Server]:
    """A database that somebody else owns, and a user who may do little."""
    with psycopg.connect(cluster.url(), autocommit=True) as db:
        db.execute("CREATE ROLE little LOGIN")
        db.execute("CREATE DATABASE theirs ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        yield Server(cluster.url("theirs").replace("tests@", "little@"))
        db.execute("DROP DATABASE theirs WITH (FORCE)")
        db.execute("DROP ROLE little")


def test_what_holds_is_said_and_what_a_power_cut_could_take(log: Server) -> None:
    Store.open(log, Clock()).close()
    found = told(log)
    assert [
        good for name, said in found.items() for good, _ in said if name.startswith(f"database {log}, Postgre")
    ] == [True]
    assert found["database's promise"] == [(True, "a commit counts when it is on the disk of the server")]
    assert "pg_dump" in found["database's copies"][0][1]
    # The server of these tests keeps nothing through a power cut.
    unsafe = [advice for good, advice in found["database's settings"] if not good]
    assert [advice.split("`")[1] for advice in unsafe] == ["fsync", "full_page_writes", "autovacuum"]
    assert not {"database's line", "database's clock", "database's rights", "database's encoding"} & {*found}


def test_rights_and_an_encoding_that_are_missing_are_told_with_the_cure(cluster: Cluster, other: Server) -> None:
    found = told(other)
    assert "UTF8 --template=template0" in found["database's encoding"][0][1]
    [(good, advice)] = found["database's rights"]
    assert not good
    assert "ALTER DATABASE theirs OWNER TO little" in advice

    with psycopg.connect(cluster.url("theirs"), autocommit=True) as db:
        db.execute("GRANT CREATE ON SCHEMA public TO little")
    assert "database's rights" not in told(other)
    Store.open(replace(other, url=cluster.url("theirs")), Clock()).close()
    [(good, advice)] = told(other)["database's rights"]
    assert not good
    assert advice.startswith("the tables belong to tests, so little can neither change nor clean them: bring the log")


def test_a_clock_that_is_wrong_is_told(log: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 60)
    [(good, advice)] = told(log)["database's clock"]
    assert not good
    assert advice.startswith("the server's is 60 seconds behind this computer's: have NTP set both")


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Line("/run/postgresql", "", encrypted=False, mode="prefer"), ""),
        (Line("localhost", "127.0.0.1", encrypted=False, mode="prefer"), ""),
        (Line("localhost", "::1", encrypted=False, mode="prefer"), ""),
        (Line("db.example.com", "192.0.2.7", encrypted=False, mode="prefer"), "what goes to db.example.com is not"),
        (Line("db.example.com", "192.0.2.7", encrypted=True, mode="require"), "nobody proves that db.example.com"),
        (Line("db.example.com", "192.0.2.7", encrypted=True, mode="verify-full"), ""),
    ],
)
def test_a_line_that_others_can_read_is_told(way: Line, said: str) -> None:
    noticed = list(examined.line(way))
    assert [said in one.advice for one in noticed] == ([True] if said else [])
    assert not any(one.wrong for one in noticed)


def test_a_server_that_is_away_and_a_log_of_a_newer_version(
    log: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(log, Clock()).close()
    with psycopg.connect(log.url, autocommit=True) as db:
        db.execute("INSERT INTO _migrations VALUES ('m999', 0)")
        with pytest.raises(StoreError, match="newer Think Twice"):
            examined.examined(log)
        db.execute("DELETE FROM _migrations WHERE name = 'm999'")

    path = tmp_path / "config.toml"
    path.write_text(
        config(more='[store]\nurl = "postgresql://little@/log?host=/nowhere"\n[detector]\nopinion = false\n')
    )
    assert main(["doctor", "--config", str(path)]) == 1
    assert "The database server can't be reached or broke off: check that it runs" in capsys.readouterr().out
