"""What people do in the fake Telegram, and the updates that the bot gets from it."""

from typing import Any

from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import BOT_ID, Chat, Json, Person

ANONYMOUS_ADMIN = 1087968824
"""@GroupAnonymousBot stands in as `from` of an anonymous admin: https://core.telegram.org/bots/api#message."""


def says(fake: FakeTelegram, person: Person | None, chat: Chat, text: str = "", **extra: Any) -> int:
    """Somebody posts; `extra` are further fields of the message. Returns its message_id."""
    message: Json = {"message_id": chat.next_message_id(), "date": fake.world.now(), "chat": chat.as_json()}
    if person is not None:
        message["from"] = person.as_json()
    if text:
        message["text"] = text
    message.update(extra)
    chat.messages[message["message_id"]] = message
    if _visible(fake, chat, message):
        fake.updates.push("channel_post" if chat.kind == "channel" else "message", dict(message))
    return int(message["message_id"])


def posts(  # a file has a name, a content and words beside it
    fake: FakeTelegram, person: Person, chat: Chat, name: str, content: bytes, caption: str = "", **extra: Any
) -> int:
    """Somebody posts a file, or a picture if it has no name."""
    words = {"caption": caption} if caption else {}
    return says(fake, person, chat, **attached(fake, name, content), **words, **extra)


def attached(fake: FakeTelegram, name: str, content: bytes) -> Json:
    """The fields of a message with a file: #document; without a name, a picture in two sizes: #photosize."""
    file = fake.world.upload(name or "photo.jpg", content)
    shown = {"file_id": file.id, "file_unique_id": file.unique, "file_size": len(content)}
    small = {"file_id": f"{file.id}s", "file_unique_id": f"{file.unique}s", "width": 90, "height": 60, "file_size": 900}
    big = shown | {"width": 1280, "height": 853}
    return {"document": shown | {"file_name": name}} if name else {"photo": [small, big]}


def edits(fake: FakeTelegram, chat: Chat, message_id: int, text: str, **extra: Any) -> None:
    """The author changes a message: same message_id, with edit_date (https://core.telegram.org/bots/api#update)."""
    message = chat.messages[message_id]
    message.update(text=text, edit_date=max(fake.world.now(), message.get("edit_date", 0) + 1), **extra)
    if _visible(fake, chat, message):
        fake.updates.push("edited_channel_post" if chat.kind == "channel" else "edited_message", dict(message))


def removes(chat: Chat, message_id: int) -> None:
    """The author deletes a message. Bots in groups get no update about it (no such field in #update)."""
    del chat.messages[message_id]


def starts(fake: FakeTelegram, person: Person, payload: str = "") -> None:
    """Somebody presses Start: https://core.telegram.org/bots/features#deep-linking."""
    person.started, person.blocked = True, False
    whispers(fake, person, f"/start {payload}".strip())


def whispers(fake: FakeTelegram, person: Person, text: str) -> None:
    """Somebody writes to the bot in the private chat, which also lets the bot write to them."""
    person.started = True
    says(fake, person, fake.world.chats[person.id], text)


def types(fake: FakeTelegram, person: Person, text: str) -> None:
    """Somebody types behind the bot's name, in any chat: https://core.telegram.org/bots/api#inlinequery."""
    if fake.world.inline:
        query = {"id": f"i{len(fake.calls)}", "from": person.as_json(), "query": text[:256], "offset": ""}
        fake.updates.push("inline_query", query)


def blocks(fake: FakeTelegram, person: Person) -> None:
    """Somebody blocks the bot: my_chat_member in the private chat (https://core.telegram.org/bots/api#update)."""
    person.blocked = True
    _my_place(fake, fake.world.chats[person.id], person, "member", "kicked")


def unblocks(fake: FakeTelegram, person: Person) -> None:
    """Somebody lets the bot write again."""
    person.blocked, person.started = False, True
    _my_place(fake, fake.world.chats[person.id], person, "kicked", "member")


