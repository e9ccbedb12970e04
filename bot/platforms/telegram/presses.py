"""Buttons that were pressed: a short answer for whoever pressed, and what the button opens or does.

Nothing here changes an incident; the guard has done that before, and its code says what to answer. Answers are sent
once and not waited for: a press without an answer can be pressed again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram.error import TelegramError

from bot import wording
from bot.judging.guard import Guard
from bot.message import Deletion
from bot.platforms.telegram import buttons
from bot.platforms.telegram.ephemeral import NAME
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.parse import Me, Query
from bot.platforms.telegram.wire import RefusalError, Wire
from bot.store import IncidentRow, OutboxRow, Store
from bot.talk import compose

LONGEST_TOAST = 200
"""https://core.telegram.org/bots/api#answercallbackquery: text, 0-200 characters."""


_STANDING = frozenset({"", "expired", "said_removed"})
"""How the incidents may stand whose messages "Delete it for me" removes: those may still hold what they held."""


@dataclass(frozen=True, slots=True)
class Presses:
    """Answers presses for one bot account."""

    wire: Wire
    membership: Membership
    guard: Guard
    store: Store
    clock: Callable[[], float]
    language: str
    helplines: tuple[str, ...]

    async def answer(self, query: Query, code: str, me: Me) -> None:
        """Answer one press; `code` is what the guard said of it, '' when it was not asked."""
        say = self._speaks(query)
        pressed = query.pressed
        if pressed is None:
            await self._toast(query, say("press.unknown"))
            return
        code = code or self._standing(query, pressed.incident)
        if code == "open":
            await (self._open_tip if pressed.action == "read" else self._open_reasons)(query, pressed.incident, me)
        elif code == "why":
            await self._explain(query, pressed.incident)
        elif code == "delete":
            await self._delete(query, pressed.incident)
        else:
            key = f"press.{code}_{pressed.action}"
            await self._toast(query, say(key if wording.has(key) else f"press.{code}"))

    def _language(self, query: Query) -> str:
        chosen = "" if self.language == "auto" else self.language
        return wording.language_of(chosen, self.store.person(NAME, "", query.user).language, query.language)

    def _speaks(self, query: Query) -> Callable[..., str]:
        return partial(wording.say, self._language(query))

    def _standing(self, query: Query, incident: str) -> str:
        """What may be opened: only an open incident, and only by its sender."""
        row = self.store.incident(incident)
        if row is None:
            return "unknown"
        if row.sender != query.user:
            return "not_yours"
        return "open" if row.state == "open" else "stale"

    async def _open_reasons(self, query: Query, incident: str, me: Me) -> None:
        listed = buttons.keyboard(compose.reason_buttons(self._language(query)), incident, me.username)
        markup = buttons.with_choices(query.message.get("reply_markup") or {}, listed)
        await self._edit(query, incident, None, markup)
        await self._toast(query, self._speaks(query)("press.choose_reason"))

    async def _open_tip(self, query: Query, incident: str, me: Me) -> None:
        """Show the nudge itself in place of the tip; where that is not proved to be ephemeral, in a pop-up."""
        row = self._nudge(incident)
        if row is None:
            await self._toast(query, self._speaks(query)("press.unknown"))
            return
        spoken, say = self._language(query), self._speaks(query)
        title = await self.membership.title(row.chat)
        where = say("phrase.in_group", group=title) if title else say("phrase.in_a_group")
        text = compose.nudge(spoken, row.body, self.store.together(incident), where, self.helplines)
        if row.rung != "ephemeral":
            await self._toast(query, text, alert=True)
            return
        may = (await self.membership.rights(row.chat, me.id)).delete
        shown = buttons.keyboard(compose.nudge_buttons(spoken, delete=may), incident, me.username)
        await self._edit(query, incident, text, shown)
        await self._toast(query, "")

    def _nudge(self, incident: str) -> OutboxRow | None:
        found = self.store.incident(incident)
        rows = self.store.outbox(found.opened_at - 3600, platform=NAME, kind="nudge") if found else ()
        return next((row for row in reversed(rows) if incident in row.incidents), None)

    async def _explain(self, query: Query, incident: str) -> None:
        say = self._speaks(query)
        types = dict.fromkeys(kind for row in self.store.together(incident) for kind in row.types)
        reason = say("press.why", kinds=wording.kinds(self._language(query), tuple(types)))
        text = str(query.message.get("text") or "")
        if text and reason not in text:
            await self._edit(query, incident, f"{text}\n\n{reason}", query.message.get("reply_markup"))
        await self._toast(query, "" if text else reason)

    async def _delete(self, query: Query, incident: str) -> None:
        """Remove the messages that the nudge names; only what Telegram confirms counts as removed."""
        together = [
            row for row in self.store.together(incident) if row.sender == query.user and row.resolution in _STANDING
        ]
        gone = [row for row in together if await self._remove(row)]
        if gone:
            at = self.clock()
            await self.guard.handle([Deletion(NAME, "", row.chat, row.message, at, by_bot=True) for row in gone])
        done = 0 < len(gone) == len(together)
        await self._toast(query, self._speaks(query)("press.delete" if done else "press.cannot_delete"), alert=not done)

    async def _remove(self, row: IncidentRow) -> bool:
        """https://core.telegram.org/bots/api#deletemessage: needs the right, and a message younger than 48 hours."""
        if not row.message.isdigit():  # from before the group moved: nothing under its new id answers to that
            return False
        try:
            await self.wire.call("deleteMessage", chat_id=int(row.chat), message_id=int(row.message))
        except RefusalError as error:
            return "to delete not found" in error.description
        except TelegramError:
            return False
        return True

    async def _edit(self, query: Query, incident: str, text: str | None, markup: Any) -> None:
        """Change the bot's own message above the button, ephemeral or not."""
        what, kind = "Text" if text else "ReplyMarkup", ""
        place = self._place(query, incident)
        if "ephemeral_message_id" in place:
            kind, place = "Ephemeral", {**place, "receiver_user_id": int(query.user)}
        try:
            await self.wire.call(f"edit{kind}Message{what}", **place, text=text, reply_markup=markup)
        except TelegramError:
            return  # the toast still answers; the press can be repeated

    def _place(self, query: Query, incident: str) -> dict[str, Any]:
        """Where the button is, as the press says; else where the nudge was sent."""
        message = query.message
        chat = (message.get("chat") or {}).get("id")
        for name in ("ephemeral_message_id", "message_id"):
            if chat and message.get(name):
                return {"chat_id": chat, name: message[name]}
        row = self._nudge(incident)
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
