"""spaCy without its command line, which would load an HTTP client, a project manager and a form of YAML.

Presidio imports spaCy, spaCy imports its command line for one function (`spacy.info`), and everybody who starts the
bot waits for all of it: a quarter of the time that Presidio's import takes.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

_PLACES = ("spacy.cli", "spacy.cli.info")


def load() -> None:
    """Load spaCy, if nobody has; whoever wants its command line (`import spacy.cli`) still gets it afterwards."""
    modules: dict[str, Any] = sys.modules
    if "spacy" in modules:
        return
    standing_in = {name: ModuleType(name) for name in _PLACES}
    standing_in["spacy.cli.info"].info = _info  # type: ignore[attr-defined]  # a module made here has what it is given
    modules.update(standing_in)
    try:
        importlib.import_module("spacy")
    finally:
        for name in _PLACES:
            del modules[name]


def _info(*asked: object, **more: object) -> object:
    """What `spacy.info` does."""
    return importlib.import_module("spacy.cli.info").info(*asked, **more)


load()
