"""Characters taken for others of the same sound, as speech-to-text writes them; no place moves by it."""

import random
from pathlib import Path

from benchmarks.opinion.examples import Marked

SOUNDS = Path(__file__).with_name("homophones.tsv")
TEXTS, CHARACTERS = 0.12, 0.3
"""The share of texts that are misheard, and of the characters in them that sound like others."""


class Misheard:
    """Mishears texts at random."""

    def __init__(self, dice: random.Random) -> None:
        """Read the table of sounds."""
        self._dice = dice
        lines = [line for line in SOUNDS.read_text("utf-8").splitlines() if line[0] != "#"][1:]
        groups = [line.split("\t")[1] for line in lines]
        self._alike = {one: group.replace(one, "") for group in groups for one in group}

    def hear(self, text: Marked) -> Marked:
        """Return the text, now and then with some of its characters misheard."""
        written, spans = text
        if self._dice.random() >= TEXTS:
            return text
        return "".join(map(self._heard, written)), spans

    def _heard(self, one: str) -> str:
        alike = self._alike.get(one)
        return self._dice.choice(alike) if alike and self._dice.random() < CHARACTERS else one
