"""Values as TOML writes them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any


def toml(value: Any) -> str:
    """Write a value as TOML does, on one line."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
