"""Shows what a press brought: a toast, the reasons, or the nudge in place of a tip. What it is was decided before.

Answers are sent once and not waited for: a press without an answer can be pressed again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.error import TelegramError

from bot import wording
from bot.message import Press
from bot.platforms.telegram import NAME, buttons
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.parse import Me, Query
from bot.platforms.telegram.safer import told
from bot.platforms.telegram.wire import RefusalError, Wire
from bot.store import OutboxRow
from bot.talk.presses import Explained, Line, Opened, Presses, Reasons, Reread, Safer, Thanked, Turned
from bot.words import PressCode

LONGEST_TOAST = 200
"""https://core.telegram.org/bots/api#answercallbackquery: text, 0-200 characters."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers presses for one bot account; `nudge` finds the newest nudge about an incident, `reread` a message."""

    wire: Wire
    membership: Membership
    presses: Presses
    nudge: Callable[[str], OutboxRow | None]
    reread: Reread

    async def answer(self, query: Query, code: PressCode, me: Me) -> None:
        """Answer one press; `code` is what the store said of it."""
        if query.press is None:
            await self._toast(query, self.presses.unreadable(NAME, "", query.user, query.language))
            return
        shown = await self.presses.answer(query.press, code, self.remove, self.reread)
        match shown:
            case Line() | Thanked():
                await self._toast(query, shown.text, alert=isinstance(shown, Line) and shown.warns)
            case Explained():
                await self._explain(query, query.press, shown.text)
            case Reasons():
                listed = buttons.keyboard(shown.buttons, query.press.incident, me.username)
                markup = buttons.with_choices(query.message.get("reply_markup") or {}, listed)
                await self._edit(query, query.press, None, markup)
                await self._toast(query, shown.text)
            case Opened():
                await self._open(query, query.press, shown, me)
            case Turned():
                turned = buttons.keyboard(shown.buttons, query.press.incident, me.username)
                await self._edit(query, query.press, shown.text, turned)
                await self._toast(query, "")
            case Safer():
                await self._whisper(query, shown)

    async def remove(self, chat: str, message: str) -> bool:
        """https://core.telegram.org/bots/api#deletemessage: needs the right, and a message younger than 48 hours."""
        if not message.isdigit():  # from before the group moved: nothing under its new id answers to that
            return False
        try:
            await self.wire.call("deleteMessage", chat_id=int(chat), message_id=int(message))
        except RefusalError as error:
            return "to delete not found" in error.description
        except TelegramError:
            return False
        return True

    async def _whisper(self, query: Query, shown: Safer) -> None:
        """Write a safer text into the private chat, wherever the button was."""
        try:
            for text in told(shown.text, shown.safer):
                await self.wire.call("sendMessage", chat_id=int(query.user), **text)
        except RefusalError:
            await self._toast(query, wording.say(shown.language, "alert.start"), alert=True)
        except TelegramError:
            return  # nobody knows whether it arrived; the press can be repeated
        else:
            in_group = "ephemeral_message_id" in query.message
            await self._toast(query, wording.say(shown.language, "press.safer_here") if in_group else "")

    async def _open(self, query: Query, press: Press, shown: Opened, me: Me) -> None:
        """Show the nudge itself in place of the tip; where that is not proved to be ephemeral, in a pop-up."""
        if shown.row.rung != "ephemeral":
            await self._toast(query, shown.text, alert=True)
            return
        may = (await self.membership.rights(shown.row.chat, me.id)).delete
        rows = buttons.without_delete(shown.buttons) if not may else shown.buttons
        await self._edit(query, press, shown.text, buttons.keyboard(rows, press.incident, me.username))
        await self._toast(query, "")

    async def _explain(self, query: Query, press: Press, reason: str) -> None:
        text = str(query.message.get("text") or "")
        if text and reason not in text:
            await self._edit(query, press, f"{text}\n\n{reason}", query.message.get("reply_markup"))
        await self._toast(query, "" if text else reason)

    async def _edit(self, query: Query, press: Press, text: str | None, markup: Any) -> None:
        """Change the bot's own message above the button, ephemeral or not."""
        what, kind = "Text" if text else "ReplyMarkup", ""
        place = self._place(query, press)
        if "ephemeral_message_id" in place:
            kind, place = "Ephemeral", {**place, "receiver_user_id": int(query.user)}
        try:
            await self.wire.call(f"edit{kind}Message{what}", **place, text=text, reply_markup=markup)
        except TelegramError:
            return  # the toast still answers; the press can be repeated

    def _place(self, query: Query, press: Press) -> Json:
        """Where the button is, as the press says; else where the nudge was sent."""
        message = query.message
        chat = (message.get("chat") or {}).get("id")
        for name in ("ephemeral_message_id", "message_id"):
            if chat and message.get(name):
                return {"chat_id": chat, name: message[name]}
        row = self.nudge(press.incident)
        ref = json.loads(row.ref or "{}") if row else {}
        if "ephemeral" in ref:
            return {"chat_id": ref["chat"], "ephemeral_message_id": ref["ephemeral"]}
        return {"chat_id": ref.get("chat"), "message_id": ref.get("message")}

    async def _toast(self, query: Query, text: str, *, alert: bool = False) -> None:
        shown = text if len(text) <= LONGEST_TOAST else text[: LONGEST_TOAST - 1] + "…"
        try:
            await self.wire.call(
                "answerCallbackQuery", callback_query_id=query.id, text=shown or None, show_alert=alert or None
            )
        except TelegramError:
            return  # too late or lost: nobody is harmed
