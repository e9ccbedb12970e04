"""spaCy's trainable pipeline beside the second opinion: `python -m benchmarks.opinion.spacy_beside --natural CHAT`.

A blank pipeline with `spancat` and its own tok2vec as spaCy ships it, taught what the encoder is taught (the same
messages, swaps, sentences of templates and ordinary chat). It warns when it finds anything but a name. Prints figures,
never a text.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import compile_infix_regex
from thinc.api import fix_random_seed

from benchmarks import accuracy
from benchmarks.opinion.examples import LEARNED, labelled, ordinary
from benchmarks.opinion.lessons import Lesson, Lessons
from benchmarks.rows import TWENTY_AUTHORS, Prediction, Row, Span, load
from benchmarks.score import score
from detectors.types import TYPES

KEY = "sc"
LONGEST = 8
"""Pieces of the longest span that is proposed: all runs up to it are judged."""
A_BATCH = 20
HAN = r"[\u3400-\u9fff]"
CUTS = ((HAN, "."), (".", HAN), (r"\d", r"\D"), (r"\D", r"\d"), (r"[^\w\s]", r"\w"), (r"\w", r"[^\w\s]"))
"""Between which characters a word ends."""
_NAMES = frozenset(type_.name for type_ in TYPES if type_.beside)


def blank() -> Language:
    """Return a pipeline that takes each Chinese character and each number for a word, and knows nothing yet."""
    nlp = spacy.blank("xx")
    infixes = [*(nlp.Defaults.infixes or ()), *(rf"(?<={one})(?={other})" for one, other in CUTS)]
    cutter: Any = nlp.tokenizer
    cutter.infix_finditer = compile_infix_regex(infixes).finditer
    suggester = {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 1, "max_size": LONGEST}
    spancat: Any = nlp.add_pipe("spancat", config={"spans_key": KEY, "suggester": suggester})
    for type_ in TYPES:
        spancat.add_label(type_.name)
    return nlp


def learn(nlp: Language, lessons: Lessons, rounds: int, dice: random.Random) -> None:
    """Teach the pipeline."""
    steps = nlp.initialize()
    for number in range(rounds):
        began, losses = time.process_time(), dict[str, float]()
        shown = list(lessons.round())
        dice.shuffle(shown)
        for first in range(0, len(shown), A_BATCH):
            batch = shown[first : first + A_BATCH]
            nlp.update([_example(nlp, lesson) for lesson in batch], sgd=steps, drop=0.1, losses=losses)
        spent = time.process_time() - began
        print(f"round {number + 1} of {rounds}, loss {losses['spancat']:.0f}, {spent:.0f} s", flush=True)


def _example(nlp: Language, lesson: Lesson) -> Example:
    text, places = lesson.text
    doc = nlp.make_doc(text)
    spans = (doc.char_span(start, end, kind, alignment_mode="expand") for start, end, kind in places)
    return Example.from_dict(doc, {"spans": {KEY: [(s.start_char, s.end_char, s.label_) for s in spans if s]}})


def predicted(doc: Doc) -> Prediction:
    """Return the surest of overlapping spans, and a warning for anything but a name."""
    group = doc.spans[KEY]
    ranked = sorted(zip(group.attrs["scores"], group, strict=True), key=lambda told: -told[0])
    kept: list[Span] = []
    for _, span in ranked:
        place = Span(span.label_, span.start_char, span.end_char)
        if not any(place.start < other.end and other.start < place.end for other in kept):
            kept.append(place)
    return Prediction(tuple(kept), any(place.type not in _NAMES for place in kept))


def _lines(name: str, rows: Sequence[Row], nlp: Language) -> Iterator[str]:
    began = time.process_time()
    said = {row.id: predicted(nlp(row.text)) for row in rows}
    spent = (time.process_time() - began) / len(rows) * 1e6
    scores = score(accuracy.scored(rows), _scored(rows, said))
    yield f"{name}: {len(rows)} messages, {spent:.0f} us of processor time a message"
    for entity, counts in [*sorted(scores.types.items()), ("warn", scores.warn)]:
        yield f"{entity:20}{_told(counts.precision)}{_told(counts.recall)}{_told(counts.f())}{_told(counts.f(2))}"


def _scored(rows: Iterable[Row], said: dict[str, Prediction]) -> dict[str, Prediction]:
    """Return what is scored: names only where something else is labelled, as for everybody."""
    beside = {row.id for row in rows if any(span.type not in _NAMES for span in row.spans)}
    return {
        name: one if name in beside else Prediction(tuple(s for s in one.spans if s.type not in _NAMES), one.warn)
        for name, one in said.items()
    }


def _told(figure: float | None) -> str:
    return f"{'-' if figure is None else format(figure, '.3f'):>8}"


def main() -> None:
    """Teach spaCy, then score it on the authors that taught nothing."""
    told = argparse.ArgumentParser(prog="python -m benchmarks.opinion.spacy_beside", description=__doc__)
    told.add_argument("--natural", type=Path, required=True, help="ordinary chat as JSON lines with `text`")
    told.add_argument("--rounds", type=int, default=6)
    told.add_argument("--seed", type=int, default=1)
    options = told.parse_args()
    fix_random_seed(options.seed)
    dice = random.Random(options.seed)  # noqa: S311 - chance for learning, not for secrets
    plain, rest = ordinary(options.natural, options.seed)
    nlp = blank()
    learn(nlp, Lessons(labelled(LEARNED), plain, dice), options.rounds, dice)
    with TemporaryDirectory() as folder:
        nlp.to_disk(folder)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    print(f"{size / 1e6:.1f} MB; columns: precision, recall, F1, F2")
    rows = load(TWENTY_AUTHORS)
    for split in ("tune", "keep"):
        print(
            "\n".join(_lines(f"twenty-authors {split}", [row for row in rows if row.split == split], nlp)), flush=True
        )
    warned = sum(predicted(nlp(text)).warn for text in rest)
    print(f"ordinary chat that taught nothing: {warned} of {len(rest)} warned of")


if __name__ == "__main__":
    main()
