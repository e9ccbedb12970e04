"""Chats as people write them in policies and in the configuration: `platform:chat id`, `*` for anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase, translate
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from policies.errors import nearest

Chosen = TypeVar("Chosen")

EXPORTED = ("whatsapp", "teams", "signal", "mail", "text", "file")
"""Where messages come from that only a sweep meets, in exports."""
PLATFORMS = ("telegram", "slack", "simulator", *EXPORTED)
"""What the platforms are called."""


def _platform(name: str) -> str:
    if name not in PLATFORMS:
        cure = nearest(name, PLATFORMS)
        raise PydanticCustomError("unknown_platform", "names a platform that is not there", {"cure": cure})
    return name


def _pattern(written: str) -> str:
    platform = written.partition(":")[0]
    if platform != "*":
        _platform(platform)
    return written


Platform = Annotated[str, AfterValidator(_platform)]
"""The name of a platform. A wrong one is an error whose context holds the `cure`."""

ChatPattern = Annotated[str, Field(pattern=r"^[^\s:]+:\S+$"), AfterValidator(_pattern)]
"""`telegram:-100200300`, `slack:*` or `*:C1`. A wrong platform is an error whose context holds the `cure`."""


def _person(written: str) -> str:
    return _pattern(written) if ":" in written else written


PersonPattern = Annotated[str, Field(pattern=r"^([^\s:]+:\S+|[a-z][a-z0-9_]{0,39})$"), AfterValidator(_person)]
"""`slack:U1`, or the name of a group of people. A wrong platform is an error whose context holds the `cure`."""


@dataclass(frozen=True, slots=True)
class ChatPatterns:
    """Patterns that are asked about many chats: `"slack:C1" in patterns`."""

    written: tuple[str, ...]
    _exact: frozenset[str] = field(init=False, repr=False, compare=False)
    _wild: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __init__(self, written: Sequence[str] = ()) -> None:
        """Prepare for the patterns as they were written."""
        wild = [translate(pattern) for pattern in written if re.search(r"[*?[]", pattern)]
        object.__setattr__(self, "written", tuple(written))
        object.__setattr__(self, "_exact", frozenset(written))
        object.__setattr__(self, "_wild", re.compile("|".join(wild)) if wild else None)

    def __contains__(self, place: str) -> bool:
        """Whether one of the patterns means this chat."""
        return place in self._exact or (self._wild is not None and self._wild.match(place) is not None)


def chosen(place: str, chats: Mapping[str, Chosen], default: Chosen) -> Chosen:
    """Return what a chat is given: what is named exactly, else the first pattern that fits, else the default."""
    if place in chats:
        return chats[place]
    return next((value for pattern, value in chats.items() if fnmatchcase(place, pattern)), default)
