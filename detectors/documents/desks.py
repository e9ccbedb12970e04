"""Telephones of offices in files: directories, signatures of mails, letterheads.

In a chat a fixed line beside a name may be somebody's home. In a file it is where they work, unless the file says
otherwise, or holds what only a file of somebody holds.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from detectors.finding import Finding
from detectors.text.normalise import fold, fold_han
from detectors.types import of

_HOME = re.compile(
    fold_han(r"住宅|住家|家居|屋企|家中|宅電|家電話|緊急|親屬|家屬|家長|家裡")
    + r"|(?<![a-z])(?:home|residence|residential|emergency|next of kin|spouse|parents?|relatives?|private|personal)"
    r"(?![a-z])"
)
"""A label, or a line, that makes a home's line of it."""
_DESK = re.compile(
    fold_han(r"直線|內線|公司電話|辦公電話|辦公室電話|分機|座機|傳真|總機|熱線|查詢電話")
    + r"|(?<![a-z])(?:direct (?:line|no|number)|office (?:tel|phone|line|no)|ext|extension|desk|fax|general line)"
    r"(?![a-z])"
)
"""A label of a line at work."""
_REACHED = frozenset({"PHONE_NUMBER", "EMAIL_ADDRESS"})
"""What an office has, too: all else that is personal is told of somebody."""
_SURE = 0.5


def of_office(text: str, finding: Finding, beside: Sequence[Finding]) -> Finding:
    """Return the finding, with the trait `business` if it is a line at work; `beside` are all findings of the part."""
    if finding.type != "PHONE_NUMBER" or finding.traits & {"business", "own"}:
        return finding
    line = fold(text[text.rfind("\n", 0, finding.start) + 1 : finding.start]).lower()
    if _HOME.search(line):
        return finding
    fixed = "plan_fixed" in finding.evidence
    at_work = _DESK.search(line) if "plan_mobile" not in finding.evidence else None
    if at_work or (fixed and not any(_is_private(one) for one in beside)):
        return replace(finding, traits=finding.traits | {"business"})
    return finding


def _is_private(finding: Finding) -> bool:
    told = of(finding.type).personal and finding.type not in _REACHED
    return told and finding.score >= _SURE and "business" not in finding.traits
