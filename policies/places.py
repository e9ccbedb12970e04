"""Where in a policy file something stands, in words that its author can follow."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")

Step = str | int
Lines = Mapping[tuple[Step, ...], int]


def place(steps: Sequence[Step], raw: Mapping[str, Any], lines: Lines) -> str:
    """Say where `steps` (keys and list indexes from the top) lead to in the file that was read as `raw`."""
    words = []
    if len(steps) == 1:
        words.append(f"field {steps[0]}")
    elif len(steps) > 1 and isinstance(steps[1], int):
        words.append(_table_name(str(steps[0]), steps[1], raw))
        words += [f"field {step}" for step in steps[2:3]]
    elif steps:
        *tables, name = [step for step in steps if isinstance(step, str)]
        words.append(f"table {'.'.join(tables)}, field {name}")
    if line := next((lines[prefix] for size in (3, 2, 1) if (prefix := (*steps[:size],)) in lines), None):
        words.append(f"line {line}")
    return ", ".join(words)


def _table_name(table: str, index: int, raw: Mapping[str, Any]) -> str:
    try:
        name = str(raw[table][index]["id"])
    except (LookupError, TypeError):
        name = ""
    return f'{table} "{name}"' if re.fullmatch(r"[\w-]{1,40}", name, re.ASCII) else f"{table} {index + 1}"


def line_numbers(text: str) -> Lines:
    """Line numbers (from 1) of tables and keys as people write them; what is written otherwise has none."""
    lines: dict[tuple[Step, ...], int] = {}
    counts: dict[str, int] = {}
    table: tuple[Step, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = header[2]
            table = (name, counts.get(name, 0)) if header[1] == "[[" else (*name.split("."),)
            counts[name] = counts.get(name, 0) + 1
            lines[table] = number
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines
