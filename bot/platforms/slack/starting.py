"""What Slack says at the start: whether the tokens are good, and who the bot is."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platform import PlatformRefused
from bot.platforms.slack import permissions
from bot.platforms.slack.ids import identifier
from bot.platforms.slack.parse import Me
from bot.platforms.slack.wire import TOKEN_LOST, code_of, outcome_of
from bot.send import Refused

CURES = {
    "bot": "put the app's current Bot User OAuth Token (xoxb-...) into SLACK_BOT_TOKEN and start again",
    "app": "put an app-level token (xapp-...) with the scope connections:write into SLACK_APP_TOKEN and start again",
}


class UnreachableError(Exception):
    """Slack does not answer, or not as Slack does; the message is a code."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, the address of its workspace, its scopes (None: Slack did not say) and those that it lacks."""

    me: Me
    url: str
    scopes: tuple[str, ...] | None
    missing: tuple[str, ...]


async def identify(web: AsyncWebClient) -> Identity:
    """docs.slack.dev/reference/methods/auth.test. Raises PlatformRefused, UnreachableError."""
    answer = await asking(web.auth_test, "bot")
    team, user, bot = (identifier(answer.get(name)) for name in ("team_id", "user_id", "bot_id"))
    organisation = identifier(answer.get("enterprise_id")) if answer.get("is_enterprise_install") else ""
    if not user:
        raise UnreachableError("odd_answer")
    me = Me(organisation or team, user, bot, team)
    scopes = permissions.granted(answer.headers)
    return Identity(me, str(answer.get("url") or ""), scopes, permissions.missing(scopes) if scopes else ())


async def asking(method: Callable[[], Coroutine[Any, Any, Any]], which: str) -> Any:
    """Call at the start. Raises PlatformRefused when the token is no good, UnreachableError when it may be later."""
    try:
        return await method()
    except SlackApiError as error:
        code = code_of(error)
        if code in TOKEN_LOST or isinstance(outcome_of(error), Refused):
            raise PlatformRefused(sentence(code, which)) from None
        raise UnreachableError(code) from None
    except Exception as error:  # noqa: BLE001  # no network, or what answers there isn't Slack
        raise UnreachableError(type(error).__name__) from None


def sentence(code: str, which: str) -> str:
    """Say which token was refused, why, and what to do."""
    return f"Slack refused the {which} token ({code}); {CURES[which]}"
