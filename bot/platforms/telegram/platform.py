"""Telegram as a platform: one bot account, from its token to its polls and sends."""

import asyncio
from collections.abc import Callable, Mapping

from telegram.error import TelegramError

from bot import logs
from bot.judging.guard import Guard
from bot.message import Attachment, ChatChange, Message
from bot.platform import Fetched, PlatformRefused, PlatformStopped, Trouble, Unfetched
from bot.platforms.beside import Inbound, SideWork
from bot.platforms.telegram import NAME, menus, permissions
from bot.platforms.telegram.answers import Answers
from bot.platforms.telegram.batches import Batches, Mark
from bot.platforms.telegram.checks import Checks
from bot.platforms.telegram.completion import Completion
from bot.platforms.telegram.deliver import Deliverer
from bot.platforms.telegram.ephemeral import Ephemeral
from bot.platforms.telegram.files import Files
from bot.platforms.telegram.line import LOST, Line, complain, patience, reason
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.offset import Offset
from bot.platforms.telegram.parse import INLINE, KINDS, Me, Parsed
from bot.platforms.telegram.posting import Posting
from bot.platforms.telegram.presence import Presence
from bot.platforms.telegram.receive import Receiver
from bot.platforms.telegram.served import Served
from bot.platforms.telegram.settings import Telegram
from bot.platforms.telegram.taken import Taken
from bot.platforms.telegram.wire import MOVED, RefusalError, Wire
from bot.send import Later, Outcome, Send, Sent
from bot.store import Store
from bot.words import AlertCode, ChatState, EphemeralState, PressCode, ReachState, TroubleCode

REFUSED = (
    "Telegram refuses the token in TELEGRAM_BOT_TOKEN; copy it again from BotFather (/mybots, your bot, API Token)"
)


