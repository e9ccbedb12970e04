"""Why a rule fired or stayed silent, in words for whoever edits the policy. Speaks of types, scores and traits only."""

from collections.abc import Sequence

from detectors.finding import Finding
from policies.policy import Facts, Rule, distinct


def why_silent(rule: Rule, findings: Sequence[Finding], facts: Facts) -> str:
    """The first condition of `rule` that `findings` and `facts` don't meet; empty when it fires."""
    typed = [finding for finding in findings if finding.type in rule.types]
    if not typed:
        return "nothing of its types was found"
    scored = [finding for finding in typed if finding.score >= rule.min_score]
    if not scored:
        return f"every score is below {rule.min_score:g}"
    counted = [finding for finding in scored if not _trait_obstacle(rule, finding)]
    if not counted:
        return _trait_obstacle(rule, scored[0])
    return _too_few(rule, counted) or (
        "" if rule.fires(findings, facts) else "the chat, the sender or the kind of post is not one of its own"
    )


def _trait_obstacle(rule: Rule, finding: Finding) -> str:
    if excluded := rule.traits_none & finding.traits:
        return f"it leaves out what is {' or '.join(sorted(excluded))}"
    if missing := rule.traits_all - finding.traits:
        return f"it wants the trait {' and '.join(sorted(missing))}"
    if rule.traits_any and not rule.traits_any & finding.traits:
        return f"it wants one of the traits {', '.join(sorted(rule.traits_any))}"
    return ""


def _too_few(rule: Rule, counted: Sequence[Finding]) -> str:
    values = distinct(counted)
    if sum(values.values()) < rule.min_count:
        return f"it wants {rule.min_count} values, there are {sum(values.values())}"
    if len(values) < rule.min_types:
        return f"it wants {rule.min_types} types, there are {len(values)}"
    if max(values.values()) < rule.min_people:
        return f"it wants {rule.min_people} people or rows, there may be {max(values.values())}"
    return ""
