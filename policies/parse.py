"""A policy file's bytes in, its TOML and its tables out, or everything that is wrong with the way it is written."""

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policies.errors import PolicyError, Problem, nearest
from policies.places import Step, line_numbers
from policies.schema import ExampleTable, ExceptionTable, PolicyTable, RuleTable
from policies.source import Source, Steps


def parse(source: Source) -> PolicyTable:
    """Check each field by itself. Raises PolicyError."""
    try:
        return PolicyTable.model_validate(source.raw)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        raise PolicyError([_wrong_field(source, detail) for detail in details]) from None


def toml(shown: str, content: bytes) -> Source:
    """Read one file. Raises PolicyError."""
    try:
        # Windows editors put a byte order mark in front.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyError([Problem(shown, f"line {line}", "is not UTF-8 text", "save the file as UTF-8")]) from None
    try:
        digest = hashlib.sha256(content).hexdigest()[:12]
        return Source(shown, tomllib.loads(text), line_numbers(text), digest)
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
    "too_long": "has too many entries",
    "string_too_long": "is too long",
    "literal_error": _UNKNOWN_WORD,
    "enum": _UNKNOWN_WORD,
    "string_pattern_mismatch": "is written wrongly",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "finite_number": "is not a number",
}


def _wrong_field(source: Source, detail: ErrorDetails) -> Problem:
    # Where a sentence or a list of them may stand, pydantic adds which of the two it tried.
    steps = detail["loc"][:3] if detail["loc"][0] == "wording" else detail["loc"]
    # (table, index, field, ...) or (field of the file, ...)
    inside = len(steps) > 2 and steps[0] in _TABLES
    table: type[BaseModel] = _TABLES[steps[0]] if inside else PolicyTable
    name = str(steps[2] if inside else steps[0])
    if detail["type"] == "extra_forbidden":
        return source.problem(steps, "there is no such field", nearest(name, table.model_fields))
    context = detail.get("ctx", {})
    if "cure" in context:  # an error of our own says it all
        return source.problem(steps, detail["msg"], context["cure"])
    reason = _REASONS.get(detail["type"], "has the wrong type")
    if detail["type"] == "missing" and (cure := _other_rule(source, steps)):
        return source.problem(steps, reason, cure)
    if reason == _UNKNOWN_WORD and isinstance(word := source.at(steps), str):
        return source.problem(steps, reason, nearest(word, re.findall(r"'(\w+)'", context["expected"])))
    return source.problem(steps, reason, f"write {table.model_fields[name].description}")


def _other_rule(source: Source, steps: Steps) -> str:
    """Return a cure for a new rule that lacks a field, and was perhaps meant to change a rule of the policy below."""
    if source.base is None or len(steps) != 3 or steps[0] != "rule" or steps[2] == "id":
        return ""
    known = [str(rule.get("id")) for rule in source.base.raw.get("rule", ())]
    near = difflib.get_close_matches(str(source.at((*steps[:2], "id"))), known, 1)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"give it one, or to change a rule of the policy below, give it that rule's id{meant}"


_TABLES: Mapping[Step, type[BaseModel]] = {"rule": RuleTable, "exception": ExceptionTable, "example": ExampleTable}
