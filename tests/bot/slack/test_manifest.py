"""slack-manifest.yaml asks for what the code uses: no scope, event or command less, and none more."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.platforms.slack import permissions
from bot.platforms.slack.settings import Slack
from tests.fakes.slack import web, workspace

Json = dict[str, Any]
ROOT = Path(__file__).parents[3]
CODE = sorted((ROOT / "bot/platforms/slack").glob("*.py"))


@pytest.fixture(scope="module")
def manifest() -> Json:
    read: Json = yaml.safe_load((ROOT / "slack-manifest.yaml").read_text("utf-8"))
    return read


def called() -> set[str]:
    """Web API methods that the code calls on slack_sdk's client, as dotted names."""
    known = {method.replace(".", "_").lower(): method for method in permissions.METHODS}
    names = {
        node.attr.lower()
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and re.match(r"(chat|conversations|users|views|files|auth|apps)_", node.attr)
    }
    return {known.get(name, f"unknown: {name}") for name in names}


def test_every_method_that_is_called_is_listed_with_its_scopes() -> None:
    assert called() == set(permissions.METHODS)


def test_scopes_are_those_of_the_methods_and_events_and_the_command() -> None:
    used = {scope for some in (*permissions.METHODS.values(), *permissions.EVENTS.values()) for scope in some}
    assert used | {"commands"} == {*permissions.SCOPES, *permissions.OPTIONAL}


def test_the_manifest_asks_for_these_scopes_and_events(manifest: Json) -> None:
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == {*permissions.SCOPES, *permissions.OPTIONAL}
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == set(permissions.EVENTS)
    assert "user" not in manifest["oauth_config"]["scopes"]


def test_the_events_that_the_code_handles_are_subscribed_to() -> None:
    source = "".join(path.read_text("utf-8") for path in CODE if path.name in {"parse.py", "listener.py"})
    for event in permissions.EVENTS:
        assert f'"{event.partition(".")[0]}"' in source


def test_command_shortcut_home_and_buttons(manifest: Json) -> None:
    features = manifest["features"]
    assert [command["command"] for command in features["slash_commands"]] == [Slack().command]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [permissions.SHORTCUT]
    assert features["app_home"]["home_tab_enabled"]
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]


def test_the_manifest_keeps_to_slacks_limits(manifest: Json) -> None:
    """docs.slack.dev/reference/app-manifest: the longest name, description, command description, hint and shortcut."""
    about, features = manifest["display_information"], manifest["features"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert len(features["bot_user"]["display_name"]) <= 80
    assert all(len(command["description"]) <= 2000 for command in features["slash_commands"])
    assert all(len(command["usage_hint"]) <= 1000 for command in features["slash_commands"])
    assert all(len(short["name"]) <= 24 and len(short["description"]) <= 150 for short in features["shortcuts"])


def test_the_fake_demands_the_scopes_that_are_documented() -> None:
    assert set(workspace.SCOPES) == {*permissions.SCOPES, *permissions.OPTIONAL}
    for method, (_, scopes) in web.METHODS.items():
        if method in permissions.METHODS and method != "chat.delete":
            assert set(permissions.METHODS[method]) <= set(scopes)
