"""Rules or a learned judge for medical talk? `python -m benchmarks.train_medical [CORPUS [OTHER ...]]` compares them.

All judge the same candidates (the terms of the lexicon in a message) by the same evidence codes:
the points that ship, a logistic regression on the codes, and spaCy's bag-of-words text classifier, which also sees the
words around the term. Five folds grouped by sentence frame; then trained on the whole corpus and tried on the invented
messages of the tests, which other hands wrote than the corpus. F1 of spans by overlap, lexicon misses included.
With corpora of other authors beside the first, each is also judged by what was learned from all the others.
"""

import csv
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from spacy.training import Example

from benchmarks.folds import STUDENT_95, folds
from benchmarks.rows import HK_CHAT, Row, Span, load
from detectors.lexicons import rows
from detectors.recognizers.medical import MedicalRecognizer

ENTITY = "MEDICAL_TERM"
CASES = Path(__file__).parents[1] / "tests" / "detectors" / "medical_cases.tsv"
AROUND = 60
EPOCHS = 8
MARKED = re.compile(r"«([^»]*)»")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term of the lexicon in a message: what speaks for and against it, and whether it is labelled."""

    codes: tuple[str, ...]
    words: str
    score: float
    meant: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """The candidates of one message and how many terms are labelled in it."""

    candidates: tuple[Candidate, ...]
    labelled: int


Judge = Callable[[Sequence[Candidate]], list[bool]]
Learner = Callable[[Sequence[Candidate]], Judge]


def main(arguments: Sequence[str]) -> None:
    """Print the comparison."""
    rows = load(Path(arguments[0]) if arguments else HK_CHAT)
    recognizer = MedicalRecognizer()
    parts = [[sample(recognizer, row) for row in part] for part in folds(rows)]
    everything = [one for part in parts for one in part]
    invented = [sample(recognizer, row) for row in cases()]
    print(f"{'':22} {'five folds, F1':>18} {'invented, F1':>13} {'us/message':>11}")
    for name, learn in (("rules", rules), ("logistic regression", regression), ("spaCy text classifier", classifier)):
        figures = [f1(learn(flat(other for other in parts if other is not part)), part) for part in parts]
        judge = learn(flat([everything]))
        mean, half = float(np.mean(figures)), STUDENT_95 * float(np.std(figures, ddof=1)) / len(figures) ** 0.5
        print(f"{name:22} {mean:10.3f} ± {half:.3f} {f1(judge, invented):13.3f} {cost(judge, everything):11.1f}")
    if len(arguments) > 1:
        across([[sample(recognizer, row) for row in load(Path(path)) if row.split == "dev"] for path in arguments])


def across(authors: list[list[Sample]]) -> None:
    """Print F1 on each author's messages, learned from those of the others."""
    for name, learn in (("rules", rules), ("logistic regression", regression), ("points, corrected", corrected)):
        others = [flat(one for one in authors if one is not author) for author in authors]
        figures = [f1(learn(training), author) for training, author in zip(others, authors, strict=True)]
        print(f"{name:22} " + " ".join(f"{figure:.3f}" for figure in figures))


def sample(recognizer: MedicalRecognizer, row: Row) -> Sample:
    """Find the candidates of `row` and compare them with its labels."""
    labelled = [span for span in row.spans if span.type == ENTITY]
    scan = recognizer.scan(row.text)
    if scan is None:
        return Sample((), len(labelled))
    found = []
    for match in recognizer.find(scan):
        start, end = scan.normalised.original(match.start, match.end)
        meant = any(span.start < end and start < span.end for span in labelled)
        words = f"{row.text[max(0, start - AROUND) : start]} TERM {row.text[end : end + AROUND]}"
        found.append(Candidate(match.evidence, words, match.score, meant))
    return Sample(tuple(found), len(labelled))


