"""Who may hold a log on a server: several that run on it, and nobody else while it is moved."""

import os
from contextlib import closing

import psycopg
import pytest

from bot.addresses import Server
from bot.store import Store, StoreError
from bot.store.postgres.told import LOST, sentence
from tests.fakes.logbook import Clock

pytestmark = pytest.mark.fault


def test_several_run_on_one_log(log: Server) -> None:
    with closing(Store.open(log, Clock(), hold=True)), closing(Store.open(log, Clock(), hold=True)):
        pass


def test_who_moves_a_log_is_alone_with_it(log: Server) -> None:
    with closing(Store.open(log, Clock(), hold=True, alone=True)):
        with pytest.raises(StoreError, match=f"moves it .process {os.getpid()}@"):
            Store.open(log, Clock(), hold=True)
        with pytest.raises(StoreError, match="in use by `thinktwice run`"):
            Store.open(log, Clock(), hold=True, alone=True)
        Store.open(log, Clock(), create=False).close()


def test_a_log_that_runs_is_not_moved(log: Server) -> None:
    one, other = Store.open(log, Clock(), hold=True), Store.open(log, Clock(), hold=True)
    with closing(one), closing(other), pytest.raises(StoreError, match=f"{os.getpid()}@.*, {os.getpid()}@.*: stop"):
        Store.open(log, Clock(), hold=True, alone=True)


@pytest.mark.parametrize("what", ["starting up", "shutting down", "in recovery mode"])
def test_a_server_that_is_not_ready_is_waited_for(what: str) -> None:
    """Its words speak of a database, and mean itself."""
    refused = psycopg.OperationalError(f"connection failed: FATAL:  the database system is {what}")
    assert sentence(refused, connecting=True) == LOST
