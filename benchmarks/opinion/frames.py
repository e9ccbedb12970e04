"""Plain sentences with their slots filled at random: what all understand, and authors of corpora seldom write."""

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.opinion.amounts import amount
from benchmarks.opinion.examples import HAN, Marked, Swaps

FRAMES, EVERYDAY, ROLES = (Path(__file__).with_name(f"{name}.tsv") for name in ("frames", "everyday", "roles"))
COMMON = 0.33
"""How often an illness is one that everybody speaks of."""
NAMELESS = 0.2
"""How often a person has no name, but a role."""
KINDS = {
    "n": "PERSON",
    "d": "MEDICAL_TERM",
    "m": "MEDICAL_TERM",
    "a": "SALARY",
    "b": "DATE_OF_BIRTH",
    "h": "HK_ADDRESS",
}
BESIDE = 0.25
"""How often a harmless sentence stands before or behind another."""
_PARTS = re.compile(r"\{([a-zA-Z])\}|([\[<])|([\]>])|([^{}\[\]<>]+)")
MARKS = {"]": "PERFORMANCE_TALK", ">": "MEDICAL_TERM"}
_ILLNESS = re.compile(r"[病症炎癌瘤折腫敗疹痔疣塞風]$")
_NO_NOUN = re.compile(r"\b(?:her|his|him|my|on|in|up|off|out)\b|ing\b|ed\b")
_THINGS = (
    ("printer", "server", "lift", "van", "Excel", "website", "budget", "copier", "wifi", "coffee machine", "schedule"),
    (
        "部機",
        "部印影機",
        "個server",
        "架van",
        "部𨋢",
        "個系統",
        "個網",
        "份excel",
        "部電視",
        "個project",
        "条产线",
        "这软件",
    ),
)
_ESTATES = ("Mei Foo Sun Chuen", "Kornhill", "City One Shatin", "太古城", "沙田第一城", "美孚新邨")


class Frames:
    """Fills the frames."""

    def __init__(self, illnesses: Iterable[str], medicines: Iterable[str], swaps: Swaps, dice: random.Random) -> None:
        """Take illnesses, medicines, and who gives names."""
        lines = [line for line in FRAMES.read_text("utf-8").splitlines() if line[0] != "#"][1:]
        self._frames = [(line[0] == "1", line[2:].replace("\\n", "\n")) for line in lines]
        self._illnesses = _by_script(term for term in illnesses if _is_thing(term))
        self._everyday = _by_script(EVERYDAY.read_text("utf-8").splitlines()[2:])
        self._roles = _by_script(ROLES.read_text("utf-8").splitlines()[2:])
        self._medicines = list(medicines)
        self._swaps, self._dice = swaps, dice
        self._harmless = [frame for warn, frame in self._frames if not warn]

    def filled(self) -> Iterator[tuple[Marked, bool]]:
        """Yield each frame once, some beside a harmless one, as a text with its spans and whether it should warn."""
        dice = self._dice
        for warn, frame in self._frames:
            texts = [self._fill(frame)]
            if dice.random() < BESIDE:
                texts.insert(dice.randrange(2), self._fill(dice.choice(self._harmless)))
            yield _joined(texts, dice.choice((" ", "\n", "，", ", "))), warn

    def _fill(self, frame: str) -> Marked:
        han = bool(HAN.search(frame)) or self._dice.random() < 0.1
        out, spans, opened = "", [], 0
        for slot, opens, closes, plain in _PARTS.findall(frame):
            start = len(out)
            nameless = slot == "n" and self._dice.random() < NAMELESS
            out += self._role(han=han) if nameless else self._word(slot.lower(), han=han) if slot else plain
            if slot in KINDS and not nameless:
                spans.append((start, len(out), KINDS[slot]))
            if opens:
                opened = start
            if closes:
                spans.append((opened, len(out), MARKS[closes]))
        return self._dressed(out), tuple(sorted(spans))

    def _dressed(self, text: str) -> str:
        """Return the text, often without capitals or with something at its end."""
        if self._dice.random() < 0.3:
            text = text.lower()
        return text + self._dice.choice(("", "", ".", "。", "!", " 🙏", "，唉", " ok?", "..."))

    def _word(self, slot: str, *, han: bool) -> str:
        dice = self._dice
        if slot == "n":
            return self._swaps.name(han=han and dice.random() < 0.8)
        if slot == "a":
            return amount(dice, han=han)
        if slot == "b":
            return _birth(dice, han=han)
        if slot == "h":
            return _home(dice)
        if slot == "t":
            return dice.choice(_THINGS[han])
        return dice.choice(self._medicines) if slot == "m" else self._illness(han=han)

    def _role(self, *, han: bool) -> str:
        return self._dice.choice(self._roles[han])

    def _illness(self, *, han: bool) -> str:
        common = self._dice.random() < COMMON
        return self._dice.choice((self._everyday if common else self._illnesses)[han])


def _joined(texts: Iterable[Marked], between: str) -> Marked:
    whole, spans = "", []
    for text, places in texts:
        at = len(whole) + len(between) if whole else 0
        whole += between * bool(whole) + text
        spans += [(start + at, end + at, kind) for start, end, kind in places]
    return whole, tuple(spans)


def _birth(dice: random.Random, *, han: bool) -> str:
    year, month, day = dice.randrange(1955, 2006), dice.randrange(1, 13), dice.randrange(1, 29)
    forms = [f"{day}/{month}/{year}", f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}"]
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - months are read so
    return dice.choice([*forms, f"{year}年{month}月{day}日"] if han else [*forms, f"{day} {names[month - 1]} {year}"])


def _home(dice: random.Random) -> str:
    flat, floor, block = dice.choice("ABCDEFGH"), dice.randrange(1, 40), dice.randrange(1, 12)
    estate = dice.choice(_ESTATES)
    if HAN.search(estate):
        return f"{estate}{block}座{floor}樓{flat}室"
    return f"Flat {flat}, {floor}/F, Block {block}, {estate}"


def _is_thing(term: str) -> bool:
    return bool(_ILLNESS.search(term)) if HAN.search(term) else not _NO_NOUN.search(term)


def _by_script(words: Iterable[str]) -> tuple[list[str], list[str]]:
    words = list(words)
    return [word for word in words if not HAN.search(word)], [word for word in words if HAN.search(word)]
