"""Answers those who show the bot a text or a file before they send it: privately, or while they type (inline).

Once, like a toast: it can be asked again. Nothing of it is recorded.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from bot import wording
from bot.message import Message
from bot.platforms.telegram.files import Files
from bot.platforms.telegram.parse import Inline, ToCheck
from bot.platforms.telegram.safer import told
from bot.platforms.telegram.wire import Wire
from bot.talk.private_check import Checked, PrivateCheck

Json = dict[str, Any]

SHOWN = 120
"""Characters of the text that an offer shows."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Answers for one bot account."""

    wire: Wire
    check: PrivateCheck
    files: Files

    async def answer(self, asked: ToCheck) -> None:
        """Say what the words and the files of a message hold."""
        message = asked.message
        if message.parts:
            await self._tell(message, await self.check.words(message, names=asked.names))
        for file in message.attachments:
            await self._tell(message, await self.check.file(message, partial(self.files.fetch, file)))

    async def offer(self, query: Inline) -> None:
        """Offer the safer text of what somebody types behind the bot's name, to be posted with a tap.

        https://core.telegram.org/bots/api#answerinlinequery: `is_personal`, or others who type the same get it too.
        """
        results = await self._offers(query.asked) if query.asked.message.parts else []
        await self.wire.call(
            "answerInlineQuery", inline_query_id=query.id, results=results, cache_time=0, is_personal=True
        )

    async def _offers(self, asked: ToCheck) -> list[Json]:
        """One article to tap on; none where a rule speaks of what can't be hidden."""
        checked = await self.check.words(asked.message, names=asked.names)
        if checked.found and not checked.safer:
            return []
        title = wording.say(checked.language, "check.offer" if checked.safer else "check.offer_clean")
        text = checked.safer or asked.message.parts[0].text
        content = {"message_text": text, "link_preview_options": {"is_disabled": True}}
        return [
            {
                "type": "article",
                "id": "1",
                "title": title,
                "description": _short(text),
                "input_message_content": content,
            }
        ]

    async def _tell(self, message: Message, checked: Checked) -> None:
        about = {"message_id": int(message.id), "allow_sending_without_reply": True}
        for text in told(checked.text, checked.safer):
            await self.wire.call("sendMessage", chat_id=int(message.chat), reply_parameters=about, **text)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
