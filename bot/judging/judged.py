"""A message, its findings and the decision, as what is stored of them: ids, codes, counts and scores."""

from collections.abc import Sequence

from bot.message import Message
from bot.store import REMOVES, Attached, Found, Judged, Tried, Verdict
from bot.words import PartKind
from detectors.finding import Finding
from policies.conditions.how_many import distinct
from policies.facts import Earlier, Facts
from policies.policy import Decision
from policies.whatif import kept

PartFindings = tuple[PartKind, Sequence[Finding]]
"""What was found in one part of a message."""

KEPT = 50
"""The most findings of one revision that are stored."""


def facts_of(message: Message, earlier: tuple[Earlier, ...] = ()) -> Facts:
    """What rules may know of a message besides findings."""
    return Facts(
        platform=message.platform,
        chat=message.chat,
        audience=message.audience,
        sender_role=message.sender_role,
        edited=bool(message.revision),
        forwarded=message.forwarded,
        external=message.external,
        sender=message.sender,
        at=message.sent_at,
        earlier=earlier,
    )


def judged(
    message: Message,
    found: Sequence[PartFindings],
    decision: Decision,
    now: float,
    *,
    muted: bool,
    admins: tuple[str, ...],
) -> Judged:
    """What is stored of one judgement; nothing in it comes from the words but types, scores and counts."""
    return Judged(
        platform=message.platform,
        workspace=message.workspace,
        chat=message.chat,
        message=message.id,
        revision=message.revision,
        at=now,
        posted_at=message.sent_at,
        sender=message.sender,
        thread=message.thread,
        album=message.album,
        audience=message.audience,
        language=message.language,
        rules=(*decision.rules, *decision.excused),
        protects=decision.protects,
        pace=decision.pace,
        severity=decision.severity or ("low" if decision.excused else ""),
        effects=decision.effects,
        wording=(*decision.wording, *([REMOVES] if "delete" in decision.effects else [])),
        mute_days=dict(zip(decision.rules, decision.mute_days, strict=False)),
        policy=decision.policy,
        policy_hash=decision.policy_hash,
        mode=decision.mode,
        own=not message.forwarded
        and bool(decision.counted)
        and all("own" in finding.traits for finding in decision.counted),
        muted=muted,
        types=distinct(decision.counted),
        found=stored(found),
        admins=admins,
        gathered=decision.gathered,
        facts=kept(facts_of(message)),
        files=tuple(file.id for file in message.attachments),
    )


def attached(message: Message, now: float) -> Attached:
    """The files of a message, with what rules may know of it: they are read and judged later."""
    return Attached(
        platform=message.platform,
        workspace=message.workspace,
        chat=message.chat,
        message=message.id,
        revision=message.revision,
        files=message.attachments,
        at=now,
        posted_at=message.sent_at,
        sender=message.sender,
        thread=message.thread,
        album=message.album,
        audience=message.audience,
        language=message.language,
        sender_role=message.sender_role or "",
        forwarded=message.forwarded,
        external=message.external,
    )


def tried(message: Message, trial: str, decision: Decision, change: Judged) -> Tried:
    """What a trial says of a message beside `change`, which is what is done."""
    return Tried(
        platform=message.platform,
        workspace=message.workspace,
        chat=message.chat,
        message=message.id,
        trial=trial,
        at=change.at,
        policy_hash=decision.policy_hash,
        would=Verdict(
            decision.rules,
            decision.severity or "",
            _nudges(decision.effects, decision.mode, message.sender),
            tuple(sorted(distinct(decision.counted))),
        ),
        does=Verdict(
            change.rules,
            change.severity,
            _nudges(change.effects, change.mode, message.sender),
            tuple(sorted(change.types)),
        ),
    )


def _nudges(effects: frozenset[str], mode: str, sender: str | None) -> bool:
    return "nudge" in effects and mode == "enforce" and sender is not None


def stored(found: Sequence[PartFindings]) -> tuple[Found, ...]:
    """The findings without their places, the surest ones first."""
    placed = [(part, finding) for part, some in found for finding in some]
    values = numbers([finding for _, finding in placed])
    surest = sorted(zip(placed, values, strict=True), key=lambda one: -one[0][1].score)[:KEPT]
    return tuple(_found(part, finding, value) for (part, finding), value in surest)


def _found(part: PartKind, finding: Finding, value: int) -> Found:
    return Found(
        part,
        finding.type,
        finding.score,
        finding.recognizer,
        tuple(sorted(finding.traits)),
        finding.evidence,
        value,
    )


def numbers(findings: Sequence[Finding]) -> list[int]:
    """Number the distinct values from 1; findings without a key are values of their own."""
    known: dict[object, int] = {}
    return [
        known.setdefault((finding.type, finding.key) if finding.key else position, len(known) + 1)
        for position, finding in enumerate(findings)
    ]
