"""What `explain` does: one message in, and why it would or would not be nudged; values masked."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.circumstances import standing
from bot.cli.yardstick import TOO_SLOW, Yardstick
from bot.misuse import InputError
from detectors import masks
from detectors.errors import TooSlowError
from detectors.finding import Finding
from policies.facts import UNKNOWN, Facts
from policies.policy import Policy, Rule


def run(yardstick: Yardstick, facts: Facts = UNKNOWN, part: str = "text") -> int:
    """Explain the message on standard input; returns the exit code. Raises InputError.

    `facts` is what rules may know of it besides its words, `part` where in a message they stand.
    """
    try:
        text = sys.stdin.buffer.read().decode("utf-8").rstrip("\n")
    except UnicodeDecodeError:
        raise InputError("standard input is not UTF-8 text; send one message as UTF-8") from None
    try:
        findings = standing(yardstick.find(text), part)
    except TooSlowError:
        raise InputError(TOO_SLOW) from None
    console = Console()
    _show_findings(console, text, findings)
    _show_rules(console, yardstick.policy(facts.platform, facts.chat), findings, facts)
    return 0


def _show_findings(console: Console, text: str, findings: Sequence[Finding]) -> None:
    if not findings:
        console.print("Nothing was found.")
        return
    table = Table("type", "place", "masked", "score", "why", box=None, header_style="bold")
    for column in table.columns:
        column.overflow = "fold"
        column.no_wrap = column.header in ("place", "score")
    spoken = masks.language(text)
    for finding in findings:
        value = " ".join(masks.mask(text, finding, spoken).split())
        place, score = f"{finding.start}-{finding.end}", f"{finding.score:.2f}"
        table.add_row(finding.type, place, escape(value), score, escape(_why(finding)))
    console.print(table)


def _why(finding: Finding) -> str:
    """Who found it, by what, what it means, and what the rules said where the second opinion turned it."""
    traits = f"; traits: {', '.join(sorted(finding.traits))}" if finding.traits else ""
    ruled = f"; rules alone: {finding.ruled:.2f}" if finding.ruled else ""
    return f"{finding.recognizer}: {', '.join(finding.evidence)}{traits}{ruled}"


def _show_rules(console: Console, policy: Policy, findings: Sequence[Finding], facts: Facts) -> None:
    decision = policy.decide(findings, facts)
    table = Table("rule", "severity", "verdict", box=None, header_style="bold", title_justify="left")
    for rule in policy.rules:
        table.add_row(rule.id, rule.severity, _verdict(policy, rule, findings, facts))
    console.print(f"\nPolicy {escape(policy.name)} ({policy.hash}){_unknown(policy, facts)}")
    console.print(table)
    if decision.protects:
        console.print(f"This protects: {escape(', '.join(decision.protects))}.")
    console.print("The sender would be nudged." if "nudge" in decision.effects else "Nobody would be nudged.")


def _verdict(policy: Policy, rule: Rule, findings: Sequence[Finding], facts: Facts) -> str:
    if reason := rule.why_silent(findings, facts):
        return f"[dim]silent: {escape(reason)}[/dim]"
    if excuse := policy.excuse(rule, facts):
        return f"[dim]excused: {escape(excuse.code)}[/dim]"
    fires = "[yellow]fires on trial[/yellow]" if rule.mode == "simulate" else "[green]fires[/green]"
    return f"{fires}: {', '.join(sorted(rule.effects))}"


def _unknown(policy: Policy, facts: Facts) -> str:
    """Say how the policy takes what nobody told about the message, as far as its rules look at it."""
    asked = {condition.field for rule in policy.rules for condition in rule.conditions}
    known = (
        ("audience", facts.audience is None, "audience unknown and so taken as large"),
        ("sender_roles", facts.sender_role is None, "the sender's role unknown and so taken as any"),
        ("senders senders_none", facts.sender is None, "the sender unknown and so taken as any"),
        ("hours hours_none from_date until_date", facts.at is None, "the time unknown and so taken as any"),
    )
    said = [
        words for fields, unknown, words in known if unknown and (fields == "audience" or asked & {*fields.split()})
    ]
    return "".join(f", {words}" for words in said)
