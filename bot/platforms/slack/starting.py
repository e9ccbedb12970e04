"""What Slack says at the start: whether the tokens are good, and who the bot is."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.message import Later, PlatformRefused
from bot.platforms.slack import needs
from bot.platforms.slack.parse import Me
from bot.platforms.slack.wire import FAILURES, TOKEN_LOST, code_of, outcome_of

CURES = {
    "bot": "put the app's current Bot User OAuth Token (xoxb-...) into SLACK_BOT_TOKEN and start again",
    "app": "put an app-level token (xapp-...) with the scope connections:write into SLACK_APP_TOKEN and start again",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, the address of its workspace, its scopes (None: Slack did not say) and those that it lacks."""

    me: Me
    url: str
    scopes: tuple[str, ...] | None
    missing: tuple[str, ...]


async def identify(web: AsyncWebClient) -> Identity:
    """docs.slack.dev/reference/methods/auth.test. Raises PlatformRefused."""
    answer = await asking(web.auth_test, "bot")
    team = str(answer.get("team_id") or "")
    organisation = str(answer.get("enterprise_id") or "") if answer.get("is_enterprise_install") else ""
    me = Me(organisation or team, str(answer.get("user_id") or ""), str(answer.get("bot_id") or ""), team)
    scopes = needs.granted(answer.headers)
    return Identity(me, str(answer.get("url") or ""), scopes, needs.missing(scopes) if scopes else ())


async def asking(method: Callable[[], Coroutine[Any, Any, Any]], which: str) -> Any:
    """Call at the start: a refusal is final, a network that fails gets three tries. Raises PlatformRefused."""
    for pause in (1.0, 3.0, None):
        try:
            return await method()
        except FAILURES as error:
            code = code_of(error) if isinstance(error, SlackApiError) else "network"
            final = isinstance(error, SlackApiError) and not isinstance(outcome_of(error), Later)
            if code in TOKEN_LOST or (final and not code.startswith("http_")):
                raise PlatformRefused(sentence(code, which)) from None
            if pause is None:
                raise PlatformRefused(
                    f"Slack can't be reached ({code}); check the network and api_base_url in [slack]"
                ) from None
            await asyncio.sleep(pause)
    raise AssertionError


def sentence(code: str, which: str) -> str:
    """Say which token was refused, why, and what to do."""
    return f"Slack refused the {which} token ({code}); {CURES[which]}"