def adds_bot(fake: FakeTelegram, person: Person, chat: Chat, status: str = "member") -> None:
    """Somebody adds the bot, promotes it, or takes its rights away."""
    before = chat.status.get(BOT_ID, "left")
    chat.status[BOT_ID] = status
    chat.rights[BOT_ID] = {"can_delete_messages"} if status == "administrator" else set()
    _my_place(fake, chat, person, before, status)


def joins(fake: FakeTelegram, person: Person, chat: Chat) -> None:
    """Somebody comes into a group: new_chat_members (#message), and chat_member for a bot that is administrator."""
    chat.status[person.id] = "member"
    says(fake, person, chat, new_chat_members=[person.as_json()])
    if fake.world.is_admin(chat):
        change = {"chat": chat.as_json(), "from": person.as_json(), "date": fake.world.now()}
        old, new = ({"status": status, "user": person.as_json()} for status in ("left", "member"))
        fake.updates.push("chat_member", change | {"old_chat_member": old, "new_chat_member": new})


def removes_bot(fake: FakeTelegram, person: Person, chat: Chat) -> None:
    """Somebody removes the bot from a group."""
    before = chat.status.get(BOT_ID, "left")
    chat.status[BOT_ID] = "kicked"
    _my_place(fake, chat, person, before, "kicked")


def migrates(fake: FakeTelegram, person: Person, chat: Chat, new_id: int) -> Chat:
    """A group becomes a supergroup: two service messages (migrate_to_chat_id, migrate_from_chat_id in #message)."""
    new = Chat(new_id, "supergroup", chat.title, status=dict(chat.status), rights=dict(chat.rights))
    fake.world.chats[new_id] = new
    says(fake, person, chat, migrate_to_chat_id=new_id)
    chat.migrated_to = new_id
    says(fake, person, new, migrate_from_chat_id=chat.id)
    return new


def presses(fake: FakeTelegram, person: Person, message: Json, label: str = "", data: str = "") -> str:
    """Somebody presses the button with this label (or forges `data`): #callbackquery. Returns the query's id."""
    chosen = data or next(
        button["callback_data"]
        for row in message["reply_markup"]["inline_keyboard"]
        for button in row
        if label in button["text"] and "callback_data" in button
    )
    query = f"q{len(fake.calls)}-{fake.updates.confirmed + len(fake.updates.waiting)}"
    shown = {key: value for key, value in message.items() if key != "document"}
    fake.updates.push(
        "callback_query",
        {"id": query, "from": person.as_json(), "message": shown, "chat_instance": "1", "data": chosen},
    )
    return query


def inbox(fake: FakeTelegram, person: Person) -> list[Json]:
    """What the bot wrote to this person privately, oldest first, as it stands now."""
    return bot_posts(fake.world.chats[person.id])


def bot_posts(chat: Chat) -> list[Json]:
    """What everybody in a group can read from the bot."""
    return [dict(message) for message in chat.messages.values() if message.get("from", {}).get("id") == BOT_ID]


def labels(message: Json) -> list[str]:
    """The labels of the buttons under a message."""
    return [button["text"] for row in (message.get("reply_markup") or {}).get("inline_keyboard", []) for button in row]


def answers(fake: FakeTelegram) -> list[Json]:
    """What pressing buttons was answered with."""
    return [call.params for call in fake.made("answerCallbackQuery")]


def _visible(fake: FakeTelegram, chat: Chat, message: Json) -> bool:
    """See https://core.telegram.org/bots/features#privacy-mode: commands and service messages only."""
    if chat.kind == "private":
        return True
    if chat.status.get(BOT_ID, "left") in ("left", "kicked"):
        return False
    if fake.world.reads_all or fake.world.is_admin(chat):
        return True
    return str(message.get("text", "/")).startswith("/")


def _my_place(fake: FakeTelegram, chat: Chat, person: Person, before: str, after: str) -> None:
    """See https://core.telegram.org/bots/api#chatmemberupdated."""
    bot = fake.world.bot()
    fake.updates.push(
        "my_chat_member",
        {
            "chat": chat.as_json(),
            "from": person.as_json(),
            "date": fake.world.now(),
            "old_chat_member": {"status": before, "user": bot},
            "new_chat_member": {"status": after, "user": bot},
        },
    )
