"""What is glued to a run of digits: a code, an amount or a longer number is no telephone number."""

import re

from detectors.recognizers.luhn import passes_luhn
from detectors.recognizers.phone.shapes import MOBILE, numbering_class
from detectors.text.file_names import ENDING

_BEFORE = re.compile(
    r"(?:[$¥£€#@]|[0-9][.\-]|(?<![A-Za-z0-9])(?:[A-Z]{1,5}|[a-z]{1,2})[\-#_/]{1,2}|[A-Za-z0-9]_"
    r"|(?<![A-Za-z0-9/])[0-9]{1,4}[A-Z]{1,3}[\-/]|[A-Z][0-9]{1,4}[\-/]|[A-Z][\-/](?:19|20)?[0-9]{2}[\-/])[ ]?$"
)
_SIGNS = frozenset("$¥£€#@.-_/")
"""What `_BEFORE` ends with, but for a blank: most numbers have nothing like it before them."""
_LATIN = re.compile(r"[A-Za-z]+$")
_CODE_LETTERS = re.compile(r"[0-9][A-Za-z]{1,2}$|[A-Za-z0-9\-_][0-9]+[A-Za-z]+$")
_AFTER = re.compile(
    r"[ ]?%|[_@#]|\([0-9aA]\)|\.[0-9]|,[0-9]{3}(?![0-9])|[A-Za-z](?![A-Za-z])|[a-fA-F]+(?![A-Za-z])|[A-Za-z]+[0-9]"
    r"|[\-/][0-9]{1,5}(?![0-9]|[ \-][0-9]{4}(?![0-9]))|-[A-Z]{1,2}(?![A-Za-z])"
)
_PASSWORD = re.compile(r"[A-Za-z]{3}-[0-9]{4}-[0-9]{4}(?![0-9])")
"""What a meeting is opened with."""
_FILE_ENDS = re.compile(f"(?i:{ENDING})")
_CARD = re.compile(r"(?<![0-9\-])[0-9]{4}(?:-[0-9]{4}){3}(?![0-9\-])")
"""Sixteen digits as they stand on a card: nobody writes two telephone numbers so."""
_GLUE_WORDS = frozenset(("me", "at", "is", "to", "on", "no", "by", "or", "us", "my"))
"""Short words that people glue to a number."""
_BLANKS = frozenset(("", " ", "\n", "\t"))
"""What stands behind most numbers: of these only a blank may begin what `_AFTER` looks for, and a percent follows."""
_JOINTS, _DIGITS = frozenset(" -"), frozenset("0123456789")
_RUN_BEFORE = re.compile(r"(?:[ \-][0-9]{2,8}(?![0-9/])){1,4}")
"""The groups before a number, read from it to the left: so there is one place only to begin at."""
_RUN_AFTER = re.compile(r"(?:[ \-][0-9]{2,8}(?![0-9])){1,4}")
_FOURS_OR_EIGHTS = frozenset({4, 8})


def is_code(text: str, start: int, end: int, *, labelled: bool) -> bool:
    """Tell whether text[start:end] is a part of something else; `labelled`: a telephone word ends right before it."""
    if _goes_on(text, end) or _is_of_card(text, start, end):
        return True
    if not labelled and text[start - 1 : start] == "-" and _PASSWORD.match(text, max(0, start - 4), end):
        return True
    head = text[max(0, start - 20) : start]
    edge = head.removesuffix("\n")
    letters = _LATIN.search(head) if edge[-1:].isalpha() else None
    if letters:
        if head[: letters.start()].endswith("@"):
            return True
        return not labelled and _are_code(letters.group(), head)
    return not labelled and edge.removesuffix(" ")[-1:] in _SIGNS and bool(_BEFORE.search(head))


def _is_of_card(text: str, start: int, end: int) -> bool:
    """Tell whether eight digits are a half of a card's, also behind a telephone word ("checked by phone: 5464-...")."""
    before, behind = text[start - 1 : start] == "-", text[end : end + 1] == "-"
    if before == behind:
        return False
    card = _CARD.match(text, max(0, start - 10) if before else start)
    return bool(card and passes_luhn(card.group().replace("-", "")))


def is_of_file(text: str, end: int) -> bool:
    """Tell whether digits that end at `end` are a part of a file's name, unless a word makes a number of them."""
    return text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum() and bool(_FILE_ENDS.match(text, end))


def _goes_on(text: str, end: int) -> bool:
    """Tell whether what stands right behind digits makes them a part of something else."""
    behind = text[end : end + 2]
    return (behind[:1] not in _BLANKS or behind == " %") and bool(_AFTER.match(text, end))


def _are_code(letters: str, head: str) -> bool:
    """Letters glued to digits are a code (`SF12345678`), unless they are a word or a name (`me12345678`)."""
    if _CODE_LETTERS.search(head):
        return True
    word = letters.lower() in _GLUE_WORDS
    return not word and (len(letters) < 3 or letters.isupper())


def is_part_of_longer(text: str, start: int, end: int) -> bool:
    """Tell whether groups of digits before or after make a card, a meeting or an account number of it."""
    joined = start > 1 and text[start - 1] in _JOINTS and text[start - 2] in _DIGITS
    goes_on = text[end : end + 1] in _JOINTS and text[end + 1 : end + 2] in _DIGITS
    if not (joined or goes_on):
        return False
    before = _RUN_BEFORE.match(text[max(0, start - 24) : start][::-1]) if joined else None
    after = _RUN_AFTER.match(text[end : end + 24]) if goes_on else None
    if not (before or after):
        return False
    run = (before.group()[::-1] if before else "") + text[start:end] + (after.group() if after else "")
    parts = [*filter(None, run.replace("-", " ").split(" "))]
    groups = [*map(len, parts)]
    count, digits = len(groups), sum(groups)
    if digits >= 16 and digits % 8 == 0 and _FOURS_OR_EIGHTS.issuperset(groups):
        return digits == 16 and _is_card_or_odd("".join(parts))
    return count > 4 or (count > 2 and min(groups[:3]) >= 4) or groups == [3, 4, 4]


def _is_card_or_odd(digits: str) -> bool:
    """Tell whether sixteen digits are a card's, or at any rate no two mobiles."""
    return numbering_class(digits[:8]) != MOBILE or numbering_class(digits[8:]) != MOBILE or passes_luhn(digits)
