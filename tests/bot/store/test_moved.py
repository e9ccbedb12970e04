"""A log copied between a file and a server: all of it, or nothing."""

import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.cli.store import _figures
from bot.message import Cursor
from bot.send import Sent
from bot.store import Log, Store, StoreError, moved
from bot.store.engine import Session
from tests.bot.store.test_tally import write
from tests.fakes.logbook import NOON, Clock, leak, tried

BY = ("cli", "anna")


def figures(log: Log) -> Sequence[str]:
    return _figures(log, NOON * 2)


def copy(source: Path | Server, target: Path | Server, told: moved.Told = lambda *_: None) -> moved.Moved:
    return moved.copy(source, target, BY, NOON, figures, told)


async def _history(place: Path | Server) -> None:
    store = Store.open(place, Clock())
    await write(store, random.Random(7), 30)  # noqa: S311 - the same history each time
    await store.commit([leak("last", sender="9", at=NOON + 9e5)], Cursor("stub", "offset", "3"))
    store.close()


def _everything(place: Path | Server) -> dict[str, list[tuple[object, ...]]]:
    store = Store.open(place, Clock())
    rows = {table.name: [tuple(row) for row in table.rows(store._connection())] for table in moved.tables()}
    store.close()
    return rows


async def test_there_and_back_nothing_is_missing_and_numbers_go_on(tmp_path: Path, log: Server) -> None:
    await _history(tmp_path / "log.db")
    with sqlite3.connect(tmp_path / "log.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM outbox WHERE id = (SELECT MAX(id) FROM outbox)")  # its number is not given again
        [last] = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
    db.close()

    there = copy(tmp_path / "log.db", log)
    before = _everything(tmp_path / "log.db")
    assert before == _everything(log)
    back = copy(log, tmp_path / "new.db")

    assert there.rows == {table: len(rows) for table, rows in before.items()}
    assert there.rows["incident"] == 31
    assert there.figures == back.figures
    again = _everything(tmp_path / "new.db")
    assert [row[4:6] for row in again["audit"]][-2:] == [("copy", "to postgresql"), ("copy", "to sqlite")]
    for place in (log, tmp_path / "new.db"):
        store = Store.open(place, Clock())
        await store.commit([leak("more", sender="new", at=NOON + 1e6)])
        assert max(row.id for row in store.outbox()) == last + 1
        assert store.cursor("stub", "offset") == "3"
        store.close()


async def test_what_a_program_on_the_server_held_is_free_in_the_file(tmp_path: Path, log: Server) -> None:
    running = Store.open(log, Clock(), hold=True)
    await running.commit([leak("1")])
    assert await running.sending(running.outbox()[0], "dm", NOON)
    await running.commit([leak("2", sender="8")])
    running.close()

    copy(log, tmp_path / "log.db")

    store = Store.open(tmp_path / "log.db", Clock(), hold=True)
    [first, second] = store.outbox()
    assert [row.id for row in store.under_way("stub")] == [first.id]
    await store.found(first.id, Sent(), NOON + 1)
    await tried(store, second, Sent(), NOON + 60)
    assert [row.state for row in store.outbox()] == ["sent", "sent"]
    store.close()


async def test_a_place_that_is_taken_in_use_or_the_same_is_refused_and_nothing_changes(
    tmp_path: Path, log: Server
) -> None:
    await _history(tmp_path / "log.db")
    copy(tmp_path / "log.db", log)
    before = _everything(log)
    with pytest.raises(StoreError, match=r"There is a log at postgresql.* already: name an empty database"):
        copy(tmp_path / "log.db", log)
    with pytest.raises(StoreError, match="already: name a file that is not there"):
        copy(log, tmp_path / "log.db")
    with pytest.raises(StoreError, match="the same place"):
        copy(log, log)
    with pytest.raises(StoreError, match="no database at"):
        copy(tmp_path / "nothing.db", tmp_path / "new.db")
    for place in (log, tmp_path / "log.db"):
        running = Store.open(place, Clock(NOON + 1e7), hold=True)
        with pytest.raises(StoreError, match=r"in use by .*stop that"):
            copy(place, tmp_path / "new.db")
        running.close()
    assert _everything(log) == before
    copy(log, tmp_path / "new.db")  # what was refused before left an empty log at most


async def test_what_can_not_be_copied_whole_is_not_copied(tmp_path: Path, log: Server) -> None:
    await _history(tmp_path / "log.db")

    def killed(table: str, rows: int, wanted: int) -> None:
        if table == "breach_edition" or (table, rows) == ("attempt", wanted):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(tmp_path / "log.db", log, killed)
    assert not any(_everything(log).values())

    answers = iter((["1"], ["2"]))
    with pytest.raises(StoreError, match="other figures than the log: nothing was kept"):
        moved.copy(tmp_path / "log.db", log, BY, NOON, lambda _: next(answers), lambda *_: None)
    assert not any(_everything(log).values())


async def test_what_the_place_itself_changed_is_noticed(
    tmp_path: Path, log: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _history(tmp_path / "log.db")
    add = moved.Table.add

    def tampered(table: moved.Table, db: Session, rows: Sequence[Sequence[object]]) -> None:
        add(table, db, rows)
        if table.name == "incident":
            db.execute("UPDATE incident SET severity = 'low' WHERE severity = 'critical'")

    monkeypatch.setattr(moved.Table, "add", tampered)
    with pytest.raises(StoreError, match="copy of incident is not what was copied"):
        copy(tmp_path / "log.db", log)
    assert not any(_everything(log).values())


def test_the_tables_are_all_tables_and_refer_to_earlier_ones(tmp_path: Path) -> None:
    Store.open(tmp_path / "log.db", Clock()).close()
    seen: set[str] = set()
    with sqlite3.connect(tmp_path / "log.db") as db:
        for table in moved.tables():
            refers = {row[2] for row in db.execute(f"PRAGMA foreign_key_list({table.name})")}
            assert refers <= seen | {table.name}
            seen.add(table.name)
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    db.close()
    assert {name for name in names if not name.startswith(("_", "sqlite_"))} == seen | {*moved.RUNNING}
