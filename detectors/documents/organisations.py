"""What belongs to organisations in files: telephones of offices, accounts of suppliers, made-up people of training.

In a chat a fixed line beside a name may be somebody's home. In a file it is where they work, unless the file says
otherwise, names somebody right before it, or holds what only a file of somebody holds.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from detectors.documents.layout import SURE
from detectors.finding import Finding
from detectors.text.normalise import fold, fold_han
from detectors.types import of

_HOME = re.compile(
    fold_han(r"住宅|住家|家居|屋企|家中|宅電|家電話|緊急聯|親屬|家屬|家長|家裡")
    + r"|(?<![a-z])(?:home|residence|residential|emergency contact|next of kin|spouse|parents?|relatives?"
    r"|private|personal)(?![a-z])"
)
"""A label, or a line, that makes a home's line of it."""
_DESK = re.compile(
    fold_han(r"直線|內線|公司電話|辦公電話|辦公室電話|分機|座機|傳真|總機|熱線|查詢電話")
    + r"|(?<![a-z])(?:direct (?:line|no|number)|office (?:tel|phone|line|no)|ext|extension|desk|fax|general line)"
    r"(?![a-z])"
)
"""A label of a line at work."""
_LANDLINE = re.compile(r"(?:\+?86[ \-]?)?\(?0?(?:10|2[0-9]|[3-9][0-9]{2})\)?[ \-]?[2-8][0-9]{2,3}[ \-]?[0-9]{4}")
"""A fixed line of the mainland: a city's code, and a number that no mobile begins like."""
_FIRM = re.compile(
    fold_han(r"(?:公司|供應商|商戶|廠商|收款單位|客戶)(?:名稱)?: |有限公司|公司$|(?:廠|行|店)\n")
    + r"|(?:^|\n)(?:company|supplier|vendor|payee|merchant|contractor)(?: name)?: "
    r"|(?<![a-z])(?:ltd|limited|llp|plc)(?![a-z])"
)
"""A row, or a label in it, that names an organisation."""
_MADE_UP = re.compile(
    fold_han(r"虛構|杜撰|如有雷同|非真實(?:人物|個案|資料)|模擬個案")
    + r"|(?<![a-z])(?:fictitious|fictional|made up for (?:training|practice|teaching|this|the (?:exercise|course))"
    r"|(?:are|is) (?:all )?(?:made[ \-]up(?! of)|invented|imaginary))(?![a-z])"
)
"""A page that says of those in it that there are no such people."""
_REACHED = frozenset({"PHONE_NUMBER", "EMAIL_ADDRESS"})
"""What an office has, too: all else that is personal is told of somebody."""
_ACCOUNTS = frozenset({"BANK_ACCOUNT"})
NAMED, _NOBODYS = 0.7, 0.4
"""Scores: of a name that is hardly anything else, and of what is nobody's."""


def of_office(text: str, finding: Finding, beside: Sequence[Finding]) -> Finding:
    """Return the finding, with the trait `business` if it is a line at work; `beside` are all findings of the part."""
    if finding.type != "PHONE_NUMBER" or finding.traits & {"business", "own"}:
        return finding
    begin = text.rfind("\n", 0, finding.start) + 1
    line = fold(text[begin : finding.start]).lower()
    if _HOME.search(line):
        return finding
    named = any(one.type == "PERSON" and one.score >= SURE and begin <= one.start < finding.start for one in beside)
    fixed = "plan_fixed" in finding.evidence or bool(_LANDLINE.fullmatch(text, finding.start, finding.end))
    at_work = _DESK.search(line) if "plan_mobile" not in finding.evidence else None
    if at_work or (fixed and not named and not any(map(_is_private, beside))):
        return replace(finding, traits=finding.traits | {"business"})
    return finding


def of_organisation(row: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a row; an account in one that names an organisation and nobody is the organisation's."""
    types = {one.type for one in findings if one.type != "PERSON" or one.score >= NAMED}
    if "PERSON" in types or not types & _ACCOUNTS or not _FIRM.search(fold(row).lower()):
        return tuple(findings)
    return tuple(replace(one, score=min(one.score, _NOBODYS)) if one.type in _ACCOUNTS else one for one in findings)


def of_nobody_real(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a page, as samples where it says that those in it are made up."""
    if not findings or not _MADE_UP.search(fold(text).lower()):
        return tuple(findings)
    return tuple(replace(one, traits=one.traits | {"sample"}) for one in findings)


def _is_private(finding: Finding) -> bool:
    told = of(finding.type).personal and finding.type not in _REACHED
    return told and finding.score >= SURE and "business" not in finding.traits
