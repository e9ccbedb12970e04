"""`PHONE_NUMBER`: Hong Kong numbers in every way of writing, and numbers of elsewhere.

The score says how sure it is that this is a telephone number; whose it is, is in the traits: `business` for lines
that a firm publishes, `own` for the sender's, `overseas`, `sample`.
"""

import re
from collections.abc import Iterator
from functools import cache
from heapq import merge
from itertools import chain

from detectors.gate import FOUR_DIGITS
from detectors.lexicons import rows
from detectors.recognizers.phone.abroad import BEHIND_PLUS, abroad
from detectors.recognizers.phone.edges import is_code
from detectors.recognizers.phone.local import THEN, Local, halves_in, locals_in, mangled_in
from detectors.recognizers.phone.score import NOTHING, evidence, score
from detectors.recognizers.phone.shapes import FIXED, MOBILE
from detectors.recognizers.phone.short import MAINLAND, short_in
from detectors.recognizers.phone.spoken import HALVES, spoken_in
from detectors.recognizers.phone.trunk import trunk_in
from detectors.recognizers.phone.whose import settled, whose
from detectors.recognizers.phone.words import Kinship, but, is_labelled, is_listed, judge
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.recognizers.spelled import PAIRS, TWINS
from detectors.text.spans import Spans
from detectors.text.window import Cues, Places

__all__ = ["PhoneRecognizer"]

_LINK = re.compile(r"(?:https?://|www\.)[^\s|<>]+")
_LINK_HINT = re.compile(r"http|www\.")
_SERIES = 40
"""Characters between two numbers of one kind that begin alike: two readings of a meter, two serial numbers."""
_PLAIN_GAP = re.compile(r"[ ,;/]*(?:\([a-z ]{1,12}\))?[ ,;/]*").fullmatch
_IN_VAIN = 15
"""So many times as many numbers in a row as are asked for, and none of them is a telephone's: nor are those behind."""
Judged = tuple[Local, Kinship, float]


