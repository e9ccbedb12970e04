"""The simulator as a platform: what members do becomes events, what the bot sends lands in their private notes."""

import asyncio
import json
from collections.abc import Mapping
from itertools import count

from bot.judging.asked import typed
from bot.judging.guard import Guard
from bot.message import Ask, Attachment, ChatChange, Deletion, Joined, Message, Part, Press, Reach, ending
from bot.platform import Fetched, Trouble, Unfetched
from bot.platforms.beside import Inbound
from bot.platforms.simulator.world import Note, Person, Post, World
from bot.send import Document, Later, Outcome, Refused, Send, Sent
from bot.store import Clock
from bot.talk.presses import Presses, Safer, Turned
from bot.talk.private_check import PrivateCheck
from bot.words import Action, ChatState, LookCode, PartKind, PressCode, ReachState, SendKind

PRIVATE, GROUP = "private", "group"


class Simulator:
    """A platform without a wire. Members act by the methods after `chat_name`; each returns when the guard is done."""

    name = "simulator"
    reads_back = True
    knocks = True
    slash = "/"
    files = True
    rereads = True
    reminder_days = 30

    _guard: Guard
    _presses: Presses
    _check: PrivateCheck

    def __init__(self, world: World, clock: Clock) -> None:
        self.world = world
        self._clock = clock
        self._revisions = count(1)
        self._numbers = count(1)
        self._delivered: dict[int, Sent] = {}

    async def open(self, inbound: Inbound) -> str:
        """Greet the group and get to know who pressed Start before."""
        self._guard, self._presses, self._check = inbound.guard, inbound.presses, inbound.check
        now = self._clock()
        await self._guard.handle([ChatChange(self.name, "", self.world.chat, ChatState.JOINED, now)])
        for person in self.world.people.values():
            if person.started:
                await self.start(person)
        return f"{len(self.world.people)} people in memory"

    async def receive(self) -> None:
        """Wait until cancelled: members act by calling, so nothing has to be fetched."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing is held."""

    async def trouble(self) -> tuple[Trouble, ...]:
        """Nothing can be wrong with what has no wire."""
        return ()

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:
        """One rung: the group for notices, else the person's private notes."""
        del reach
        return (PRIVATE,) if send.recipient else (GROUP,)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """No limits: nobody is flooded in memory."""
        del rung, send
        return {}

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """Show a send to its reader; whoever has not pressed Start can't be reached."""
        if rung == GROUP:
            self.world.write("", send.text)
            return self._accepted(send, 0)
        person = self.world.person(send.recipient)
        if person is None or not person.started:
            return Refused("not_started")
        buttons = tuple(button for row in send.buttons for button in row)
        earlier = self.world.note(person.id, int(json.loads(send.replaces)["note"])) if send.replaces else None
        if earlier:
            earlier.text, earlier.buttons, earlier.rewritten = send.text, buttons, earlier.rewritten + 1
            return self._accepted(send, earlier.number)
        note = Note(next(self._numbers), send.kind, send.incident, send.text, buttons)
        self.world.notes[person.id].append(note)
        if send.document:
            note.text += f"\n\n{_shown(send.document)}"
        return self._accepted(send, note.number)

    def _accepted(self, send: Send, note: int) -> Sent:
        return self._delivered.setdefault(send.id, Sent(json.dumps({"note": note})))

    async def find_sent(self, rung: str, send: Send) -> Sent | None:
        """Look whether a send arrived."""
        del rung
        return self._delivered.get(send.id)

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        """Give the group's title."""
        del workspace
        return self.world.group if chat == self.world.chat else None

    def may_delete(self, workspace: str, chat: str) -> bool:
        """Offer "Delete it for me"."""
        del workspace
        return chat == self.world.chat

    async def say(
        self, person: Person, text: str, *, file: str = "", content: bytes | None = None, forwarded: bool = False
    ) -> Post:
        """Let a member write to the group, with a file if it has a name; `content` is what the file holds."""
        post = self.world.write(person.name, text)
        post.file, post.content = file, content
        await self._guard.handle([self._message(post, person, forwarded=forwarded)])
        return post

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        """Hand over what somebody posted."""
        post = self.world.post(file.ref)
        if post is None or post.deleted or post.content is None:
            return Unfetched()
        return Unfetched(LookCode.TOO_LARGE) if len(post.content) > most else Fetched(post.content, post.file)

    async def edit(self, person: Person, post: Post, text: str) -> None:
        """Let a member change what they wrote."""
        post.text, post.edited = text, True
        await self._guard.handle([self._message(post, person, revision=str(next(self._revisions)))])

    async def delete(self, post: Post) -> None:
        """Let somebody take a line out of the group."""
        post.deleted = True
        await self._guard.handle([Deletion(self.name, "", self.world.chat, post.id, self._clock())])

    async def reread(self, chat: str, message: str) -> Message | None:
        """Show a line of the group as it stands now."""
        post = self.world.post(message) if chat == self.world.chat else None
        author = self.world.people.get(post.author) if post and not post.deleted else None
        return self._message(post, author) if post and author else None

    async def remove(self, chat: str, message: str) -> bool:
        """Take a line out of the group at its sender's wish."""
        post = self.world.post(message) if chat == self.world.chat else None
        if post is None:
            return False
        post.deleted = True
        return True

    async def press(self, person: Person, note: Note, action: Action, choice: str = "") -> str:
        """Let a member press a button; returns the line that they read then. Nobody has to own the button.

        `choice` is the button's own if it is left out.
        """
        now, language = self._clock(), person.language
        chosen = choice or next((button.choice for button in note.buttons if button.action is action), "")
        press = Press(self.name, "", person.id, note.incident, action, now, chosen, language)
        code = PressCode.NOTHING if press.opens else await self._guard.press(press)
        shown = await self._presses.answer(press, code, self.remove, self.reread)
        if isinstance(shown, Turned):
            note.text, note.buttons = shown.text, tuple(button for row in shown.buttons for button in row)
        if isinstance(shown, Safer):
            self._whisper(person, shown.text, shown.safer)
        return shown.text

    async def show(self, person: Person, text: str) -> None:
        """Let a member show a text to the bot privately, or ask it something there."""
        asked = typed(text)
        if asked.command:
            await self.ask(person, asked.command, asked.args)
            return
        words = (Part(PartKind.TEXT, asked.words),)
        message = Message(self.name, "", "", "", person.id, self._clock(), words, language=person.language)
        checked = await self._check.words(message, names=asked.names)
        self._whisper(person, checked.text, checked.safer)

    def _whisper(self, person: Person, text: str, safer: str) -> None:
        whole = f"{text}\n\n{safer}" if safer else text
        self.world.notes[person.id].append(Note(next(self._numbers), SendKind.REPLY, "", whole))

    async def join(self, person: Person) -> None:
        """Let somebody come into the group."""
        joined = Joined(self.name, "", self.world.chat, person.id, self._clock(), person.language)
        await self._guard.handle([joined] if person.started else [])

    async def ask(self, person: Person, name: str, args: tuple[str, ...]) -> None:
        """Let a member ask the bot something; the answer comes as a private note."""
        ask = Ask(self.name, "", person.id, self.world.chat, name, args, self._clock(), language=person.language)
        await self._guard.handle([ask])

    async def start(self, person: Person) -> None:
        """Let a member press Start."""
        person.started = True
        await self._guard.handle([Reach(self.name, "", person.id, ReachState.STARTED, self._clock(), person.language)])

    def _message(self, post: Post, person: Person, *, forwarded: bool = False, revision: str = "") -> Message:
        parts = [Part(PartKind.TEXT, post.text), *([Part(PartKind.FILE_NAME, post.file)] if post.file else [])]
        size = None if post.content is None else len(post.content)
        files = () if size is None else (Attachment(post.id, post.id, ending(post.file), size),)
        return Message(
            platform=self.name,
            workspace="",
            chat=self.world.chat,
            id=post.id,
            sender=None if person.anonymous else person.id,
            sent_at=self._clock(),
            parts=tuple(parts),
            revision=revision,
            audience=self.world.audience,
            language=person.language,
            sender_role=person.role,
            forwarded=forwarded,
            external=self.world.external,
            attachments=files,
        )


def _shown(document: Document) -> str:
    """A file as a terminal shows it: what can be read as it is, of anything else that it came."""
    if document.name.endswith((".csv", ".json")):
        return document.content.decode("utf-8-sig")
    return f"[{document.name}, {len(document.content):,} bytes]"
