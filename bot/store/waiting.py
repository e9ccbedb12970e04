"""What an older log waits for before it can be used; nothing is changed by asking."""

from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from bot.addresses import Server
from bot.store import engines, files, migrating, schema
from bot.store.errors import as_store_error


def waiting(path: Path | Server) -> int | None:
    """How many changes of its tables the log at `path` waits for; whoever opens it (`Store.open`) makes them.

    None where there is no log yet, and one can be made. Raises StoreError, for a log of a newer version too.
    """
    if isinstance(path, Server):
        return engines.server(path).waiting
    files.ready(path, create=True)
    if not path.exists():
        return None
    with as_store_error(), closing(files.connect(path, reader=True)) as log:
        db = Database(log, execute_plugins=False)
        migrating.older(db)
        return len(schema.migrations.pending(db))
