"""The store as the rest of the bot sees it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from bot.addresses import Server
from bot.message import Cursor
from bot.send import Outcome, Sent
from bot.store import (
    audit,
    breaches,
    delivery,
    engines,
    hooks,
    incidents,
    knowledge,
    looks,
    order,
    purge,
    removals,
    steps,
)
from bot.store.applied import apply
from bot.store.changes import Change, Noted
from bot.store.engine import Database, Engine, Rates, Session
from bot.store.errors import FencedError, StoreError, as_store_error
from bot.store.purge import SAME, Edges
from bot.store.purged import Purged
from bot.store.reading import StoredReadings
from bot.store.rows import OutboxRow
from bot.store.writer import Writer
from bot.words import Act, ChatState, EphemeralState, PressCode, ReachState

_log = logging.getLogger(__name__)

T = TypeVar("T")
BOT = "bot"
"""Where the audit table says that something was done by the program itself."""
Clock = Callable[[], float]
"""Unix seconds, like `time.time`."""


class Store(StoredReadings):
    """The incident log, the outbox and the cursors in one database. Everything that writes is awaitable."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Use `Store.open`."""
        with as_store_error():
            writing = engine.writing()
            try:
                engine.migrate(writing)
                super().__init__(engine.reading)
                self._replica = engine.replica(writing)
            except BaseException:
                writing.close()
                raise
        self._clock, self._engine = clock, engine
        self._writer = Writer(writing, engine.look)
        self._wakes: list[Callable[[], None]] = []

    @classmethod
    def open(
        cls,
        place: str | Path | Server,
        clock: Clock,
        *,
        hold: bool = False,
        create: bool = True,
        alone: bool = False,
    ) -> Self:
        """Open a log (made when `create`), bring its tables up to date. Raises StoreError with the cure.

        `hold` is for `run`: others may read, audit and purge beside it. `alone`: nobody else may hold it.
        """
        engine = engines.at(place, hold=hold, create=create, alone=alone)
        try:
            store = cls(engine, clock)
            if hold:
                store._writer.ask(partial(steps.from_the_future, now=clock())).result()
            return store  # noqa: TRY300 - what fails here is let go of below
        except BaseException:
            engine.close()
            raise

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Call `wake` (in the event loop) after every commit that may have put something into the outbox."""
        self._wakes.append(wake)

    def shared(self) -> bool:
        """Whether several programs may run over this log; then `beat` is to be called every second."""
        return self._replica is not None

    def leads(self) -> bool:
        """Whether this program does what one alone does; without others it does."""
        return self._replica is None or self._replica.leads

    def alive(self) -> bool:
        """Whether what this program holds can't have been taken over; False: begin nothing that can't be taken back."""
        return self._replica is None or self._replica.alive

    def adoptions(self) -> int:
        """How often this program took over what another one had begun."""
        return self._replica.adoptions if self._replica else 0

    async def beat(self, edition: str) -> None:
        """Tell the others that this program is there, and by which edition of the policies it judges.

        What fell to it meanwhile may be due. One that was taken for dead joins anew.
        """
        if self._replica is None:
            return
        try:
            self._replica.heard(await self._ask(partial(self._replica.beat, edition=edition)))
        except FencedError:
            await self._ask(lambda _: self._joined(), alone=True)
        self._wake()

    def _joined(self) -> None:
        if self._replica:
            self._replica.join()

    def _mine(self, table: str) -> str:
        return f" AND {table}.holder = {self._replica.number}" if self._replica else ""

    def stepped(self, now: float, seconds: float) -> None:
        """The clock was set by `seconds` and says `now`: what waits moves along, before anything asked for later."""
        with suppress(StoreError):  # it is closed
            moved = asyncio.wrap_future(self._writer.ask(partial(steps.move, now=now, seconds=seconds)))
            moved.add_done_callback(self._moved)

    def _moved(self, moved: "asyncio.Future[None]") -> None:
        if not moved.cancelled() and (error := moved.exception()):
            _log.error("store.not_moved reason=%s: what waits goes by the clock as it was", error)
        self._wake()

    async def commit(self, changes: Sequence[Change], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
        """Write all changes and the cursor in one transaction, or none of them. Returns a code for each change."""

        def work(db: Database) -> tuple[PressCode, ...]:
            if cursor is not None and cursor.once and db.replica and knowledge.taken(db, cursor):
                return tuple(PressCode.NOTHING for _ in changes)
            codes = tuple(apply(db, change) for change in changes)
            if cursor is not None:
                knowledge.moved_on(db, cursor)
            return codes

        codes = await self._ask(work)
        if changes:
            self._wake()
        return codes

    async def sending(self, row: OutboxRow, rung: str, now: float, variant: str = "") -> bool:
        """Mark a waiting row as `sending` just before the wire call; False when it must not go (like this) any more.

        `variant` is kept with it: see `bot.send.Send`.
        """
        return await self._ask(lambda db: delivery.sending(db, row.id, row.body, rung, now, variant))

    async def room(self, platform: str, limits: Rates) -> float:
        """Draw from a platform's buckets for all programs over this log; returns the seconds until there is room."""
        if (replica := self._replica) is None:
            return 0.0
        rates = {f"{platform}/{bucket}": limit for bucket, limit in limits.items()}
        return await self._ask(lambda db: replica.room(db, rates)) if rates else 0.0

    async def hold_off(self, platform: str, bucket: str, seconds: float) -> None:
        """Let no program over this log draw from a bucket for so long."""
        if (replica := self._replica) is not None:
            await self._ask(lambda db: replica.closed(db, f"{platform}/{bucket}", seconds))

    async def settled(
        self, row_id: int, outcome: Outcome, now: float, *, last: bool = True, removes: bool = False
    ) -> None:
        """Write down what became of a wire call; `last`: there is no further rung after this one.

        `removes`: it told its reader that the message goes, so once it has arrived that waits to be done.
        """
        await self._ask(lambda db: delivery.settled(db, row_id, outcome, now, last=last, removes=removes))
        if removes:
            self._wake()

    async def found(self, row_id: int, sent: Sent | None, now: float, *, removes: bool = False) -> None:
        """Write down what the platform says about a send of unknown outcome; None: it never arrived."""
        await self._ask(lambda db: delivery.found(db, row_id, sent, now, removes=removes))
        if removes:
            self._wake()

    async def not_removed(self, incident: str, now: float, admins: Sequence[str]) -> None:
        """A message could not be removed: it is tried again, four times in all; then admins are told."""
        await self._ask(lambda db: removals.failed(db, incident, now, admins))
        self._wake()

    async def spoiled(self, row_id: int, now: float) -> None:
        """A send could not be composed; after three times it is set aside."""
        await self._ask(lambda db: delivery.spoiled(db, row_id, now))

    async def look_began(self, look: int) -> None:
        """Write down that the reading of a file begins, before it does."""
        await self._ask(lambda db: looks.began(db, look))

    async def look_later(self, look: int, due: float, *, counts: bool) -> None:
        """Let a file wait until `due`; `counts` when the file itself made the reading fail."""
        await self._ask(lambda db: looks.later(db, look, due, counts=counts))

    async def audit(
        self, platform: str, user: str, action: Act, detail: str = "", *, about: str = "", allowed: bool = True
    ) -> None:
        """Append to the audit table now; what belongs to a change is a `Noted` that is committed with it."""
        note = Noted(platform, user, action, self._clock(), detail, about, allowed)
        await self._ask(lambda db: audit.noted(db, note))

    async def set_person(
        self, platform: str, workspace: str, user: str, *, language: str | None = None, reach: ReachState | None = None
    ) -> None:
        """Remember what is known of a person; None leaves a value as it is."""
        who, now = (platform, workspace, user), self._clock()
        await self._ask(lambda db: knowledge.person(db, who, now, reach=reach, language=language))

    async def set_chat(
        self,
        platform: str,
        workspace: str,
        chat: str,
        *,
        ephemeral: EphemeralState | None = None,
        state: ChatState | None = None,
    ) -> None:
        """Remember what is known of a chat; None leaves a value as it is."""
        where, now = (platform, workspace, chat), self._clock()
        await self._ask(lambda db: knowledge.chat(db, where, now, ephemeral=ephemeral, state=state))

    async def remind(self, platform: str, workspace: str, chat: str) -> None:
        """Queue the scheduled reminder (never caused by a message) for a chat."""
        where, now = (platform, workspace, chat), self._clock()
        await self._ask(lambda db: knowledge.remind(db, where, now))
        self._wake()

    async def stumble(self, platform: str, name: str, code: str, *, limit: int = 3) -> bool:
        """Count a failed parse or judgement of `name` (made of ids); True when it is now set aside."""
        now = self._clock()
        return await self._ask(lambda db: knowledge.stumbled(db, platform, name, code, now, limit))

    async def recovered(self, platform: str, went_well: Callable[[str], bool]) -> None:
        """Forget the stumbles of what went well at last, by name; what was set aside stays."""
        names = [row.name for row in self.poison(platform) if not row.aside and went_well(row.name)]
        if names:
            await self._ask(lambda db: knowledge.recovered(db, platform, names))

    async def expire(self, now: float) -> int:
        """End incidents open for 7 days, sends that are too late, files that nobody gives; how many of the first."""

        def work(db: Database) -> int:
            delivery.overdue(db, now)
            looks.overdue(db, now)
            if db.replica:
                order.forget(db, now)
            return incidents.expire(db, now)

        ended = await self._ask(work)
        self._wake()
        return ended

    async def set_hook(self, *, on: bool) -> None:
        """Put what happens into the outbox for the operator's own system from now on, or no more."""
        now = self._clock()
        await self._ask(lambda db: hooks.switched(db, now, on=on))

    async def remind_of_breaches(self, now: float, people: Mapping[str, Sequence[str]]) -> int:
        """Queue a reminder of each open breach whose time has come, to people by platform; returns of how many."""
        reminded = await self._ask(lambda db: breaches.remind(db, now, people))
        if reminded:
            self._wake()
        return reminded

    async def purge(
        self, before: float, now: float, sooner: Edges = SAME, by: tuple[str, str] = (BOT, ""), *, anew: bool = False
    ) -> Purged:
        """Delete ended incidents opened before `before` with all that hangs on them, beyond recall.

        `sooner` are later edges for the incidents of a severity, or of trials (`simulate`). The audit table keeps the
        proof; `by` is the platform and user for it. `anew` is for servers: write large tables anew, too.
        """
        counts = dict.fromkeys(purge.STEPS, 0)
        async with self._engine.in_pieces(self._writer) as between:
            for table in purge.STEPS:
                edge = sooner.get("simulate", before) if table == "trial" else before
                counts[table] += await self._all(partial(purge.step, table=table, before=edge, now=now), between)
            for kind, edge in sooner.items():
                counts["incident"] += await self._all(partial(purge.sooner, kind=kind, before=edge), between)
        counts["forgotten"] = await asyncio.to_thread(purge.untouched, self._rows)
        left = await asyncio.to_thread(purge.remaining, self._rows, before, sooner)
        purged = Purged(counts, left, await self._engine.overwritten(self._writer, anew=anew))
        await self.audit(*by, Act.PURGE, purged.codes)
        return purged

    async def _all(self, step: Callable[..., tuple[int, bool]], between: Callable[[], Awaitable[None]]) -> int:
        """Do a step until there is no more to it, in pieces that are soon over; returns how many rows went."""
        count, more, chunk = 0, True, purge.CHUNK
        while more:
            began = time.perf_counter()
            deleted, more = await self._ask(partial(step, chunk=chunk))
            count += deleted
            chunk = purge.fitting(chunk, time.perf_counter() - began)
            await between()
        return count

    def trouble(self) -> str:
        """Why nothing can be stored or read: one sentence with the cure; empty when all is well."""
        try:
            self._engine.look()
        except StoreError as error:
            return str(error)
        return str(self._writer.failure or next(iter(self._unreadable.values()), ""))

    def close(self) -> None:
        """Finish what is queued and let go of the database; others take over at once."""
        if self._replica:
            with suppress(StoreError):
                self._writer.ask(self._replica.leave).result()
        self._writer.close()
        for connection in self._connections:
            connection.close()
        self._engine.close()

    async def _ask(self, work: Callable[[Session], T], *, alone: bool = False) -> T:
        return await asyncio.wrap_future(self._writer.ask(work, alone=alone))

    def _wake(self) -> None:
        for wake in self._wakes:
            wake()
