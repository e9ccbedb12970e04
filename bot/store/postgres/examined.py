"""What the doctor asks a server: whether there is a log, what it lacks, and whether it keeps what it is told."""

from contextlib import closing
from dataclasses import dataclass

from bot.addresses import Server
from bot.store.errors import StoreError
from bot.store.postgres import schema
from bot.store.postgres.server import PostgresServer

NO_RIGHTS = (
    "the user may make no tables there: ALTER DATABASE {name} OWNER TO {user}, "
    "or GRANT CREATE, USAGE ON SCHEMA {schema} TO {user}"
)
STANDBY = "it is a standby, which can't be written: name the primary in [store] url"
UNSAFE = "`{setting}` is off: a power cut could take what was told as kept; turn it on in postgresql.conf"
NO_SCHEMA = "the schema that [store] url asks for does not exist: make it, or correct the address"


@dataclass(frozen=True, slots=True)
class Examined:
    """A server's version, how many migrations its log waits for (None: there is no log yet), what is to be mended."""

    version: str
    waiting: int | None
    wrong: tuple[str, ...]


def examined(server: Server) -> Examined:
    """Ask a server; nothing is changed. Raises StoreError with the cure when it can't be asked."""
    with closing(PostgresServer(server, hold=False, create=True).reading()) as session:
        sql = """SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
            current_setting('full_page_writes') AS full_page_writes, pg_is_in_recovery() AS standby,
            current_setting('synchronous_commit') AS synchronous_commit, current_schema() AS schema,
            current_database() AS name, CURRENT_USER AS who,
            has_schema_privilege(current_schema(), 'CREATE') AS makes"""
        row = session.execute(sql).fetchone()
        wrong = [UNSAFE.format(setting=name) for name in ("fsync", "full_page_writes") if row[name] == "off"]
        if row["synchronous_commit"] == "off":
            wrong.append(UNSAFE.format(setting="synchronous_commit"))
        if row["standby"]:
            wrong.append(STANDBY)
        if row["schema"] is None:
            return Examined(row["version"], None, (*wrong, NO_SCHEMA))
        if not row["makes"]:
            wrong.append(NO_RIGHTS.format(name=row["name"], user=row["who"], schema=row["schema"]))
        if schema.foreign(session):
            raise StoreError(schema.NEWER)
        return Examined(row["version"], schema.waiting(session), tuple(wrong))
