"""What people ask for on Slack: the slash command, the buttons under a nudge, the list of reasons, the shortcut.

Answers are for the asker's eyes only. Slack waits three seconds for an acknowledgement, so what needs the network goes
on after it. docs.slack.dev/interactivity/handling-user-interaction
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.judging.guard import Guard
from bot.message import Ask, Deletion, Press
from bot.platforms.slack import modal
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.parse import Me, posted
from bot.platforms.slack.shape import PREFIX, said
from bot.platforms.slack.wire import FAILURES, code_of
from bot.store import IncidentRow, Store
from bot.talk.commands import Commands, codes

Json = Mapping[str, Any]
PATIENCE = 1.5
"""Seconds that a command's answer may take to go with the acknowledgement; a slower one follows it."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Interactions:
    """Answers people. `admin` deletes messages with an administrator's token, where the operator gave one."""

    me: Me
    web: AsyncWebClient
    admin: AsyncWebClient | None
    session: aiohttp.ClientSession
    guard: Guard
    store: Store
    commands: Commands
    directory: Directory
    clock: Callable[[], float]
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    async def command(self, body: Json) -> Json:
        """Answer the slash command; returns what goes into the acknowledgement."""
        words = str(body.get("text") or "").split()
        name, args = codes(words[0] if words else "help", tuple(words[1:]))
        user, channel = str(body.get("user_id") or ""), str(body.get("channel_id") or "")
        ask = Ask(
            platform="slack",
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
        self._after(self._respond_later(_url(body), answering))
        return {}

    async def _answer(self, ask: Ask) -> Json:
        answer = await self.commands.answer(ask)
        return {"response_type": "ephemeral", **said(answer.text, answer.document)}

    async def _respond_later(self, url: str, answering: asyncio.Future[Json]) -> None:
        await self._respond(url, await answering)

    async def press(self, body: Json) -> None:
        """Take a button under a nudge."""
        user, pressed = _user(body), _pressed(body)
        if pressed is None or not user:
            return
        incident, action, choice = pressed
        if action == "reason" and not choice:
            await self._offer(body, user, incident)
            return
        code = await self.guard.press(Press("slack", self.me.workspace, user, incident, action, self.clock(), choice))
        if code == "delete":
            self._after(self._delete(body, user, incident))
        elif code == "why":
            types = dict.fromkeys(kind for row in self.store.together(incident) for kind in row.types)
            language = await self._language(user)
            self._say(body, wording.say(language, "press.why", kinds=wording.kinds(language, tuple(types))))
        elif code != "thanks":
            self._say(body, await self._line(user, code, action))
        elif _ephemeral(body):
            # The outbox brings the thank-you; it can't change an ephemeral message, so that one goes.
            self._after(self._respond(_url(body), {"delete_original": True}))

    async def reasoned(self, body: Json) -> Json:
        """Take the reason that was picked in the list; returns what the acknowledgement says to the modal."""
        user, view = _user(body), body.get("view")
        incident, url = modal.about(view)
        choice = modal.picked(view)
        code = await self.guard.press(Press("slack", self.me.workspace, user, incident, "reason", self.clock(), choice))
        line = await self._line(user, code, "reason")
        if code == "refused":
            return {"response_action": "errors", "errors": {modal.BLOCK: line}}
        if code != "thanks":
            return {"response_action": "update", "view": modal.told(line)}
        if url:
            self._after(self._respond(url, {"delete_original": True}))
        return {}

    async def check(self, body: Json) -> None:
        """The shortcut "Check for personal data": judged on the spot, told to the asker alone, recorded nowhere."""
        user, message, channel = _user(body), body.get("message"), body.get("channel")
        where = str(channel.get("id") or "") if isinstance(channel, Mapping) else ""
        language = await self._language(user)
        text = wording.say(language, "check.nothing")
        if isinstance(message, Mapping):
            ours = message.get("user") == self.me.user
            shown = None if ours else posted(message, where, self.me, external=False, judge_bots=True)
            found = await self.guard.look(await self.directory.complete(shown)) if shown and shown.parts else None
            if found and found.rules:
                text = wording.say(language, "check.found", kinds=wording.kinds(language, tuple(found.types)))
        self._say(body, text)

    async def close(self) -> None:
        """Let what is under way finish."""
        if self._later:
            await asyncio.wait(tuple(self._later), timeout=2)

    async def _offer(self, body: Json, user: str, incident: str) -> None:
        """Open the list of reasons, for the addressee of an open incident only."""
        row = self.store.incident(incident)
        code = (
            "unknown" if row is None else "not_yours" if row.sender != user else "" if row.state == "open" else "stale"
        )
        if code:
            self._say(body, await self._line(user, code, "reason"))
            return
        url = str(body.get("response_url") or "") if _ephemeral(body) else ""
        view = modal.reasons(await self._language(user), incident, url)
        try:
            trigger = str(body.get("trigger_id") or "")
            await asyncio.wait_for(self.web.views_open(trigger_id=trigger, view=view), 2.0)
        except FAILURES as error:
            _log.warning("modal.failed code=%s", code_of(error) if isinstance(error, SlackApiError) else "network")

    async def _delete(self, body: Json, user: str, incident: str) -> None:
        """Delete what the nudge names; only what Slack confirms counts as removed."""
        rows = [row for row in self.store.together(incident) if row.sender == user and row.state == "open"]
        gone = [row for row in rows if await self._remove(row)]
        now = self.clock()
        await self.guard.handle(
            [Deletion("slack", self.me.workspace, row.chat, row.message, now, by_bot=True) for row in gone]
        )
        key = "press.delete" if rows and len(gone) == len(rows) else "press.cannot_delete"
        self._say(body, wording.say(await self._language(user), key))

    async def _remove(self, row: IncidentRow) -> bool:
        """docs.slack.dev/reference/methods/chat.delete: with a user token, what that user may delete in Slack."""
        if self.admin is None:
            return False
        try:
            await self.admin.chat_delete(channel=row.chat, ts=row.message)
        except SlackApiError as error:
            return code_of(error) == "message_not_found"
        except FAILURES:
            return False
        return True

    def _say(self, body: Json, text: str) -> None:
        self._after(self._respond(_url(body), {"replace_original": False, **said(text)}))

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

    async def _line(self, user: str, code: str, action: str) -> str:
        key = f"press.{code}_{action}"
        return wording.say(await self._language(user), key if wording.has(key) else f"press.{code}")

    async def _language(self, user: str) -> str:
        return self.commands.language("slack", self.me.workspace, user, await self.directory.language(user))

    def _after(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)


def _pressed(body: Json) -> tuple[str, str, str] | None:
    """Incident, action and choice of the first button of ours in a block_actions payload."""
    for pressed in body.get("actions") or ():
        name = str(pressed.get("action_id") or "")
        if name.startswith(PREFIX) and name != f"{PREFIX}open":
            action, _, choice = name.removeprefix(PREFIX).partition(":")
            return modal.known(pressed.get("value")), action, choice
    return None


def _user(body: Json) -> str:
    user = body.get("user")
    return str(user.get("id") or "") if isinstance(user, Mapping) else ""


def _url(body: Json) -> str:
    return str(body.get("response_url") or "")


def _ephemeral(body: Json) -> bool:
    container = body.get("container")
    return isinstance(container, Mapping) and bool(container.get("is_ephemeral"))
