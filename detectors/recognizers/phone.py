"""`PHONE_NUMBER`: Hong Kong numbers in every way of writing, and numbers of elsewhere.

The score says how sure it is that this is a telephone number; whose it is, is in the traits: `business` for lines
that a firm publishes, `own` for the sender's, `overseas`, `sample`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from detectors.fold import rows
from detectors.recognizers.phone_abroad import abroad
from detectors.recognizers.phone_edges import is_code, is_part_of_longer
from detectors.recognizers.phone_local import THEN, Local, locals_in
from detectors.recognizers.phone_shapes import FIXED, MOBILE, PLAUSIBLE, SERVICE, is_date, is_monotonous, is_span
from detectors.recognizers.phone_words import Verdict, is_listed, is_of_firm, judge
from detectors.recognizers.recognizer import NUMBER, ChatRecognizer, Match, Scan
from detectors.window import Cues, Places

_SHORT = re.compile(
    r"(?<![0-9a-z.,:/\-$+#])(?:999|112|992|1823|18111|187[ ]?8022|800[ ]?[0-9]{3}[ ]?[0-9]{3})(?![0-9%]|[.,:/\-][0-9])"
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s|<>]+")
_LINK_HINT = re.compile(r"http|www\.")
_MOST = 2_000
_WORDED = {MOBILE: 0.92, PLAUSIBLE: 0.75, FIXED: 0.6, SERVICE: 0.55}
_CODED = {MOBILE: 0.95, PLAUSIBLE: 0.9, FIXED: 0.7, SERVICE: 0.6}
_GROUPED = {MOBILE: 0.6, PLAUSIBLE: 0.55, SERVICE: 0.4, FIXED: 0.35}
_PLAIN = {MOBILE: 0.55, PLAUSIBLE: 0.52, SERVICE: 0.2, FIXED: 0.2}


class PhoneRecognizer(ChatRecognizer):
    """Finds telephone numbers and says whose they are."""

    entity = "PHONE_NUMBER"
    gate_pattern = rf"[0-9](?:{NUMBER.removeprefix('[0-9]')}|[0-9]{{3}}[ ,.…]{{0,3}}{THEN})"
    gate_literals = ("999", "112", "992", "1823", "18111", "187 8022", "1878022")

    def load(self) -> None:
        """Read the words that stand near numbers, and the lines that everybody may know."""
        self._cues = Cues.read("phone_words.tsv")
        self._public = frozenset(row[0] for row in rows("public_lines.tsv"))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each run of digits that may be a number; abroad first, whose tails look like local ones."""
        places = self._cues.places(scan.lower)
        taken: list[tuple[int, int]] = []
        for match in abroad(scan, places):
            taken.append((match.start, match.end))
            yield match
        yield from self._short(scan.lower, places)
        yield from self._local(scan, places, taken)

    def _short(self, lower: str, places: Places) -> Iterator[Match]:
        """Yield three digits and other short numbers of the public: only with a word for calling."""
        for number in _SHORT.finditer(lower):
            around = [*places.kinds_before(number.start(), 12), *places.kinds_after(number.end(), 4)]
            if {"dial", "business"} & set(around) and "other" not in around[:1]:
                digits = number.group().replace(" ", "")
                evidence = ("pattern", "public_line", "context_word")
                yield Match(number.start(), number.end(), 0.6, f"+852{digits}", frozenset({"business"}), evidence)

    def _local(self, scan: Scan, places: Places, taken: list[tuple[int, int]]) -> Iterator[Match]:
        judged = list(self._judged(scan, places, taken))
        lines = {_line(scan.lower, found) for found, _, score in judged if score >= 0.5}
        for found, verdict, score in judged:
            if (
                score < 0.5
                and not verdict.other
                and found.digits[0] in "56789"
                and _neighbours(scan.lower, found) & lines
            ):
                score = 0.55
            if score > 0.15:
                yield self._match(found, verdict, score)

    def _judged(
        self, scan: Scan, places: Places, taken: list[tuple[int, int]]
    ) -> Iterator[tuple[Local, Verdict, float]]:
        links = [link.span() for link in _LINK.finditer(scan.lower)] if _LINK_HINT.search(scan.lower) else []
        done, last, previous = 0, 0, Verdict()
        for found in islice(locals_in(scan.lower), _MOST):
            if found.start < done or _inside(taken, found) or (not found.link and _inside(links, found)):
                continue
            verdict = judge(places, scan.text, found.start, found.end)
            if not (verdict.telephone or verdict.other):
                if found.kind == FIXED and is_of_firm(places, found.start):
                    verdict = replace(verdict, firm=True)
                elif last and is_listed(scan.lower[last : found.start]):
                    verdict = replace(previous, own=previous.own or verdict.own)
            score = self._score(scan, found, verdict, places)
            if score <= 0.1:
                continue
            yield found, verdict, score
            done = found.end if score >= 0.5 else done
            last, previous = found.end, verdict

    def _score(self, scan: Scan, found: Local, verdict: Verdict, places: Places) -> float:
        kind = found.kind
        if found.link:
            return 0.95
        if is_monotonous(found.digits):
            return 0.1
        if found.code:
            return _CODED.get(kind, 0.5)
        labelled = any(
            cue in {"number", "phone", "own", "business", "home"} for cue in places.kinds_before(found.start, 2)
        )
        if is_code(scan.text, found.start, found.end, labelled=labelled):
            return 0.1
        if verdict.other:
            return 0.25
        if found.groups == (4, 4) and is_span(found.digits[:4], found.digits[4:]) and found.separators != " ":
            return 0.1
        if verdict.telephone:
            return self._worded(found, verdict)
        if is_date(found.digits) or is_part_of_longer(scan.text, found.start, found.end):
            return 0.1
        return _bare(scan, found, verdict)

    def _worded(self, found: Local, verdict: Verdict) -> float:
        if is_date(found.digits) and found.kind not in {FIXED, MOBILE}:
            return 0.1
        if found.kind == FIXED and verdict.private:
            return 0.75
        return _WORDED.get(found.kind, 0.5)

    def _match(self, found: Local, verdict: Verdict, score: float) -> Match:
        public = found.digits in self._public
        traits = set()
        if verdict.own:
            traits.add("own")
        if verdict.sample:
            traits.add("sample")
        if public or verdict.business or (found.kind != MOBILE and (verdict.firm or found.kind == SERVICE)):
            traits.add("business")
        return Match(
            found.start,
            found.end,
            max(score, 0.6) if public else score,
            f"+852{found.digits}",
            frozenset(traits),
            tuple(_evidence(found, verdict, public=public)),
        )


