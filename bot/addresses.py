"""Addresses, as a human writes them."""

import re
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; host "" is every address of this machine, port 0 any that is free."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _address(written: object) -> object:
    if not isinstance(written, str):
        return written
    host, colon, port = written.rpartition(":")
    if not (colon and re.fullmatch(r"[0-9]{1,5}", port) and int(port) < 65536):
        raise PydanticCustomError("listen", "is not host:port", {"cure": 'write it like "127.0.0.1:3000"'})
    return Address(host.strip("[]"), int(port))


Listen = Annotated[Address, BeforeValidator(_address)]
"""`host:port`."""


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
