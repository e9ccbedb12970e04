"""One outgoing message over one rung: the ladder, its pace, the wire call and what became of it."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from telegram import InputFile
from telegram.error import TelegramError

from bot import wording
from bot.judging.guard import Guard
from bot.message import ChatChange
from bot.platforms.telegram import NAME, buttons
from bot.platforms.telegram.ephemeral import Ephemeral
from bot.platforms.telegram.line import lacking
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.outcomes import SHUT, outcome, unmodified
from bot.platforms.telegram.wire import LARGEST_ID, RefusalError, Wire, whole
from bot.send import Button, Outcome, Refused, Send, Sent
from bot.store import Store, StoreError
from bot.words import Action, ChatState, ReachState, SendKind

LONGEST = 4096
"""Characters in a text message: https://core.telegram.org/bots/api#sendmessage."""
LONGEST_CAPTION = 1024

Json = dict[str, Any]


class Deliverer:
    """Sends for one bot account; `bot` and `username` are filled in once Telegram has said who the bot is.

    `moved` is told a group's old id and its new one.
    """

    def __init__(
        self,
        wire: Wire,
        membership: Membership,
        ephemeral: Ephemeral,
        guard: Guard,
        store: Store,
        clock: Callable[[], float],
        moved: Callable[[str, str], None],
    ) -> None:
        self._moved = moved
        self._wire = wire
        self._membership = membership
        self._ephemeral = ephemeral
        self._guard = guard
        self._store = store
        self._clock = clock
        self.bot = 0
        self.username = ""

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:
        """List the ways to try, best first."""
        if not send.recipient:
            return ("group",)
        ways = [] if reach is ReachState.BLOCKED else ["dm"]
        in_group = send.chat not in ("", send.recipient)
        alone = (SendKind.NUDGE, SendKind.REPLY, SendKind.NOTICE)
        # An ephemeral message carries no file of ours.
        if in_group and send.kind in alone and not send.document and self._ephemeral.hopeful(send.chat):
            ways.append("ephemeral")
        if in_group and send.kind is SendKind.REPLY:
            ways.append("hint")
        return tuple(ways)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """Give Telegram's limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""
        if rung == "dm":
            return {"all": (30, 1.0), f"chat:{send.recipient}": (1, 1.0)}
        return {"all": (30, 1.0), f"chat:{send.chat}": (1, 1.0), f"group:{send.chat}": (20, 60.0)}

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """Make the wire call and learn from its answer. Never repeats a call that may have been carried out."""
        try:
            return await self._call(rung, send)
        except TelegramError as error:
            if send.replaces and unmodified(error):
                return Sent(send.replaces)
            with suppress(StoreError):  # what is not learned now is learned at the next refusal
                await self._learn(rung, send, error)
            if send.replaces and _elsewhere(error):
                return Refused("gone")  # what was sent under the old id can't be changed under any
            if await lacking(error, self._wire):
                return Refused("no_method")
            return outcome(error)

    async def _call(self, rung: str, send: Send) -> Outcome:
        if send.replaces:
            return await self._rewrite(send, json.loads(send.replaces))
        if rung == "ephemeral":
            return await self._tip(send)
        if rung == "hint":
            start = Button(_say(send.language, "button.start", " · "), Action.START)
            text = _say(send.language, "alert.start", "\n\n")
            return await self._post(send.chat, send.thread, text, ((start,),), "")
        chat = send.recipient if rung == "dm" else send.chat
        thread = "" if rung == "dm" else send.thread
        if send.document or len(send.text) > LONGEST:
            return await self._post_file(chat, thread, send)
        return await self._post(chat, thread, send.text, await self._offered(send), send.incident)

    async def _offered(self, send: Send) -> tuple[tuple[Button, ...], ...]:
        """Leave out "Delete it for me" where the bot may not."""
        asks = any(button.action is Action.DELETE for row in send.buttons for button in row)
        if not asks or (await self._membership.rights(send.chat, self.bot)).delete:
            return send.buttons
        return buttons.without_delete(send.buttons)

    async def _post(
        self, chat: str, thread: str, text: str, rows: tuple[tuple[Button, ...], ...], incident: str
    ) -> Outcome:
        markup = buttons.keyboard(rows, incident, self.username)
        message = await self._somewhere(
            thread, "sendMessage", chat_id=int(chat), text=text, reply_markup=markup, **_NO_PREVIEW
        )
        return Sent(_ref(chat, message))

    async def _post_file(self, chat: str, thread: str, send: Send) -> Outcome:
        name, content, caption = "message.txt", send.text.encode(), None
        if send.document:
            name, content, caption = send.document.name, send.document.content, send.text[:LONGEST_CAPTION] or None
        file = InputFile(content, filename=name)
        if name.endswith(".png"):
            message = await self._somewhere(thread, "sendPhoto", chat_id=int(chat), photo=file, caption=caption)
        else:
            message = await self._somewhere(thread, "sendDocument", chat_id=int(chat), document=file, caption=caption)
        return Sent(_ref(chat, message))

    async def _somewhere(self, thread: str, method: str, **params: Any) -> Any:
        """Write into the topic; into the group itself when the topic is closed or gone (refused, so not sent)."""
        try:
            return await self._wire.call(method, message_thread_id=int(thread) if thread else None, **params)
        except RefusalError as error:
            if not thread or getattr(outcome(error), "code", "") != "no_topic":
                raise
        return await self._wire.call(method, **params)

    async def _tip(self, send: Send) -> Outcome:
        """A nudge hides behind a button until its addressee opens it; an answer or a greeting is shown at once."""
        if not await self._ephemeral.is_open(send.chat):
            return Refused("not_open")
        text, read = send.text[:LONGEST], buttons.keyboard(send.buttons, send.incident, self.username)
        if send.kind is SendKind.NUDGE:
            text = _say(send.language, "ephemeral.tip", "\n\n")
            button = Button(_say(send.language, "button.read", " · "), Action.READ)
            read = buttons.keyboard(((button,),), send.incident, self.username)
        proof = await self._ephemeral.send(send.chat, send.recipient, text, send.thread, read)
        if proof is None:
            return Refused("not_ephemeral")
        return Sent(json.dumps({"chat": send.chat, "ephemeral": proof, "receiver": send.recipient}))

    async def _rewrite(self, send: Send, ref: Json) -> Outcome:
        markup = buttons.keyboard(await self._offered(send), send.incident, self.username)
        if "ephemeral" in ref:
            await self._wire.call(
                "editEphemeralMessageText",
                chat_id=int(ref["chat"]),
                receiver_user_id=int(ref["receiver"]),
                ephemeral_message_id=int(ref["ephemeral"]),
                text=send.text[:LONGEST],
                reply_markup=markup,
            )
        else:
            await self._wire.call(
                "editMessageText",
                chat_id=int(ref["chat"]),
                message_id=int(ref["message"]),
                text=send.text[:LONGEST],
                reply_markup=markup,
                **_NO_PREVIEW,
            )
        return Sent(send.replaces)

    async def _learn(self, rung: str, send: Send, error: TelegramError) -> None:
        """Keep what the refusal says about the person or the chat."""
        result = outcome(error)
        if rung == "dm" and isinstance(result, Refused) and result.code in SHUT:
            reach = ReachState.BLOCKED if result.code == "blocked" else ReachState.UNKNOWN
            await self._store.set_person(NAME, "", send.recipient, reach=reach)
        elif isinstance(error, RefusalError) and error.moved_to is not None:
            await self._follow(send.chat, str(error.moved_to))
        elif rung != "dm" and isinstance(result, Refused) and result.code == "removed":
            await self._guard.handle((ChatChange(NAME, "", send.chat, ChatState.LEFT, self._clock()),))

    async def _follow(self, chat: str, to: str) -> None:
        """The group has another id; the log may know that, and only what the send changes be from before."""
        if to != chat:
            await self._guard.handle((ChatChange(NAME, "", chat, ChatState.MOVED, self._clock(), to=to),))
            self._moved(chat, to)


def _elsewhere(error: TelegramError) -> bool:
    return isinstance(error, RefusalError) and error.moved_to is not None


def _say(known: str, key: str, between: str) -> str:
    """Say a sentence in the reader's language, or in all while that is not known."""
    return between.join(wording.say(language, key) for language in ([known] if known else wording.languages()))


_NO_PREVIEW: Json = {"link_preview_options": {"is_disabled": True}}


def _ref(chat: str, message: Any) -> str:
    """Keep ids only. An answer without them is still a yes."""
    shown = message if isinstance(message, dict) else {}
    where = shown.get("chat")
    found = whole(where.get("id"), LARGEST_ID) if isinstance(where, dict) else None
    return json.dumps({"chat": str(found or chat), "message": whole(shown.get("message_id")) or 0})
