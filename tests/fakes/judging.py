"""A detector and a policy that a test can read at a glance: `hkid:1` is an HKID, `tel:2` a phone number."""
# ruff: noqa: ARG002 - the contract hands over more than a fake looks at

import re
from collections.abc import Sequence, Set

from detectors.finding import Finding
from policies.facts import Facts
from policies.policy import Decision, Mute

TYPES = {"hkid": "HKID", "tel": "PHONE_NUMBER"}
MARK = re.compile(r"\b(hkid|tel):(\w+)")


class Marks:
    """Finds marks; the word `broken` breaks it as often as `failures` says."""

    slow = False

    def __init__(self, failures: int = 1_000) -> None:
        self.failures = failures
        self.texts = 0

    def find(self, text: str) -> tuple[Finding, ...]:
        self.texts += 1
        if "broken" in text and self.failures > 0:
            self.failures -= 1
            raise RecursionError(text)
        return tuple(
            Finding(TYPES[mark[1]], *mark.span(), 0.9, mark[1], evidence=("pattern",), key=mark[2].encode())
            for mark in MARK.finditer(text)
        )

    rules = every = find


class Rules:
    """One rule for each entity type, named like it; a "not personal data" answer silences it for 30 days."""

    needs: frozenset[str] = frozenset()
    gathers = False

    def __init__(self, *, mode: str = "enforce", effects: Set[str] = frozenset({"nudge"})) -> None:
        self.mode = mode
        self.effects = frozenset(effects)

    def current(self, platform: str, chat: str) -> "Rules":
        return self

    def tried(self, platform: str, chat: str) -> tuple[tuple[str, "Rules"], ...]:
        return ()

    def decide(self, findings: Sequence[Finding], facts: Facts, muted: Set[Mute] = frozenset()) -> Decision:
        silent = {kind for _, kind in muted}
        rules = tuple(sorted({finding.type for finding in findings} - silent))
        if not rules:
            return Decision(policy="marks", policy_hash="0", mode=self.mode)
        wording = tuple(rule.lower() for rule in rules)
        days = tuple(30 for _ in rules)
        counted = tuple(finding for finding in findings if finding.type not in silent)
        return Decision(rules, "high", self.effects, wording, days, "marks", "0", self.mode, counted)
