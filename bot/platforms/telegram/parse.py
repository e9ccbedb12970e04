"""Raw Bot API updates -> events. Pure: no network, no store, no clock but the one given.

Only what the bot needs is required of an update (https://core.telegram.org/bots/api#update); whatever else is missing,
new or unknown is passed over. A required field that is missing or of a wrong type raises, and the update is set aside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.judging.asked import codes, typed
from bot.message import Ask, ChatChange, Event, Joined, Message, Part, Press, Reach, just_said, when
from bot.platforms.telegram import NAME, buttons
from bot.platforms.telegram.parts import attachments, parts
from bot.talk.commands import ADMINS, EVERYONE
from bot.words import ChatState, Command, PartKind, ReachState
from policies.facts import Role

Json = Mapping[str, Any]

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "my_chat_member",
    "chat_member",
)  # fmt: skip
"""The `allowed_updates` that are asked for: no more than is needed. `chat_member` comes to administrators alone."""
INLINE = "inline_query"
"""One more, where the operator wants it."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?", re.DOTALL | re.ASCII)
_PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
_WORDLESS = frozenset({"pinned_message", "write_access_allowed", "message_auto_delete_timer_changed"})


class Me(NamedTuple):
    """The bot's own account, from getMe."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Query:
    """A press that waits for its answer: https://core.telegram.org/bots/api#callbackquery.

    `press` None: the data is not ours. `message` is the message under which the button is, with the bot's own words.
    """

    id: str
    user: str
    language: str
    press: Press | None
    message: Json


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A message that somebody shows to the bot privately; `names`: they want initials in place of names."""

    message: Message
    names: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """What somebody types behind the bot's name, in any chat: https://core.telegram.org/bots/api#inlinequery."""

    id: str
    asked: ToCheck


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one update means. `promoted` is a chat where the bot's rights changed.

    `shown` and `inline` are answered, and never handed to the guard.
    """

    events: tuple[Event, ...] = ()
    query: Query | None = None
    promoted: str = ""
    shown: ToCheck | None = None
    inline: Inline | None = None


def parse(update: Json, me: Me, now: float, *, reads_files: bool = False) -> Parsed:
    """The meaning of one update. `reads_files`: a file that somebody shows to the bot privately is looked into.

    Raises KeyError, TypeError, ValueError or AttributeError for a malformed one.
    """
    for kind in ("message", "edited_message", "channel_post", "edited_channel_post"):
        if kind in update:
            said = update[kind].get("date")
            message = {**update[kind], "date": when(said, now) if kind.startswith("edited") else just_said(said, now)}
            if "edit_date" in message:
                message["edit_date"] = int(when(message["edit_date"], now))
            edited = kind.startswith("edited")
            if _alone(message):
                return Parsed() if edited else _private(message, reads_files=reads_files)
            return _message(message, update, me, edited=edited)
    if "my_chat_member" in update:
        return _place(update["my_chat_member"], me, now)
    others = (("callback_query", _query), ("chat_member", _came), (INLINE, _inline))
    return next((read(update[kind], now) for kind, read in others if kind in update), Parsed())


def _alone(message: Json) -> bool:
    """Whether somebody wrote to the bot itself; of a chat without a type its id tells: it is theirs (#chat, id)."""
    chat = message["chat"]
    kind = chat.get("type")
    return kind == "private" or (kind is None and chat["id"] == (message.get("from") or {}).get("id"))


def _message(message: Json, update: Json, me: Me, *, edited: bool) -> Parsed:
    change = _service(message, me)
    ask = None if edited else _ask(message, me, private=False)
    judged = _judged(message, update, me, edited=edited)
    return Parsed(tuple(event for event in (*change, judged, ask) if event))


def _judged(message: Json, update: Json, me: Me, *, edited: bool) -> Message | None:
    author = message.get("from") or {}
    posted_by_chat = "sender_chat" in message
    if author.get("id") == me.id or (author.get("is_bot") and not posted_by_chat):
        return None
    if "ephemeral_message_id" in message:  # the group can't read it, and its message_id 0 names no message
        return None
    words, files = parts(message), attachments(message)
    if not words and not files and not edited:
        return None
    named = None if posted_by_chat or "id" not in author else str(author["id"])
    return Message(
        NAME,
        "",
        str(int(message["chat"]["id"])),
        str(int(message["message_id"])),
        named,
        message["date"],
        words,
        # two edits within one second have the same edit_date: the update's own number tells them apart
        revision=f"{message.get('edit_date', message['date'])}.{int(update['update_id'])}" if edited else "",
        thread=str(message.get("message_thread_id", "")) if message.get("is_topic_message") else "",
        album=str(message.get("media_group_id", "")),
        language=language(author),
        sender_role=_role(message),
        forwarded="forward_origin" in message or "forward_date" in message,
        attachments=files,
    )


def _role(message: Json) -> Role | None:
    """Name the role that the message itself tells: administrators who write in the name of the chat.

    https://core.telegram.org/bots/api#message: sender_chat is the supergroup itself for its anonymous administrators;
    in a channel only administrators post.
    """
    chat = message["chat"]
    own = (message.get("sender_chat") or {}).get("id") == chat["id"]
    return Role.ADMIN if own or chat.get("type") == "channel" else None


def _private(message: Json, *, reads_files: bool) -> Parsed:
    """Somebody wrote to the bot itself: answered, never recorded; but now they can be reached.

    What is no command is looked into, for them alone.
    """
    user, at = message.get("from") or message["chat"], message["date"]
    if user.get("is_bot"):
        return Parsed()
    who, chat = str(int(user["id"])), str(int(message["chat"]["id"]))
    reach = Reach(NAME, "", who, ReachState.STARTED, at, language(user))
    if not _WORDLESS.isdisjoint(message):
        return Parsed((reach,))
    asked = typed(message.get("text") or "")
    words = () if asked.command else _words(message, asked.words)
    files = attachments(message) if reads_files else ()
    if words or files:
        number = str(int(message["message_id"]))
        shown = Message(NAME, "", chat, number, who, at, words, language=reach.language, attachments=files)
        return Parsed((reach,), shown=ToCheck(shown, asked.names))
    name = asked.command or Command.HELP
    return Parsed((reach, Ask(NAME, "", who, chat, name, asked.args, at, language(user))))


def _words(message: Json, text: str) -> tuple[Part, ...]:
    """The words to check: those that were typed, and what else can be read in the message but for names of files."""
    others = [part for part in parts(message) if part.kind not in (PartKind.TEXT, PartKind.FILE_NAME)]
    return (*([Part(PartKind.TEXT, text)] if text.strip() else []), *others)


def _inline(query: Json, now: float) -> Parsed:
    user, asked = query["from"], typed(f"/{Command.CHECK} {query.get('query') or ''}")
    words = (Part(PartKind.TEXT, asked.words),) if asked.words else ()
    message = Message(NAME, "", "", "", str(int(user["id"])), now, words, language=language(user))
    return Parsed(inline=Inline(str(query["id"]), ToCheck(message, asked.names)))


def _ask(message: Json, me: Me, *, private: bool) -> Ask | None:
    """A command for this bot. Its words come through only if they are ones that the commands know."""
    matched = _COMMAND.fullmatch(message.get("text") or "")
    user = message.get("from") or {}
    if matched is None or "id" not in user or user.get("is_bot") or "sender_chat" in message:
        return None
    name, addressee, words = matched[1].lower(), matched[2], (matched[3] or "").split()
    if addressee and addressee.lower() != me.username.lower():
        return None
    if name not in EVERYONE + ADMINS and not private:
        return None
    known, args = codes(name, tuple(words))
    chat = str(int(message["chat"]["id"]))
    return Ask(NAME, "", str(int(user["id"])), chat, known, args, message["date"], language(user), private)


def _service(message: Json, me: Me) -> tuple[Event, ...]:
    """What service messages say about the bot's place: https://core.telegram.org/bots/api#message."""
    chat, at = str(int(message["chat"]["id"])), message["date"]
    by = str((message.get("from") or {}).get("id", ""))
    if "migrate_to_chat_id" in message:
        return (ChatChange(NAME, "", chat, ChatState.MOVED, at, to=str(int(message["migrate_to_chat_id"])), by=by),)
    if "migrate_from_chat_id" in message:
        old = str(int(message["migrate_from_chat_id"]))
        return (ChatChange(NAME, "", old, ChatState.MOVED, at, to=chat, by=by),)
    if any(member.get("id") == me.id for member in message.get("new_chat_members") or ()):
        return (ChatChange(NAME, "", chat, ChatState.JOINED, at, by=by),)
    if (message.get("left_chat_member") or {}).get("id") == me.id:
        return (ChatChange(NAME, "", chat, ChatState.LEFT, at, by=by),)
    people = [member for member in message.get("new_chat_members") or () if not member.get("is_bot")]
    return tuple(Joined(NAME, "", chat, str(int(member["id"])), at, language(member)) for member in people)


def _query(query: Json, now: float) -> Parsed:
    user, pressed = query["from"], buttons.read(query.get("data"))
    who, code = str(int(user["id"])), language(user)
    press = pressed and Press(NAME, "", who, pressed.incident, pressed.action, now, pressed.choice, code)
    asked = Query(str(query["id"]), who, code, press, query.get("message") or {})
    return Parsed((press,) if press and not press.opens else (), asked)


def _place(change: Json, me: Me, now: float) -> Parsed:
    """my_chat_member: https://core.telegram.org/bots/api#chatmemberupdated."""
    chat, at, new = change["chat"], when(change.get("date"), now), change["new_chat_member"]
    if (new.get("user") or {"id": me.id}).get("id") != me.id:
        return Parsed()
    by = change.get("from") or {}
    here = new["status"] in _PRESENT and new.get("is_member") is not False
    place = str(int(chat["id"]))
    if chat.get("type") == "private":
        reach = ReachState.STARTED if here else ReachState.BLOCKED
        return Parsed((Reach(NAME, "", place, reach, at, language(by)),))
    before = (change.get("old_chat_member") or {}).get("status") in _PRESENT
    state = ChatState.JOINED if here else ChatState.LEFT
    moved = () if here == before else (ChatChange(NAME, "", place, state, at, by=_id(by)),)
    return Parsed(moved, promoted=place if here else "")


def _came(change: Json, now: float) -> Parsed:
    """chat_member: https://core.telegram.org/bots/api#chatmemberupdated, of somebody else than the bot."""
    new, user = change["new_chat_member"], change["new_chat_member"]["user"]
    here = new["status"] in _PRESENT and new.get("is_member") is not False
    old = change.get("old_chat_member") or {}
    before = old.get("status") in _PRESENT and old.get("is_member") is not False
    if not here or before or user.get("is_bot"):
        return Parsed()
    place, who = str(int(change["chat"]["id"])), str(int(user["id"]))
    return Parsed((Joined(NAME, "", place, who, when(change.get("date"), now), language(user)),))


def language(user: Json) -> str:
    """The language tag of somebody's app, or ''."""
    code = str(user.get("language_code") or "")
    return code if re.fullmatch(r"[A-Za-z-]{2,16}", code) else ""


def _id(user: Json) -> str:
    return str(user.get("id", ""))
