"""sqlite-utils without what it loads beside itself: numpy and pandas, where some other program's wish installed them.

It only asks for their number types, which no row of ours holds, and waits for them at every start of every command.
"""

import importlib
import sys
from typing import Any

_HEAVY = ("numpy", "pandas")


def load() -> None:
    """Load sqlite-utils; whoever wants the others still gets them afterwards."""
    modules: dict[str, Any] = sys.modules
    absent = [name for name in _HEAVY if name not in modules]
    # None means "not to be found": docs.python.org/3/reference/import.html#the-module-cache
    modules.update(dict.fromkeys(absent))
    try:
        importlib.import_module("sqlite_utils")
    finally:
        for name in absent:
            del modules[name]


load()
