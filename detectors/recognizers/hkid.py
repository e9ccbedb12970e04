"""`HKID`: Hong Kong identity card numbers, one or two letters, six digits and a check character.

Only a right check character makes a finding of 0.5 or more; a wrong one, a hidden one or none never does, whatever the
words around it. Unbracketed numbers pass the check by chance once in eleven, so words near them decide more.
"""

import re
from collections.abc import Iterator
from itertools import islice

from detectors.gate import FOUR_DIGITS
from detectors.lexicons import rows
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.recognizers.sample import ASIDE, SAMPLE, card_counts_up, shows
from detectors.recognizers.spelled import PAIRS, WORD, spell
from detectors.text.file_names import ENDING
from detectors.text.sentences import joined
from detectors.text.window import Cues, Places

_GAP = r"[ \t.\-]{0,2}\n?[ \t]?"
_BEHIND_LETTER = "|".join(r"(?<=[a-z]" + r"[ \t.\-]" * gaps + ".)" for gaps in range(3))
_BEHIND_LOOKALIKE = "|".join("(?<=[oil]" + r"[ \t.\-\n]" * gaps + ".)" for gaps in range(5))
"""For the gate: a digit behind the letters of a number, or behind one of its digits that is written as a letter."""
_OPEN = r"\(?(?:(?:open |in )?brackets?|check digit(?: is)?|開?括[號弧]?)|\("
_SHAPE = re.compile(
    r"(?<![a-z0-9])(?P<glued>hkid|hkic|id|no|is)?(?P<prefix>[a-z]{1,2})(?P<gap>[ \t.\-]{0,2})"
    rf"(?P<body>[0-9oil](?:{_GAP}[0-9oil]){{5}})"
    rf"(?:[ \t\n\-/.,]{{0,3}}(?P<open>{_OPEN})[ \t]?(?P<bracketed>[0-9aoil*x#?•●○□])(?:[ \t]?\))?"
    r"|[ \t\-/.]{0,3}(?P<plain>[0-9aoil])(?![a-z0-9*#•●])(?!\([0-9a]\))"
    r"|(?P<none>(?![a-z0-9*#•●])))"
)
_DICTATED = re.compile(
    rf"(?<![a-z])(?P<prefix>[a-z](?: ?[a-z])?)[ ,]{{1,2}}(?P<body>{WORD}(?:[ ,]{{1,2}}{WORD}){{2,5}})"
    rf"[ ,]{{1,2}}(?:(?:open |in )?brackets?|check digit)(?: is)?[ ,]{{1,2}}(?P<check>{WORD}|a)(?![a-z])"
)
"""A number that was dictated: d seven zero zero four double eight bracket six."""
_BEFORE_CHECK = ("bracket", "check digit")
"""What stands before the check digit of one, and in few other texts."""
_WORD_PREFIXES = frozenset(
    {"ah", "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "hk", "id", "if", "in", "is", "it", "me", "my"}
    | {"no", "of", "ok", "on", "or", "pm", "po", "so", "to", "up", "us", "we"}
)
"""Words, not letters of a number, when they stand before one."""
MOST_SHAPES = 1_500
"""Places of that shape that are looked at in one text."""
_DIGITS = str.maketrans("oil", "011")
_MASKS = "*x#?•●○□"
_NAME_BEFORE, _NAME_AFTER = frozenset("#@/=_"), re.compile(f"@|{ENDING}")
"""What makes an unbracketed number a tag, a link, an address or a file rather than a card's number."""
_DIGIT = re.compile("[0-9]")
_HEAD = 48
"""A number begins at most so many characters before its first digit, however many of its digits are letters."""
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
_BEFORE, _AFTER = 24, 14
_SAMPLES = frozenset({"sample", "unreal"})
_APART = re.compile(r"(?:^|[^a-z])[a-z] $|^[a-z] $")
"""The first of two letters that were dictated one by one: E C 123456 (7)."""
_BODY = 6
"""Digits between the letters and the check digit."""


def check_character(body: str) -> str:
    """Return the check character, 0-9 or A, of a number's letters (upper case) and six digits."""
    values = [36 if char == " " else int(char, 36) for char in body.rjust(8)]
    rest = -sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=True)) % 11
    return "A" if rest == 10 else str(rest)


