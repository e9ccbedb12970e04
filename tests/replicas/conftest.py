"""One PostgreSQL server for all trials of a process."""

from tests.bot.store.conftest import cluster

__all__ = ["cluster"]
