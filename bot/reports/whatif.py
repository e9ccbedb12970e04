"""What a changed policy would have made of the incidents in the log: what falls away, what changes, what is unknown."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.store import FindingRow, IncidentRow, Readings, RevisionRow
from bot.words import SendKind
from detectors.finding import Finding
from policies.policy import SEVERITIES, Decision, Policy
from policies.whatif import NO_FILE, Logged, known, replay

EXAMPLES = 5
"""How many incidents are named for each change."""


class Change(StrEnum):
    """What a changed policy does to an incident."""

    SILENT = "nothing would be said or logged"
    UNTOLD = "it would be logged, and its sender not told any more"
    TOLD = "its sender would be told, and was not"
    GRAVER = "it would be graver"
    MILDER = "it would be milder"
    RULES = "other rules would fire, as grave as before"
    SAME = "nothing would change"
    UNKNOWN = "the log can't tell"


@dataclass(frozen=True, slots=True)
class Replayed:
    """An incident and what becomes of it; `decision` is None where the log can't tell."""

    incident: IncidentRow
    change: Change
    decision: Decision | None


def replayed(
    store: Readings, policy: Policy, since: float, until: float, chat: str | None, kept: int
) -> Iterator[Replayed]:
    """Judge by `policy` what was posted in [since, until), in one chat (`platform:chat id`) or in all.

    `kept` is how many findings of a judgement the log keeps at most.
    """
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    told = {incident for row in store.outbox(since, kind=SendKind.NUDGE) for incident in row.incidents}
    for incident in store.incidents(since, until, platform, chat_id):
        decision = replay(policy, logged(store, incident, kept))
        yield Replayed(incident, _change(incident, decision, told=incident.id in told), decision)


def logged(store: Readings, incident: IncidentRow, kept: int) -> tuple[Logged, ...]:
    """What the log knows of the newest revision in which a rule fired: of its words, and of files that were read."""
    revisions = store.revisions(incident.id)
    newest = next((one.revision for one in reversed(revisions) if one.rules), incident.revision)
    judged = [one for one in revisions if one.revision == newest]
    findings = store.findings(incident.id)
    return tuple(
        _logged(incident, one, [row for row in findings if row.number == one.number], kept)
        for one in judged or revisions[-1:]
    )


def _logged(incident: IncidentRow, one: RevisionRow, rows: Sequence[FindingRow], kept: int) -> Logged:
    facts = {"audience": incident.audience, **known(json.loads(one.facts)), **({} if one.look else NO_FILE)}
    return Logged(
        findings=[_finding(row) for row in rows],
        facts={**facts, "platform": incident.platform, "chat": incident.chat, **_who(incident)},
        cut=len(rows) >= kept,
    )


def _who(incident: IncidentRow) -> dict[str, str | float | None]:
    """Who wrote it and when; nobody's name where the policy was on trial."""
    return {"sender": incident.sender, "at": incident.posted_at}


def _finding(row: FindingRow) -> Finding:
    """A finding as the log knows it; which values are equal is told by their number in the judgement."""
    key = f"{row.number}/{row.value}".encode()
    return Finding(
        row.type, 0, 0, row.score, row.recognizer, frozenset(row.traits), row.evidence, key, part=row.part or ""
    )


def _change(incident: IncidentRow, decision: Decision | None, *, told: bool) -> Change:
    if decision is None:
        return Change.UNKNOWN
    if decision.severity is None:
        return Change.SILENT
    nudges = "nudge" in decision.effects and decision.mode == "enforce"
    if told and not nudges:
        return Change.UNTOLD
    if nudges and not told and incident.sender is not None:
        return Change.TOLD
    return _graver(incident, decision)


def _graver(incident: IncidentRow, decision: Decision) -> Change:
    order: Callable[[object], int] = [*SEVERITIES].index  # type: ignore[assignment]  # any text may be asked for
    step = order(decision.severity) - order(incident.severity)
    if step:
        return Change.GRAVER if step > 0 else Change.MILDER
    return Change.SAME if {*decision.rules} == {*incident.rules} else Change.RULES


def render(name: str, found: Sequence[Replayed]) -> str:
    """Write what became of the incidents, and what can't be known, ending with a newline."""
    by_change = {change: [one for one in found if one.change is change] for change in Change}
    lines = [f"{len(found):,} incidents of the log, judged by {name}:"]
    for change, some in by_change.items():
        if some:
            lines += [f"  {change}: {len(some):,}{_moves(some)}", *_examples(change, some)]
    return "\n".join([*lines, "", *_limits(by_change)]) + "\n"


def _moves(some: Sequence[Replayed]) -> str:
    """From which severity to which."""
    counts: dict[str, int] = {}
    for one in some:
        if one.decision and one.change in (Change.GRAVER, Change.MILDER):
            move = f"{one.incident.severity} to {one.decision.severity}"
            counts[move] = counts.get(move, 0) + 1
    return f" ({', '.join(f'{move} {count}' for move, count in counts.items())})" if counts else ""


def _examples(change: Change, some: Sequence[Replayed]) -> list[str]:
    if change is Change.SAME:
        return []
    shown = [f"{one.incident.id} ({', '.join(one.incident.rules)})" for one in some[-1 : -EXAMPLES - 1 : -1]]
    return [f"    {line}" for line in shown]


def _limits(found: Mapping[Change, Sequence[Replayed]]) -> list[str]:
    lines = [
        "Messages that no rule spoke of are not in the log: what would newly be found can't be known from it.",
        "To see that, let the file judge beside the set in force: [policies] trial in config.toml, then /report trial.",
    ]
    if found[Change.UNKNOWN]:
        lines.append(
            "Where the log can't tell: a rule asks for what is not kept (earlier messages of the sender, how many "
            "people, the size of a file), or was not kept yet at that time, or there were more findings than are kept."
        )
    return lines
