"""What `explain` does: one message in, and why it would or would not be nudged; values masked."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.yardstick import TOO_SLOW, Yardstick
from bot.errors import InputError
from detectors.errors import TooSlowError
from detectors.finding import Finding
from detectors.types import of
from policies.facts import Facts
from policies.policy import Policy


def run(yardstick: Yardstick) -> int:
    """Explain the message on standard input; returns the exit code. Raises InputError."""
    try:
        text = sys.stdin.buffer.read().decode("utf-8").rstrip("\n")
    except UnicodeDecodeError:
        raise InputError("standard input is not UTF-8 text; send one message as UTF-8") from None
    try:
        findings = yardstick.find(text)
    except TooSlowError:
        raise InputError(TOO_SLOW) from None
    console = Console()
    _show_findings(console, text, findings)
    _show_rules(console, yardstick.policy("", ""), findings)
    return 0


def masked(value: str, shown: int) -> str:
    """So many characters and the length, nothing else: enough for its author to know which value is meant."""
    return f"{value[:shown]}{'•' * (len(value) - shown)}"


def _show_findings(console: Console, text: str, findings: Sequence[Finding]) -> None:
    if not findings:
        console.print("Nothing was found.")
        return
    table = Table("type", "place", "masked", "score", "recognizer", "evidence", "traits", box=None, header_style="bold")
    for column in table.columns:
        column.overflow = "fold"
    for finding in findings:
        place = f"{finding.start}-{finding.end}"
        value = escape(masked(text[finding.start : finding.end], of(finding.type).shown))
        words = ", ".join(finding.evidence), ", ".join(sorted(finding.traits)) or "-"
        table.add_row(finding.type, place, value, f"{finding.score:.2f}", finding.recognizer, *words)
    console.print(table)


def _show_rules(console: Console, policy: Policy, findings: Sequence[Finding]) -> None:
    facts = Facts()
    decision = policy.decide(findings, facts)
    table = Table("rule", "severity", "verdict", box=None, header_style="bold", title_justify="left")
    for rule in policy.rules:
        reason = rule.why_silent(findings, facts)
        verdict = (
            "[dim]silent: " + escape(reason) + "[/dim]"
            if reason
            else ("[yellow]fires on trial[/yellow]: " if rule.mode == "simulate" else "[green]fires[/green]: ")
            + ", ".join(sorted(rule.effects))
        )
        table.add_row(rule.id, rule.severity, verdict)
    role = ", the sender's role unknown and so taken as any" if "sender_role" in policy.needs else ""
    console.print(f"\nPolicy {escape(policy.name)} ({policy.hash}), audience unknown and so taken as large{role}")
    console.print(table)
    console.print("The sender would be nudged." if "nudge" in decision.effects else "Nobody would be nudged.")
