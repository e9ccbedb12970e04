"""The documents agree with the code."""

import argparse
import importlib
import inspect
import re
import sqlite3
import tomllib
import typing
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot import cli
from bot.config import Config
from bot.platforms.registered import SECTIONS
from bot.store import Store

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
SECRETS = (
    "TELEGRAM_BOT_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_ADMIN_USER_TOKEN",
    "HOOKS_SECRET",
)


def _commands(parser: argparse.ArgumentParser, path: str = "thinktwice") -> dict[str, argparse.ArgumentParser]:
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        return {path: parser}
    found: dict[str, argparse.ArgumentParser] = {}
    for name, child in groups[0].choices.items():
        found |= _commands(child, f"{path} {name}")
    return found


COMMANDS = _commands(cli._parser())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`{command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_a_help_text(command: str) -> None:
    parser = COMMANDS[command]
    assert parser.description
    assert [
        action.dest for action in parser._actions if not action.help and action.dest not in {"files", "folder"}
    ] == []


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    shown = set(re.findall(r"`thinktwice ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert shown <= {command.split()[1] for command in COMMANDS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_options_that_a_document_shows_exist(document: Path) -> None:
    lines = re.findall(r"(?:^|bin/|`)(thinktwice [^`\n]+)", document.read_text("utf-8"), re.MULTILINE)
    shown = [re.match(r"thinktwice (?:(?:policy|breach|retention|store) )?[a-z]+", line) for line in lines]
    assert [match.string for match in shown if match and match[0] not in COMMANDS] == []
    options = [(match[0], set(re.findall(r"(?<!\S)--[a-z-]+", match.string))) for match in shown if match]
    assert [
        (command, named) for command, named in options if not named <= set(COMMANDS[command]._option_string_actions)
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", SECRETS)
def test_every_token_is_in_the_example_and_the_manual(name: str) -> None:
    assert name in (ROOT / "config.example.toml").read_text("utf-8")
    assert name in (ROOT / "docs" / "operate.md").read_text("utf-8")


def test_every_section_of_the_config_is_in_the_example() -> None:
    sections = set(re.findall(r"^\[([a-z]+)\]", (ROOT / "config.example.toml").read_text("utf-8"), re.MULTILINE))
    assert sections == (set(Config.model_fields) | set(SECTIONS)) - {"folder", "language", "platforms"}


def test_the_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        assert set(re.findall(r"`?make ([a-z]+)\b(?=`|  )", document.read_text("utf-8"))) <= targets


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, left = set(), [ROOT / "README.md"]
    while left:
        page = left.pop()
        reached.add(page)
        links = re.findall(r"\]\((?!https?://|mailto:)([^)#]+\.md)", page.read_text("utf-8"))
        left += {(page.parent / link).resolve() for link in links} - reached
    assert [str(page.relative_to(ROOT)) for page in DOCUMENTS if page not in reached] == []


def test_every_key_of_the_config_is_in_the_example_and_no_other() -> None:
    example = (ROOT / "config.example.toml").read_text("utf-8")
    shown = set(re.findall(r"^(?:# )?([a-z_]+) = ", example, re.MULTILINE))
    admins = set(SECTIONS)  # [admins] has a list for each platform
    sections: tuple[type[BaseModel], ...] = (Config, *SECTIONS.values())
    assert shown == set().union(*map(_keys, sections), admins) - {"admins", "platforms"}


def test_what_the_example_shows_as_the_default_is_the_default() -> None:
    required = {"operator", "contact"}
    written = re.sub(r"^# (?=[a-z_]+ = )", "", (ROOT / "config.example.toml").read_text("utf-8"), flags=re.MULTILINE)
    shown = tomllib.loads(
        re.sub(
            r"^(chat|policy|trial|name|spacy_model|sentences|font|local_files) = .*", "", written, flags=re.MULTILINE
        )
    )
    assert shown.pop("health") == {"listen": "127.0.0.1:8081"}  # off unless somebody asks for it
    assert shown["web"].pop("listen") == "127.0.0.1:8080"
    assert shown["store"].pop("url").startswith("postgresql://")
    assert shown["store"].pop("password_file")
    assert shown.pop("hooks") == {"url": "https://siem.example.com/thinktwice"}
    given = Config.model_validate({"privacy": {key: shown["privacy"][key] for key in required}})
    for name, section in SECTIONS.items():
        assert shown[name].pop("enabled") is False  # who copies the file says which platforms are theirs
        assert section.model_validate(shown.pop(name)) == section()
    assert Config.model_validate(shown) == given


def test_the_changelog_says_nothing_twice() -> None:
    """Two editions of one sentence begin alike: a merge keeps both."""
    beginnings = Counter(line[:60] for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line)
    assert [line for line, count in beginnings.items() if count > 1 and line.startswith("- ")] == []


def test_decisions_are_numbered_without_gaps_and_say_context_choice_and_cost() -> None:
    pages = sorted((ROOT / "docs" / "decisions").iterdir())
    assert [page.name[:5] for page in pages] == [f"{number:04}-" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text("utf-8")
        assert re.fullmatch(r"\d{4}(-[a-z]+)+\.md", page.name)
        assert text.startswith(f"# {page.name[:4]} ")
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Choice", "Cost"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_modules_in_backticks_exist(document: Path) -> None:
    spoken = re.findall(r"`([^`\n]+)`", document.read_text("utf-8"))
    files = [
        name for name in spoken if re.fullmatch(r"(?:bot|detectors|policies|tests|benchmarks|docs)/[\w./*-]*", name)
    ]
    modules = [name for name in spoken if re.fullmatch(r"(?:bot|detectors|policies)(?:\.\w+)+", name)]
    made = [name for name in files if not name.startswith("benchmarks/out/")]  # what `make bench` writes is not kept
    assert [name for name in made if not list(ROOT.glob(name.rstrip("/")))] == []
    assert [name for name in modules if not _exists(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_that_a_document_names_exist(document: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", document.read_text("utf-8"))
    assert [f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text("utf-8")] == []


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
NAMES = re.findall(
    r"^\| (`(?:bot|detectors|policies)/[^|]+) \| ([^|]+) \|$", ARCHITECTURE.split("## Names")[1], re.MULTILINE
)


@pytest.mark.parametrize(("files", "holds"), NAMES, ids=[files for files, _ in NAMES])
def test_the_architecture_names_what_is_there(files: str, holds: str) -> None:
    modules = [importlib.import_module(_module(file)) for file in re.findall(r"`([^`]+)`", files)]
    names = re.findall(r"`([A-Z]\w+)(?:\.(\w+))?(\([^)]*\))?`", holds)
    for name, method, arguments in names:
        [thing] = {getattr(module, name) for module in modules if hasattr(module, name)}
        if method:
            thing = getattr(thing, method)
        if arguments:
            assert re.findall(r"\w+", arguments) == [p for p in inspect.signature(thing).parameters if p != "self"]


def test_the_architecture_lists_the_tables_and_columns_of_the_database(tmp_path: Path) -> None:
    listed = {
        table: [
            name for names in re.findall(r"`([^`]+)`", re.sub(r"\([^)]*\)", "", columns)) for name in names.split(", ")
        ]
        for table, columns in re.findall(r"^\| `([a-z_]+)` \| (`[^|]+) \|$", ARCHITECTURE, re.MULTILINE)
    }
    Store.open(tmp_path / "log.db", lambda: 0.0).close()
    with closing(sqlite3.connect(tmp_path / "log.db")) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")]
        stored = {table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in tables}
    ours = {table: columns for table, columns in stored.items() if not table.startswith(("_", "sqlite_"))}
    assert {table: sorted(columns) for table, columns in listed.items()} == {
        table: sorted(columns) for table, columns in ours.items()
    }


def test_the_architecture_lists_every_method_of_the_store() -> None:
    listed = set(re.findall(r"\b[Ss]tore\.([a-z_]+)\(", ARCHITECTURE))
    assert listed == {name for name in dir(Store) if not name.startswith("_")}


@pytest.mark.parametrize("page", ["install-telegram.md", "install-slack.md", "operate.md"])
def test_what_a_page_says_that_one_may_read_is_said(page: str) -> None:
    table = (ROOT / "docs" / page).read_text("utf-8").rsplit("\n|---|---|\n", 1)[1]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    quoted = [phrase.strip(". ") for cell in cells for phrase in re.findall(r"`([^`/]+ [^`]+)`", cell)]
    said = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    assert quoted
    # A word of the page may be a slot in the code: "Slack refused the bot token" is "Slack refused the {which} token".
    wanted = {phrase: r"\s".join(rf"(?:{re.escape(word)}|\{{\w+\}})" for word in phrase.split()) for phrase in quoted}
    assert [phrase for phrase, pattern in wanted.items() if not re.search(pattern, said)] == []


def _keys(section: type[BaseModel]) -> set[str]:
    """The keys that somebody can write in a section and in the sections inside it."""
    keys: set[str] = set()
    for name, field in section.model_fields.items():
        inner = [kind for kind in _kinds(field.annotation) if issubclass(kind, BaseModel)]
        keys |= set().union(*(_keys(kind) for kind in inner)) if inner else {name} - {"folder"}
    return keys


def _kinds(annotation: object) -> list[type]:
    inside = typing.get_args(annotation)
    return (
        [kind for part in inside for kind in _kinds(part)]
        if inside
        else [annotation]
        if isinstance(annotation, type)
        else []
    )


def _module(file: str) -> str:
    return file.removesuffix("/").removesuffix(".py").replace("/", ".")


def _exists(name: str) -> bool:
    """Whether a dotted name is a module or something in one."""
    try:
        return bool(importlib.import_module(name))
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return hasattr(importlib.import_module(module), attribute)
