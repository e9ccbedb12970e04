"""Whatever happens in whatever order: what must hold of incidents and nudges in the end."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.message import Deletion, Press, Reach
from bot.send import Later, Outcome, Refused, Sent, Unknown
from bot.store import Store
from bot.words import ReachState, SendKind
from tests.fakes.logbook import NOON, Clock, clean, leak

MESSAGES = st.sampled_from("1234")
SENDERS = {"1": "7", "2": "7", "3": "7", "4": "8"}
OUTCOMES = st.sampled_from(
    [Sent("{}"), Sent("{}"), Later(5, "429"), Refused("gone"), Unknown("timeout"), Unknown("crash")]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("leak"), MESSAGES, st.integers(1, 3)),
        st.tuples(st.just("clean"), MESSAGES, st.none()),
        st.tuples(st.just("delete"), MESSAGES, st.none()),
        st.tuples(st.just("press"), MESSAGES, st.sampled_from(["removed", "reason", "false_alarm"])),
        st.tuples(st.just("wait"), st.just(""), st.sampled_from([1, 20, 61, 4000])),
        st.tuples(st.just("reach"), MESSAGES, st.none()),
        st.tuples(st.just("send"), st.just(""), OUTCOMES),
        st.tuples(st.just("send"), st.just(""), OUTCOMES),
    ),
    max_size=25,
)
Step = tuple[str, str, object]


class History:
    """Plays steps against a store, a little later each time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        self.revision = 0

    async def play(self, step: Step) -> None:
        what, message, detail = step
        self.now += 0.5
        self.revision += 1
        match what:
            case "wait":
                self.now += float(str(detail))
            case "send":
                await self.send(lambda: detail)  # type: ignore[arg-type,return-value]  # an Outcome
            case _:
                await self.commit(what, message, detail)

    async def commit(self, what: str, message: str, detail: object) -> None:
        facts = {"sender": SENDERS[message], "at": self.now, "revision": str(self.revision)}
        row = self.store.incident_at("stub", "", "-100", message)
        match what:
            case "leak":
                await self.store.commit([leak(message, types={"HKID": detail}, **facts)])
            case "clean":
                await self.store.commit([clean(message, **facts)])
            case "delete":
                await self.store.commit([Deletion("stub", "", "-100", message, self.now)])
            case "reach":
                await self.store.commit([Reach("stub", "", SENDERS[message], ReachState.STARTED, self.now)])
            case "press" if row:
                press = Press("stub", "", SENDERS[message], row.id, str(detail), self.now, "work")
                await self.store.commit([press])

    async def send(self, outcome: Callable[[], Outcome]) -> bool:
        """Deliver what is due first; False when nothing is."""
        for recipient in self.store.due("stub", self.now):
            row = self.store.next_for("stub", recipient, self.now)
            if row is not None and await self.store.sending(row, "dm", self.now):
                await self.store.settled(row.id, outcome(), self.now)
            return True
        return False

    def check(self) -> None:
        """What must hold at any time."""
        waiting = [row for row in self.store.outbox(kind=SendKind.NUDGE) if row.state == "waiting"]
        assert len({row.recipient for row in waiting}) == len(waiting), "two nudges wait for one person in one chat"
        for row in waiting:
            states = [self.store.incident(incident).state for incident in row.incidents]  # type: ignore[union-attr]  # linked
            assert row.body.count == states.count("open") > 0, "a nudge waits that nobody needs, or miscounts"

    async def finish(self) -> None:
        """Let everything that waits arrive."""
        for _ in range(100):
            if not await self.send(lambda: Sent("{}")):
                due = self.store.next_due("stub", self.now)
                if due is None:
                    return
                self.now = due
        raise AssertionError("the outbox never comes to rest")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_nobody_is_forgotten_and_nothing_is_said_in_vain(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_tell(steps, Path(folder)))


async def _tell(steps: list[Step], folder: Path) -> None:
    store = Store.open(folder / "log.db", Clock())
    try:
        history = History(store)
        for step in steps:
            await history.play(step)
            history.check()
        await history.finish()
        for row in store.incidents(0, history.now + 1):
            if row.state == "open":
                assert await _heard(store, row.id), "an open incident that nobody heard of"
    finally:
        store.close()


async def _heard(store: Store, incident: str) -> bool:
    """Whether the sender was told, or every way to tell was closed."""
    links = store._rows("SELECT outbox, told FROM outbox_incident WHERE incident = ?", (incident,))
    rows = {link["outbox"]: store.outbox_row(link["outbox"]) for link in links}
    nudges = [(rows[link["outbox"]], link["told"]) for link in links]
    return any(
        (row.state in ("sent", "repeated") and told) or row.state == "unreachable"
        for row, told in nudges
        if row is not None and row.kind == "nudge"
    )
