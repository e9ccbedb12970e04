"""Addresses, as a human writes them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; host "" is every address of this machine, port 0 any that is free."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(written: str) -> Address | None:
    """Read `host:port`; None when it is none."""
    host, colon, port = written.rpartition(":")
    good = colon and re.fullmatch(r"[0-9]{1,5}", port) and int(port) < 65536
    return Address(host.strip("[]"), int(port)) if good else None


def _address(written: object) -> object:
    if not isinstance(written, str):
        return written
    if not (where := address(written)):
        raise PydanticCustomError("listen", "is not host:port", {"cure": 'write it like "127.0.0.1:3000"'})
    return where


Listen = Annotated[Address, BeforeValidator(_address)]
"""`host:port`."""


def written(place: str) -> Path | str:
    """Where a log is, as one says it on the command line: a file, or the address of a database.

    Raises ValueError with a sentence, which repeats no password.
    """
    kind, colon, rest = place.partition(":")
    if kind == "sqlite" and rest:
        return Path(rest)
    try:
        return _database(place)
    except PydanticCustomError as error:
        if not (colon and kind.startswith("postgres")):
            raise ValueError("is no place of a log; write sqlite:PATH or postgresql://user@host/database") from None
        raise ValueError(f"{error.message()}; {(error.context or {})['cure']}") from None


def _database(url: str) -> str:
    """See that this is an address of PostgreSQL without a password, which would show in lists and errors."""
    if not re.match(r"postgres(ql)?://[^/\s]*/[^/?\s]+", url):
        cure = "write it like postgresql://user@host/database"
        raise PydanticCustomError("database", "is no address of a PostgreSQL database", {"cure": cure})
    if re.match(r"[a-z]+://[^/@]*:[^/@]*@", url) or re.search(r"[?&]password=", url):
        cure = "put the password into THINKTWICE_STORE_PASSWORD, or into the file that password_file names"
        raise PydanticCustomError("database", "has a password in it", {"cure": cure})
    return url


DatabaseUrl = Annotated[str, AfterValidator(_database)]
"""`postgresql://user@host/database`."""

PASSWORD = "THINKTWICE_STORE_PASSWORD"  # noqa: S105 - the variable's name
"""The variable with the password for it; with _FILE behind it, the file that has it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database: its address without a password, and the password ('': none), which nothing shows."""

    url: str
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """What the database is called."""
        return self.url.partition("?")[0].rpartition("/")[2]
