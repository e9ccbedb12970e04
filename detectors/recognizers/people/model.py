"""Names from a spaCy model that the operator configured: `PERSON`, within bounds of time and memory.

Facts behind the bounds: spaCy keeps every token for good unless it works in a memory zone, and its tokenizers for
Latin scripts take quadratic time on runs of punctuation.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import spacy
from spacy.language import Language

from detectors.errors import ModelError
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan

LONGEST = 4_000
"""Characters of a text that the model reads."""

LABELS = frozenset({"PERSON", "PER"})
_RUNS = re.compile(r"[^\w\s]{4,}|[\x21-\x7e]{80,}")


class NameRecognizer(ChatRecognizer):
    """`PERSON` where the model sees a name. It knows no gate: every text passes."""

    entity = "PERSON"
    always = True

    def __init__(self, model: str) -> None:
        """Load `model`, an installed package's name or a folder; raises ModelError. Nothing is downloaded."""
        self._nlp = _load(model)
        self._lock = Lock()
        super().__init__()

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the model's names; the places outlive the tokens, the tokens are let go of."""
        text = _RUNS.sub(lambda run: " " * len(run.group()), scan.text[:LONGEST])
        with self._lock, self._nlp.memory_zone():
            doc = self._nlp(text)
            places = [(span.start_char, span.end_char) for span in doc.ents if span.label_ in LABELS]
            del doc
        for start, end in places:
            name = scan.lower[start:end]
            yield Match(start, end, 0.85, " ".join(name.split()), evidence=("model",))


def _load(model: str) -> Language:
    try:
        nlp = spacy.load(Path(model) if Path(model).is_dir() else model)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"detector.spacy_model: {model!r} can't be loaded; install that package or give the folder of a pipeline"
        ) from error
    if not any(LABELS & set(labels) for labels in nlp.pipe_labels.values()):
        raise ModelError(
            f"detector.spacy_model: {model!r} knows no PERSON; choose a pipeline with a component for names"
        )
    return nlp
