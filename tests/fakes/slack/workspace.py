"""What the fake Slack remembers: people, channels, messages, direct messages. Ids and shapes as Slack's."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TEAM, APP = "T0FAKE", "A0FAKE"
BOT_USER, BOT = "U0BOT", "B0BOT"
ADMIN = "U0ADMIN"

SCOPES = (
    "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write", "groups:history",
    "groups:read", "im:history", "im:write", "users:read",
)  # fmt: skip

Json = dict[str, Any]


@dataclass
class Person:
    """A member. `closed` is the error code with which direct messages to this person fail.

    `flags` are those of https://docs.slack.dev/reference/objects/user-object that are true: is_admin, is_restricted ...
    `organisation` and `teams` are the `enterprise_user` of somebody in an Enterprise organisation.
    """

    id: str
    locale: str = "en-US"
    team: str = TEAM
    disabled: bool = False
    closed: str = ""
    is_bot: bool = False
    flags: tuple[str, ...] = ()
    organisation: str = ""
    teams: tuple[str, ...] = ()


@dataclass
class Channel:
    """A conversation. `user` is the other end of a direct message."""

    id: str
    name: str = ""
    private: bool = False
    user: str = ""
    external: bool = False
    archived: bool = False
    size: int | None = -1
    """How many members Slack says there are; -1: as many as there are, None: it doesn't say."""
    members: set[str] = field(default_factory=set)
    messages: dict[str, Json] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """channel, group or im, as events call it."""
        if self.user:
            return "im"
        return "group" if self.private else "channel"


class Workspace:
    """The state behind the fake's Web API."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.scopes: tuple[str, ...] = SCOPES
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.modals: list[Json] = []
        self.organisation = ""
        """The id of the organisation, when the app is installed for all of it (Enterprise Grid)."""
        self.triggers: dict[str, float] = {}
        self.files: dict[str, Json] = {}
        self.contents: dict[str, bytes] = {}
        self.uploads: dict[str, Json] = {}
        """Files that are on their way: their names and sizes."""
        self.address = ""
        """Where the fake listens."""
        self._stamp = 0
        self._ids = itertools.count(1)
        self.person(BOT_USER, is_bot=True)
        self.person(ADMIN)

    def fresh(self, prefix: str) -> str:
        """Make a new id."""
        return f"{prefix}{next(self._ids):05d}"

    def stamp(self) -> str:
        """Make a `ts`: seconds.microseconds, unique within the workspace and rising.

        https://docs.slack.dev/reference/events/message says that `ts` is unique per channel.
        """
        self._stamp = max(self._stamp + 1, int(self.clock() * 1_000_000))
        return f"{self._stamp // 1_000_000}.{self._stamp % 1_000_000:06d}"

    def person(self, user: str, **traits: Any) -> Person:
        """Add a member."""
        self.people[user] = Person(user, **traits)
        return self.people[user]

    def channel(self, channel: str, *members: str, **traits: Any) -> Channel:
        """Add a channel with these members; the bot is one of them."""
        self.channels[channel] = Channel(channel, members={BOT_USER, *members}, **traits)
        for user in members:
            self.people.get(user) or self.person(user)
        return self.channels[channel]

    def dm(self, user: str) -> Channel:
        """Find the direct message between the bot and a person, opened when it is new."""
        for channel in self.channels.values():
            if channel.user == user:
                return channel
        opened = Channel(self.fresh("D"), user=user, members={BOT_USER, user})
        self.channels[opened.id] = opened
        return opened

    def told(self, user: str) -> list[Json]:
        """List what the bot said to a person by direct message, oldest first."""
        return [message for message in self.dm(user).messages.values() if message.get("bot_id") == BOT]

    def whispered(self, user: str) -> list[Json]:
        """Ephemeral messages that this person was shown."""
        return [shown for shown in self.ephemerals if shown["user"] == user]
