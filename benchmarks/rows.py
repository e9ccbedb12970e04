"""The labelled messages, and what a scanner says about one."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
HK_CHAT = CORPUS / "hk-chat.jsonl"
OTHER_AUTHORS = CORPUS / "other-authors.jsonl"
TWENTY_AUTHORS = CORPUS / "twenty-authors.jsonl"
FRESH_AUTHORS = CORPUS / "fresh-authors.jsonl"
PERFORMANCE_TALK = CORPUS / "performance-talk.jsonl"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text, in Python code points, `end` exclusive."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled message; `split` is `dev`, `train` or `tune` (may be read) or `keep` (is scored and never read).

    `author` is empty where the corpus does not say who wrote it.
    """

    id: str
    text: str
    lang: str
    tags: tuple[str, ...]
    spans: tuple[Span, ...]
    warn: bool
    split: str
    author: str = ""

    @property
    def category(self) -> str:
        """The first tag: `benign`, `hard` (looks like personal data and is not) or `data`."""
        return self.tags[0]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a scanner says: the spans, and whether the sender would be warned."""

    spans: tuple[Span, ...] = ()
    warn: bool = False


def load(path: Path) -> list[Row]:
    """Read a corpus file (JSON lines, see `corpus/README.md`); blank lines are skipped."""
    with path.open(encoding="utf-8") as lines:
        return [_row(json.loads(line)) for line in lines if line.strip()]


def chat_mix(rows: list[Row], size: int = 1000, seed: int = 852, natural: Sequence[str] = ()) -> list[str]:
    """Return the published mix of the speed figures: 90% ordinary chat, 5% hard negatives, 5% leaks.

    The ordinary chat is the corpus's, which is full of numbers, or `natural`, where somebody has such.
    """
    dice = random.Random(seed)  # noqa: S311  # a reproducible sample, not a secret
    shares = {"benign": size * 90 // 100, "hard": size * 5 // 100, "data": size * 5 // 100}
    pools = {category: [row.text for row in rows if row.category == category] for category in shares}
    if natural:
        pools["benign"] = list(natural)
    texts = []
    for category, count in shares.items():
        texts += dice.choices(pools[category], k=count) if pools[category] else []
    dice.shuffle(texts)
    return texts


def _row(line: dict[str, Any]) -> Row:
    spans = tuple(Span(span["type"], span["start"], span["end"]) for span in line["spans"])
    split = line.get("split", "dev")
    tags = tuple(line.get("tags") or ["data"])
    return Row(
        line["id"], line["text"], line.get("lang", "en"), tags, spans, line["warn"], split, line.get("author", "")
    )
