"""One way of writing for all: what the recognizers read, with a map back to what was written.

Full-width forms, brackets, dashes, invisible characters, Han variants, look-alike letters, HTML entities,
chat markup and Chinese digits are folded here, once for a text, so that no recognizer has to think of them.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from detectors.text.draft import Draft, Edit, Step, edges
from detectors.text.fold import (
    EXPANDING,
    FULL_TABLE,
    INVISIBLE,
    MARKS,
    NUMERIC,
    TABLE,
    USUAL_TABLE,
    WORDY,
)


class Normalised:
    """A text as the recognizers read it.

    `lower` is `text` in lower case, the same length. `offsets` are the steps that moved characters, newest last;
    none when all stand where they stood. `wordy` says that nothing but letters, blanks and signs of ASCII stands in
    it (`WORDY`), so no number. No dataclass: one is built for every message, and theirs takes thrice as long.
    """

    __slots__ = ("lower", "offsets", "text", "wordy")

    def __init__(self, text: str, lower: str, offsets: tuple[Step, ...] = (), *, wordy: bool = False) -> None:
        """Take the folded text, the same in lower case, the steps, and what is known of it."""
        self.text = text
        self.lower = lower
        self.offsets = offsets
        self.wordy = wordy

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original that text[start:end] covers; 0 <= start < end <= len(text)."""
        for step in reversed(self.offsets):
            start, end = step.back(start)[0], step.back(end - 1)[1]
        return start, end


def normalise(text: str) -> Normalised:
    """Fold `text`; never raises, and takes time in proportion to its length."""
    if not text.isascii():
        return _of_any(text)
    # What is left of the bytes says in one pass what there is to do: nothing, mostly.
    odd = text.encode().translate(None, WORDY)
    if not odd:
        return Normalised(text, text.lower(), wordy=True)
    if not odd.translate(None, NUMERIC):
        return Normalised(text, text.lower())
    text = _ESCAPED.sub(_unescaped, text)
    if _marked(text):
        return _thorough(text)
    plain = text.translate(USUAL_TABLE)
    return Normalised(plain, plain.lower())


def _of_any(text: str) -> Normalised:
    table: Sequence[str] | Mapping[int, str] = USUAL_TABLE
    if _ODD.search(text):
        table = FULL_TABLE
        text = _ESCAPED.sub(_unescaped, text)
        if _marked(text):
            return _thorough(text)
    plain = text.translate(table)
    if len(plain) != len(text) or not unicodedata.is_normalized("NFKC", plain):
        return _thorough(text)
    plain = _digits(plain)
    return Normalised(plain, lowered(plain))


def fold(term: str) -> str:
    """Fold a term of a lexicon in the way that texts are folded, in lower case."""
    return normalise(term).lower


def fold_han(pattern: str) -> str:
    """Fold the Chinese characters of a regular expression one by one, in the way that texts are folded."""
    return _HAN.sub(lambda han: fold(han.group()), pattern)


