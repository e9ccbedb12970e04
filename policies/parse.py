"""A policy file's bytes in, its tables out, or everything that is wrong with the way it is written."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policies.errors import PolicyError, Problem, nearest
from policies.places import Lines, Step, line_numbers, place
from policies.schema import ExampleTable, PolicyTable, RuleTable


@dataclass(frozen=True, slots=True)
class Source:
    """A policy file as TOML; `shown` is how problems call the file."""

    shown: str
    raw: Mapping[str, Any]
    lines: Lines

    def problem(self, steps: Sequence[Step], reason: str, cure: str) -> Problem:
        """Return a problem at the place where `steps` (keys and list indexes) lead to."""
        return Problem(self.shown, place(steps, self.raw, self.lines), reason, cure)

    def at(self, steps: Sequence[Step]) -> Any:
        """Return what stands there; None where `steps` lead nowhere."""
        found: Any = self.raw
        for step in steps:
            try:
                found = found[step]
            except (LookupError, TypeError):
                return None
        return found


def parse(shown: str, content: bytes) -> tuple[Source, PolicyTable]:
    """Read TOML and check each field by itself. Raises PolicyError."""
    source = _source(shown, content)
    try:
        return source, PolicyTable.model_validate(source.raw)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        raise PolicyError([_wrong_field(source, detail) for detail in details]) from None


def _source(shown: str, content: bytes) -> Source:
    try:
        # Windows editors put a byte order mark in front.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyError([Problem(shown, f"line {line}", "is not UTF-8 text", "save the file as UTF-8")]) from None
    try:
        return Source(shown, tomllib.loads(text), line_numbers(text))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([_not_toml(shown, str(error), text)]) from None
    except RecursionError:
        cure = "write rules as [[rule]] and examples as [[example]]"
        raise PolicyError([Problem(shown, "", "is nested too deeply", cure)]) from None


def _not_toml(shown: str, message: str, text: str) -> Problem:
    # tomllib may quote a character or a key of the file, which may be part of an example: keep the place alone.
    where = re.search(r"at line (\d+), column (\d+)", message)
    spot = f"line {where[1]}, column {where[2]}" if where else f"line {len(text.splitlines())}"
    cure = 'check its quotes (straight ", not curly), brackets and equal signs, and that no key is written twice'
    return Problem(shown, spot, "is not valid TOML", cure)


_UNKNOWN_WORD = "is not a word known here"
_REASONS = {
    "missing": "is missing",
    "too_short": "is empty",
    "literal_error": _UNKNOWN_WORD,
    "enum": _UNKNOWN_WORD,
    "string_pattern_mismatch": "is written wrongly",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "finite_number": "is not a number",
}


def _wrong_field(source: Source, detail: ErrorDetails) -> Problem:
    steps = detail["loc"]
    # (table, index, field, ...) or (field of the file, ...)
    table: type[BaseModel] = _TABLES[steps[0]] if len(steps) > 2 else PolicyTable
    name = str(steps[2] if len(steps) > 2 else steps[0])
    if detail["type"] == "extra_forbidden":
        return source.problem(steps, "there is no such field", nearest(name, table.model_fields))
    context = detail.get("ctx", {})
    if "cure" in context:  # an error of our own says it all
        return source.problem(steps, detail["msg"], context["cure"])
    reason = _REASONS.get(detail["type"], "has the wrong type")
    if reason == _UNKNOWN_WORD and isinstance(word := source.at(steps), str):
        return source.problem(steps, reason, nearest(word, re.findall(r"'(\w+)'", context["expected"])))
    return source.problem(steps, reason, f"write {table.model_fields[name].description}")


_TABLES: Mapping[Step, type[BaseModel]] = {"rule": RuleTable, "example": ExampleTable}
