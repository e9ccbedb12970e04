"""What reports count: a log of any size gives as few rows as it has kinds of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.words import Resolution, SendState


@dataclass(frozen=True, slots=True)
class Alike:
    """So many incidents that agree in all that reports count by; `types` are the distinct values in each of them."""

    severity: str
    mode: str
    resolution: Resolution
    reason: str
    rules: tuple[str, ...]
    types: Mapping[str, int]
    protects: tuple[str, ...]
    count: int

    @property
    def simulated(self) -> bool:
        """Whether these are of policies on trial."""
        return self.mode == "simulate"


@dataclass(frozen=True, slots=True)
class Before:
    """What is compared: how many incidents there were, and the seconds from detection until each was cleaned up."""

    incidents: int
    cleaned: Sequence[float]


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened in a period, of one chat or of all; of what is on trial, `alike` alone speaks.

    `chats` are (platform, chat, incidents, open ones), `hours` the incidents of each hour that has any (counted in
    Hong Kong from 1970). `lasted` are the seconds from detection to each ending, `waits` those from posting to the
    nudge that is about the message. `nudges` are sends per state, `repeats` the calls for them whose outcome nobody
    knows, `undelivered` the nudges that nobody got by the code that says why. `variants` are the nudges that arrived
    and how many of their messages were cleaned up, by the sentence that they began with. `senders` and `repeaters`
    count people: with an incident, and with more than one. `before` is of the period that this one is compared with,
    `lost_alerts` what no admin got, `aside` what could not be judged, `unread` the files that could not be read by the
    code that says why. `swept` counts what sweeps of old messages found in the period, whenever these were posted, by
    severity; nothing else does.
    """

    alike: tuple[Alike, ...]
    chats: tuple[tuple[str, str, int, int], ...]
    hours: tuple[tuple[int, int], ...]
    lasted: Mapping[Resolution, Sequence[float]]
    waits: Sequence[float]
    nudges: Mapping[SendState, int]
    repeats: int
    undelivered: Mapping[str, int]
    variants: Mapping[str, tuple[int, int]]
    senders: int
    repeaters: int
    lost_alerts: int
    before: Before
    aside: int
    unread: Mapping[str, int]
    swept: Mapping[str, int] = field(default_factory=dict)
