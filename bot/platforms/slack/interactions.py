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
from bot.judging.asked import Typed, typed
from bot.message import Ask, Message, Part, Press
from bot.platforms.beside import Inbound, SideWork
from bot.platforms.slack import NAME, modal
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.files import Files
from bot.platforms.slack.ids import identifier
from bot.platforms.slack.parse import Me, posted
from bot.platforms.slack.parts import plain
from bot.platforms.slack.shape import PREFIX, pressable, said
from bot.platforms.slack.wire import FAILURES, code_of
from bot.talk.commands import ADMINS
from bot.talk.presses import Explained, Line, Opened, Reasons, Remove, Reread, Safer, Thanked, Turned
from bot.talk.private_check import Checked
from bot.talk.reporting import FILES
from bot.words import Action, Command, PartKind, PressCode

Json = Mapping[str, Any]
PATIENCE = 1.5
"""Seconds that a command's answer may take to go with the acknowledgement; a slower one follows it."""

_FILES = 4
"""Files that the shortcut speaks of: a response_url takes five answers."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Interactions:
    """Answers people. `remove` deletes a message of theirs, `reread` shows one as it stands now.

    `uploads`: a file may be sent to them privately.
    """

    me: Me
    web: AsyncWebClient
    session: aiohttp.ClientSession
    inbound: Inbound
    directory: Directory
    remove: Remove
    reread: Reread
    files: Files
    clock: Callable[[], float]
    uploads: bool = False
    side: SideWork = field(default_factory=lambda: SideWork(NAME))

    async def command(self, body: Json) -> Json:
        """Answer the slash command; returns what goes into the acknowledgement."""
        text = plain(body.get("text"))
        user, channel = identifier(body.get("user_id")), identifier(body.get("channel_id"))
        asked = typed(f"/{text.strip() or Command.HELP}")
        language = await self.directory.language(user)
        name = asked.command or Command.HELP
        ask = Ask(NAME, self.me.workspace, user, channel, name, asked.args, self.clock(), language)
        if not asked.words and self.uploads and self._wants_file(ask):
            # No ephemeral answer carries a file: it goes through the outbox into the direct messages.
            await self.inbound.guard.handle([ask])
            spoken = self.inbound.languages.of(NAME, ask.workspace, user, ask.language)
            return {"response_type": "ephemeral", **said(wording.say(spoken, "answer.report_coming"))}
        answering = asyncio.ensure_future(self._check(ask, asked) if asked.words else self._answer(ask))
        done, _ = await asyncio.wait({answering}, timeout=PATIENCE)
        if done:
            return answering.result()
        self.side.begin(self._respond_later(_url(body), answering))
        return {}

    def _wants_file(self, ask: Ask) -> bool:
        allowed = ask.name not in ADMINS or self.inbound.commands.is_admin(NAME, ask.user)
        return allowed and not _AS_FILES.isdisjoint(ask.args)

    async def _answer(self, ask: Ask) -> Json:
        answer = await self.inbound.commands.answer(ask)
        buttons = [button for row in answer.buttons for button in row]
        return {"response_type": "ephemeral", **pressable(said(answer.text, answer.document), buttons)}

    async def _check(self, ask: Ask, asked: Typed) -> Json:
        """`check` and a text: judged as if it were posted in the channel where it was typed, and recorded nowhere."""
        words = (Part(PartKind.TEXT, asked.words),)
        message = Message(NAME, self.me.workspace, ask.chat, "", ask.user, ask.at, words)
        checked = await self.inbound.check.words(await self.directory.complete(message), names=asked.names)
        return {"response_type": "ephemeral", **said(checked.text, safer=checked.safer)}

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
        code = PressCode.NOTHING if press.opens else await self.inbound.guard.press(press)
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
        shown = await self.inbound.presses.answer(press, code, self.remove, self.reread)
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
            case Safer():
                await self._whisper(body, press, shown)

    async def _whisper(self, body: Json, press: Press, shown: Safer) -> None:
        """Write a safer text into the private chat, wherever the button was."""
        try:
            opened = await self.web.conversations_open(users=press.user)
            place = opened.get("channel")
            channel = identifier(place.get("id")) if isinstance(place, Mapping) else ""
            text = said(shown.text, safer=shown.safer)
            await self.web.chat_postMessage(channel=channel, **text, unfurl_links=False, unfurl_media=False)
        except FAILURES as error:
            _log.warning("safer.failed code=%s", code_of(error) if isinstance(error, SlackApiError) else "network")
            return
        if _ephemeral(body):
            await self._say(body, wording.say(shown.language, "press.safer_here"))

    async def check(self, body: Json) -> None:
        """The shortcut "Check for personal data": judged on the spot, told to the asker alone, recorded nowhere."""
        user, message, channel = _user(body), body.get("message"), body.get("channel")
        where = identifier(channel.get("id")) if isinstance(channel, Mapping) else ""
        shown = Message(NAME, self.me.workspace, where, "", user, self.clock(), ())
        if isinstance(message, Mapping) and message.get("user") != self.me.user:
            shown = posted(message, where, self.me, external=False, judge_bots=True) or shown
        asker = await self.directory.complete(replace(shown, sender=user, sender_role=None))
        self.side.begin(self._say_all(body, asker, await self.inbound.check.words(asker)))

    async def _say_all(self, body: Json, shown: Message, checked: Checked) -> None:
        """Speak of a message's words, and then of its files, as many as a response_url takes answers for."""
        await self._say(body, checked.text, checked.safer)
        for file in shown.attachments[:_FILES] if self.inbound.guard.reads_files else ():
            told = await self.inbound.check.file(shown, partial(self.files.fetch, file))
            await self._say(body, told.text)

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

    async def _say(self, body: Json, text: str, safer: str = "") -> None:
        await self._respond(_url(body), {"replace_original": False, **said(text, safer=safer)})

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


_AS_FILES = FILES | {"draft"}
"""Words of a command that is answered with a file."""
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
