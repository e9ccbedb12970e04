"""Whatever Telegram sends: parsed, passed over or refused; never an endless loop, never a word in an error's way."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.message import Ask, Message
from bot.platforms.telegram.parse import Me, Parsed, parse

FIELDS = (
    "message_id", "date", "chat", "id", "type", "from", "is_bot", "language_code", "text", "caption", "entities", "url",
    "sender_chat", "edit_date", "document", "file_name", "poll", "question", "options", "contact", "phone_number",
    "venue", "checklist", "tasks", "quote", "external_reply", "new_chat_members", "left_chat_member", "data",
    "migrate_to_chat_id", "migrate_from_chat_id", "old_chat_member", "new_chat_member", "status", "user", "message",
)  # fmt: skip
VALUES = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=20) | st.just("/report A1234563")
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8),
    max_leaves=25,
)
KINDS = st.sampled_from(("message", "edited_message", "channel_post", "callback_query", "my_chat_member", "poll"))
ME = Me(7000001, "thinktwice_test_bot")


@given(KINDS, JSON)
def test_any_update_is_parsed_or_refused(kind: str, content: Any) -> None:
    try:
        parsed = parse({"update_id": 1, kind: content}, ME, 1_790_000_000.0)
    except (KeyError, TypeError, ValueError, AttributeError):
        return
    assert isinstance(parsed, Parsed)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6), st.text(max_size=60))
def test_what_somebody_typed_is_in_parts_alone(extra: dict[str, Any], words: str) -> None:
    chat = {"id": -1001, "type": "supergroup"}
    message = {**extra, "message_id": 5, "date": 1_790_000_000, "chat": chat, "text": f"/help {words}"}
    message |= {"from": {"id": 11}, "entities": []}
    message.pop("sender_chat", None)
    try:
        events = parse({"update_id": 1, "message": message}, ME, 1_790_000_100.0).events
    except (KeyError, TypeError, ValueError, AttributeError):
        return
    for event in events:
        if isinstance(event, Ask):
            assert set(event.args) <= {"?"}
        if isinstance(event, Message) and len(words.strip()) > 12:
            assert json.dumps(words.strip())[1:-1] not in repr(event)
