"""Rules as their authors write them, without a file around them."""

from typing import Any

from policies.policy import Rule
from policies.schema import RuleTable


def rule(**fields: Any) -> Rule:
    """Return the rule that a `[[rule]]` with these fields makes; what every rule must have is filled in."""
    written = {"id": "r", "types": ["HKID"], "severity": "high", **fields}
    made: Rule = RuleTable.model_validate(written).rule()
    return made
