"""Recognizers that an organisation writes itself, in TOML: a pattern or a list of words, and examples that prove it.

Patterns run on RE2, which takes time in proportion to the text whatever the pattern; what RE2 can't take (look-around,
back-references) is refused. They read the folded text: full-width and Simplified characters, brackets and dashes are
plain there. See docs/recognizers.md for a file.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import re2
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from detectors import files
from detectors.errors import CustomError
from detectors.recognizers.examples import broken
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.fold import TABLE
from detectors.text.normalise import fold
from detectors.text.window import Cues, is_whole
from detectors.types import NAMES

BEFORE, AFTER = 24, 14
"""How far from a match a context word may stand, in characters."""

MOST_MEMORY = 8 << 20
"""Bytes that one compiled pattern may take."""


class Written(BaseModel):
    """One `[[recognizer]]` as somebody wrote it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    entity: str = Field(pattern=r"^[A-Z][A-Z0-9_]{2,40}$")
    pattern: str = ""
    words: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    score: float = Field(default=0.6, gt=0, le=1)
    context_score: float = Field(default=0.9, gt=0, le=1)
    examples: tuple[str, ...] = Field(min_length=1)


class CustomRecognizer(ChatRecognizer):
    """Finds what one `[[recognizer]]` describes."""

    def __init__(self, written: Written) -> None:
        """Compile the pattern and fold the words; raises CustomError with the reason and the cure, without a place."""
        self.entity = written.entity  # type: ignore[misc]  # here the type is an instance's, not its class's
        self._written = written
        self._words = tuple(sorted({fold(word) for word in written.words if fold(word).strip()}, key=len, reverse=True))
        self._pattern = _compile(written.pattern) if written.pattern else None
        self._context = Cues(("context", word) for word in written.context) if written.context else None
        gate = {fold(literal) for literal in written.gate if literal.strip()}
        self.gate_literals = tuple(sorted(gate | set(self._words)))
        self.examples = written.examples
        super().__init__()

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the places of the words, or those of the pattern."""
        spans = set(self._worded(scan.lower))
        if self._pattern:
            spans |= {match.span() for match in self._pattern.finditer(scan.text) if match.end() > match.start()}
        places = scan.places(self._context) if spans and self._context else None
        for start, end in sorted(spans):
            near = bool(places and (places.kinds_before(start, BEFORE) or places.kinds_after(end, AFTER)))
            score = self._written.context_score if near else self._written.score
            evidence = ("custom", "context_word") if near else ("custom",)
            yield Match(start, end, score, "".join(scan.lower[start:end].split()), evidence=evidence)

    def _worded(self, lower: str) -> Iterator[tuple[int, int]]:
        for word in self._words:
            at = lower.find(word)
            while at >= 0:
                if is_whole(lower, at, at + len(word)):
                    yield at, at + len(word)
                at = lower.find(word, at + len(word))


def load_custom(path: Path) -> tuple[CustomRecognizer, ...]:
    """Read the recognizers in the TOML file at `path` and hold each to its examples. Raises CustomError."""
    problems: list[str] = []
    recognizers: list[CustomRecognizer] = []
    for number, table in enumerate(_tables(path), start=1):
        try:
            recognizers.append(_proven(table))
        except CustomError as error:
            entity = table.get("entity") if isinstance(table, dict) else None
            name = f" ({entity})" if isinstance(entity, str) else ""
            problems.append(f"{path}: recognizer {number}{name}: {error}")
    if problems:
        raise CustomError("\n".join(problems))
    return tuple(recognizers)


def _tables(path: Path) -> list[object]:
    try:
        content = tomllib.loads(files.read(path).decode())
    except OSError as error:
        raise CustomError(f"{path}: can't be read ({error.strerror}); check the path and its permissions") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CustomError(f"{path}: is no TOML in UTF-8: {error}") from None
    tables = content.pop("recognizer", None)
    if content or not isinstance(tables, list) or not tables:
        raise CustomError(f"{path}: holds something else than [[recognizer]] tables; write one for each recognizer")
    return tables


def _proven(table: object) -> CustomRecognizer:
    try:
        written = Written.model_validate(table)
    except ValidationError as error:
        raise CustomError("; ".join(_explain(dict(problem)) for problem in error.errors())) from None
    _require(written)
    recognizer = CustomRecognizer(written)
    for problem in broken(recognizer):
        raise CustomError(f"examples: {problem}; mend the pattern, the gate or the example")
    return recognizer


def _explain(problem: dict[str, object]) -> str:
    place = problem["loc"]
    where = ".".join(str(part) for part in place) if isinstance(place, tuple) else ""
    return f"{where or 'table'}: {problem['msg']}; see docs/recognizers.md"


def _require(written: Written) -> None:
    if written.entity in NAMES:
        raise CustomError(f"entity: {written.entity} is found already; choose a name of your own")
    if bool(written.pattern) == bool(written.words):
        raise CustomError("pattern, words: exactly one of the two is needed; write two recognizers for both")
    if written.pattern and not any(literal.strip() for literal in written.gate):
        raise CustomError("gate: a pattern needs words of which one always stands in the message; add `gate = [...]`")
    if not any("«" in example for example in written.examples):
        raise CustomError("examples: none shows what must be found; put « and » around it in at least one")


def _compile(pattern: str) -> "re2._Regexp":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    folded = "".join(TABLE.get(ord(char), char) if "\u2e80" <= char <= "\u9fff" else char for char in pattern)
    try:
        compiled = re2.compile(folded, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise CustomError(
            f"pattern: RE2 can't take it ({reason}); write it without look-around and back-references"
        ) from None
    if compiled.search(""):
        raise CustomError("pattern: it matches nothing at all, so everywhere; ask for at least one character")
    return compiled