class HkidRecognizer(ChatRecognizer):
    """Finds identity card numbers, however they are typed."""

    entity = "HKID"
    gate_first = FOUR_DIGITS
    gate_pattern = (
        rf"[0-9](?<=[a-z \t.\-\n].)(?:(?:{_BEHIND_LETTER})(?:{_GAP}[0-9oil]){{5}}"
        rf"|(?:{_BEHIND_LOOKALIKE})(?:{_GAP}[0-9oil]){{3}})"
    )
    gate_literals = PAIRS
    examples = (
        "please add my HKID «A123456(3)» to the form",
        "id no «G123456A» for the visa",
        "her HKID is «XK1234565»",
        "陳小姐身份證號碼係«Z683365(A)»，麻煩登記",
        "身份證«A一二三四五六（三）»",
        "格式例如 A123456(3)",
        "HKID A123456(7)",
        "ID no A123456(*)",
        "HKID: A123456",
        "order no. A1234563",
        "身份證A123456(8)，打錯咗",
    )

    def load(self) -> None:
        """Read the prefixes in use and the words that stand near numbers."""
        self._issued = frozenset(prefix for prefix, _ in rows("hkid_prefixes.tsv", "prefix", "first issued to"))
        self._cues = Cues.read("hkid_words.tsv")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each place of that shape; its score tells a number from a look-alike."""
        first = _DIGIT.search(scan.lower)
        head = max(0, first.start() - _HEAD) if first else len(scan.lower)
        for shape in islice(_SHAPE.finditer(scan.lower, head), MOST_SHAPES):
            body = shape["body"]
            if not body.isdigit() and sum(char.isdigit() for char in body) < 4:
                continue
            match = self._match(shape, scan)
            if match:
                yield match
        yield from self._dictated(scan)

    def _dictated(self, scan: Scan) -> Iterator[Match]:
        """Yield the numbers that were dictated in words: only with the right check digit."""
        if not any(word in scan.lower for word in _BEFORE_CHECK):
            return
        for said in islice(_DICTATED.finditer(scan.lower), MOST_SHAPES):
            digits = spell(said["body"].replace(",", " ").split())
            check = "A" if said["check"] == "a" else spell([said["check"]])
            for prefix in (said["prefix"].replace(" ", ""), said["prefix"][-1]):
                if len(digits) == _BODY and check == check_character(prefix.upper() + digits):
                    start = said.end("prefix") - len(said["prefix"] if len(prefix) > 1 else prefix)
                    codes = ("pattern", "check_digit", "bracket")
                    yield Match(start, said.end(), 0.95, prefix.upper() + digits + check, frozenset(), codes)
                    break

    def _match(self, shape: re.Match[str], scan: Scan) -> Match | None:
        prefix = shape["prefix"].upper()
        body = shape["body"]
        digits = body if body.isdigit() else "".join(char for char in body.translate(_DIGITS) if char.isdigit())
        check = (shape["bracketed"] or shape["plain"] or "").translate(_DIGITS).upper()
        if not shape["body"][0].isdigit() and not check.isdigit():
            return None
        start, end = shape.start("prefix"), shape.end()
        kinds = _kinds(scan, scan.places(self._cues), start, end)
        if shape["plain"] and _is_name(scan.lower, start, end):
            kinds.add("other")
        right = check == check_character(prefix + digits)
        if len(prefix) == 1 and shape["open"] and _APART.match(scan.lower, max(0, start - 3), start):
            wider = scan.lower[start - 2].upper() + prefix
            if check == check_character(wider + digits):
                start, prefix, right = start - 2, wider, True
        score = self._score(shape, kinds, right=right)
        if "sample" in kinds:
            score = min(score, SAMPLE)
        if score <= 0.1:
            return None
        evidence = tuple(self._evidence(shape, kinds, check, right=right))
        traits = frozenset(kinds & {"sample", "own"})
        return Match(start, end, score, prefix + digits + check, traits, evidence)

    def _score(self, shape: re.Match[str], kinds: set[str], *, right: bool) -> float:
        """Score a shape: the table of the page on recognizers, in code."""
        known = shape["prefix"].upper() in self._issued
        meant = "id" in kinds
        if not right:
            return _unproven(shape, meant=meant)
        if not known and shape["prefix"] in _WORD_PREFIXES:
            return 0.1
        if shape["open"]:
            score = (0.99 if meant else 0.95) if known else (0.92 if meant else 0.6)
        elif known:
            score = 0.92 if meant else 0.6
        else:
            score = 0.55 if meant else 0.2
        if "other" in kinds and not meant:
            return score * 0.6 if shape["open"] else min(score, 0.3)
        return score

    def _evidence(self, shape: re.Match[str], kinds: set[str], check: str, *, right: bool) -> Iterator[str]:
        yield "pattern"
        yield "prefix_known" if shape["prefix"].upper() in self._issued else "prefix_unknown"
        if not check:
            yield "no_check_digit"
        elif check.lower() in _MASKS:
            yield "check_digit_masked"
        else:
            yield "check_digit" if right else "check_digit_wrong"
        if shape["open"]:
            yield "bracket"
        if "id" in kinds:
            yield "context_word"
        if "other" in kinds:
            yield "other_number_word"
        if "sample" in kinds:
            yield "sample"


def _is_name(lower: str, start: int, end: int) -> bool:
    return lower[start - 1 : start] in _NAME_BEFORE or bool(_NAME_AFTER.match(lower, end))


def _unproven(shape: re.Match[str], *, meant: bool) -> float:
    if shape["open"]:
        return 0.45 if meant else 0.4
    if meant:
        return 0.4
    return 0.15 if shape["plain"] else 0.1


def _kinds(scan: Scan, places: Places, start: int, end: int) -> set[str]:
    """Return the kinds that hold for a number: the nearest of `id` and `other` in its clause, and the free ones."""
    lower = scan.lower
    kinds: set[str] = set()
    if places.anywhere("unreal") and card_counts_up(scan, start):
        kinds.add("sample")
    for kind, _, word_end in places.before(start, _BEFORE):
        if kind == "apart":
            continue
        decided = kind in {"id", "other"} and kinds & {"id", "other"}
        if decided or (kind == "other" and not joined(lower, word_end, start)):
            continue
        if kind in _SAMPLES:
            kinds.update({"sample"} if shows(scan, word_end, start) else ())
            continue
        kinds.add(kind)
        if kind == "own":
            kinds.add("id")
    for kind, word_start, _ in places.after(end, _AFTER):
        within = joined(lower, end, word_start)
        if kind == "unreal" and (within or word_start - end <= ASIDE):
            kinds.add("sample")
        elif kind not in {"other", "unreal"} and within:
            kinds.add(kind)
    return kinds
