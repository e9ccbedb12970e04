"""Pages that are known by their layout: identity cards of Hong Kong, passports, sick-leave certificates.

What stands on them counts even where a number can't be read: a photo of a card is a leak with a finger on its digits.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from detectors.documents import mrz
from detectors.documents.document import PartKind
from detectors.finding import Finding
from detectors.text.normalise import fold

SURE = 0.5
"""Findings with a lower score count for nobody."""


def _pattern(written: str) -> re.Pattern[str]:
    """Compile a pattern for folded, lower-case texts: its Chinese words are folded like theirs."""
    return re.compile("".join(fold(char) if char > "\x7f" else char for char in written))


_CARD_TITLE = _pattern(
    r"香港永?久?性?居民身份證|香港身份證|香港.{0,4}居民.{0,2}份證"
    r"|hong ?kong ?(?:permanent )?ident[il1]ty ?card|permanent ?ident[il1]ty ?card"
)
_CARD_SIGNS = (
    _pattern(r"date ?of ?birth|出生日期"),
    _pattern(r"date ?of ?issue|簽發日期"),
    _pattern(r"(?<!\d)\d{4}[ \t]\d{4}[ \t]\d{4}(?:[ \t]\d{4})?(?!\d)"),
    _pattern(r"\*{2,3} ?[a-z]{1,2}(?![a-z])|(?<![a-z])[a-z]{1,2} ?\*{3}"),
    _pattern(r"\(\d\d-\d\d\)"),
    _pattern(r"(?<![a-z0-9])[a-z]{1,2}\d{6} ?\([0-9a]\)"),
    _pattern(r"[男女] ?[mf](?![a-z])"),
)
_CERTIFICATE_TITLE = _pattern(
    r"(?:sick[ \-]?leave|medical|doctor'?s?) ?certificate|certificate of (?:sick leave|attendance|medical)"
    r"|certificat\w* ?for ?sick"
    r"|病假(?:證明|紙|書)|醫生(?:證明|紙)|醫療(?:證明|證書)|診斷(?:證明|書)|疾病證明|到診(?:證明|紙)|應診(?:證明|紙)"
)
_CERTIFICATE_SIGNS = (
    _pattern(r"(?:this is to )?certif(?:y|ies|ied) that|茲證明|特此證明|證明.{0,12}(?:先生|女士|小姐)"),
    _pattern(r"diagnos[ie]s|suffer(?:s|ing|ed)? from|nature of illness|診斷|病症|病因|患有|因患|患上"),
    _pattern(r"sick leave|unfit for|not fit for|rest for|days? ?\(?s?\)? ?(?:from|leave)|休息|病假"),
    _pattern(r"patient|registered medical practitioner|m\.?b\.?,? ?b\.?s|clinic|hospital"),
    _pattern(r"病人|求診者|註冊(?:西|中)?醫|診所|醫院"),
)
_DIAGNOSIS = _pattern(
    r"(?:diagnos[ie]s(?: of)?|suffer(?:s|ing|ed)? from|nature of illness|診斷(?:結果)?|病症|病因|病名|患有|因患|患上)"
    r"[ \t:.=\-]*\n?[ \t]*(?P<said>[^\n]{2,80})"
)
_BLANK = _pattern(r"[\s_.*/\\()□x\-]*(?:\(?(?:please specify|if any|請註明|如有)\)?)?[\s_.\-]*")
_LABEL = _pattern(
    r"(?:name|date|days?|from|to|period|doctor|signature|姓名|日期|日數|由|至|醫生|簽署|remarks?|備註)(?![a-z])"
)
_SAMPLE = _pattern(
    r"(?<![a-z])(?:specimen|sample|template|mock-?up|for illustration)(?![a-z])"
    r"|樣本|樣辦|樣板|範本|示範|式樣|模板"
)
_LOGGED = re.compile(
    r".{0,3}\d{4}-\d\d-\d\d[t ]\d\d:\d\d\S*\s.{0,60}?\b(?:trace|debug|info|notice|warn(?:ing)?|error|critical|fatal)\b"
)
"""A line that a program wrote: a time, and how grave it is."""
_MEANT = frozenset({"context_word", "country_code", "link"})
"""Evidence that a number is somebody's telephone, and no count of requests."""
_CODE = re.compile(r"\w ?={1,3} ?[\"']|[\"']\w+[\"'] ?:|(?:\A|\n)[ \t]*(?:assert|def|return|const|let|var) ")
_TRIED = re.compile(r"(?<![a-z])(?:tests?|assert|mock|fake|dummy|foo|sample|example|john doe|jane doe)(?![a-z])")
"""A line of a program, and that it is one which tries something out."""
_GAP = re.compile(r"_{3,}|\.{5,}|…{2,}|□{2,}|\[(?:name|date|amount|address|hkid|position|title)\]")
_GAPS = 3
"""Places left to be filled in, and how many make a form."""
_FOR_EXAMPLE = _pattern(r"(?<![a-z])(?:examples?|e\.g|eg)(?![a-z])|例如|示例|範例|例子|^例[:：]")
_TOTAL = _pattern(r"(?<![a-z])(?:sub-?)?total(?![a-z])|合計|總計|總數|總額")
_PRICE = re.compile(r"(?<![\d,.])\$? ?\d{1,5}\.\d\d?(?![\d.])(?=\s*(?:\n|\Z))")
_PRICES = 3
"""Lines that end with a price, and how many make a receipt."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page is, and the findings on it, what its layout says put in."""

    kind: PartKind | None
    findings: tuple[Finding, ...]


