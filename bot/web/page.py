"""What a page is: a template and its values, or where a browser goes next; and who is looking."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.web.sessions import Visitor
from bot.web.sources import Sources


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in. `query`, `form` and `path` hold what came with it."""

    visitor: Visitor
    language: str
    path: Mapping[str, str]
    query: Mapping[str, str] = field(repr=False)
    form: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """What to show: a template of this room and its values; a whole page or a piece of one that is open."""

    template: str
    values: Mapping[str, object]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the browser goes after something was done; `said` is a sentence's key, shown there once."""

    to: str


@dataclass(frozen=True, slots=True)
class File:
    """What a browser saves."""

    name: str
    content: bytes = field(repr=False)


Show = Callable[[Sources, Visit], Awaitable[Page | Onward | File]]
"""Makes a page, or does what a form asks for."""
