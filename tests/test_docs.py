"""The documents agree with the code."""

import argparse
import re
from pathlib import Path

import pytest

from bot import cli
from bot.config import Config

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
SECRETS = ("TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")


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
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", SECRETS)
def test_every_token_is_in_the_example_and_the_manual(name: str) -> None:
    assert name in (ROOT / "config.example.toml").read_text("utf-8")
    assert name in (ROOT / "docs" / "operate.md").read_text("utf-8")


def test_every_section_of_the_config_is_in_the_example() -> None:
    sections = set(re.findall(r"^\[([a-z]+)\]", (ROOT / "config.example.toml").read_text("utf-8"), re.MULTILINE))
    assert sections == set(Config.model_fields) - {"folder", "language"}


def test_the_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        assert set(re.findall(r"`?make ([a-z]+)\b(?=`|  )", document.read_text("utf-8"))) <= targets
