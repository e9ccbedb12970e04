"""The PostgreSQL server for tests comes back after a kill, and tells why it went by itself."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.fakes.postgres import Cluster, NoServerError, server

WORK = b"SELECT count(*) FROM generate_series(1, 20000000)"


@pytest.fixture
def own() -> Iterator[Cluster]:
    """A server that nobody else's tests stand on."""
    try:
        with server() as cluster:
            yield cluster
    except NoServerError as error:
        pytest.skip(str(error))


def answers(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url()) as db:
        return db.execute("SELECT 1").fetchone() == (1,)


def test_it_comes_back_while_processes_of_the_killed_one_still_work(own: Cluster) -> None:
    with closing(psycopg.connect(own.url())) as db:
        db.pgconn.send_query(WORK)
        own.kill()
        own.start()
        assert answers(own)


def test_what_ended_it_is_told_once_and_it_runs_again(own: Cluster) -> None:
    own.look()
    assert own._process
    os.kill(own._process.pid, signal.SIGTERM)
    own._process.wait()
    with pytest.raises(NoServerError, match=r"had ended .-?[0-9]+.: .*shut"):
        own.look()
    own.look()
    assert answers(own)
