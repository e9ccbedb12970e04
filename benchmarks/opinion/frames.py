"""Plain sentences with their slots filled at random: what all understand, and authors of corpora seldom write."""

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.opinion.examples import HAN, Marked, Swaps

FRAMES = Path(__file__).with_name("frames.tsv")
KINDS = {
    "n": "PERSON",
    "d": "MEDICAL_TERM",
    "m": "MEDICAL_TERM",
    "a": "SALARY",
    "b": "DATE_OF_BIRTH",
    "h": "HK_ADDRESS",
}
_PARTS = re.compile(r"\{([a-zA-Z])\}|(\[)|(\])|([^{}\[\]]+)")
_ILLNESS = re.compile(r"[病症炎癌瘤折腫敗疹痔疣塞風]$")
_NO_NOUN = re.compile(r"\b(?:her|his|him|my|on|in|up|off|out)\b|ing\b|ed\b")
_ESTATES = ("Mei Foo Sun Chuen", "Kornhill", "City One Shatin", "太古城", "沙田第一城", "美孚新邨")


class Frames:
    """Fills the frames."""

    def __init__(self, illnesses: Iterable[str], medicines: Iterable[str], swaps: Swaps, dice: random.Random) -> None:
        """Take illnesses, medicines, and who gives names."""
        lines = [line for line in FRAMES.read_text("utf-8").splitlines() if line[0] != "#"][1:]
        self._frames = [(line[0] == "1", line[2:]) for line in lines]
        self._illnesses = _by_script(term for term in illnesses if _is_thing(term))
        self._medicines = list(medicines)
        self._swaps, self._dice = swaps, dice

    def filled(self) -> Iterator[tuple[Marked, bool]]:
        """Yield each frame once, as a text with its spans and whether it should warn."""
        for warn, frame in self._frames:
            yield self._fill(frame), warn

    def _fill(self, frame: str) -> Marked:
        han = bool(HAN.search(frame)) or self._dice.random() < 0.1
        out, spans, opened = "", [], 0
        for slot, opens, closes, plain in _PARTS.findall(frame):
            start = len(out)
            out += self._word(slot.lower(), han=han) if slot else plain
            if slot in KINDS:
                spans.append((start, len(out), KINDS[slot]))
            if opens:
                opened = start
            if closes:
                spans.append((opened, len(out), "PERFORMANCE_TALK"))
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
            return _amount(dice, han=han)
        if slot == "b":
            return _birth(dice, han=han)
        if slot == "h":
            return _home(dice)
        return dice.choice(self._illnesses[han] if slot == "d" else self._medicines)


def _amount(dice: random.Random, *, han: bool) -> str:
    thousands = dice.randrange(14, 95)
    forms = [f"${thousands},{dice.randrange(10)}00", f"HK${thousands},000", f"{thousands}k", f"HKD {thousands}000"]
    return dice.choice([*forms, f"{thousands / 10:g}萬", f"{thousands}000蚊", f"{thousands}000元"] if han else forms)


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
