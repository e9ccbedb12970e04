"""What is done to a breach, from the words that a chat, a terminal and the page share, and how it stands then."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.breach import called, number
from bot.config import Config
from bot.evidence import breach
from bot.periods import period
from bot.store import BreachChange, Store
from bot.wording import say
from bot.words import Act, PressCode

ACTS = {
    "add": Act.BREACH_ADD,
    "tick": Act.BREACH_TICK,
    "untick": Act.BREACH_UNTICK,
    "edition": Act.BREACH_EDITION,
    "close": Act.BREACH_CLOSE,
    "reopen": Act.BREACH_REOPEN,
}
"""What changes a breach, by its verb."""
NEEDS = {Act.BREACH_ADD, Act.BREACH_TICK, Act.BREACH_UNTICK, Act.BREACH_CLOSE}
"""What says nothing without a code."""


def asked(args: Sequence[str], at: float, by: tuple[str, str], config: Config) -> BreachChange | None:
    """What is to be done, from the words of a command; None when that makes no sense."""
    case = number(args[0])
    if case is None:
        return _opening(args, at, by, config)
    act, codes = ACTS.get(args[1] if len(args) > 1 else ""), tuple(args[2:])
    if act is None or (act in NEEDS) != bool(codes) or (act is Act.BREACH_CLOSE and len(codes) != 1):
        return None
    adds = act is Act.BREACH_ADD
    return BreachChange(act, at, *by, case, incidents=codes if adds else (), codes=() if adds else codes)


def _opening(args: Sequence[str], at: float, by: tuple[str, str], config: Config) -> BreachChange | None:
    """`ID… aware 5h`: known for five hours already."""
    incidents, since = tuple(args), None
    if "aware" in args:
        *first, _, when = args
        incidents, since = tuple(first), period(when, at).since
    if not incidents:
        return None
    return BreachChange(
        Act.BREACH_OPEN,
        at,
        *by,
        incidents=tuple(dict.fromkeys(incidents)),
        aware_at=since,
        deadline=config.breach.seconds,
        people=config.reminded,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered, and whether what was asked for was done."""

    text: str = field(repr=False)
    done: bool = False


async def done(store: Store, change: BreachChange, language: str, slash: str) -> Said:
    """Do it, and say how the breach stands then, or why nothing was done."""
    for incident in change.incidents:
        if store.incident(incident) is None:
            return Said(say(language, "breach.no_incident", incident=incident))
        if (other := store.breach_of(incident)) is not None:
            return Said(say(language, "breach.taken", incident=incident, case=called(other.id), slash=slash))
    [code] = await store.commit([change])
    row = store.breach(change.breach) if change.breach else store.breach_of(change.incidents[0])
    if row is None or code is PressCode.UNKNOWN:
        return Said(say(language, "breach.unknown", slash=slash))
    key = "breach.stood"
    if code is PressCode.THANKS:
        key = "breach.opened" if change.act is Act.BREACH_OPEN else "breach.noted"
    head = say(language, key, case=called(row.id), count=row.figures.incidents, slash=slash)
    shown = (head, breach.clock(row, language, change.at), *breach.checklist(row, language))
    return Said("\n".join(shown), done=code is PressCode.THANKS)
