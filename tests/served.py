"""A log on a PostgreSQL server, for tests anywhere."""

from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from bot.addresses import Server
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
