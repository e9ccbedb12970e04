"""What a sentence speaks of when it is not a person: "the printer has", "our approval chain is"."""

import re
from collections.abc import Iterator

from detectors.lexicons import rows

_SUBJECT = re.compile(
    r"[TtOoMmYyIi](?<![A-Za-z].)"
    r"(?<!from .)(?<!with .)(?<!at .)(?<!in .)(?<!of .)(?<!by .)(?<!on .)(?<!for .)(?<!near .)"
    r"(?:(?<=[Tt])he|(?<=[Oo])ur|(?<=[Mm])y|(?<=[Yy])our|(?<=[Ii])ts)"
    r"(?: (?!because|that|when|who|she|he|they|and|as|if|so|but|is|was|for|from|with|of|to|in|at|on|by)"
    r"[a-z]{2,12}){0,2}? (?P<noun>(?!she|they|he |yesterday|today)[a-z]{3,14})"
    r"(?= (?:has|is|was|got|gets|gave|needs|keeps|are|have|went|looks) )"
)

_COUNTED = re.compile(
    r"(?:^|(?<=[\s,。!?:;()呢嗰果我你佢哋嘅的這那成將]))(?:架|部|臺|輛|罐|樽|張(?![生太小先家姑]))"
    r"(?![門分位])[^\s,。!?:;()有係嘅都話]{1,6}"
)
"""A machine or a paper, by its measure word: 部洗地機, 架舊van."""


class Things:
    """Finds subjects that are no people."""

    def __init__(self) -> None:
        """Read the nouns that are people, or about them."""
        self._not_things = frozenset(word for (word,) in rows("medical/not_things.tsv", "word"))

    def within(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where such subjects stand in text[start:end]."""
        for match in _SUBJECT.finditer(text, start, end):
            if match["noun"] not in self._not_things:
                yield match.span()

    def counted(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where text[start:end] has a machine or a paper with its measure word, as Chinese counts things."""
        for match in () if text.isascii() else _COUNTED.finditer(text, start, end):
            yield match.start(), match.start() + 1
