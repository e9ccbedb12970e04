"""Who and what exists in the fake Telegram: people, chats, the bot's place in them, and what was posted.

Names and shapes of fields: https://core.telegram.org/bots/api (User, Chat, ChatMember, Message). Everybody is invented.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

BOT_ID = 7000001
TOKEN = f"{BOT_ID}:invented-token-for-tests"
BOT_NAME = "thinktwice_test_bot"


@dataclass
class Person:
    """A Telegram account. `started`: has pressed Start with the bot; `blocked`: blocks the bot."""

    id: int
    name: str = "Somebody"
    language: str = "en"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    is_bot: bool = False

    def as_json(self) -> Json:
        """See https://core.telegram.org/bots/api#user."""
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.name, "language_code": self.language}


@dataclass
class Chat:
    """A chat and everything in it. `status` is each member's place: creator, administrator, member, left, kicked ..."""

    id: int
    kind: str = "supergroup"
    title: str = ""
    forum: bool = False
    status: dict[int, str] = field(default_factory=dict)
    rights: dict[int, set[str]] = field(default_factory=dict)
    migrated_to: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    ephemeral: dict[int, Json] = field(default_factory=dict)
    last_message: int = 0
    member_count: int | None = None

    def as_json(self) -> Json:
        """See https://core.telegram.org/bots/api#chat."""
        shown: Json = {"id": self.id, "type": self.kind}
        if self.kind == "private":
            shown["first_name"] = self.title
        else:
            shown["title"] = self.title
        if self.forum:
            shown["is_forum"] = True
        return shown

    def next_message_id(self) -> int:
        """Message ids count up within a chat: https://core.telegram.org/bots/api#message (message_id)."""
        self.last_message += 1
        return self.last_message

    def count(self) -> int:
        """How many members there are now."""
        if self.member_count is not None:
            return self.member_count
        return sum(status not in ("left", "kicked") for status in self.status.values())


@dataclass(frozen=True)
class File:
    """A file on Telegram's servers: https://core.telegram.org/bots/api#file."""

    id: str
    unique: str
    path: str
    content: bytes = field(repr=False)


@dataclass
class World:
    """All people and chats; `reads_all` is the bot's privacy setting (True: privacy mode is off)."""

    clock: Callable[[], float] = time.time
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    reads_all: bool = True
    inline: bool = False
    """Whether inline mode is on with BotFather."""
    offered: list[list[Json]] = field(default_factory=list)
    """The results that inline queries were answered with."""
    ephemeral: str = "on"
    """on; off (refused); ignored (an older server: it knows neither the methods nor the parameter, and posts in
    public); public (it knows the methods, and posts in public all the same)."""
    commands: dict[str, list[Json]] = field(default_factory=dict)
    last_ephemeral: int = 0
    toasts: list[str] = field(default_factory=list)
    """What was shown for a moment to those who pressed a button."""
    files: dict[str, File] = field(default_factory=dict)
    local: Path | None = None
    """Where a Bot API server of one's own keeps files; None: the server is Telegram's."""

    def upload(self, name: str, content: bytes) -> File:
        """A file that somebody sends, known by its id from now on."""
        number, ending = len(self.files) + 1, name.rpartition(".")[2]
        file = File(f"BQACAgQAAx{number}", f"AgAD{number}", f"documents/file_{number}.{ending}", content)
        self.files[file.id] = file
        if self.local:
            path = Path(self.path_of(file))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return file

    def path_of(self, file: File) -> str:
        """Its `file_path`; a server with --local keeps files in a folder of the bot's, called like its token.

        github.com/tdlib/telegram-bot-api: Client.cpp, json_store_file and dir_.
        """
        return file.path if self.local is None else str(self.local / TOKEN / file.path)

    def bot(self) -> Json:
        """See https://core.telegram.org/bots/api#getme: the three can_/supports_ fields come in getMe only."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "Think Twice", "username": BOT_NAME}

    def person(self, person_id: int, **settings: Any) -> Person:
        """The person with this id, made when new; a started person has a private chat with the bot."""
        person = self.people.setdefault(person_id, Person(person_id))
        for name, value in settings.items():
            setattr(person, name, value)
        self.chats.setdefault(person_id, Chat(person_id, "private", person.name))
        return person

    def group(self, chat_id: int, *people: Person, bot: str = "administrator", **settings: Any) -> Chat:
        """A group with these members, and the bot in the place that `bot` names."""
        chat = Chat(chat_id, title="Invented group", **settings)
        chat.status = dict.fromkeys((person.id for person in people), "member")
        chat.status[BOT_ID] = bot
        chat.rights[BOT_ID] = {"can_delete_messages"} if bot == "administrator" else set()
        self.chats[chat_id] = chat
        return chat

    def is_admin(self, chat: Chat, user: int = BOT_ID) -> bool:
        """Whether this member administers the chat."""
        return chat.status.get(user) in ("creator", "administrator")

    def member(self, chat: Chat, user: int) -> Json:
        """See https://core.telegram.org/bots/api#chatmember."""
        status = chat.status.get(user, "left")
        who = self.bot() if user == BOT_ID else self.person(user).as_json()
        shown: Json = {"status": status, "user": who}
        if (
            status == "restricted"
        ):  # https://core.telegram.org/bots/api#chatmemberrestricted; "absent": is no member now
            shown["is_member"] = "absent" not in chat.rights.get(user, set())
        if status == "administrator":
            shown["can_delete_messages"] = "can_delete_messages" in chat.rights.get(user, set())
        return shown

    def now(self) -> int:
        """Bot API dates are whole Unix seconds."""
        return int(self.clock())
