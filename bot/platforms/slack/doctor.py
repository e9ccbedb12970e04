"""What `thinktwice doctor` says about Slack: tokens, scopes, Socket Mode; and what to click."""

from collections.abc import Iterable

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platform import Check, PlatformRefused
from bot.platforms.slack import permissions
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.starting import CURES, UnreachableError, identify
from bot.platforms.slack.tokens import Tokens
from bot.platforms.slack.wire import FAILURES, client, code_of, session

APPS = "https://api.slack.com/apps"


async def doctor(config: Slack, tokens: Tokens) -> list[Check]:
    """Ask Slack about the tokens. Nothing is sent to anybody."""
    async with session() as shared:
        return [*await _bot(config, tokens, shared), *await _line(config, tokens, shared), *_admin(tokens)]


async def _bot(config: Slack, tokens: Tokens, shared: aiohttp.ClientSession) -> list[Check]:
    web = client(tokens.bot, config.api_base_url, shared)
    try:
        who = await identify(web)
    except PlatformRefused as refused:
        return [Check("slack bot token", good=False, advice=str(refused))]
    except UnreachableError as error:
        advice = f"no answer from {config.api_base_url} ({error}); check the network and api_base_url in [slack]"
        return [Check("slack connection", good=False, advice=advice)]
    checks = [Check(f"slack bot token, workspace {who.me.workspace}, user {who.me.user}", good=True)]
    if who.missing:
        return [*checks, Check(f"slack scopes: {len(who.missing)} missing", good=False, advice=_add(who.missing))]
    advice = "" if who.scopes else "Slack did not say which scopes the token has; compare them with slack-manifest.yaml"
    if who.scopes and (lacking := [scope for scope in permissions.OPTIONAL if scope not in who.scopes]):
        advice = f"one may be added: {_add(lacking)}"
    return [*checks, Check("slack scopes", good=True, advice=advice), await _channels(web)]


async def _channels(web: AsyncWebClient) -> Check:
    try:
        answer = await web.users_conversations(types="public_channel,private_channel", exclude_archived=True, limit=200)
    except FAILURES:
        return Check("slack channels", good=True, advice="Slack did not say which channels the bot is in")
    count = len(answer.get("channels") or ())
    advice = (
        "" if count else "the bot is in no channel yet: write /invite @thinktwice in each one that it should look after"
    )
    return Check(f"slack channels: {count}", good=True, advice=advice)


def _add(missing: Iterable[str]) -> str:
    purposes = {**permissions.SCOPES, **permissions.OPTIONAL}
    listed = ", ".join(f"{scope} (to {purposes[scope]})" for scope in missing)
    return (
        f"open {APPS}, choose the app, OAuth & Permissions, Scopes, Bot Token Scopes, Add an OAuth Scope: {listed}; "
        "then click Reinstall to Workspace and put the new token into SLACK_BOT_TOKEN"
    )


async def _line(config: Slack, tokens: Tokens, shared: aiohttp.ClientSession) -> list[Check]:
    if config.mode == "http":
        if tokens.signing_secret:
            advice = "only a running bot can tell whether it is right: look at status or /readyz after a first message"
            return [Check("slack signing secret is set", good=True, advice=advice)]
        advice = (
            f"set SLACK_SIGNING_SECRET: open {APPS}, choose the app, Basic Information, App Credentials, Signing Secret"
        )
        return [Check("slack signing secret", good=False, advice=advice)]
    if not tokens.app:
        return [Check("slack app token", good=False, advice=_generate("SLACK_APP_TOKEN is not set"))]
    try:
        await client(tokens.bot, config.api_base_url, shared).apps_connections_open(app_token=tokens.app)
    except SlackApiError as error:
        return [Check("slack app token, Socket Mode", good=False, advice=_generate(code_of(error)))]
    except FAILURES:
        advice = "Slack can't be reached; check the network and api_base_url in [slack]"
        return [Check("slack app token, Socket Mode", good=False, advice=advice)]
    return [Check("slack app token, Socket Mode", good=True)]


def _generate(reason: str) -> str:
    return (
        f"{reason}: open {APPS}, choose the app, Basic Information, App-Level Tokens, Generate Token and Scopes, add "
        f"{permissions.APP_SCOPE}, Generate; see that Socket Mode is on; then {CURES['app']}"
    )


def _admin(tokens: Tokens) -> list[Check]:
    if not tokens.admin_user:
        return []
    advice = (
        "people can let the bot delete their own message; this token can delete whatever its owner can: keep it safe"
    )
    return [Check("slack administrator's token is set", good=True, advice=advice)]
