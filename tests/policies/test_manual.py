"""The manual for policy authors names everything that a policy file may say, and nothing else."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from detectors.types import NAMES, TRAITS
from policies.chats import PLATFORMS
from policies.conditions import CONDITIONS
from policies.conditions.file import FILE_KINDS
from policies.facts import PARTS, Role
from policies.files import check
from policies.policy import WORDING_KEYS, Effect
from policies.schema import ExampleTable, ExceptionTable, PolicyTable, RuleTable
from policies.shipped import SHIPPED
from tests.whole import whole

MANUAL = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")

RECIPES = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text("utf-8")
BLOCKS = [
    block
    for block in re.findall(r"```toml\n(.*?)```", MANUAL + RECIPES, re.DOTALL)
    if "[[rule]]" in block or "extends" in block
]


def first_column(heading: str) -> set[str]:
    """Return the words in code type in the first column of the table that follows `heading`."""
    table = MANUAL.split(heading, 1)[1].split("\n|---", 1)[1].split("\n\n", 1)[0]
    return {word for row in table.splitlines()[1:] for word in re.findall(r"`(\w[\w-]*)`", row.split("|")[1])}


def test_every_field_is_explained() -> None:
    conditions = first_column("### What a rule counts") | first_column("### Where a rule")
    assert conditions == {"id", *(kind.field for kind in CONDITIONS)}
    rules = first_column("### What a rule counts") | first_column("### Where a rule") | first_column("### What happens")
    assert rules == set(RuleTable.model_fields)
    assert first_column("## Examples keep") == set(ExampleTable.model_fields)
    assert first_column("## Exceptions end") == set(ExceptionTable.model_fields)
    assert all(f"`{name}`" in MANUAL or f"[{name}]" in MANUAL for name in PolicyTable.model_fields)


def test_what_is_meant_when_a_field_is_left_out_is_true() -> None:
    for name, default in re.findall(r"^\| `(\w+)` \|.*\| `([^`]+)` \|$", MANUAL, re.MULTILINE):
        field = {**ExampleTable.model_fields, **RuleTable.model_fields}[name]
        assert str(field.default).replace("'", '"') == default.strip('"'), name


def test_every_word_is_explained() -> None:
    types = re.findall(r"`([A-Z_]+)`", MANUAL.split("**Entity types**", 1)[1].split("\n", 1)[0])
    wrong = [
        *differences("Entity types", types, NAMES),
        *differences("Traits", first_column("**Traits**"), TRAITS),
        *differences("Parts", first_column("**Parts**"), PARTS),
        *differences("Roles", first_column("**Roles**"), Role),
        *differences("Sentences", first_column("**Sentences**"), WORDING_KEYS),
        *differences("Shipped policies", first_column("## Shipped policies"), SHIPPED),
    ]
    assert all(f"`{name}`" in MANUAL for name in (*PLATFORMS, *FILE_KINDS))
    assert not wrong, "\n".join(wrong)


def differences(place: str, written: Iterable[str], known: Iterable[str]) -> list[str]:
    missing = [f"docs/policies.md: {place}: `{word}` is missing" for word in sorted({*known} - {*written})]
    return missing + [f"docs/policies.md: {place}: there is no `{word}`" for word in sorted({*written} - {*known})]


def test_the_policies_in_the_manual_are_good(tmp_path: Path) -> None:
    files = [tmp_path / f"manual-{number}.toml" for number, _ in enumerate(BLOCKS)]
    for file, block in zip(files, BLOCKS, strict=True):
        file.write_text(block)
    assert len(files) > 2
    assert check(files, whole().find) == []


def test_every_condition_and_effect_is_worked_out_once() -> None:
    """In a policy that the test above holds to its examples."""
    rules = [rule for block in BLOCKS for rule in tomllib.loads(block).get("rule", ())]
    missing = [kind.field for kind in CONDITIONS if not any(kind.field in rule for rule in rules)]
    assert not missing, f"docs/recipes.md: no example has {', '.join(missing)}"
    assert {effect for rule in rules for effect in rule.get("effects", ())} >= set(get_args(Effect))


def test_it_says_that_real_messages_stay_out() -> None:
    assert "Never put a real message into a policy file" in MANUAL