def _bare(scan: Scan, found: Local, verdict: Verdict) -> float:
    if verdict.firm and found.kind == FIXED:
        return 0.55
    if found.kind == MOBILE and len(scan.text.strip(" \n.,!?()")) <= found.end - found.start:
        return 0.7
    if found.groups == (8,):
        return _PLAIN.get(found.kind, 0.15)
    if found.groups == (4, 4):
        return _GROUPED.get(found.kind, 0.15)
    return 0.52 if found.kind == MOBILE and found.usual else 0.15


def _evidence(found: Local, verdict: Verdict, *, public: bool) -> Iterator[str]:
    yield "pattern"
    yield f"plan_{found.kind}"
    for code, holds in (
        ("country_code", found.code),
        ("link", found.link),
        ("context_word", verdict.telephone),
        ("other_number_word", verdict.other),
        ("public_line", public),
    ):
        if holds:
            yield code


def _inside(spans: list[tuple[int, int]], found: Local) -> bool:
    return any(start < found.end and found.start < end for start, end in spans)


def _line(lower: str, found: Local) -> int:
    return lower.count("\n", 0, found.start)


def _neighbours(lower: str, found: Local) -> set[int]:
    """A list: what stands on the next lines tells what an unlikely number is."""
    line = _line(lower, found)
    return {line - 1, line + 1}
