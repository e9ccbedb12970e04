"""What each Bot API method of the fake does. Refusals carry Telegram's own descriptions.

Methods and their parameters: https://core.telegram.org/bots/api. The texts of refusals are those of
github.com/tdlib/telegram-bot-api (Client.cpp) and of the MTProto errors that it passes on.
"""

import io
import json
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.fakes.telegram.world import BOT_ID, Chat, Json, World

Method = Callable[[World, Json], Any]


class ApiError(Exception):
    """A refusal: https://core.telegram.org/bots/api#making-requests (ok, error_code, description, parameters)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def get_me(world: World, _: Json) -> Json:
    """See https://core.telegram.org/bots/api#getme."""
    may = {"can_read_all_group_messages": world.reads_all, "supports_inline_queries": world.inline}
    return {**world.bot(), "can_join_groups": True, **may}


def send_message(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#sendmessage."""
    entities = _json(params.get("entities"))
    return _post(world, params, {"text": _text(params.get("text", "")), **({"entities": entities} if entities else {})})


def send_document(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#senddocument."""
    name, content = params["document"]
    shown = {"document": {"file_id": "f1", "file_unique_id": "u1", "file_name": name, "file_size": len(content)}}
    return _post(world, params, {**shown, "caption": params.get("caption", "")})


def send_photo(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#sendphoto: 10 MB, width and height 10,000 together, at most 20 to 1."""
    _, content = params["photo"]
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    if len(content) > 10_000_000 or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    shown = {"photo": [{"file_id": "p1", "file_unique_id": "p1", "width": width, "height": height}]}
    return _post(world, params, {**shown, "caption": params.get("caption", "")})


def edit_message_text(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#editmessagetext."""
    return _edit(world, params, text=_text(params.get("text", "")))


def edit_message_reply_markup(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#editmessagereplymarkup."""
    return _edit(world, params)


def edit_ephemeral_message_text(world: World, params: Json) -> bool:
    """See https://core.telegram.org/bots/api#editephemeralmessagetext (Bot API 10.2): returns True."""
    _ephemeral(world, params).update(text=_text(params.get("text", "")), reply_markup=_markup(params))
    return True


def edit_ephemeral_message_reply_markup(world: World, params: Json) -> bool:
    """See https://core.telegram.org/bots/api#editephemeralmessagereplymarkup (Bot API 10.2): returns True."""
    _ephemeral(world, params).update(reply_markup=_markup(params))
    return True


def delete_ephemeral_message(world: World, params: Json) -> bool:
    """See https://core.telegram.org/bots/api#deleteephemeralmessage (Bot API 10.2): returns True."""
    message = _ephemeral(world, params)
    del _chat(world, params).ephemeral[message["ephemeral_message_id"]]
    return True


def delete_message(world: World, params: Json) -> bool:
    """See https://core.telegram.org/bots/api#deletemessage: others' need can_delete_messages; < 48 h."""
    chat = _chat(world, params)
    message = chat.messages.get(int(params["message_id"]))
    if message is None:
        raise ApiError(400, "Bad Request: message to delete not found")
    own = message.get("from", {}).get("id") == BOT_ID
    may = world.is_admin(chat) and "can_delete_messages" in chat.rights.get(BOT_ID, set())
    if world.now() - message["date"] > 48 * 3600 or not (own or may):
        raise ApiError(400, "Bad Request: message can't be deleted")
    del chat.messages[message["message_id"]]
    return True


def get_chat(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#getchat."""
    return _chat(world, params).as_json()


def get_chat_member(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#getchatmember: who never was there has left.

    "Only guaranteed to work for other users if the bot is an administrator": what comes otherwise is UNVERIFIED
    (docs/try-on-real.md, "senders' roles"); tests that are about it refuse the call.
    """
    return world.member(_chat(world, params), int(params["user_id"]))


def get_chat_member_count(world: World, params: Json) -> int:
    """See https://core.telegram.org/bots/api#getchatmembercount."""
    return _chat(world, params).count()


def get_chat_administrators(world: World, params: Json) -> list[Json]:
    """See https://core.telegram.org/bots/api#getchatadministrators: bots other than this one are left out."""
    chat = _chat(world, params)
    return [world.member(chat, user) for user in chat.status if world.is_admin(chat, user)]


def set_my_commands(world: World, params: Json) -> bool:
    """See https://core.telegram.org/bots/api#setmycommands."""
    key = f"{params.get('scope', '')}|{params.get('language_code', '')}"
    world.commands[key] = _json(params["commands"])
    return True


MOST = 20 * 2**20


def get_file(world: World, params: Json) -> Json:
    """See https://core.telegram.org/bots/api#getfile: up to 20 MB, and `file_path` is part of the link to it.

    A Bot API server of one's own gives "the absolute local path" and has no limit (#using-a-local-bot-api-server).
    """
    found = world.files.get(str(params["file_id"]))
    if found is None:
        raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    if len(found.content) > MOST and world.local is None:
        raise ApiError(400, "Bad Request: file is too big")
    told = {"file_id": found.id, "file_unique_id": found.unique, "file_size": len(found.content)}
    return told | {"file_path": world.path_of(found)}


def answer_callback_query(world: World, params: Json) -> bool:
    """Show a notification to whoever pressed: https://core.telegram.org/bots/api#answercallbackquery."""
    world.toasts.append(str(params.get("text") or ""))
    return True


def answer_inline_query(world: World, params: Json) -> bool:
    """See https://core.telegram.org/bots/api#answerinlinequery: at most 50 results; each of an article has a title."""
    results = _json(params["results"])
    for result in results:
        # https://core.telegram.org/bots/api#inlinequeryresultarticle: type, id, title, input_message_content
        if result["type"] != "article" or not result["title"] or not 1 <= len(result["id"].encode()) <= 64:
            raise ApiError(400, "Bad Request: RESULT_INVALID")
        _text(result["input_message_content"]["message_text"])
    world.offered.append(results)
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getFile": get_file,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editEphemeralMessageText": edit_ephemeral_message_text,
    "editEphemeralMessageReplyMarkup": edit_ephemeral_message_reply_markup,
    "deleteEphemeralMessage": delete_ephemeral_message,
    "deleteMessage": delete_message,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "setMyCommands": set_my_commands,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}


def _chat(world: World, params: Json) -> Chat:
    chat = world.chats.get(int(params["chat_id"]))
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    if chat.migrated_to is not None:
        # https://core.telegram.org/bots/api#responseparameters: migrate_to_chat_id
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    if chat.kind != "private" and chat.status.get(BOT_ID, "left") in ("left", "kicked"):
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
    return chat


def _may_write(world: World, chat: Chat) -> None:
    if chat.kind != "private":
        return
    person = world.person(chat.id)
    if person.deactivated:
        raise ApiError(403, "Forbidden: user is deactivated")
    if person.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if person.is_bot:
        raise ApiError(403, "Forbidden: bot can't send messages to bots")
    if not person.started:
        # https://core.telegram.org/bots/faq: bots can't start conversations with users
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")


def _post(world: World, params: Json, content: Json) -> Json:
    chat = _chat(world, params)
    if "ephemeral_message_parameters" in params and world.ephemeral not in ("ignored", "public"):
        return _post_ephemeral(world, chat, params, content)
    _may_write(world, chat)
    message: Json = {
        "message_id": chat.next_message_id(),
        "from": world.bot(),
        "chat": chat.as_json(),
        "date": world.now(),
        **content,
    }
    if "message_thread_id" in params:
        message["message_thread_id"] = int(params["message_thread_id"])
    if markup := _markup(params):
        message["reply_markup"] = markup
    chat.messages[message["message_id"]] = message
    return message


def _post_ephemeral(world: World, chat: Chat, params: Json, content: Json) -> Json:
    """See https://core.telegram.org/bots/api#ephemeral-messages-and-commands (10.2; parameter: 10.3).

    An administrator bot may send to any non-bot member at any time; the answer has message_id 0. Which errors come
    otherwise is UNVERIFIED (docs/try-on-real.md, "ephemeral refusals").
    """
    receiver = int(_json(params["ephemeral_message_parameters"])["receiver_user_id"])
    if world.ephemeral == "off" or not world.is_admin(chat):
        raise ApiError(400, "Bad Request: not enough rights to send ephemeral messages")
    if chat.status.get(receiver, "left") in ("left", "kicked") or world.person(receiver).is_bot:
        raise ApiError(400, "Bad Request: receiver is not a member of the chat")
    world.last_ephemeral += 1
    message: Json = {
        "message_id": 0,
        "ephemeral_message_id": world.last_ephemeral,
        "receiver_user": world.person(receiver).as_json(),
        "from": world.bot(),
        "chat": chat.as_json(),
        "date": world.now(),
        **content,
    }
    if markup := _markup(params):
        message["reply_markup"] = markup
    chat.ephemeral[world.last_ephemeral] = message
    return message


def _edit(world: World, params: Json, **content: Any) -> Json:
    chat = _chat(world, params)
    _may_write(world, chat)
    message = chat.messages.get(int(params["message_id"]))
    if message is None or message["from"]["id"] != BOT_ID:
        raise ApiError(400, "Bad Request: message to edit not found")
    markup = _markup(params)
    if all(message.get(key) == value for key, value in content.items()) and message.get("reply_markup") == markup:
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message",
        )
    message.update(content, edit_date=world.now())
    message.pop("reply_markup", None)
    if markup:
        message["reply_markup"] = markup
    return message


def _ephemeral(world: World, params: Json) -> Json:
    if world.ephemeral == "ignored":
        raise ApiError(404, "Not Found: method not found")  # as servers of before 10.2 say it
    if "ephemeral_message_id" not in params:
        raise ApiError(400, "Bad Request: message identifier is not specified")
    message = _chat(world, params).ephemeral.get(int(params["ephemeral_message_id"]))
    if message is None or message["receiver_user"]["id"] != int(params["receiver_user_id"]):
        raise ApiError(400, "Bad Request: message to edit not found")
    return message


def _text(text: str) -> str:
    # sendMessage, `text`: 1-4096 characters
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text) > 4096:
        raise ApiError(400, "Bad Request: message is too long")
    return text


def _markup(params: Json) -> Json | None:
    markup = _json(params.get("reply_markup"))
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            # https://core.telegram.org/bots/api#inlinekeyboardbutton: callback_data, 1-64 bytes
            if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return markup if markup and markup.get("inline_keyboard") else None


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value else value
