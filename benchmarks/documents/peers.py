"""What others would use for files: tesseract and Presidio, Presidio's image redactor; for documents our words.

No peer reads documents, so they get the words that our reader takes out of them: what is compared there is the finding.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from benchmarks import peers as engines
from benchmarks.documents.case import Case
from detectors.documents.reading import read
from detectors.types import NAMES

Answer = tuple[frozenset[str], bool, float]
"""The types that were found, whether it warns, and the seconds that it took."""


class Peer(Protocol):
    """Reads a file and says which types it found, and whether it would warn."""

    name: str
    groups: frozenset[str]

    def read(self, case: Case) -> Answer:
        """Return its answer."""


@dataclass
class WithTesseract:
    """Words by tesseract (English and traditional Chinese) out of pictures, ours out of documents; then an engine."""

    name: str
    engine: engines.Presidio
    groups: frozenset[str] = frozenset({"document", "picture"})

    def read(self, case: Case) -> Answer:
        """Return what the engine finds."""
        words, taken = _words(case)
        begun = time.perf_counter()
        found = [self.engine.predict(text) for text in words]
        types = frozenset(span.type for one in found for span in one.spans)
        return types, any(one.warn for one in found), taken + time.perf_counter() - begun


@cache
def _words(case: Case) -> tuple[tuple[str, ...], float]:
    """The words of a file and the seconds that it took to read them; once for all engines."""
    begun = time.perf_counter()
    pictured = case.group == "picture"
    words = (_tesseract(case),) if pictured else tuple(part.text for part in read(case.data, case.name).parts)
    return words, time.perf_counter() - begun


def _tesseract(case: Case) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", "eng+chi_tra"]
    done = subprocess.run(command, input=_png(case), capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _png(case: Case) -> bytes:
    """The picture as PNG, which every tool takes; upright as its camera noted."""
    import io

    import pypdfium2
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    if case.name.endswith(".pdf"):
        picture = pypdfium2.PdfDocument(case.data)[0].render(scale=2.5).to_pil()
    else:
        picture = Image.open(io.BytesIO(case.data))
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG")
    return out.getvalue()


_REDACTOR = """
import io, json, sys
from PIL import Image
from presidio_image_redactor import ImageAnalyzerEngine
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
import spacy
class Blank(SpacyNlpEngine):
    def __init__(self): super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
    def load(self): self.nlp = {"en": spacy.blank("en")}
registry = RecognizerRegistry()
nlp = Blank(); nlp.load()
registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
online = ("EmailRecognizer", "UrlRecognizer")  # they fetch the list of public suffixes
registry.recognizers = [r for r in registry.recognizers if type(r).__name__ not in online]
analyzer = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])
engine = ImageAnalyzerEngine(analyzer_engine=analyzer)
for line in sys.stdin:
    image = Image.open(io.BytesIO(bytes.fromhex(line.strip())))
    found = engine.analyze(image, ocr_kwargs={"lang": "eng+chi_tra"})
    print(json.dumps(sorted({one.entity_type for one in found})), flush=True)
"""


class Redactor:
    """Presidio's image redactor (its analyzer), in a Python of its own; tesseract is what it reads with."""

    name = "presidio image redactor"
    groups = frozenset({"picture"})

    def __init__(self, python: str) -> None:
        self._process = subprocess.Popen(
            [python, "-c", _REDACTOR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def read(self, case: Case) -> Answer:
        """Return what it would black out."""
        begun = time.perf_counter()
        assert self._process.stdin  # noqa: S101 - it is a pipe
        assert self._process.stdout  # noqa: S101 - as above
        self._process.stdin.write(_png(case).hex() + "\n")
        self._process.stdin.flush()
        types = frozenset(json.loads(self._process.stdout.readline())) & frozenset(NAMES)
        return types, bool(types - {"PERSON"}), time.perf_counter() - begun


def peers(redactor: str | None) -> Iterator[Peer]:
    """Those that are installed."""
    yield WithTesseract("tesseract, presidio", engines.default_presidio())
    yield WithTesseract("tesseract, tuned presidio", engines.tuned_presidio())
    if redactor:
        yield Redactor(redactor)
