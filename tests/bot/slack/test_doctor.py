"""What the doctor finds on Slack's side, and what it says to click."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.cli import checks
from bot.platforms.slack import permissions
from bot.platforms.slack.doctor import doctor
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.tokens import Tokens
from tests.fakes.slack.server import FakeSlack


def tokens(**others: str) -> Tokens:
    return Tokens(**{"bot": FakeSlack.bot_token, "app": FakeSlack.app_token, "signing_secret": "5e1f", **others})


async def examine(fake: FakeSlack, given: Tokens | None = None, **slack: Any) -> dict[str, tuple[bool, str]]:
    checks = await doctor(Slack(api_base_url=fake.api_base_url, **slack), given or tokens())
    return {check.name: (check.good, check.advice) for check in checks}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_healthy_app(fake: FakeSlack, mode: str) -> None:
    found = await examine(fake, mode=mode)
    assert all(good for good, _ in found.values())
    assert "slack bot token, workspace T0FAKE, user U0BOT" in found
    assert fake.counts["chat.postMessage"] == 0


@pytest.mark.parametrize("scope", permissions.SCOPES)
async def test_a_missing_scope_is_named_with_its_purpose_and_the_click(fake: FakeSlack, scope: str) -> None:
    fake.space.scopes = tuple(other for other in permissions.SCOPES if other != scope)
    good, advice = (await examine(fake))["slack scopes: 1 missing"]
    assert not good
    assert scope in advice
    assert permissions.SCOPES[scope] in advice
    assert "Reinstall" in advice


async def test_refused_tokens(fake: FakeSlack) -> None:
    found = await examine(fake, tokens(bot="xoxb-wrong", app="xapp-wrong"))
    assert [good for good, _ in found.values()] == [False, False]
    assert "SLACK_BOT_TOKEN" in found["slack bot token"][1]
    assert "connections:write" in found["slack app token, Socket Mode"][1]
    assert "wrong" not in str(found)


async def test_no_connection(fake: FakeSlack) -> None:
    fake.break_down("auth.test", 503)
    fake.break_down("apps.connections.open", 503)
    found = await examine(fake)
    assert not any(good for good, _ in found.values())
    assert fake.api_base_url in found["slack connection"][1]


async def test_no_app_token_and_no_signing_secret(fake: FakeSlack) -> None:
    assert "SLACK_APP_TOKEN is not set" in (await examine(fake, tokens(app="")))["slack app token"][1]
    found = await examine(fake, tokens(signing_secret=""), mode="http")
    assert "Signing Secret" in found["slack signing secret"][1]


async def test_an_administrators_token_is_mentioned(fake: FakeSlack) -> None:
    assert (await examine(fake, tokens(admin_user="xoxp-x")))["slack administrator's token is set"][0]


async def test_a_channel_to_look_after(fake: FakeSlack) -> None:
    assert (await examine(fake))["slack channels: 1"] == (True, "")
    fake.space.channels.clear()
    good, advice = (await examine(fake))["slack channels: 0"]
    assert good
    assert "/invite" in advice


async def test_the_command_knows_of_the_administrators_token(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"BOT": fake.bot_token, "APP": fake.app_token, "ADMIN_USER": fake.admin_token}
    for name, token in given.items():
        monkeypatch.setenv(f"SLACK_{name}_TOKEN", token)
    config = tmp_path / "config.toml"
    config.write_text(
        f'[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n[admins]\nslack = ["U0ADMIN"]\n'
        f'[slack]\napi_base_url = "{fake.api_base_url}"\n'
    )
    assert await asyncio.to_thread(checks.run, config) == 0
    said = capsys.readouterr().out
    assert "administrator's token is set" in said
    assert fake.admin_token not in said


async def test_a_scope_that_may_be_left_out_is_offered(fake: FakeSlack) -> None:
    fake.space.scopes = tuple(permissions.SCOPES)
    good, advice = (await examine(fake))["slack scopes"]
    assert good
    assert "files:write (to send reports as files" in advice