class TelegramPlatform:
    """Implements `bot.platforms.beside.ChatPlatform`."""

    name = NAME
    reads_back = False
    """A bot can't read what it sent: https://core.telegram.org/bots/api has no method for it."""
    knocks = True
    """A bot can't begin a conversation: https://core.telegram.org/bots/faq#how-do-i-contact-a-user."""
    slash = "/"
    files = True
    rereads = False
    """No method of the Bot API shows a message that was posted."""

    _guard: Guard
    _checks: Checks
    _ephemeral: Ephemeral
    _deliverer: Deliverer
    _answers: Answers
    _line: Line

    def __init__(
        self, choice: Telegram, token: str, store: Store, clock: Callable[[], float], *, admins: tuple[str, ...] = ()
    ) -> None:
        logs.quiet()
        self.reminder_days = choice.reminder_days
        self._store = store
        self._clock = clock
        self._wire = Wire(token, choice.api_base_url)
        self._files = Files(self._wire, choice.local_files)
        self._membership = Membership(self._wire, clock)
        self._admins = admins
        self._ephemeral_allowed = choice.ephemeral == "auto"
        self._kinds = (*KINDS, INLINE) if choice.inline else KINDS
        self._choice, self._token = choice, token
        self._served = Served(choice.groups, store)
        self._me = Me(0, "")
        self._reads_all = False
        self._met: set[str] = set()
        self._followed: set[str] = set()
        self._side = SideWork(NAME)
        self._stopped = False

    async def open(self, inbound: Inbound) -> str:
        """Ask Telegram who the bot is. Without a network it goes on trying later; a wrong token is refused now."""
        self._connect(inbound)
        await self._line.open()
        try:
            await self._identify()
        except RefusalError as error:
            if error.token_lost:
                raise PlatformRefused(REFUSED) from None
            if error.logged_out:
                raise PlatformRefused(MOVED) from None
            return f"waiting for Telegram (it answered {error.code})"
        except TelegramError:  # or what answers is not Telegram: a login page of the network, say
            return "waiting for a connection to Telegram"
        return f"ready as @{self._me.username}{self._line.way}"

    def _connect(self, inbound: Inbound) -> None:
        guard, wire, membership, store = inbound.guard, self._wire, self._membership, self._store
        self._guard = guard
        self._checks = Checks(wire, inbound.check, self._files)
        self._ephemeral = Ephemeral(wire, membership, guard, store, self._admins, allowed=self._ephemeral_allowed)
        self._deliverer = Deliverer(wire, membership, self._ephemeral, guard, store, self._clock, self._moved)
        self._answers = Answers(wire, membership, inbound.presses, store.nudge, self.reread)
        self._line = self._posted() if self._choice.webhook else self._polled()

    def _polled(self) -> Line:
        offset, presence = Offset(self._store, self._clock), Presence(self._guard, self._store, self._clock)
        batches, leads = self._batches(offset, presence), self._store.leads
        return Receiver(self._wire, offset, batches, presence, self._kinds, leads)

    def _posted(self) -> Line:
        from bot.platforms.telegram.webhook import Webhook, secret  # noqa: PLC0415  # aiohttp is there where it is wanted

        url, proof = self._choice.webhook, secret(self._token)
        presence = Presence(self._guard, self._store, self._clock)
        taken = Taken(self._store, self._clock, Offset(self._store, self._clock))
        posting = Posting(self._wire, presence, url, proof, self._kinds)
        return Webhook(url, self._choice.listen, proof, self._batches(taken, presence), posting)

    def _batches(self, mark: Mark, presence: Presence) -> Batches:
        complete = Completion(self._guard, self._membership, self._served, self._reachable)
        return Batches(self._guard, self._store, complete, mark, presence, self._committed, self._clock)

    def _reachable(self, chat: str, user: str) -> bool:
        """Tell whether a new member may be greeted: they pressed Start, or the chat shows messages to one alone."""
        return self._store.person(NAME, "", user).reach is ReachState.STARTED or self._ephemeral.hopeful(chat)

    async def receive(self) -> None:
        """Read updates until cancelled."""
        try:
            await self._wait_for_identity()
            self._side.begin(menus.publish(self._wire, self._admins))
            if self._store.leads():
                self._probe_known()
            await self._line.run(self._me)
        except PlatformStopped:
            self._stopped = True
            raise

    async def close(self) -> None:
        """Let go of connections and of answers that are under way."""
        if hasattr(self, "_line"):
            await self._line.close()
        await self._side.drop()
        await self._membership.close()
        await self._wire.hang_up()

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:
        """The ladder: a direct message, an ephemeral one in the group; notices go to the group."""
        return self._deliverer.rungs(send, reach)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """Telegram's pace: 30 a second in all, 1 a second for a chat, 20 a minute for a group."""
        return self._deliverer.limits(rung, send)

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """One wire call, and what became of it."""
        return await self._deliverer.deliver(rung, send)

    async def find_sent(self, rung: str, send: Send) -> Sent | None:  # noqa: ARG002  # the contract's signature
        """Nothing can be read back."""
        return None

    async def chat_name(self, workspace: str, chat: str) -> str | None:  # noqa: ARG002  # Telegram has no workspaces
        """The group's title, fetched live."""
        return await self._membership.title(chat)

    def may_delete(self, workspace: str, chat: str) -> bool:  # noqa: ARG002  # the composer's signature
        """Let the button be written; delivery leaves it out where the bot has no right to delete."""
        return True

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        """A file, by getFile and its link, or from the disk of a Bot API server of one's own."""
        return await self._files.fetch(file, most)

    async def trouble(self) -> tuple[Trouble, ...]:
        """Whether Telegram answers."""
        if self._stopped:
            return (Trouble(TroubleCode.STOPPED),)
        return self._line.trouble() if self._me.id else (Trouble(TroubleCode.WAITING),)

    async def reread(self, chat: str, message: str) -> Message | None:
        """A bot can't read a message again: what the guard still has in memory."""
        return self._guard.kept(NAME, "", chat, message)

    async def remove(self, chat: str, message: str) -> bool:
        """Delete a message in a group."""
        return await self._answers.remove(chat, message)

    async def _identify(self) -> None:
        me = await self._wire.me()
        self._me = Me(me["id"], str(me.get("username") or ""))
        self._reads_all = bool(me.get("can_read_all_group_messages"))
        self._deliverer.bot, self._deliverer.username = self._me
        await self._line.begin(self._me)

    async def _wait_for_identity(self) -> None:
        failures = 0
        while not self._me.id:
            try:
                await self._identify()
            except PlatformRefused as error:
                raise PlatformStopped(str(error)) from None
            except TelegramError as error:
                if isinstance(error, RefusalError) and error.token_lost:
                    raise PlatformStopped(LOST) from None
                failures += 1
                wait = patience(failures, error)
                complain(failures, wait, reason(error))
                await asyncio.sleep(wait)

    def _committed(self, parsed: Parsed, codes: tuple[PressCode, ...]) -> None:
        """Answer and look around for an update that is safe now; the next one does not wait for it."""
        if parsed.query:
            self._side.begin(self._answers.answer(parsed.query, codes[0] if codes else PressCode.NOTHING, self._me))
        if parsed.shown:
            self._side.begin(self._checks.answer(parsed.shown))
        if parsed.inline:
            self._side.begin(self._checks.offer(parsed.inline))
        for event in parsed.events:
            if isinstance(event, ChatChange) and event.state is ChatState.MOVED:
                self._moved(event.chat, event.to)
        joined = [
            event.chat for event in parsed.events if isinstance(event, ChatChange) and event.state is ChatState.JOINED
        ]
        for chat in dict.fromkeys((*joined, *filter(self._served.serves, filter(None, (parsed.promoted,))))):
            self._ephemeral.expect(chat)
            self._side.begin(self._look_around(chat))
        for chat in {event.chat for event in parsed.events if isinstance(event, Message)} - self._met:
            self._met.add(chat)
            if self._store.chat(NAME, "", chat) is None:
                self._ephemeral.expect(chat)
                self._side.begin(self._meet(chat))

    def _moved(self, chat: str, to: str) -> None:
        """A group has another id: what is known of it is asked anew, and its ephemeral rung is tried, once."""
        if not to or to in self._followed or not self._served.serves(to):
            return
        self._followed.add(to)
        self._membership.forget(chat)
        self._membership.forget(to)
        self._ephemeral.expect(to)
        self._side.begin(self._ephemeral.probe(to, self._me.id))

    async def _meet(self, chat: str) -> None:
        """A group that the log does not know: the bot was there before this log began. It is not greeted again."""
        try:
            await self._store.set_chat(NAME, "", chat, state=ChatState.JOINED)
        finally:
            await self._ephemeral.probe(chat, self._me.id)

    async def _look_around(self, chat: str) -> None:
        """After a change of the bot's place: tell the admins what is missing, and try the ephemeral rung."""
        try:
            codes = await permissions.check(self._membership, chat, self._me.id, reads_all=self._reads_all)
            if codes:  # the gravest one: mending it is likely to mend the others
                await self._guard.alert(AlertCode.PERMISSIONS, detail=codes[0], chat=chat, platform=NAME)
        finally:
            await self._ephemeral.probe(chat, self._me.id)

    def _probe_known(self) -> None:
        for row in self._store.chats(NAME):
            if (
                row.state is ChatState.JOINED
                and row.ephemeral is EphemeralState.UNKNOWN
                and self._served.serves(row.chat)
            ):
                self._ephemeral.expect(row.chat)
                self._side.begin(self._ephemeral.probe(row.chat, self._me.id))
