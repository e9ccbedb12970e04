"""One incident whole: its revisions, what was sent on which rung and why others refused, trials, who handled it."""

from bot.evidence import incidents, table
from bot.evidence.incidents import Where
from bot.reports.text import moment
from bot.store import FindingRow, IncidentRow, OutboxRow, Readings, TrialRow
from bot.wording import say


def trials(store: Readings, row: IncidentRow) -> tuple[TrialRow, ...]:
    """What was judged on trial of the same message."""
    found = store.trials(row.posted_at, float("inf"), row.platform, row.chat)
    return tuple(one for one in found if one.message == row.message and one.workspace == row.workspace)


def whole(store: Readings, row: IncidentRow, *, senders: bool) -> dict[str, object]:
    """Everything that is kept about it, as codes, for programs."""
    return incidents.record(store, row, senders=senders) | {
        "judged": [
            {
                "number": one.number,
                "judged_at": table.stamp(one.judged_at),
                "policy_hash": one.policy_hash,
                "severity": one.severity,
                "rules": one.rules,
                "findings": [_found(found) for found in store.findings(row.id) if found.number == one.number],
            }
            for one in store.revisions(row.id)
        ],
        "sends": [_sent(store, send) for send in store.sends_about(row.id)],
        "trials": [
            {"trial": one.trial, "judged_at": table.stamp(one.judged_at), "rules": one.would.rules}
            for one in trials(store, row)
        ],
        "handled": [
            {"at": table.stamp(one.at), "by": f"{one.platform}:{one.user}", "action": one.action, "detail": one.detail}
            for one in store.audits(about=row.id)
        ],
    }


def _found(found: FindingRow) -> dict[str, object]:
    names = ("part", "type", "score", "recognizer", "traits", "evidence", "value")
    return {name: getattr(found, name) for name in names}


def _sent(store: Readings, send: OutboxRow) -> dict[str, object]:
    tries = store.attempts(outbox=send.id)
    return {
        "kind": send.kind,
        "state": send.state,
        "rung": send.rung,
        "created_at": table.stamp(send.created_at),
        "attempts": [
            {"rung": one.rung, "ended_at": table.stamp(one.ended_at), "outcome": one.outcome, "code": one.code}
            for one in tries
        ],
    }


def page(store: Readings, row: IncidentRow, where: Where, language: str, *, senders: bool) -> str:
    """Everything that is kept about it, for people to read."""
    blocks = [
        incidents.line(store, row, where, language, senders=senders),
        say(language, "incident.policy", policy=row.policy, edition=row.policy_hash),
    ]
    if row.protects:
        blocks.append(say(language, "incident.protects", tags=", ".join(row.protects)))
    for one in store.revisions(row.id):
        found = [found for found in store.findings(row.id) if found.number == one.number]
        shown = dict.fromkeys(f"{one.type} {one.score:.2f} ({one.recognizer})" for one in found)
        what = "; ".join(shown) or say(language, "incident.clean")
        blocks.append(say(language, "incident.judged", number=one.number, at=moment(one.judged_at), found=what))
    for send in store.sends_about(row.id):
        blocks.append(say(language, "incident.send", at=moment(send.created_at), kind=send.kind, state=send.state))
        blocks += [
            say(language, "incident.attempt", rung=one.rung, outcome=f"{one.outcome} {one.code}".strip())
            for one in store.attempts(outbox=send.id)
        ]
    blocks += [
        say(language, "incident.trial", trial=one.trial, rules=", ".join(one.would.rules) or "-")
        for one in trials(store, row)
    ]
    blocks += [
        say(language, "incident.handled", at=moment(one.at), by=f"{one.platform}:{one.user}", action=one.action)
        + (f" {one.detail}" if one.detail else "")
        for one in store.audits(about=row.id)
    ]
    return "\n".join(blocks)
