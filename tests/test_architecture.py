"""The shape of the house: what lies where, and that nothing strays."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.platforms.registered import PLATFORMS
from detectors.types import NAMES
from policies import chats

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "detectors", "policies")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "NOTICE", "README.md", "SECURITY.md",
    "benchmarks", "bot", "config.example.toml", "constraints.txt", "deploy", "detectors", "docs", "policies",
    "pyproject.toml", "slack-manifest.yaml", "tests",
}  # fmt: skip
BANNED_NAMES = {"base", "common", "context", "core", "helper", "helpers", "manager", "service", "util", "utils"}


def _tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.splitlines()


def test_the_top_level_is_what_a_newcomer_expects() -> None:
    assert {path.split("/")[0] for path in _tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_has_a_name_of_its_own(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_every_module_is_reached_from_the_commands_or_is_a_door() -> None:
    """A module that nobody imports is a stray one."""
    doors = {"bot.cli", "bot.__main__"}
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in SOURCES}
    imported: set[str] = set()
    for path in SOURCES:
        package = path.relative_to(ROOT).parent.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                parent = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
                module = ".".join(part for part in (parent, node.module) if part)
                imported.add(module)
                imported.update(f"{module}.{alias.name}" for alias in node.names)
    packages = {name for name in names if (ROOT / name.replace(".", "/")).is_dir()}
    assert names - imported - doors - packages == set()


def test_every_data_file_of_a_package_is_installed_with_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    packed = {path for package, globs in settings.items() for glob in globs for path in (ROOT / package).glob(glob)}
    data = {ROOT / path for path in _tracked() if path.split("/")[0] in PACKAGES and not path.endswith((".py", ".md"))}
    assert {path for path in data if path.exists()} <= packed


def test_help_answers_without_the_heavy_libraries() -> None:
    heavy = {"presidio_analyzer", "spacy", "telegram", "slack_bolt", "pydantic", "sqlite_utils"}
    code = (
        "import sys; from bot.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


EVERYTHING = [*SOURCES, *(path for folder in ("tests", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py")))]


def test_a_bot_is_put_together_in_one_place() -> None:
    """Whole bots of the tests, the demo and the benchmarks come from `assemble`: a copy would lack what it learns."""
    calls = {
        str(path.relative_to(ROOT))
        for path in EVERYTHING
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Inbound"
    }
    assert calls == {"bot/app.py"}


SPEAK_OF_SOME = {
    "bot/app.py": "which telephone numbers and mail domains are the organisation's own",
    "detectors/allow.py": "how those two are compared",
    "benchmarks/peers.py": "what the recognizers of others find",
    "detectors/belonging.py": "that numbers behind a name are that person's",
    "detectors/documents/judge.py": "that pay beside nobody is nobody's",
    "detectors/documents/layout.py": "what is printed on identity cards and certificates",
    "detectors/documents/formats/headings.py": "the recognizers' words for what stands above a column",
    "detectors/opinion/labels.py": "which types the encoder was taught",
    "detectors/opinion/review.py": "that a home is one whatever is said about it",
    "benchmarks/documents/makers/first.py": "what somebody put into a made file",
    "benchmarks/documents/makers/second.py": "what somebody put into a made file",
    "benchmarks/documents/makers/third.py": "what somebody put into a made file",
    **{
        f"benchmarks/documents/makers/fourth/{name}.py": "what somebody put into a made file"
        for name in ("letters", "parcels", "pictures", "sheets")
    },
    "benchmarks/documents/peers.py": "that a name alone warns of nothing",
    "benchmarks/train_medical.py": "the judge of medical terms",
    "detectors/documents/organisations.py": "what an organisation has, too",
    "benchmarks/libraries.py": "what the recognizers of others find",
    "benchmarks/growth/filling.py": "what a made log holds",
    "benchmarks/opinion/examples.py": "which words are swapped",
    "benchmarks/opinion/frames.py": "what fills which slot",
    "benchmarks/opinion/fitting.py": "whose places are weighed one by one",
    "benchmarks/opinion/learn.py": "that names in ordinary chat are not marked",
}
"""Who may spell the name of an entity type, besides the registry and the recognizers, and what they say of it."""


def test_entity_types_are_listed_in_their_registry_and_nowhere_else() -> None:
    """A second list would be forgotten: ask `detectors.types` instead."""
    spelled = [
        f"{name}:{node.lineno}: {node.value}"
        for path in [*SOURCES, *sorted((ROOT / "benchmarks").rglob("*.py"))]
        if not (name := str(path.relative_to(ROOT))).startswith(("detectors/types.py", "detectors/recognizers/"))
        and name not in SPEAK_OF_SOME
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in NAMES
    ]
    assert spelled == []


def test_every_suppression_carries_its_reason() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[a-z-, ]+\])?|pragma: no cover)\s*$")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in EVERYTHING
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_is_mocked() -> None:
    banned = re.compile(r"^\s*(?:from unittest import mock|import unittest\.mock|from unittest\.mock)", re.MULTILINE)
    assert [path for path in (ROOT / "tests").rglob("*.py") if banned.search(path.read_text("utf-8"))] == []


def test_patterns_and_the_composition_know_the_same_platforms() -> None:
    assert {*PLATFORMS, "simulator", *chats.EXPORTED} == set(chats.PLATFORMS)


TRAVELLING = {"action", "kind", "outcome", "reach", "resolution", "state"}
"""Attributes and columns whose words are enums."""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_that_travel_are_compared_by_their_names_and_not_by_letters(path: Path) -> None:
    """A word that nothing writes can't be waited for: `bot.words` has them all."""
    compared = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Compare)]
    bare = [
        node.lineno
        for node in compared
        if _read(node.left) in TRAVELLING
        for other in node.comparators
        for constant in ast.walk(other)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    ]
    assert bare == []


def _read(node: ast.expr) -> str:
    """The attribute, or the column of a row, that is read."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.attr if isinstance(node, ast.Attribute) else ""
