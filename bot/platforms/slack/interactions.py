"""What people ask for on Slack: the slash command, the buttons under a nudge, the list of reasons, the shortcut.

Answers are for the asker's eyes only. Slack waits three seconds for an acknowledgement, so what needs the network goes
on after it. docs.slack.dev/interactivity/handling-user-interaction
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.judging.asked import codes
from bot.message import Ask, Message, Press
from bot.platforms.beside import Inbound, SideWork
from bot.platforms.slack import NAME, modal
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.files import Files
from bot.platforms.slack.parse import Me, posted
from bot.platforms.slack.shape import PREFIX, pressable, said
from bot.platforms.slack.wire import FAILURES, code_of, identifier
from bot.talk.presses import Explained, Line, Opened, Reasons, Remove, Thanked, Turned
from bot.words import Action, PressCode

Json = Mapping[str, Any]
PATIENCE = 1.5
"""Seconds that a command's answer may take to go with the acknowledgement; a slower one follows it."""

_FILES = 4
"""Files that the shortcut speaks of: a response_url takes five answers."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Interactions:
    """Answers people. `remove` deletes a message of theirs."""

    me: Me
    web: AsyncWebClient
    session: aiohttp.ClientSession
    inbound: Inbound
    directory: Directory
    remove: Remove
    files: Files
    clock: Callable[[], float]
    side: SideWork = field(default_factory=lambda: SideWork(NAME))

    async def command(self, body: Json) -> Json:
        """Answer the slash command; returns what goes into the acknowledgement."""
        words = str(body.get("text") or "").split()
        name, args = codes(words[0] if words else "help", tuple(words[1:]))
        user, channel = identifier(body.get("user_id")), identifier(body.get("channel_id"))
        ask = Ask(
            platform=NAME,
            workspace=self.me.workspace,
            user=user,
            chat=channel,
            name=name,
            args=args,
            at=self.clock(),
            language=await self.directory.language(user),
        )
        answering = asyncio.ensure_future(self._answer(ask))
        done, _ = await asyncio.wait({answering}, timeout=PATIENCE)
        if done:
            return answering.result()
        self.side.begin(self._respond_later(_url(body), answering))
        return {}

    async def _answer(self, ask: Ask) -> Json:
        answer = await self.inbound.commands.answer(ask)
        buttons = [button for row in answer.buttons for button in row]
        return {"response_type": "ephemeral", **pressable(said(answer.text, answer.document), buttons)}

    async def _respond_later(self, url: str, answering: asyncio.Future[Json]) -> None:
        await self._respond(url, await answering)

    async def press(self, body: Json) -> None:
        """Take a button under a nudge: recorded before it is acknowledged, answered after that."""
        press = await self._pressed(body)
        if press is None:
            return
        if press.action is Action.REASON and press.opens:
            await self._show(body, press, PressCode.NOTHING)  # a list opens only while Slack waits for the answer
            return
        code = await self.inbound.guard.press(press)
        self.side.begin(self._show(body, press, code))

    async def reasoned(self, body: Json) -> Json:
        """Take the reason that was picked in the list; returns what the acknowledgement says to the modal."""
        view = body.get("view")
        incident, url = modal.about(view)
        press = await self._press(_user(body), incident, Action.REASON, modal.picked(view))
        code = await self.inbound.guard.press(press)
        line = self.inbound.presses.line(press, code)
        if code is PressCode.REFUSED:
            return {"response_action": "errors", "errors": {modal.BLOCK: line}}
        if code is not PressCode.THANKS:
            return {"response_action": "update", "view": modal.closing(line)}
        if url:
            self.side.begin(self._respond(url, {"delete_original": True}))
        return {}

    async def _show(self, body: Json, press: Press, code: PressCode) -> None:
        shown = await self.inbound.presses.answer(press, code, self.remove)
        match shown:
            case Line() | Explained():
                await self._say(body, shown.text)
            case Reasons():
                await self._list(body, press, shown)
            case Thanked():
                if _ephemeral(body):
                    # The outbox brings the thank-you; it can't change an ephemeral message, so that one goes.
                    await self._respond(_url(body), {"delete_original": True})
            case Turned():
                buttons = [button for row in shown.buttons for button in row]
                answer = pressable(said(shown.text), buttons, press.incident)
                await self._respond(_url(body), {"replace_original": True, **answer})
            case Opened():
                await self._say(body, shown.text)  # no button of ours opens a nudge here: a forged press

    async def check(self, body: Json) -> None:
        """The shortcut "Check for personal data": judged on the spot, told to the asker alone, recorded nowhere."""
        user, message, channel = _user(body), body.get("message"), body.get("channel")
        where = identifier(channel.get("id")) if isinstance(channel, Mapping) else ""
        language = await self._language(user)
        text = wording.say(language, "check.nothing")
        shown: Message | None = None
        if isinstance(message, Mapping):
            ours = message.get("user") == self.me.user
            shown = None if ours else posted(message, where, self.me, external=False, judge_bots=True)
            found = (
                await self.inbound.guard.look(await self.directory.complete(shown)) if shown and shown.parts else None
            )
            if found and found.rules:
                text = wording.say(language, "check.found", kinds=wording.kinds(language, tuple(found.types)))
        self.side.begin(self._say_all(body, text, shown))

    async def _say_all(self, body: Json, text: str, shown: Message | None) -> None:
        """Speak of a message's words, and then of its files, as many as a response_url takes answers for."""
        await self._say(body, text)
        if shown is None or self.inbound.files is None:
            return
        asker = replace(shown, sender=_user(body), language=await self.directory.language(_user(body)))
        for file in shown.attachments[:_FILES]:
            await self._say(body, await self.inbound.files.answer(asker, partial(self.files.fetch, file)))

    async def close(self) -> None:
        """Let what is under way finish."""
        await self.side.finish(2)

    async def _list(self, body: Json, press: Press, shown: Reasons) -> None:
        """Open the list of reasons."""
        url = _url(body) if _ephemeral(body) else ""
        view = modal.reasons(shown, press.incident, url)
        try:
            trigger = str(body.get("trigger_id") or "")
            await asyncio.wait_for(self.web.views_open(trigger_id=trigger, view=view), 2.0)
        except FAILURES as error:
            _log.warning("modal.failed code=%s", code_of(error) if isinstance(error, SlackApiError) else "network")

    async def _say(self, body: Json, text: str) -> None:
        await self._respond(_url(body), {"replace_original": False, **said(text)})

    async def _respond(self, url: str, answer: Json) -> None:
        """A response_url takes five answers in half an hour; one that is lost can be asked for again."""
        if not url:
            return
        try:
            async with self.session.post(url, json={"response_type": "ephemeral", **answer}) as response:
                if response.status >= 400:
                    _log.warning("answer.failed status=%s", response.status)
        except FAILURES as error:
            _log.warning("answer.failed code=%s", type(error).__name__)

    async def _language(self, user: str) -> str:
        code = await self.directory.language(user)
        return self.inbound.languages.of(NAME, self.me.workspace, user, code)

    async def _pressed(self, body: Json) -> Press | None:
        """The first button of ours in a block_actions payload; None for anything else."""
        user = _user(body)
        for pressed in body.get("actions") or ():
            name = str(pressed.get("action_id") or "")
            action, _, choice = name.removeprefix(PREFIX).partition(":")
            if user and name.startswith(PREFIX) and action in _PRESSABLE:
                return await self._press(user, modal.known(pressed.get("value")), Action(action), choice)
        return None

    async def _press(self, user: str, incident: str, action: Action, choice: str) -> Press:
        code = await self.directory.language(user)
        return Press(NAME, self.me.workspace, user, incident, action, self.clock(), choice, code)


_PRESSABLE = frozenset(Action) - {Action.START, Action.READ}
"""Buttons that nudges have here."""


def _user(body: Json) -> str:
    user = body.get("user")
    return identifier(user.get("id")) if isinstance(user, Mapping) else ""


def _url(body: Json) -> str:
    return str(body.get("response_url") or "")


def _ephemeral(body: Json) -> bool:
    container = body.get("container")
    return isinstance(container, Mapping) and bool(container.get("is_ephemeral"))
