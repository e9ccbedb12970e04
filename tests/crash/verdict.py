"""What the log says and what people got, compared: the same for one program that is killed and for several."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.addresses import Server
from bot.store import OutboxRow, Store
from bot.words import SendKind, SendState
from tests.crash.sides import Side, leaks


@dataclass(frozen=True, slots=True)
class Verdict:
    """All who leaked were told: `more` are the numbers that were told again, `nudges` the rows by recipient."""

    incidents: int
    more: Counter[int]
    nudges: dict[str, OutboxRow]

    @property
    def told(self) -> Counter[str]:
        """The figures."""
        return Counter({"incidents": self.incidents, "nudges": self.incidents, "doubled and marked": self.more.total()})


def all_told(log: Path | Server, incidents: int) -> bool:
    """Whether so many incidents are there and nothing waits any more. Raises StoreError."""
    store = Store.open(log, lambda: 0.0, create=False)
    try:
        # In this order: what waits because of the last incident is asked for when that is there.
        if len(store.incidents(0, float("inf"))) < incidents or store.counts().files:
            return False
        return not store.outbox(states=(SendState.WAITING, SendState.SENDING, SendState.UNREACHABLE))
    finally:
        store.close()


def verdict(log: Path | Server, side: Side, turns: int) -> Verdict:
    """Assert that nothing was lost, and no incident doubled."""
    store = Store.open(log, lambda: 0.0, create=False)
    incidents = Counter(row.sender for row in store.incidents(0, float("inf"), side.name))
    nudges = {row.recipient: row for row in store.outbox(platform=side.name, kind=SendKind.NUDGE)}
    aside = [row for row in store.poison(side.name) if row.aside]
    files, unread = store.counts().files, store.counts().unread
    store.close()
    leaked = [number for turn in range(turns) for number in leaks(turn)]
    arrived = side.arrived(turns)
    assert incidents == Counter(side.sender(number) for number in leaked), "an incident was lost or doubled"
    assert sorted(arrived) == leaked, "a nudge was lost, or somebody got one for nothing"
    assert sorted(nudges) == sorted(map(side.sender, leaked))
    assert aside == []
    assert (files, unread) == (0, 0), "a file was given up, or left"
    return Verdict(len(leaked), arrived - Counter(leaked), nudges)
