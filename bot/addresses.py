"""Where something listens, as a human writes it."""

import re
from dataclasses import dataclass
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