def lowered(text: str) -> str:
    """Lower case of the same length: the one letter that would become two (İ) keeps its first."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(char.lower()[0] for char in text)


def _marked(text: str) -> bool:
    return bool(_MARKUP_HINT.search(text) and _MARKUP.search(text))


_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKUP_HINT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f<&*_~`]")
_ODD = re.compile(r"[\\\x00-\x08\x0e-\x1f\x7f<&*_~`\U00010000-\U0010ffff]")
"""Markup, escapes, and what `USUAL_TABLE` has no place for."""
_MARKUP = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f<&*_~`](?:(?<![<&*_~`])|(?<=<)(?:[@#!/0-9Aa]|tel|mailto|http)|(?<=&)(?:#|[A-Za-z])"
    r"|(?<=([*_~`]))[^\n]*\1)"
)
"""Begins with a class of characters, so `re` skips quickly to the first; so do all that every text is searched for."""
_UNSEEN = f"[{INVISIBLE}\U000e0000-\U000e0fff]"
_INVISIBLE = re.compile(f"{_UNSEEN}{_UNSEEN}*")
_ESCAPED = re.compile(r"\\[tnr](?![a-z]{2})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_TAG = re.compile(
    r"<(?:@[^<>|\s]{1,40}(?:\|[^<>\n]{1,80})?|[!#][^<>\n]{1,120}|/?(?:tel|mailto|https?):[^<>\n]{1,2000})>"
)
_PAIRED = re.compile(
    r"([*_~`](?<![\w*_~`].)(?:(?<=[*_~])[*_~]{0,2}|(?<=`)`{0,2}))(?=[^\s*_~`])"
    r"((?:(?!\1)[^\n]){1,500}?)(?<=\S)\1(?![\w*_~`])"
)
_MASKED = re.compile(r"(?:[\u4e00-\u9fff]\*{1,2}){2,30}[\u4e00-\u9fff]")
_ANGLED = re.compile(r"<(?<=[0-9 ]<)[0-9Aa]>")
_KEYCAP = re.compile("[0-9]\ufe0f?\u20e3")
_CLUSTER = re.compile(f"[^\\n][{MARKS}]{{1,30}}|[{EXPANDING}]")
_HAN_DIGITS = "〇零一二三四五六七八九壹貳叁肆伍陸柒捌玖"
_TO_DIGIT = str.maketrans(_HAN_DIGITS, "00123456789123456789")
_DIGIT_RUN = re.compile(rf"[0-9{_HAN_DIGITS}](?:[ \-()]{{0,2}}[0-9{_HAN_DIGITS}]){{6,}}")
_AFTER_LETTER = re.compile(
    rf"(?<=[A-Za-z]) ?[{_HAN_DIGITS}]{{6}}(?![{_HAN_DIGITS}])(?:[ ,]{{0,2}}開?括[號弧]?[ :]?[{_HAN_DIGITS}])?"
)
"""Six behind a letter, with what stands in the bracket where that is said in words."""
_HAN_DIGIT = re.compile(rf"[{_HAN_DIGITS}]")
_HAN_FOUR = re.compile(rf"[{_HAN_DIGITS}](?:[ \-()]{{0,2}}[0-9{_HAN_DIGITS}]){{3}}")
"""What runs of digits hold where four are Chinese."""


def _digits(plain: str) -> str:
    """Turn Chinese digits into ASCII ones: seven or more in a row, four of them Chinese; or six behind a letter."""
    if not _HAN_FOUR.search(plain):
        return plain
    return _AFTER_LETTER.sub(_run, _DIGIT_RUN.sub(_run, plain))


def _run(match: re.Match[str]) -> str:
    run = match.group()
    return run.translate(_TO_DIGIT) if len(_HAN_DIGIT.findall(run)) >= 4 else run


def _thorough(text: str) -> Normalised:
    draft = Draft(text)
    if "&" in text:
        draft.replace(_ENTITY, html.unescape)
    if "<" in draft.text:
        draft.apply(_TAG, _untag)
        draft.apply(_ANGLED, lambda match: edges(match, "(", ")"))
    if "\u20e3" in draft.text:
        draft.replace(_KEYCAP, lambda key: key[0])
    draft.replace(_INVISIBLE, lambda _: "")
    plain = draft.text.translate(USUAL_TABLE if draft.text.isascii() else FULL_TABLE)
    if not unicodedata.is_normalized("NFKC", plain):
        draft.replace(_CLUSTER, _compatible)
        plain = draft.text.translate(FULL_TABLE)
    draft.text = plain
    if "*" in plain:
        draft.replace(_MASKED, lambda word: word.replace("*", ""))
    draft.apply(_PAIRED, _unpair)
    plain = _digits(draft.text)
    return Normalised(plain, lowered(plain), tuple(draft.steps))


def _unescaped(match: re.Match[str]) -> str:
    """Turn the two characters of an escaped tab or line break, as exports leave them, into white space: two again."""
    return " \t" if match.group() == r"\t" else " \n"


def _untag(match: re.Match[str]) -> Iterable[Edit]:
    """Slack's markup: a mention becomes @member, a channel its name; both halves of a link stay readable."""
    kind, inside = match.group()[1], match.group()[2:-1]
    if kind == "@":
        return ((match.start(), match.end(), "@member"),)
    if kind in "#!":
        name = inside.rpartition("|")[2] if "|" in inside else "here"
        return ((match.start(), match.end(), f"{kind}{name}"),)
    return edges(match, " ", " ")


def _compatible(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).translate(TABLE)


def _unpair(match: re.Match[str]) -> Iterable[Edit]:
    """Take off a pair of formatting marks; marks inside, and single ones (a mask), stay."""
    return edges(match, "", "", len(match[1]))