class PhoneRecognizer(ChatRecognizer):
    """Finds telephone numbers and says whose they are."""

    entity = "PHONE_NUMBER"
    gate_first = FOUR_DIGITS
    gate_pattern = (
        r"[0-9](?<![0-9].)(?:(?:[ \t\n.\-()]{0,3}[0-9oil]){7}"
        rf"|(?:{BEHIND_PLUS})(?:[ \t\n.\-()]{{0,3}}[0-9]){{5}}|[0-9]{{3}}[ ,.…]{{0,3}}{THEN}"
        r"|[0-9],[0-9]{3},[0-9]{3}(?![0-9,])|(?<=9)(?<![0-9].)5[0-9]{3}(?![0-9]))"
    )
    gate_literals = (*PAIRS, *TWINS, *HALVES, "九九九", "一八二三")
    gate_words = ("999", "112", "992", "1823", "18111", "187 8022", "1878022", *MAINLAND)
    examples = (
        "call me at «9123 4567»",
        "wa.me/«85291234567»",
        "Singapore «+65 9123 4567», back on Friday",
        "PCPD hotline «2827 2827»",
        "phone «8112 3456», «3712 3456», «9123 4567», «8001 2345», «5812 3456», «2012 3456»",
        "佢電話 «9123 4567»",
        "電話例如 4601 2345",
        "order 9123 4567",
        "IP 192.168.1.100 port 9200 1234",
        "meeting on 20261122",
        "單號61234567到咗未",
        "call Ken «91234567».docx",
        "report_12345678.pdf",
    )

    def load(self) -> None:
        """Read the words that stand near numbers, and the lines that everybody may know."""
        self._cues = _cues()
        self._public = frozenset(number for number, _ in rows("public_lines.tsv", "number", "whose"))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each run of digits that may be a number; abroad first, whose tails look like local ones."""
        places = scan.places(self._cues)
        taken = Spans()
        for match in chain(abroad(scan, places), trunk_in(scan, places), short_in(scan, places)):
            taken.add(match.start, match.end)
            yield match
        yield from self._local(scan, places, taken)

    def _local(self, scan: Scan, places: Places, taken: Spans) -> Iterator[Match]:
        """Yield the local numbers; in a list, a sure one lends credit to unlikely ones on the lines beside it.

        Of the unsure ones no more than are asked for: a hostile text has hundreds.
        """
        judged = list(_judged(scan, places, taken))
        lines = {scan.lines.number(found.start) for found, _, alone in judged if alone >= 0.5}
        unsure = scan.most
        for found, verdict, alone in judged:
            doubtful = alone < 0.5 and not verdict.other and found.digits[0] in "56789"
            listed = doubtful and bool(lines) and _is_beside(lines, scan.lines.number(found.start))
            sureness = 0.55 if listed else alone
            if sureness <= 0.15:
                continue
            if sureness < 0.5 and found.digits not in self._public:
                unsure -= 1
                if unsure < 0:
                    continue
            yield self._match(found, verdict, sureness)

    def _match(self, found: Local, verdict: Kinship, sureness: float) -> Match:
        public = found.digits in self._public
        return Match(
            found.start,
            found.end,
            max(sureness, 0.6) if public else sureness,
            f"+852{found.digits}",
            whose(verdict, fixed=found.kind != MOBILE, public=public),
            tuple(evidence(found, verdict, public=public)),
        )


def _judged(scan: Scan, places: Places, taken: Spans) -> Iterator[Judged]:
    lower = scan.lower
    links = Spans(link.span() for link in _LINK.finditer(lower)) if _LINK_HINT.search(lower) else Spans()
    done, last, sure, like = 0, 0, 0, ""
    previous: Kinship | None = None
    in_vain = _IN_VAIN * scan.most
    free = not (taken or links)
    for found in _in_order(lower):
        if found.start < done or not (free or _is_free(found, taken, links)):
            continue
        gap = lower[last : found.start] if previous else ""
        listed = previous is not None and is_listed(gap)
        if not listed and _is_code(scan, found, places):
            continue
        in_vain -= 1
        if in_vain < 0:
            return
        verdict = _verdict(scan, found, places)
        if previous and not (verdict.telephone or verdict.other):
            series = not listed and previous.other and _is_in_series(gap, alike=found.digits[:2] == like)
            verdict = _carried(previous, verdict, listed=listed and not verdict.firm, series=series)
        sureness = score(scan, places, found, verdict)
        if sureness <= NOTHING or (listed and _is_glued(scan, found, labelled=verdict.labelled)):
            continue
        yield found, verdict, sureness
        last, previous, like = found.end, verdict, found.digits[:2]
        if sureness >= 0.5:
            done, sure, in_vain = found.end, sure + 1, _IN_VAIN * scan.most
        if sure == scan.most:
            return


def _is_free(found: Local, taken: Spans, links: Spans) -> bool:
    """Tell whether the digits belong to no number that was found before, and to no link but one that dials."""
    return not taken.touch(found.start, found.end) and (found.link or not links.touch(found.start, found.end))


def _carried(previous: Kinship, verdict: Kinship, *, listed: bool, series: bool) -> Kinship:
    """Return what is said of a number that has no words of its own: what was said of the one before it in a list."""
    if listed:
        return but(previous, own=True) if verdict.own and not previous.own else previous
    return but(verdict, other=True) if series else verdict


def _in_order(lower: str) -> Iterator[Local]:
    """Yield what may be a number, in order of place, however it is written; plain digits are what most texts hold."""
    mangled, *said = map(list, (mangled_in(lower), halves_in(lower), *spoken_in(lower)))
    if not (mangled or any(said)):
        return locals_in(lower)
    return merge(mangled, locals_in(lower), *said, key=lambda found: found.start)


def _is_in_series(gap: str, *, alike: bool) -> bool:
    """Tell whether two numbers are of one kind: they begin alike, or hardly anything stands between them."""
    if "\n" in gap:
        return False
    return len(gap) <= _SERIES if alike else bool(_PLAIN_GAP(gap))


def _is_code(scan: Scan, found: Local, places: Places) -> bool:
    """Tell early what scores nothing in any case: most long numbers of chat are codes, and words take time to read."""
    if not _is_glued(scan, found, labelled=False):
        return False
    return not is_labelled(places, found.start) or is_code(scan.text, found.start, found.end, labelled=True)


def _is_glued(scan: Scan, found: Local, *, labelled: bool) -> bool:
    """Tell whether the digits are a part of something else, where nothing about them says that they are a number."""
    sure = found.code or found.link or found.mangled
    return not sure and is_code(scan.text, found.start, found.end, labelled=labelled)


def _verdict(scan: Scan, found: Local, places: Places) -> Kinship:
    """Read the words around a number; for a fixed line also whether a firm, or nobody at all, is spoken of."""
    verdict = judge(scan, places, found.start, found.end)
    if not verdict.telephone:
        heading = scan.once(_headings).get(found.start)
        if heading == "other":
            return but(verdict, other=True)
        verdict = but(verdict, telephone=True, other=False) if heading else verdict
    return settled(scan, places, found.start, verdict) if found.kind == FIXED else verdict


def _headings(scan: Scan) -> dict[int, str]:
    """Return where the cells begin that stand under a heading, and whether it is one of telephones."""
    return dict.fromkeys(_headed_otherwise(scan), "other") | dict.fromkeys(_headed(scan), "telephone")


def _headed(scan: Scan) -> frozenset[int]:
    """Return where the cells begin that stand under a heading for telephones."""
    places = scan.places(_cues())

    def heads(start: int, end: int) -> bool:
        kinds = {kind for kind, _, _ in places.within(start, end)}
        return bool(kinds & {"phone", "home", "business"}) and not kinds & {"other", "firm"}

    return scan.table.cells_under(heads) if places.anywhere("phone", "home", "business") else frozenset()


def _headed_otherwise(scan: Scan) -> frozenset[int]:
    """Return where the cells begin that stand under a heading for other numbers: codes, orders, amounts."""
    places = scan.places(_cues())

    def heads(start: int, end: int) -> bool:
        kinds = {kind for kind, _, _ in places.within(start, end)}
        return bool(kinds & {"other", "unit"}) and not kinds & {"phone", "home", "business"}

    return scan.table.cells_under(heads) if places.anywhere("other", "unit") else frozenset()


@cache
def _cues() -> Cues:
    return Cues.read("phone_words.tsv")


def _is_beside(lines: set[int], line: int) -> bool:
    return line - 1 in lines or line + 1 in lines
