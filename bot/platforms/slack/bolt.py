"""Bolt, set up so that nothing is acknowledged before it is safe: which payload goes to which handler.

`process_before_response` makes Bolt acknowledge after the handler, in HTTP and Socket Mode alike; a handler that raises
makes it answer 500 (or, over the socket, not at all), and Slack sends the event again.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack import modal, permissions
from bot.platforms.slack.interactions import Interactions
from bot.platforms.slack.listener import Listener
from bot.platforms.slack.parse import Me
from bot.platforms.slack.shape import PREFIX
from bot.platforms.slack.wire import SILENT

_ANY = re.compile(".*", re.DOTALL)
Json = dict[str, Any]


def bolt(web: AsyncWebClient, me: Me, signing_secret: str, listener: Listener, interactions: Interactions) -> AsyncApp:
    """Make the Bolt app. Whatever has no handler of ours is acknowledged: Slack would send it again for nothing."""
    app = AsyncApp(
        client=web,
        signing_secret=signing_secret,
        process_before_response=True,
        authorize=_authorize(web, me),
        name=SILENT.name,
        logger=SILENT,
    )
    _events(app, listener)
    _people(app, interactions)
    return app


def _authorize(web: AsyncWebClient, me: Me) -> Callable[[], Awaitable[AuthorizeResult]]:
    """Bolt's own authorisation calls auth.test within the first event, and acknowledges that event when it fails."""

    async def known() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_id=me.bot, bot_user_id=me.user, bot_token=web.token
        )

    return known


def _events(app: AsyncApp, listener: Listener) -> None:
    @app.event(_ANY)
    async def event(body: Json) -> None:
        await listener.event(body)

    @app.error
    async def failed(error: Exception) -> BoltResponse:  # noqa: ARG001  # Bolt looks at the parameter's name
        return BoltResponse(status=500, body="")


def _people(app: AsyncApp, interactions: Interactions) -> None:
    @app.command(_ANY)
    async def command(ack: AsyncAck, body: Json) -> None:
        answer = await interactions.command(body)
        await ack(**answer)

    @app.action(re.compile(f"^{PREFIX}"))
    async def pressed(ack: AsyncAck, body: Json) -> None:
        await interactions.press(body)
        await ack()

    @app.view(modal.CALLBACK)
    async def reasoned(ack: AsyncAck, body: Json) -> None:
        await ack(**await interactions.reasoned(body))

    @app.shortcut(permissions.SHORTCUT)
    async def check(ack: AsyncAck, body: Json) -> None:
        await interactions.check(body)
        await ack()

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    for other in (app.action, app.view, app.shortcut, app.options):
        other(_ANY)(nothing)
