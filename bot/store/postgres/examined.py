"""What the doctor asks a server: whether there is a log, what it lacks, and whether it keeps what it is told."""

import ipaddress
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from bot.addresses import Server
from bot.store.engine import Row
from bot.store.errors import StoreError
from bot.store.postgres import schema
from bot.store.postgres.server import PostgresServer
from bot.store.postgres.session import Line

APART = 5.0
"""Seconds between two clocks that are worth a word."""

NO_SCHEMA = "the schema that [store] url asks for does not exist: make it, or correct the address"
NO_RIGHTS = (
    "the user may make no tables there: ALTER DATABASE {name} OWNER TO {who}, "
    "or GRANT CREATE, USAGE ON SCHEMA {schema} TO {who}"
)
NOT_OURS = (
    "the tables belong to {owner}, so {who} can neither change nor clean them: bring the log back with "
    "pg_restore --no-owner --role={who}, or ALTER TABLE ... OWNER TO {who} for each of them"
)
STANDBY = "it is a standby, which can't be written: name the primary in [store] url"
UNSAFE = "`{setting}` is off: a power cut could take what was told as kept; turn it on in postgresql.conf"
SWELLS = "`autovacuum` is off: the tables grow and get slow; turn it on in postgresql.conf"
BLIND = "`track_counts` is off: nothing cleans the tables by itself; turn it on in postgresql.conf"
ENCODING = (
    "its encoding is {encoding}, which can't hold every text: make another one, "
    "createdb --encoding=UTF8 --template=template0, and name that"
)
CLOCK = (
    "the server's is {seconds:.0f} seconds {way} this computer's: have NTP set both (`timedatectl set-ntp true`); "
    "who is alive is told by the server's, everything else by ours"
)
OPEN_LINE = (
    "what goes to {host} is not encrypted: turn TLS on there (`ssl = on`), and add sslmode=verify-full to [store] url"
)
UNPROVED = "it is encrypted, but nobody proves that {host} is the server: add sslmode=verify-full to [store] url"
COPIES = (
    "they are yours to make: pg_dump each night, and keep no dump for longer than retention_days (docs/replicas.md)"
)
KEPT = "a commit counts when it is on the disk of {where}"


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about a server, in words; `wrong`: it is to be mended."""

    about: str
    advice: str
    wrong: bool = True


@dataclass(frozen=True, slots=True)
class Examined:
    """A server's version, how many migrations its log waits for (None: there is no log yet), what else there is."""

    version: str
    waiting: int | None
    noticed: tuple[Noticed, ...]


def examined(server: Server) -> Examined:
    """Ask a server; nothing is changed. Raises StoreError with the cure when it can't be asked."""
    with closing(PostgresServer(server, hold=False, create=True).reading()) as session:
        before = time.time()
        row = session.execute(FACTS).fetchone()
        ahead = row["now"] - (before + time.time()) / 2
        noticed = (*_rights(row), *_settings(row), *_clock(ahead), *line(session.line), *_keeping(row))
        if any(one.about == "rights" for one in noticed):
            return Examined(row["version"], None, noticed)
        if schema.foreign(session):
            raise StoreError(schema.NEWER)
        return Examined(row["version"], schema.waiting(session), noticed)


FACTS = f"""SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
    current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
    current_setting('synchronous_standby_names') AS standbys,
    current_setting('autovacuum') AS autovacuum, current_setting('track_counts') AS track_counts,
    pg_is_in_recovery() AS standby, current_schema() AS schema, current_database() AS name, CURRENT_USER AS who,
    has_schema_privilege(current_schema(), 'CREATE') AS makes,
    (SELECT tableowner FROM pg_catalog.pg_tables WHERE schemaname = current_schema()
     AND tablename = '{schema.REMEMBERED}' AND NOT pg_has_role(tableowner, 'USAGE')) AS owner,
    CAST(extract(epoch FROM clock_timestamp()) AS double precision) AS now"""  # noqa: S608 - ours


def _rights(row: Row) -> Iterator[Noticed]:
    names = {name: row[name] for name in ("name", "who", "schema", "owner")}
    if row["schema"] is None:
        yield Noticed("rights", NO_SCHEMA)
    elif not row["makes"]:
        yield Noticed("rights", NO_RIGHTS.format(**names))
    elif row["owner"] is not None:
        yield Noticed("rights", NOT_OURS.format(**names))


def _settings(row: Row) -> Iterator[Noticed]:
    if row["standby"]:
        yield Noticed("place", STANDBY)
    if row["encoding"] != "UTF8":
        yield Noticed("encoding", ENCODING.format(encoding=row["encoding"]))
    for setting in ("fsync", "full_page_writes"):
        if row[setting] == "off":
            yield Noticed("settings", UNSAFE.format(setting=setting))
    for setting, advice in (("autovacuum", SWELLS), ("track_counts", BLIND)):
        if row[setting] == "off":
            yield Noticed("settings", advice)


def _clock(ahead: float) -> Iterator[Noticed]:
    if abs(ahead) > APART:
        way = "ahead of" if ahead > 0 else "behind"
        yield Noticed("clock", CLOCK.format(seconds=abs(ahead), way=way))


def line(line: Line) -> Iterator[Noticed]:
    """What is to be said of the way to the server, where it leads off this computer."""
    if line.host.startswith(("/", "@")) or _loops(line.address):
        return
    if not line.encrypted:
        yield Noticed("line", OPEN_LINE.format(host=line.host), wrong=False)
    elif line.mode != "verify-full":
        yield Noticed("line", UNPROVED.format(host=line.host), wrong=False)


def _loops(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _keeping(row: Row) -> Iterator[Noticed]:
    where = "the server and of its synchronous standbys" if row["standbys"] else "the server"
    yield Noticed("promise", KEPT.format(where=where), wrong=False)
    yield Noticed("copies", COPIES, wrong=False)
