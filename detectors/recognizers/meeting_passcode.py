"""`MEETING_PASSCODE`: what opens an online meeting to anybody: a link with its passcode in it, or a passcode beside it.

A link or a meeting's number alone is none: whoever follows it still has to know the passcode, or is let in by hand.
What links look like: Zoom's `pwd=` (its setting "Embed passcode in invite link"), and the `p=` of Teams' short links.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.normalise import fold_han
from detectors.text.window import Cues, Places

_HOSTS = (
    r"zoom\.(?:us|com)|zoomgov\.com|teams\.(?:microsoft|live)\.com|webex\.com|voovmeeting\.com|meeting\.tencent\.com"
    r"|meet\.google\.com"
)
_LINK = re.compile(rf"(?<![a-z0-9-])(?:{_HOSTS})/[!#-+\--:=?-{{}}~]{{1,800}}")
_AHEAD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-:/")
_LONGEST_HEAD = 60
"""Characters of a link before its host: https and the name of an organisation."""
_IN_LINK = re.compile(
    r"[?&#](?:pwd|passcode|password)=([^&#]{4,200})|/meet/[0-9]{8,16}\?(?:[^#]{0,60}&)?p=([^&#]{4,200})"
)
_MEET = "meet.google.com/"
_BEHIND = re.compile(
    fold_han(
        r"(?:[ \t]?\([^()\n]{1,40}\))?[ \t]{0,3}((?:(?:is|係|是|為|[:=>-])[ \t]{0,3}){0,2})\n?[ \t]{0,3}"
        r"([0-9]{2,4}(?: [0-9]{2,4}){1,3}(?![a-z0-9])|[a-z0-9][a-z0-9!@#$%^*_+.=?~-]{2,19})"
    )
)
"""What stands behind a word for a passcode: a sign or a verb, and the passcode: digits in groups, or one word."""
_MASKED = re.compile(r"[x*?.#_-]+")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_BEFORE, _AFTER = 300, 200
"""Characters around a passcode within which the meeting is spoken of."""
_FAR = 800
"""Characters between a passcode and the link that it opens."""
_ELSEWHERE = 24
"""Characters before a passcode within which a word tells whose it is, or that it is an example."""
_MOST = 100
"""Passcodes of one text that are judged."""

Place = tuple[int, int]


class MeetingPasscodeRecognizer(ChatRecognizer):
    """Finds links that open a meeting by themselves, and passcodes beside a link or a number."""

    entity = "MEETING_PASSCODE"
    gate_literals = ("pwd=", "passcode=", "teams.microsoft.com/meet/", "teams.live.com/meet/", _MEET)
    examples = (
        "join us: «https://us02web.zoom.us/j/81234567890?pwd=aGVsbG8xMjM0NTY3OA»",
        "Zoom ID 812 3456 7890, passcode «611740», 5pm sharp",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x\nMeeting ID: 312 456 789 012\nPasscode: «aBcxYz»",
        "«https://teams.live.com/meet/9312345678901?p=QwErTy12345»",
        "騰訊會議 123-456-789，會議密碼：«2468»",
        "視像會議 ID 812 3456 7890 密碼係«a1b2c3»",
        "https://meet.google.com/abc-defg-hij, or dial +852 3000 1234 PIN: «123 456 789»#",
        "webinar password: «sunshine»",
        "e.g. «https://zoom.us/j/81234567890?pwd=abcdef123456»",
        "Zoom link for Monday: https://us02web.zoom.us/j/81426974704",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0",
        "https://zoom.us/j/81234567890?pwd=xxxxxx",
        "the wifi password is kowloon88, meeting at 3",
        "Zoom passcode: not needed",
        "開會地點未定，密碼鎖換咗",
        "騰訊會議 123-456-789，不需要密碼",
    )

    def load(self) -> None:
        """Read the words around passcodes; those that stand before one open the gate."""
        self._cues = Cues.read("meeting_words.tsv")
        self.gate_words = self._cues.words("passcode")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each link that holds its passcode, then for each passcode beside a meeting."""
        lower, places = scan.lower, scan.places(self._cues)
        links = _Links([_link(lower, link) for link in _LINK.finditer(lower)])
        for start, end in links.places:
            held = _IN_LINK.search(lower, start, end)
            if held and not _MASKED.fullmatch(said := held[1] or held[2]):
                yield Match(start, end, 0.9, said, _traits(places, start), ("link", "passcode_in_link"))
        for kind, code, stated in islice(self._codes(lower, places, links), _MOST):
            near = links.near(*code)
            spoken = any(kind == "meeting" for kind, _, _ in places.within(code[0] - _BEFORE, code[1] + _AFTER))
            opens = any(_MEET in lower[start:end] for start, end in near) if kind == "pin" else near or spoken
            score = _sureness(scan.text[slice(*code)], stated=stated)
            if opens and score:
                evidence = ("context_word", "link" if near else "meeting_word")
                yield Match(*code, score, lower[slice(*code)], _traits(places, code[0]), evidence)

    def _codes(self, lower: str, places: Places, links: "_Links") -> Iterator[tuple[str, Place, bool]]:
        """Yield what stands behind words for a passcode: the word's kind, the place, and whether a sign leads to it."""
        for kind, start, end in places.within(0, len(lower)):
            code = _BEHIND.match(lower, end) if kind in ("passcode", "pin") else None
            if code is None or links.hold(start) or "other" in places.kinds_before(start, _ELSEWHERE):
                continue
            first, last = code.start(2), code.start(2) + len(code[2].rstrip(".?!"))
            if not any(kind == "none" and at == first for kind, at, _ in places.within(first, last + _ELSEWHERE)):
                yield kind, (first, last), not {":", "="}.isdisjoint(code[1])


@dataclass(frozen=True, slots=True)
class _Links:
    """The links to meetings, in order."""

    places: Sequence[Place]

    def near(self, start: int, end: int) -> list[Place]:
        """Return the last link before start..end and the first behind it, as far as they are not too far away."""
        at = bisect_left(self.places, (start, start))
        around = self.places[max(0, at - 1) : at + 1]
        return [(first, last) for first, last in around if start - last <= _FAR and first - end <= _FAR]

    def hold(self, at: int) -> bool:
        """Tell whether `at` lies in a link."""
        before = bisect_left(self.places, (at + 1,))
        return before > 0 and at < self.places[before - 1][1]


def _link(lower: str, link: re.Match[str]) -> Place:
    """Return the place of a whole link, of which the host and what follows were found."""
    start = link.start()
    while start and link.start() - start < _LONGEST_HEAD and lower[start - 1] in _AHEAD:
        start -= 1
    start = max(lower.rfind("http", start, link.start()), start)
    while not lower[start].isalnum():
        start += 1
    return start, link.start() + len(link.group().rstrip(".!?:'*_~)]}"))


def _sureness(code: str, *, stated: bool) -> float:
    """Return how sure it is that `code` is a passcode and no word of the sentence; `stated`: a sign leads to it."""
    if _MASKED.fullmatch(code.lower()):
        return 0.0
    if any(char.isdigit() for char in code):
        return 0.85
    if _MIXED.search(code):
        return 0.75
    return 0.6 if stated else 0.0


def _traits(places: Places, at: int) -> frozenset[str]:
    return frozenset({"sample"}.intersection(places.kinds_before(at, _ELSEWHERE)))
