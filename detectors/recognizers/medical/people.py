"""Names of people in chat: English, romanised and Chinese, nicknames; as cues only, never as findings."""

import re
from collections.abc import Iterator

from detectors.lexicons import rows
from detectors.text.normalise import fold

Named = tuple[int, int, str]

WHO = "who"
"""The `place` of cues for people: what counts is which of them stands nearest."""

_CAPITALISED = re.compile(r"(?<![A-Za-z@#/.])(?:[A-Z][a-z]{1,14}|[A-Z]{2,9}(?= [A-Z][a-z]))(?![A-Za-z@/])")
_PLACE = re.compile(
    r"(?:[A-Z][a-z]+ ){1,3}"
    r"(?:Road|Rd|Street|St|Avenue|Building|Tower|Plaza|Centre|Station|Bay|Estate|Court|Hotel|Mall|Park)(?![a-z])"
    r"|(?:Project|Operation|Room|Level|Phase|Hotel|Club|Restaurant|Bank|Bar|Cafe) [A-Z][A-Za-z]+"
)
_LOWER_HINTS = ("ah ", "staff ", "employee ", "@")
"""What a name may begin with in a text that holds no capital."""

_SUBJECT = re.compile(
    r"(?<![A-Za-z])(?:[Tt]he|[Oo]ur|[Mm]y|[Yy]our|[Ii]ts)"
    r"(?: (?!because|that|when|who|she|he|they|and|as|if|so|but|is|was|for|from|with|of|to|in|at|on|by)"
    r"[a-z]{2,12}){0,2}? (?P<noun>(?!she|they|he |yesterday|today)[a-z]{3,14})"
    r"(?= (?:has|is|was|got|gets|gave|needs|keeps|are|have|went|looks) )"
)
"""What a sentence speaks of when it is not a person: "the printer has", "our approval chain is"."""

_TITLED = re.compile(
    r"(?<![A-Za-z])(?:[Mm]rs?|[Mm]s|[Mm]iss|[Mm]dm|[Mm]adam|[Aa]h|[Uu]ncle|[Aa]unt(?:ie|y)?|[Ss]ister|[Bb]rother) "
    r"[A-Z][A-Za-z]{1,14}|(?<![A-Za-z])ah [a-z]{2,10}"
    r"|(?<![\w.])@(?!here|channel|everyone|all|team)[A-Za-z][\w.]{1,30}"
    r"|(?<![A-Za-z])(?:[Ss]taff|[Ee]mployee) (?:[Nn]o\.? ?|#)?[A-Z]{0,3}\d{3,}"
)

_NEXT = re.compile(r"[ -][A-Z][a-z]")
_OPENS = re.compile(r"(?:^|[.!?\n:*•>\-]|\d[.)])[\s\"'*]*$")
_DOES = re.compile(
    r"(?:'s|’s)? (?:has|had|is|was|got|gets|needs?|told|says?|said|can't|cannot|won't|will|did|does|takes?|"
    r"took|went|goes|collapsed|came|from|and|tested|claims?|wants?|asked|just|also|starts?|may|hasn't|isn't|called|left|broke|fell|who|"
    r"在|喺|話|有|個)|(?:'s|’s) |[\u3400-\u9fff]"
)


class Namer:
    """Finds what looks like a name."""

    def __init__(self) -> None:
        """Read the lists of names."""
        words: dict[str, str] = {}
        for code, more in rows("medical/names.tsv", "code", "words"):
            words[code] = f"{words.get(code, '')} {more}".strip()
        self.given = frozenset(fold(name) for name in words["given"].split())
        self._capital = frozenset(words["capital"].split())
        self._surnames = frozenset(words["surname"].split())
        self._not_names = frozenset(words["not_name"].split())
        self._not_things = frozenset(words["not_thing"].split())
        self._not_han = frozenset(fold(word) for word in words["not_han"].split())
        self._han = _han(fold(words["han_surname"]), fold(words["han_given"]), words["han_title"])

    def is_name(self, written: str) -> bool:
        """Say whether one of `given`, written like this, is a name and not the word that looks the same."""
        return written not in self._not_names and (written[0].isupper() or written.capitalize() not in self._capital)

    def names(self, text: str, lower: str) -> Iterator[Named]:
        """Yield (start, end, code) of names that are in no list: `name`, or `maybe_name` for the doubtful."""
        if text != lower or any(hint in lower for hint in _LOWER_HINTS):
            yield from self._written(text)
        for match in _SUBJECT.finditer(text):
            if match["noun"] not in self._not_things:
                yield match.start(), match.end(), "maybe_thing"
        if not text.isascii():
            yield from self._chinese(lower)

    def _written(self, text: str) -> Iterator[Named]:
        for match in _PLACE.finditer(text):
            yield match.start(), match.end(), "none"
        for match in _TITLED.finditer(text):
            yield match.start(), match.end(), "name"
        for match in _CAPITALISED.finditer(text):
            word = match.group()
            if word.capitalize() in self._surnames and (word not in self._not_names or _NEXT.match(text, match.end())):
                yield match.start(), match.end(), "name"
            elif word not in self._not_names and not word.isupper() and _like_a_name(text, match):
                yield match.start(), match.end(), "maybe_name"

    def _chinese(self, lower: str) -> Iterator[Named]:
        for match in self._han.finditer(lower):
            if match.group() not in self._not_han:
                yield match.start(), match.end(), "maybe_name" if match.lastgroup == "maybe" else "name"


def _like_a_name(text: str, match: re.Match[str]) -> bool:
    """A capital opens every sentence: there, what follows must be what people do."""
    return not _OPENS.search(text[max(0, match.start() - 8) : match.start()]) or bool(_DOES.match(text, match.end()))


def _han(surname: str, given: str, titles: str) -> re.Pattern[str]:
    common = "陳李張黃何劉王鄭梁林周吳郭楊趙鄧馮蔡曾彭謝許蘇潘葉徐朱"
    title = "|".join(sorted(map(fold, titles.split("|")), key=len, reverse=True))
    return re.compile(
        rf"(?P<sure>[{surname}][{given}]{{2}}|[{surname}](?:{title})"
        rf"|阿(?:[a-z]{{1,10}}|(?![媽爸哥頭嫲爺公婆姨嬸姐妹])[㐀-鿿])"
        rf"|[a-z]{{2,10}}(?:姐|哥|仔|叔|嬸|sir)"
        rf"|肥(?:仔|妹|佬)[{given}]?|肥[{given}]|[{given}肥大細老高矮黑](?:仔|姐|哥|叔|伯|嬸|嫂)(?![㐀-鿿]?[店粉褲裝紙])|老[{common}]|小[{given}{common}]"
        rf"|([{given}])\2)"
        rf"|(?P<maybe>[{given}]{{2}}|[{surname}][{given}]|[{surname}](?![的嘅有係喺咗話個佢我你生太先主經姑師])[㐀-鿿][{given}])"
    )