def known(text: str, findings: Sequence[Finding]) -> Layout:
    """Look at a page (or a piece of it) with what was found in it."""
    lower = fold(text).lower()
    findings = [one for one in findings if not _counted(lower, one) and not _tried(lower, one, findings)]
    findings = [_of_shop(lower, one) for one in _filled_in(lower, findings)]
    sample = frozenset({"sample"}) if _SAMPLE.search(lower) else frozenset[str]()
    for kind, look in _LOOKS:
        found = look(lower, text, findings, sample)
        if found is not None:
            return Layout(kind, found)
    return Layout(None, tuple(findings))


def _counted(lower: str, finding: Finding) -> bool:
    """Whether it is a bare number in the log of a program."""
    if finding.type != "PHONE_NUMBER" or _MEANT.intersection(finding.evidence):
        return False
    return bool(_LOGGED.match(lower, lower.rfind("\n", 0, finding.start) + 1, finding.start))


def _tried(lower: str, finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether it stands in a line of a program that tries something out, with nobody's name in it."""
    begin, end = lower.rfind("\n", 0, finding.start) + 1, lower.find("\n", finding.end)
    line = lower[begin : end if end >= 0 else len(lower)]
    if not _CODE.search(line) or not _TRIED.search(line):
        return False
    return not any(_is_person(one) and begin <= one.start < begin + len(line) for one in findings)


def _filled_in(lower: str, findings: Sequence[Finding]) -> Sequence[Finding]:
    """Leave out what a form says of whoever it will name; a number that shows how to fill it in is a sample."""
    if len(_GAP.findall(lower)) < _GAPS or any(map(_is_person, findings)):
        return findings
    return [_shown(lower, one) for one in findings if one.type != "PERFORMANCE_TALK"]


def _shown(lower: str, finding: Finding) -> Finding:
    line = lower[lower.rfind("\n", 0, finding.start) + 1 : finding.start]
    return replace(finding, traits=finding.traits | {"sample"}) if _FOR_EXAMPLE.search(line) else finding


def _is_person(finding: Finding) -> bool:
    return finding.type == "PERSON" and finding.score >= SURE


def _of_shop(lower: str, finding: Finding) -> Finding:
    """A telephone on a receipt, above what was bought, is the shop's."""
    if finding.type != "PHONE_NUMBER" or "plan_fixed" not in finding.evidence:
        return finding
    total = _TOTAL.search(lower, finding.end)
    shop = total and sum(1 for _ in _PRICE.finditer(lower, finding.end)) >= _PRICES
    return replace(finding, traits=finding.traits | {"business"}) if shop else finding


Found = tuple[Finding, ...] | None


def _card(lower: str, _text: str, findings: Sequence[Finding], sample: frozenset[str]) -> Found:
    signs = sum(bool(sign.search(lower)) for sign in _CARD_SIGNS)
    titled = bool(_CARD_TITLE.search(lower))
    if signs + 2 * titled < 4 or signs < 2:
        return None
    if _counts(findings, "HKID"):
        return _with(findings, "HKID", "card_layout", 0.99)
    return (*findings, _finding("HKID", 0, 0, 0.85, "card_layout", sample))


def _passport(_lower: str, text: str, findings: Sequence[Finding], sample: frozenset[str]) -> Found:
    read = mrz.read(text)
    if read is None:
        return None
    taken = [one for one in findings if not (one.start < read.end and one.end > read.start)]
    found = [_finding("HK_PASSPORT", read.start, read.end, 0.98, "mrz", sample)]
    if read.born:
        found.append(_finding("DATE_OF_BIRTH", read.start, read.end, 0.9, "mrz", sample))
    return (*taken, *found)


def _certificate(lower: str, _text: str, findings: Sequence[Finding], sample: frozenset[str]) -> Found:
    signs = sum(bool(sign.search(lower)) for sign in _CERTIFICATE_SIGNS)
    if not _CERTIFICATE_TITLE.search(lower) or signs < 2:
        return None
    if _counts(findings, "MEDICAL_TERM"):
        return tuple(_of_patient(one) for one in _with(findings, "MEDICAL_TERM", "certificate", 0.95))
    said = _DIAGNOSIS.search(lower)
    if said is None or _BLANK.fullmatch(said["said"]) or _LABEL.match(said["said"]) or not _has_person(findings):
        return None
    return (*findings, _finding("MEDICAL_TERM", *said.span("said"), 0.85, "certificate", sample))


_LOOKS: tuple[tuple[PartKind, Callable[[str, str, Sequence[Finding], frozenset[str]], Found]], ...] = (
    (PartKind.PASSPORT, _passport),
    (PartKind.CARD, _card),
    (PartKind.CERTIFICATE, _certificate),
)


def _of_patient(finding: Finding) -> Finding:
    """An illness on a certificate is the patient's, also where nobody in particular is named beside it."""
    if "certificate" not in finding.evidence:
        return finding
    return replace(finding, traits=finding.traits - {"own"} | {"another"})


def _counts(findings: Sequence[Finding], type_: str) -> bool:
    return any(one.type == type_ and one.score >= SURE for one in findings)


def _has_person(findings: Sequence[Finding]) -> bool:
    return any(one.type in ("PERSON", "HKID", "DATE_OF_BIRTH") and one.score >= SURE for one in findings)


def _with(findings: Sequence[Finding], type_: str, evidence: str, score: float) -> tuple[Finding, ...]:
    """The same findings; those of a type are surer, and know why."""
    return tuple(
        replace(one, score=max(one.score, score), evidence=(*one.evidence, evidence))
        if one.type == type_ and one.score >= SURE
        else one
        for one in findings
    )


def _finding(type_: str, start: int, end: int, score: float, evidence: str, traits: frozenset[str]) -> Finding:
    return Finding(type_, start, end, score, "PageLayout", traits, (evidence,))
