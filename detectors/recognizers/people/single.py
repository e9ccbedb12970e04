"""One word by itself that may be somebody's name, and what only hints at one."""

import re

from detectors.recognizers.people.full import Found
from detectors.recognizers.people.lists import (
    ALONE,
    GIVEN_WORD,
    LEADING,
    ORGANISATION,
    SINGLE,
    SURNAME,
    SURNAME_WORD,
    SYLLABLE,
)
from detectors.recognizers.people.name import DOUBT, HINT, Name
from detectors.recognizers.people.words import Word
from detectors.text.normalise import fold_han

_SAID = re.compile(
    r"['’]s\b| (?:and|also|asked|broke|called|came|can|can't|cannot|claims?|collapsed|could|did|does|fell|from|goes"
    r"|gets?|got|had|has|hasn't|is|isn't|just|left|may|needs?|said|says?|starts?|takes?|tested|thinks|told|took|wants?"
    r"|was|went|who|will|won't)\b| ?[\u3400-\u9fff]"
)
"""What is said of people."""
_DOES = re.compile(
    fold_han(
        r" (?:(?:is|was) (?:on|off|going|being|sick|out|not|pregnant|expecting|still)|has|had|got|gets|may|said"
        r"|says|told|asked|wants?|keeps|came|fell|broke|collapsed|failed|took|give|gave|not come|also|still|already)\b"
        r"|['’]s (?:wife|husband|mother|father|mum|mom|dad|son|daughter|hand|leg|back|pay|salary|contract|probation)\b"
        r"| ?(?:話|同我|同佢|食緊|有冇|攞|拎|俾|畀|個[仔女心膝]|隻[手腳]|今朝|今日|琴日|琴晚|尋日|噚日|已經|而家"
        r"|返[咗嚟工]|冇返|份約|嗰份)"
    )
)
"""What is said and had by people, and hardly by things."""
_ARTICLE = re.compile(r"(?:^|[^A-Za-z])(?:si|kay|ni) $")
"""What Tagalog says before people alone."""
_OPENS = re.compile(r"(?:^|[.!?\n:*•>\-]|\d[.)])[\s\"'*]*$")
"""What a sentence or an entry begins behind: there every word has a capital."""
_NUMBER_NEXT = re.compile(r"[ ,:|\t(\-]{1,3}(?:[A-Z]{1,2}[0-9]{6}|[0-9]{4})")
_CAPITALISED = re.compile(r"[A-Z][a-z]{1,14}")


def single(text: str, word: Word) -> Found | None:
    """An English name by itself; one that is also a word needs a capital and something that is said of people."""
    if word.is_given():
        doubtful = (word.written.isupper() and len(word.written) < 4) or (
            word.kinds & ALONE and not _SAID.match(text, word.end)
        )
        return None if doubtful else (1, 0.75 if word.capital else 0.6, ("given_name",))
    if word.capital and word.kinds & SINGLE and not word.is_unlikely():
        return 1, 0.55, ("surname",)
    opens = word.kinds & GIVEN_WORD and not word.kinds & ALONE and _opens(text, word)
    return (1, 0.55, ("given_name",)) if opens and _SAID.match(text, word.end) else None


def before_number(text: str, words: list[Word]) -> Found | None:
    """Two words with capitals that no list knows, right before a number: a row about somebody."""
    if len(words) < 2 or not _NUMBER_NEXT.match(text, words[1].end):
        return None
    if all(word.capital and not (word.is_unlikely() or word.is_short()) for word in words[:2]):
        return 2, 0.55, ("capitals", "before_number")
    return None


def hint(text: str, run: list[Word], at: int) -> Name | None:
    """Return what a capital by itself says: a surname, a syllable of a name, or a word that no list knows."""
    word = run[at]
    if not _CAPITALISED.fullmatch(word.written) or _is_of_thing(run, at):
        return None
    if word.kinds & (SURNAME | SURNAME_WORD | SYLLABLE):
        followed = at + 1 < len(run) and run[at + 1].capital
        code = "surname" if word.kinds & (SURNAME | SURNAME_WORD) else "syllable"
        return Name(word.start, word.end, HINT, (code,)) if followed or not word.is_unlikely() else None
    if word.is_unlikely() or (_opens(text, word) and not _SAID.match(text, word.end)):
        return None
    return Name(word.start, word.end, DOUBT, ("capital",))


def _is_of_thing(run: list[Word], at: int) -> bool:
    """Tell whether the capitals that stand together name a place or a thing: Castle Peak Road, Project Phoenix."""
    if at and run[at - 1].kinds & LEADING:
        return True
    for word in run[at : at + 4]:
        if not word.capital:
            return False
        if word.kinds & ORGANISATION:
            return True
    return False


def _opens(text: str, word: Word) -> bool:
    return bool(_OPENS.search(text[max(0, word.start - 8) : word.start]))


def is_somebody(text: str, name: Name) -> bool:
    """Tell whether what only hints at a name is one by what stands beside it: enough where something else is found."""
    if name.evidence[0] not in ("capital", "surname", "syllable") or name.end - name.start < 2:
        return False
    said = _DOES.match(text, name.end) and not _OPENS.search(text[max(0, name.start - 8) : name.start])
    return bool(said or _ARTICLE.search(text[max(0, name.start - 5) : name.start]))
