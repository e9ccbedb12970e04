"""What each sender wrote in a chat lately, as findings: in memory only, bounded, and forgotten when the process ends.

A finding holds no words; its key is a digest under this process's random key. Nothing of it is ever stored.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.message import Deletion, Message
from detectors.finding import Finding
from policies.conditions.over_time import LONGEST, MOST
from policies.facts import Earlier

SENDERS = 5_000
"""Senders in chats that are remembered, the latest ones."""

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Said:
    id: str
    at: float
    findings: tuple[Finding, ...] = field(repr=False)


class Lately:
    """A short memory of senders; only chats with a rule that looks back are to be kept in it."""

    def __init__(self) -> None:
        self._said: OrderedDict[Key, tuple[_Said, ...]] = OrderedDict()

    def earlier(self, message: Message) -> tuple[Earlier, ...]:
        """What its sender wrote there before, the nearest first; for an edit also what came since the first post."""
        others = [said for said in self._said.get(_key(message), ()) if said.id != message.id]
        near = sorted((abs(message.sent_at - said.at), -place) for place, said in enumerate(others))
        return tuple(
            Earlier(others[-place].findings, ago, back)
            for back, (ago, place) in enumerate(near, 1)
            if ago <= LONGEST and others[-place].findings
        )

    def keep(self, message: Message, findings: Sequence[Finding]) -> None:
        """Remember a message in place of an earlier revision of it; nobody's messages are not remembered."""
        if message.sender is None:
            return
        key = _key(message)
        others = [said for said in self._said.pop(key, ()) if said.id != message.id]
        said = sorted([*others, _Said(message.id, message.sent_at, tuple(findings))], key=lambda said: said.at)
        self._said[key] = tuple(said[-MOST:])
        while len(self._said) > SENDERS:
            self._said.popitem(last=False)

    def forget(self, gone: Deletion) -> None:
        """A message that is gone completes no picture any more."""
        for key, said in list(self._said.items()):
            if key[:3] == (gone.platform, gone.workspace, gone.chat) and any(one.id == gone.id for one in said):
                self._said[key] = tuple(one for one in said if one.id != gone.id)


def _key(message: Message) -> Key:
    return message.platform, message.workspace, message.chat, message.sender or ""
