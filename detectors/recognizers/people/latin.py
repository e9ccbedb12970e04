"""Names in Latin letters: Chan Tai Man, Tai-man Chan, Peter Chan, Ah Fai, Sister Ying, Ms Chan, Kelvin.

Words are read one by one, each with what it may be; at each word the longest pattern wins. Capitals count: a name in
lower case needs parts that are nothing but names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.recognizers.people.lists import PREFIXES, TITLES, Lists

_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_@#/&\-])(?<![A-Za-z0-9]\.)[A-Za-z]+(?:-[A-Za-z]+)*(?![A-Za-z_@]|/[A-Za-z]|[0-9]+[A-Za-z_@.]|\.[A-Za-z0-9]|['’]t)"
)
_COMPANY = frozenset(
    {"group", "trading", "retail", "ltd", "limited", "co", "company", "holdings", "logistics", "freight", "systems"}
    | {"consulting", "bay", "rock", "garden", "gardens", "star", "road", "street", "estate", "house", "court"}
    | {"mansion", "hotel", "hospital", "clinic", "station", "mtr", "tower", "plaza", "building", "centre", "park"}
    | {"university", "college", "school", "bank", "insurance", "mall", "square", "restaurant", "cafe", "foods"}
)
_NEVER_ALONE = frozenset({"may", "april", "june", "august", "jan", "will", "mark", "sun", "sky", "max", "art", "bill"})
_AFTER_NAME = re.compile(
    r"['’]s\b|[一-龥]"
    r"| (?:is|has|was|had|said|says|told|took|can|could|asked|called|left|got|needs|thinks|wants|just)\b"
)
_NUMBER_NEXT = re.compile(r"[ ,:|\t(\-]{1,3}(?:[A-Z]{1,2}[0-9]{6}|[0-9]{4})")
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i(?:ang|ong|ao|an|ng|a|e|n|u)?|u(?:ang|ai|an|o|a|i|e|n)?|ang|eng|ong|ai|ei|ao|ou|an|en|er|a|o|e)){2}"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name's place, how sure it is one, and why."""

    start: int
    end: int
    score: float
    evidence: tuple[str, ...]


@dataclass(slots=True)
class _Token:
    """A word and what it may be; not frozen: every word of a message becomes one, and freezing takes thrice as long."""

    start: int
    end: int
    word: str
    lower: str
    capital: bool
    surname: bool
    given: bool
    syllable: bool
    syllables: bool
    known: bool


