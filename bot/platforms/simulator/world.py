"""A made-up office in memory: a group, its members, what everybody sees and what each reads privately."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.send import Button
from bot.words import Action, SendKind
from policies.facts import Role


@dataclass(slots=True)
class Person:
    """A member of the group. `started`: pressed Start, so the bot may write to them."""

    id: str
    name: str
    language: str = "en"
    started: bool = True
    anonymous: bool = False
    role: Role = Role.MEMBER


@dataclass(slots=True)
class Post:
    """A line in the group; `author` empty: the bot speaks to everybody."""

    id: str
    author: str
    text: str = field(repr=False)
    edited: bool = False
    deleted: bool = False
    file: str = field(default="", repr=False)
    content: bytes | None = field(default=None, repr=False)
    """What the attachment holds; None when there is none, or it is of no interest."""


@dataclass(slots=True)
class Note:
    """A private message from the bot, as it stands now; `buttons` are what can be pressed under it.

    `kind` is that of the send. `rewritten` counts how often it changed in place.
    """

    number: int
    kind: SendKind
    incident: str
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    rewritten: int = 0

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the buttons do."""
        return tuple(button.action for button in self.buttons if button.action)


class World:
    """One group and its people. Ids are made up here, so that no name is ever an id."""

    def __init__(self, group: str, audience: int | None, people: Iterable[Person], *, external: bool = False) -> None:
        self.group = group
        self.chat = "g1"
        self.audience = audience
        self.external = external
        self.people = {person.name: person for person in people}
        self.posts: list[Post] = []
        self.notes: dict[str, list[Note]] = {person.id: [] for person in self.people.values()}

    def join(self, name: str, language: str = "en") -> Person:
        """Let somebody new into the group."""
        person = Person(f"u{len(self.people) + 1}", name, language)
        self.people[name] = person
        self.notes[person.id] = []
        return person

    def person(self, user: str) -> Person | None:
        """Find a member by id."""
        return next((person for person in self.people.values() if person.id == user), None)

    def write(self, author: str, text: str) -> Post:
        """Put a line into the group."""
        post = Post(f"m{len(self.posts) + 1}", author, text)
        self.posts.append(post)
        return post

    def post(self, message: str) -> Post | None:
        """Find a line by its message id."""
        return next((post for post in self.posts if post.id == message), None)

    def note(self, user: str, number: int) -> Note | None:
        """Find a private message by its number."""
        return next((note for note in self.notes.get(user, ()) if note.number == number), None)
