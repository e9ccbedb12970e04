"""Presidio and spaCy without what no bot needs of them at its start, which is a third of the time that they take.

- spaCy imports its command line for one function (`spacy.info`): an HTTP client, a project manager and a form of YAML.
- Presidio compiles each pattern that it ships to see whether it is one, and again where one is used.
- Presidio imports tldextract, with another HTTP client, for a recognizer of its own that nobody asks here.

All of it is still there for whoever asks for it afterwards.
"""

import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any

_PLACES = ("spacy.cli", "spacy.cli.info")
_PATTERN = "presidio_analyzer.pattern"
"""The module that looks whether a pattern is one, and drops what it compiled."""


def load() -> None:
    """Load both, unless somebody has."""
    if "spacy" not in sys.modules:
        with _without_command_line():
            importlib.import_module("spacy")
    if "presidio_analyzer" not in sys.modules:
        with _later("tldextract"), _unproved():
            importlib.import_module("presidio_analyzer")


@contextmanager
def _later(name: str) -> Iterator[None]:
    """Whoever imports the module meanwhile gets one that is loaded when something of it is used (`LazyLoader`)."""
    finder = _Later(name)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Later(MetaPathFinder):
    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == self._name else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


@contextmanager
def _without_command_line() -> Iterator[None]:
    modules: dict[str, Any] = sys.modules
    standing_in = {name: ModuleType(name) for name in _PLACES}
    standing_in["spacy.cli.info"].info = _info  # type: ignore[attr-defined]  # a module made here has what it is given
    modules.update(standing_in)
    try:
        yield
    finally:
        for name in _PLACES:
            del modules[name]


def _info(*asked: object, **more: object) -> object:
    """What `spacy.info` does."""
    return importlib.import_module("spacy.cli.info").info(*asked, **more)


@contextmanager
def _unproved() -> Iterator[None]:
    """Take Presidio's patterns for ones; whoever else compiles one meanwhile gets it."""
    regex: Any = importlib.import_module("regex")
    compiles = regex.compile

    def trusting(*asked: Any, **more: Any) -> Any:
        module = sys._getframe(1).f_globals.get("__name__")  # noqa: SLF001 - who asks
        return None if module == _PATTERN else compiles(*asked, **more)

    regex.compile = trusting
    try:
        yield
    finally:
        regex.compile = compiles


load()
