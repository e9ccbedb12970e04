"""A log on a PostgreSQL server, for tests anywhere."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.addresses import Server
from bot.store import Clock, Store
from tests.fakes.postgres import Cluster, NoServerError, server


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL server for all tests of a process; without one these are skipped."""
    with ExitStack() as stack:
        try:
            running = stack.enter_context(server())
        except NoServerError as error:
            pytest.skip(str(error))
        yield running


@pytest.fixture
def log(cluster: Cluster) -> Iterator[Server]:
    """An empty log on that server."""
    cluster.look()
    place = Server(cluster.url())
    yield place
    with psycopg.connect(place.url, autocommit=True) as db:
        db.execute(EMPTY)


EMPTY = b"""DO $$ DECLARE t record; BEGIN
    FOR t IN SELECT tablename AS n FROM pg_tables WHERE schemaname = 'public' AND tablename != '_migrations'
        LOOP EXECUTE format('DELETE FROM %I', t.n); END LOOP;
    FOR t IN SELECT sequencename AS n FROM pg_sequences WHERE schemaname = 'public'
        LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', t.n); END LOOP;
END $$"""
"""To delete is quicker than to truncate, which makes new files."""


def on(log: Server) -> type[Store]:
    """A store that is on a server, wherever it is asked to be."""

    class Served(Store):
        @classmethod
        def open(cls, place: str | Path | Server, clock: Clock, **more: Any) -> "Served":  # noqa: ARG003 - it knows better
            return super().open(log, clock, **more)

    return Served


MANY = ("breach", "commands", "edit-worsens", "evidence", "expiry", "false-alarm-mutes", "retention", "trial")
FEW = ("edit-cleans-up", "presses", "start-later")
"""Scenarios that are always played over a server too: on the simulator, and on each real platform."""


def served(names: Iterable[str], always: Sequence[str]) -> list[Any]:
    """Scenarios to be played over a server: these in each `make test`, all of them in `make served`."""
    return [pytest.param(name, marks=() if name in always else pytest.mark.slow) for name in names]
