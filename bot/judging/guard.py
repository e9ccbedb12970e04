"""The one path that a message takes: see, judge, commit. No network call is made here."""

import asyncio
import logging
import time
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.judging.asked import codes, harmless
from bot.judging.judged import PartFindings, attached, facts_of, judged, tried
from bot.judging.kept import Kept
from bot.judging.lately import Lately
from bot.judging.looked import by_part, file_facts, held, message_of, placed, told_of_file
from bot.judging.slow import Queue
from bot.judging.turns import Turns
from bot.masking import Masked, mask
from bot.message import Ask, Cursor, Deletion, Event, Joined, Message, Press, in_time
from bot.meter import Meter
from bot.store import BOT, Alert, Change, Checked, Clock, Judged, Looked, LookRow, Noted, SetAside, Store, StoreError
from bot.words import Act, Action, AlertCode, PressCode
from detectors.documents.judge import DocumentFindings
from detectors.errors import TooSlowError
from detectors.finding import Finding
from policies.facts import Facts
from policies.policy import Decision, Mute
from policies.whatif import kept

log = logging.getLogger(__name__)

TRIES = 3
"""How often a message may fail to be judged before it is set aside."""

CLEAN, ASIDE = "clean", "aside"
"""What is counted of a message about which no rule says anything, and of one that could not be judged."""

TOO_SLOW = "too_slow"
"""The code of a message that was set aside at once, because its text cost more than one text may."""


class Detector(Protocol):
    """Finds personal data in a text. `slow`: it runs a language model, so it works beside the event loop."""

    slow: bool

    def find(self, text: str) -> tuple[Finding, ...]:
        """The findings, in bounded time and memory. Raises TooSlowError."""
        ...

    def every(self, text: str) -> tuple[Finding, ...]:
        """All that `find` would return if it knew no end: for whoever hides them. Raises TooSlowError."""
        ...

    def rules(self, text: str) -> tuple[Finding, ...]:
        """What its rules alone find, without a second opinion: for rows of tables. Raises TooSlowError."""
        ...


class Judge(Protocol):
    """The policy of one chat."""

    @property
    def needs(self) -> frozenset[str]:
        """The facts (fields of `Facts`) that a platform asks for only where a rule looks at them."""
        ...

    @property
    def gathers(self) -> bool:
        """Whether a rule looks at what a sender wrote before."""
        ...

    def decide(self, findings: Sequence[Finding], facts: Facts, muted: frozenset[Mute] = ...) -> Decision:
        """What to do; a rule does not count the types that it is muted for."""
        ...


class Policies(Protocol):
    """The policies in force."""

    def current(self, platform: str, chat: str) -> Judge:
        """The policy for a chat."""
        ...

    def tried(self, platform: str, chat: str) -> Sequence[tuple[str, Judge]]:
        """What is on trial there: judged beside it, and nothing is done."""
        ...


