"""Whose numbers they are, as far as a text says it plainly: one name, and several numbers in a row behind it.

A roster names somebody before each number, so anything but a label between two numbers ends the row. Without exactly
one name nothing is said, and each number counts for a person of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from detectors.finding import Finding
from detectors.types import TYPES

_NAME = "PERSON"
_SEVERAL = tuple(type_.name for type_ in TYPES if type_.several)

_LABELS = re.compile(
    r"(?:[\W\d_]|\b(?:mobiles?|cell|home|office|work|tel|telephone|phones?|numbers?|no|nos|line|fax|whatsapp|wechat|e?mails?"
    r"|private|personal|old|new|first|second|third|other|another|and|or|also|both|all|too|his|her|their|s|is|are|has|at"
    r"|he|she|they|call|reach|try|on|cards?|accounts?|address(?:es)?|HK|hong|kong|china|mainland)\b"
    r"|電話|电话|手提|手機|手机|公司|屋企|住宅|家|號碼|号码|另一?個|另外|或者|或|同埋|同|和|及|仲有|還有|还有|私人|辦公室|办公室"
    r"|傳真|传真|舊|旧|新|佢|他|她|的|嘅|係|是|又|都|有|打|電郵|邮箱|地址|卡|戶口|账户|香港|內地|大陆)*",
    re.IGNORECASE,
)


def belonging(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a text, those of one named person knowing that they are of the same person."""
    names = [finding for finding in findings if finding.type == _NAME]
    if len(findings) < 3 or len({name.key for name in names}) != 1:
        return tuple(findings)
    rows = {id(finding) for type_ in _SEVERAL for finding in _row(text, names[0], findings, type_)}
    return tuple(replace(finding, person=1) if id(finding) in rows else finding for finding in findings)


def _row(text: str, name: Finding, findings: Sequence[Finding], type_: str) -> list[Finding]:
    """Those of a type that follow the name, or each other, with labels between them alone."""
    row: list[Finding] = []
    end = name.end
    for finding in sorted(findings, key=lambda one: one.start):
        if finding.type == type_ and finding.start >= end:
            if not _LABELS.fullmatch(text, end, finding.start):
                break
            row.append(finding)
            end = finding.end
    return row
