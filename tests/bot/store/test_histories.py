"""Whatever happens in whatever order: what must hold of incidents and nudges in the end."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.message import Deletion, Press, Reach
from bot.send import Later, Outcome, Refused, Sent, Unknown
from bot.store import Change, Store
from bot.words import Action, IncidentState, ReachState, SendKind
from tests.fakes.bodies import count_of
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
        st.tuples(st.just("press"), MESSAGES, st.sampled_from([Action.REMOVED, Action.REASON, Action.FALSE_ALARM])),
        st.tuples(st.just("wait"), st.just(""), st.sampled_from([1, 20, 61, 4000])),
        st.tuples(st.just("reach"), MESSAGES, st.none()),
        st.tuples(st.just("send"), st.just(""), OUTCOMES),
        st.tuples(st.just("send"), st.just(""), OUTCOMES),
    ),
    max_size=25,
)
Step = tuple[str, str, int | Action | Outcome | None]


class History:
    """Plays steps against a store, a little later each time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        self.revision = 0

    async def play(self, step: Step) -> None:
        self.now += 0.5
        self.revision += 1
        match step:
            case "wait", _, int(seconds):
                self.now += seconds
            case "send", _, Sent() | Later() | Refused() | Unknown() as outcome:
                await self.send(outcome)
            case _:
                await self.store.commit(self.changes(step))

    def changes(self, step: Step) -> list[Change]:
        what, message, detail = step
        sender = SENDERS[message]
        facts: dict[str, Any] = {"sender": sender, "at": self.now, "revision": str(self.revision)}
        row = self.store.incident_at("stub", "", "-100", message)
        match what, detail:
            case "leak", values:
                return [leak(message, types={"HKID": values}, **facts)]
            case "clean", _:
                return [clean(message, **facts)]
            case "delete", _:
                return [Deletion("stub", "", "-100", message, self.now)]
            case "reach", _:
                return [Reach("stub", "", sender, ReachState.STARTED, self.now)]
            case "press", Action() as action if row:
                return [Press("stub", "", sender, row.id, action, self.now, "work")]
        return []

    async def send(self, outcome: Outcome) -> bool:
        """Deliver what is due first; False when nothing is."""
        for recipient in self.store.due("stub", self.now):
            row = self.store.next_for("stub", recipient, self.now)
            if row is not None and await self.store.sending(row, "dm", self.now):
                await self.store.settled(row.id, outcome, self.now)
            return True
        return False

    def check(self) -> None:
        """What must hold at any time."""
        waiting = [row for row in self.store.outbox(kind=SendKind.NUDGE) if row.state == "waiting"]
        assert len({row.recipient for row in waiting}) == len(waiting), "two nudges wait for one person in one chat"
        for row in waiting:
            states = [incident.state for incident in map(self.store.incident, row.incidents) if incident]
            assert len(states) == len(row.incidents)
            assert count_of(row) == states.count(IncidentState.OPEN) > 0, "a nudge waits in vain, or miscounts"

    async def finish(self) -> None:
        """Let everything that waits arrive."""
        for _ in range(100):
            if not await self.send(Sent("{}")):
                due = self.store.next_due("stub", self.now)
                if due is None:
                    return
                self.now = due
        raise AssertionError("the outbox never comes to rest")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
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