class Guard:
    """Judges what platforms hand in and commits it. `admins` are the people to alert, by platform.

    `reads_files`: attachments are written down to be read; else a message's words and the names of its files are all.
    `keeps`: the platforms that can't show a message again, so that the ones that are nudged for are kept for a while.
    `welcomes`: who joins a chat is greeted.
    """

    def __init__(  # noqa: PLR0913 - these are the parts
        self,
        detector: Detector,
        policies: Policies,
        store: Store,
        clock: Clock,
        admins: Mapping[str, tuple[str, ...]],
        *,
        reads_files: bool = False,
        keeps: Container[str] = (),
        welcomes: bool = True,
        meter: Meter | None = None,
    ) -> None:
        self._detector = detector
        self._policies = policies
        self._store = store
        self._clock = clock
        self._admins = admins
        self.reads_files = reads_files
        self._welcomes = welcomes
        self._meter = meter or Meter()
        self._turns = Turns()
        self._lately = Lately()
        self._keeps, self._kept = keeps, Kept(clock)
        self._queue = Queue() if detector.slow else None

    async def handle(self, events: Sequence[Event], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
        """Judge and commit events in order, with the cursor, in one transaction; when it returns they are safe.

        Returns a code for each event: NOTHING for what is no press.
        Raises StoreError when the store fails: then nothing advanced and the platform must not confirm.
        """
        async with self._turns.of(events):
            changes = []
            for event in events:
                changes.append(await self._changes(in_time(event, self._clock())))
                if len(events) > 1:
                    # A long batch (a catch-up) lets deliveries in between its messages.
                    await asyncio.sleep(0)
            flat = [change for some in changes for change in some]
            committed = iter(await self._commit(flat, cursor))
            self._turns.done(events)
        return tuple(_answer([next(committed) for _ in some]) for some in changes)

    async def _commit(self, changes: Sequence[Change], cursor: Cursor | None) -> Sequence[PressCode]:
        if not changes and not cursor:
            return ()
        codes = await self._store.commit(changes, cursor)
        self._meter.commits += 1
        return codes

    async def press(self, press: Press) -> PressCode:
        """Handle a button; the code says how to answer."""
        return (await self.handle([press]))[0]

    def needs(self, platform: str, chat: str) -> frozenset[str]:
        """Say which facts of this chat's messages are worth a question to the platform (fields of `Facts`)."""
        judges = (self._policies.current(platform, chat), *(judge for _, judge in self._policies.tried(platform, chat)))
        return frozenset[str]().union(*(judge.needs for judge in judges))

    async def look(self, message: Message) -> Judged:
        """Judge a message and record nothing: for somebody who asks what the bot would say of it."""
        return self._judge(message, await self._findings(message))

    async def safer(self, message: Message, *, names: bool = False) -> Masked:
        """Hide in a message's words what its chat's policy speaks of, and record nothing. Raises TooSlowError."""
        parts = [(part.kind, part.text) for part in message.parts]
        decide = self._policies.current(message.platform, message.chat).decide
        work = partial(mask, parts, self._detector.every, decide, facts_of(message), names=names)
        return await asyncio.to_thread(work) if self._detector.slow else work()

    def kept(self, platform: str, workspace: str, chat: str, message: str) -> Message | None:
        """Return a message that somebody was nudged for, while it is in memory."""
        return self._kept.get((platform, workspace, chat, message))

    def tidy(self) -> None:
        """Let go of words that were kept long enough."""
        self._kept.tidy()

    async def looked(self, look: LookRow, found: DocumentFindings) -> None:
        """Judge what was found in a file and commit it with the end of its row. Raises StoreError."""
        now = self._clock()
        if found.unread is not None and not found.found:
            return await self.unread(look, found.unread)
        message = message_of(look)
        change = self._judge_file(message, replace(facts_of(message), **file_facts(found, look.size)), found)
        await self._store.commit([Looked(look.id, now, replace(change, look=look.file))])
        return None

    async def unread(self, look: LookRow, code: str) -> None:
        """Write down that nobody will know what a file holds, and why; '' when that is nobody's loss: it is gone."""
        await self._store.commit([Looked(look.id, self._clock(), code=code)])

    def glance(self, message: Message, found: DocumentFindings, size: int) -> Judged:
        """Judge a file and record nothing: for somebody who shows it to the bot."""
        return self._judge_file(message, replace(facts_of(message), **file_facts(found, size)), found)

    async def alert(
        self, code: AlertCode, *, platform: str = "", chat: str = "", count: int = 1, detail: str = ""
    ) -> None:
        """Tell admins something that no message caused (a bad policy edit, a missing permission); codes and ids only.

        About a chat, its platform's admins are told; everything else, and what would reach nobody, goes to all admins.
        The audit table keeps it, whoever was told.
        """
        now = self._clock()
        addressed = {platform: self._admins[platform]} if chat and self._admins.get(platform) else self._admins
        about = chat if addressed is not self._admins else ""
        alerts = [
            Alert(name, code, now, admins, chat=about, count=count, detail=detail) for name, admins in addressed.items()
        ]
        what = " ".join(filter(None, (code, platform, chat, detail, str(count) if count != 1 else "")))
        await self._store.commit([*alerts, Noted(BOT, "", Act.ALERT, now, what)])

    async def _changes(self, event: Event) -> list[Change]:
        """What an event means for the log."""
        match event:
            case Message():
                return [] if self._turns.overtaken(event) else await self._see(event)
            case Joined():
                return [event] if self._welcomes else []
            case Deletion():
                self._lately.forget(event)
                self._kept.forget((event.platform, event.workspace, event.chat, event.id))
                return [event]
            case Press(action=Action.RIGHT | Action.WRONG) if event.user in self._admins.get(event.platform, ()):
                right = event.action is Action.RIGHT
                return [Checked(event.incident, right, event.at, event.platform, event.user)]
            case Ask():
                command, args = harmless(*codes(event.name, event.args), self._detector.find)
                return [replace(event, name=command, args=args)]
            case _:
                return [event]

    async def _see(self, message: Message) -> list[Change]:
        """Judge a message. One that fails three times, or takes too long, is set aside and does not stop the next."""
        for attempt in range(1, TRIES + 1):
            try:
                began = time.perf_counter()
                found = await self._findings(message)
                seconds = time.perf_counter() - began
                change = self._judge(message, found)
                beside = self._try(message, found, change)
                self._remember(message, found)
                self._keep(message, change)
            except StoreError:
                raise
            except TooSlowError:
                # The same text would be as slow again, and others wait.
                log.warning("guard.too_slow message=%s", name(message))
                return self._aside(message, attempt, TOO_SLOW)
            except Exception as error:  # noqa: BLE001 - what one message does must not stop the next
                failure = type(error).__name__
                log.warning("guard.failed message=%s attempt=%d error=%s", name(message), attempt, failure)
            else:
                self._count(message, change, found, seconds)
                # A clean first post can have no incident; a clean edit may end one.
                files = [attached(message, self._clock())] if self._attaches(message) else []
                return [*([change] if change.rules or message.revision else []), *files, *beside]
        return self._aside(message, TRIES, failure)

    def _count(self, message: Message, change: Judged, found: Sequence[PartFindings], seconds: float) -> None:
        age = self._clock() - message.sent_at
        self._meter.judged(message.platform, change.severity if change.rules else CLEAN, seconds, age)
        self._meter.findings.update(finding.type for _, some in found for finding in some)

    def _attaches(self, message: Message) -> bool:
        """Whether there are files to read; an edit may also have taken some out."""
        return self.reads_files and bool(message.attachments or message.revision)

    def _aside(self, message: Message, attempts: int, code: str) -> list[Change]:
        admins = self._admins.get(message.platform, ())
        self._meter.messages[message.platform, ASIDE] += 1
        return [
            SetAside(message.platform, name(message), attempts, code, self._clock()),
            Alert(message.platform, AlertCode.POISON, self._clock(), admins, message.workspace),
        ]

    async def _findings(self, message: Message) -> list[PartFindings]:
        texts = [part.text for part in message.parts]
        found = await self._queue.run(self._detector.find, texts) if self._queue else map(self._detector.find, texts)
        return list(zip((part.kind for part in message.parts), found, strict=True))

    def _judge(self, message: Message, found: Sequence[PartFindings]) -> Judged:
        decision, muted = self._decide(message, _standing(found), self._facts(message))
        admins = self._admins.get(message.platform, ())
        return judged(message, found, decision, self._clock(), muted=muted, admins=admins)

    def _judge_file(self, message: Message, facts: Facts, document: DocumentFindings) -> Judged:
        found = placed(document)
        findings = [one.finding for one in found]
        decision, muted = self._decide(message, findings, facts)
        admins = self._admins.get(message.platform, ())
        change = judged(message, by_part(found), decision, self._clock(), muted=muted, admins=admins)
        wording, places = told_of_file(change.wording), held(document, found, decision.counted)
        return replace(change, wording=wording, held=places, facts=kept(facts))

    def _decide(self, message: Message, findings: Sequence[Finding], facts: Facts) -> tuple[Decision, bool]:
        """What the policy says, and whether only muted rules fired."""
        judge = self._policies.current(message.platform, message.chat)
        decision, muted = judge.decide(findings, facts), False
        silent = self._silent(message) if decision.rules else frozenset()
        if any(rule in decision.rules for rule, _ in silent):
            decision = judge.decide(findings, facts, silent)
            muted = not (decision.rules or decision.excused)
        return decision, muted

    def _judges(self, message: Message) -> tuple[Judge, ...]:
        tried = self._policies.tried(message.platform, message.chat)
        return (self._policies.current(message.platform, message.chat), *(judge for _, judge in tried))

    def _facts(self, message: Message) -> Facts:
        """What rules may know of a message; what its sender wrote before only where a rule asks for it."""
        return facts_of(message, self._lately.earlier(message))

    def _remember(self, message: Message, found: Sequence[PartFindings]) -> None:
        if any(judge.gathers for judge in self._judges(message)):
            self._lately.keep(message, _standing(found))

    def _keep(self, message: Message, change: Judged) -> None:
        if "nudge" in change.effects and message.sender and message.platform in self._keeps:
            self._kept.keep(message)
        else:
            self._kept.forget((message.platform, message.workspace, message.chat, message.id))

    def _try(self, message: Message, found: Sequence[PartFindings], change: Judged) -> list[Change]:
        """What is on trial says of a message, where it or `change` (what is done) says anything."""
        findings = _standing(found)
        judges = self._policies.tried(message.platform, message.chat) if findings else ()
        if not judges:
            return []
        facts, silent = self._facts(message), self._silent(message)
        decisions = [(trial, judge.decide(findings, facts, silent)) for trial, judge in judges]
        return [
            tried(message, trial, decision, change) for trial, decision in decisions if decision.rules or change.rules
        ]

    def _silent(self, message: Message) -> frozenset[Mute]:
        """The rules that this sender has called wrong in this chat, each with the type that it was about."""
        if message.sender is None:
            return frozenset()
        return self._store.muted(message.platform, message.workspace, message.chat, message.sender, self._clock())


def _standing(found: Sequence[PartFindings]) -> list[Finding]:
    """All findings of a message, each knowing the part that it stands in."""
    return [replace(finding, part=kind) for kind, some in found for finding in some]


def _answer(codes: Sequence[PressCode]) -> PressCode:
    """What the changes of one event have to answer: a press is one change, and nothing else is answered."""
    return next(filter(None, codes), PressCode.NOTHING)


def name(message: Message) -> str:
    """A message's ids, for the log and the list of what was set aside."""
    return "/".join(piece for piece in (message.workspace, message.chat, message.id, message.revision) if piece)