def latin_names(text: str, lists: Lists) -> Iterator[Name]:
    """Yield the names in a normalised text, from left to right, none inside another."""
    tokens = [_token(match, lists) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        if not _may_begin(tokens, at):
            at += 1
            continue
        place = _place(tokens[at : at + 3], lists)
        if place:
            at += place
            continue
        run = _run(text, tokens, at)
        length, score, evidence = _longest(text, run, lists)
        if not length and _is_said_of(text, tokens[at], lists):
            length, score, evidence = 1, 0.55, ("given_name",)
        if not length or _is_company(text, tokens, at + length):
            at += max(length, 1)
            continue
        first = run[1] if evidence[0] == "title" else run[0]
        yield Name(first.start, run[length - 1].end, score, evidence)
        at += length


def _may_begin(tokens: list[_Token], at: int) -> bool:
    """Tell quickly whether a name or a place may begin with the token: a word of a list, or two capitals."""
    token = tokens[at]
    return token.known or token.syllables or (token.capital and len(tokens) > at + 1 and tokens[at + 1].capital)


def _token(match: re.Match[str], lists: Lists) -> _Token:
    word = match.group()
    lower = word.lower()
    start, end = match.span()
    capital = word[0].isupper()
    known = lower in lists.known
    parts = lower.split("-") if "-" in word else ()
    syllables = len(parts) == 2 and all(part in lists.syllables for part in parts)
    if not known:
        return _Token(start, end, word, lower, capital, False, False, False, syllables, False)
    surname = lower in lists.surnames or (capital and lower in lists.surname_words)
    given = lower in lists.given and (capital or len(lower) > 2)
    given = given or (capital and lower in lists.given_words)
    return _Token(start, end, word, lower, capital, surname, given, lower in lists.syllables, syllables, True)


def _run(text: str, tokens: list[_Token], at: int) -> list[_Token]:
    """Return the tokens from `at` on that stand side by side, five at most; an English name may follow a comma."""
    run = [tokens[at]]
    for token in tokens[at + 1 : at + 5]:
        between = text[run[-1].end : token.start]
        dotted = between == ". " and len(run) == 1 and run[0].lower in TITLES
        if between != " " and not dotted and not (between == ", " and token.given and len(run) > 2):
            break
        run.append(token)
    return run


def _longest(text: str, run: list[_Token], lists: Lists) -> tuple[int, float, tuple[str, ...]]:
    """Return how many tokens make a name, the score and the evidence; nothing is length 0."""
    first = run[0]
    if first.lower in TITLES and len(run) > 1 and run[1].capital and run[1].lower not in lists.words:
        length = _longest(text, run[1:], lists)[0]
        return max(length, 1) + 1, 0.85, ("title",)
    if first.lower in PREFIXES and first.capital and len(run) > 1 and run[1].capital:
        return 2, 0.8, ("nickname",)
    for pattern in (_surname_first, _given_first, _syllables_first):
        length, score, evidence = pattern(run, lists)
        if length:
            return length, score, evidence
    return _before_number(text, run, lists) or _alone(text, first)


def _surname_first(run: list[_Token], lists: Lists) -> tuple[int, float, tuple[str, ...]]:
    """Chan Tai Man; CHAN Tai-man; Au Tsz Kit, Maria; Wu Jiaxin; Wong Peter."""
    if len(run) < 2 or not (
        run[0].surname or (run[0].lower in lists.surname_words and run[0].lower not in lists.words)
    ):
        return 0, 0.0, ()
    start = 2 if f"{run[0].lower}-{run[1].lower}" in lists.surnames else 1
    rest = run[start:]
    if rest and rest[0].syllables:
        return _with_english(run, start + 1), 0.9, ("surname", "syllables")
    if len(rest) > 1 and _are_syllables(rest[:2]) and _same_case(*rest[:2]) and _fits(run[0], rest[0], lists):
        return _with_english(run, start + 2), 0.9, ("surname", "syllables")
    if run[0].surname and run[1].word in {"Sir", "sir"}:
        return 2, 0.7, ("surname", "title")
    return _surname_and_one(run[0], run[1], lists)


def _surname_and_one(surname: _Token, second: _Token, lists: Lists) -> tuple[int, float, tuple[str, ...]]:
    """Wong Peter; Wu Jiaxin; Chan Ming."""
    if not (surname.surname and second.capital):
        return 0, 0.0, ()
    if second.given:
        return 2, 0.8, ("surname", "given_name")
    if second.lower in lists.words:
        return 0, 0.0, ()
    if _PINYIN.fullmatch(second.lower):
        return 2, 0.7, ("surname", "pinyin")
    return (2, 0.65, ("surname", "syllable")) if second.syllable and surname.lower in lists.surnames else (0, 0.0, ())


def _given_first(run: list[_Token], lists: Lists) -> tuple[int, float, tuple[str, ...]]:
    """Peter Chan; Peter Chan Tai Man; Peter Tai Man Chan; Rita Whitfield."""
    if not run[0].given or len(run) < 2:
        return 0, 0.0, ()
    second = run[1]
    if second.surname and second.capital == run[0].capital:
        length, _, evidence = _surname_first(run[1:], lists)
        more = length if evidence == ("surname", "syllables") else 1
        return 1 + more, 0.9, ("given_name", "surname")
    if len(run) > 2 and _are_syllables(run[1:3]) and second.capital and second.lower not in lists.words:
        return (4 if len(run) > 3 and run[3].surname else 3), 0.85, ("given_name", "syllables")
    ordinary = second.lower in lists.words or second.given or second.word.isupper()
    if second.capital and not ordinary and run[0].lower in lists.given and second.lower not in _COMPANY:
        return 2, 0.7, ("given_name", "capital")
    return 0, 0.0, ()


def _syllables_first(run: list[_Token], lists: Lists) -> tuple[int, float, tuple[str, ...]]:
    """Hoi-Yan; Sze-Wing Choi; Tai Man Chan; Lai Kuen."""
    first = run[0]
    ordinary = any(part in lists.words for part in first.lower.split("-"))
    if first.syllables and (first.capital or not ordinary):
        return (2 if len(run) > 1 and run[1].surname else 1), 0.8, ("syllables",)
    plain = len(run) > 1 and _are_syllables(run[:2]) and all(token.capital for token in run[:2])
    if plain and not any(token.lower in lists.words for token in run[:2]):
        return (3 if len(run) > 2 and run[2].surname else 2), 0.6, ("syllables",)
    return 0, 0.0, ()


def _before_number(text: str, run: list[_Token], lists: Lists) -> tuple[int, float, tuple[str, ...]] | None:
    """Two words with capitals that no list knows, right before a number: a row about somebody."""
    unknown = [token for token in run[:2] if token.capital and not _is_ordinary(token.lower, lists)]
    if len(unknown) < 2 or any(token.word.isupper() or len(token.word) < 3 for token in unknown):
        return None
    return (2, 0.55, ("capitals", "before_number")) if _NUMBER_NEXT.match(text, run[1].end) else None


def _is_ordinary(word: str, lists: Lists) -> bool:
    return word in lists.words or word in _COMPANY or word in _NEVER_ALONE


def _alone(text: str, token: _Token) -> tuple[int, float, tuple[str, ...]]:
    """An English name by itself; one that is also a word needs a capital and something that is said of people."""
    if not token.given:
        return 0, 0.0, ()
    if token.word.isupper() and len(token.word) < 4:
        return 0, 0.0, ()
    if token.lower in _NEVER_ALONE and not _AFTER_NAME.match(text, token.end):
        return 0, 0.0, ()
    return 1, 0.75 if token.capital else 0.6, ("given_name",)


def _is_said_of(text: str, token: _Token, lists: Lists) -> bool:
    """Tell whether a lower-cased word begins a line and something is said of it: "crystal has asthma"."""
    if token.lower not in lists.given_words or token.lower in _NEVER_ALONE:
        return False
    begins = not text[: token.start].rstrip(" ") or text[: token.start].rstrip(" ")[-1] in "\n.?!:-•*"
    return begins and bool(_AFTER_NAME.match(text, token.end))


def _with_english(run: list[_Token], length: int) -> int:
    """Take the English name behind a Chinese one along: Au Tsz Kit, Maria."""
    return length + 1 if len(run) > length and run[length].given and run[length].capital else length


def _are_syllables(tokens: list[_Token]) -> bool:
    return bool(tokens) and all(token.syllable for token in tokens)


def _same_case(one: _Token, other: _Token) -> bool:
    return one.capital == other.capital


def _fits(surname: _Token, syllable: _Token, lists: Lists) -> bool:
    """In lower case nothing may be an English word: "so far on", "to go in"."""
    if surname.capital and syllable.capital:
        return True
    return not surname.capital and not syllable.capital and syllable.lower not in lists.words


def _is_company(text: str, tokens: list[_Token], after: int) -> bool:
    """Tell whether the word behind makes the name that of a company or a street: Jade Garden, Victoria Freight."""
    if after >= len(tokens):
        return False
    behind = tokens[after]
    return text[tokens[after - 1].end : behind.start] == " " and behind.capital and behind.lower in _COMPANY


def _place(tokens: list[_Token], lists: Lists) -> int:
    """Return how many of the tokens name a place (Tsim Sha Tsui), or 0."""
    words = [token.lower for token in tokens]
    return next((length for length in (3, 2) if " ".join(words[:length]) in lists.places), 0)