def cases() -> Iterator[Row]:
    """Yield the invented messages of the tests as rows."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        for number, case in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
            spans = []
            for count, match in enumerate(MARKED.finditer(case["text"])):
                start = match.start() - 2 * count
                spans.append(Span(ENTITY, start, start + len(match.group(1))))
            text = MARKED.sub(r"\1", case["text"])
            yield Row(str(number), text, "", (case["kind"],), tuple(spans), case["kind"] == "leak", "dev")


def flat(parts: Iterator[list[Sample]] | list[list[Sample]]) -> list[Candidate]:
    """Return all candidates of `parts`."""
    return [candidate for part in parts for one in part for candidate in one.candidates]


def f1(judge: Judge, samples: list[Sample]) -> float:
    """Score `judge` on `samples`; labelled terms that are no candidates count as missed."""
    candidates = flat([samples])
    said = judge(candidates)
    right = sum(yes and one.meant for yes, one in zip(said, candidates, strict=True))
    return 2 * right / (sum(said) + sum(one.labelled for one in samples))


def cost(judge: Judge, samples: list[Sample]) -> float:
    """Return microseconds for judging the candidates of one message that has some."""
    batches = [one.candidates for one in samples if one.candidates][:300]
    begin = time.process_time()
    for batch in batches:
        judge(batch)
    return (time.process_time() - begin) / len(batches) * 1e6


def rules(_training: Sequence[Candidate]) -> Judge:
    """Return the points that ship; there is nothing to learn (they were chosen with the `dev` split in view)."""
    return lambda candidates: [one.score >= 0.5 for one in candidates]


def regression(training: Sequence[Candidate], start: Mapping[str, float] | None = None) -> Judge:
    """Learn one weight a code by Newton's method, with a ridge towards `start`, or towards nothing."""
    index = {code: at for at, code in enumerate(sorted({code for one in training for code in one.codes}))}
    matrix = _matrix(training, index)
    meant = np.array([one.meant for one in training], float)
    before = np.array([*((start or {}).get(code, 0.0) for code in index), 0.0])
    weights = before.copy()
    for _ in range(50):
        sure = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (sure - meant) + weights - before
        curve = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return lambda candidates: [bool(score > 0) for score in _matrix(candidates, index) @ weights]


def corrected(training: Sequence[Candidate]) -> Judge:
    """Learn how far the points that ship should move."""
    return regression(training, {code: float(points) for code, points in rows("medical/points.tsv", "code", "points")})


def _matrix(candidates: Sequence[Candidate], index: dict[str, int]) -> np.ndarray:
    matrix = np.zeros((len(candidates), len(index) + 1))
    matrix[:, -1] = 1
    for row, one in enumerate(candidates):
        for code in one.codes:
            if code in index:
                matrix[row, index[code]] = 1
    return matrix


def classifier(training: Sequence[Candidate]) -> Judge:
    """Train spaCy's bag-of-words text classifier on the codes and the words around the term."""
    spacy.util.fix_random_seed(852)  # type: ignore[attr-defined]  # spaCy passes on what Thinc has
    nlp = spacy.blank("zh")
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "no_output_layer": False,
    }
    nlp.add_pipe("textcat", config={"model": model})
    examples = [
        Example.from_dict(nlp.make_doc(_line(one)), {"cats": {"YES": float(one.meant), "NO": float(not one.meant)}})
        for one in training
    ]
    optimizer = nlp.initialize(lambda: examples)
    dice = random.Random(852)  # noqa: S311 - a reproducible order, not a secret
    for _ in range(EPOCHS):
        dice.shuffle(examples)
        for batch in spacy.util.minibatch(examples, 64):  # type: ignore[no-untyped-call]  # spaCy says no types here
            nlp.update(batch, sgd=optimizer)
    return lambda candidates: [doc.cats["YES"] >= 0.5 for doc in nlp.pipe(map(_line, candidates))]


def _line(candidate: Candidate) -> str:
    return " ".join((*candidate.codes, candidate.words))


if __name__ == "__main__":
    main(sys.argv[1:])
