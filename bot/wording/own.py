"""An organisation's own sentences: files in a folder of its own, held to what the shipped ones are held to.

`en.toml` and `zh.toml` replace single sentences; a file of another name (`tl.toml`) is a language of its own, whose
missing sentences are said in English.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from bot.wording import Sentences, shipped
from detectors import files
from policies.errors import nearest

LONGEST = {"zh": 150 - 40}
"""Characters of a nudge in Chinese, with room for what is added to it."""
MOST_WORDS = 60 - 17
"""Words of a nudge in other languages, likewise."""
_CODE = re.compile(r"[a-z]{2,3}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class WordingError(Exception):
    """A file of sentences can't be used; each line says where, why and what to do."""


def read(folder: Path) -> dict[str, Sentences]:
    """Read the files of a folder: for each language its sentences by key. Raises WordingError."""
    if not folder.is_dir():
        raise WordingError(f"{folder}: there is no such folder; make it, with an en.toml or zh.toml in it")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise WordingError(f"{folder}: there is no sentence in it; write an en.toml or zh.toml there")
    problems: list[str] = []
    own = {path.stem: _language(path, problems) for path in paths}
    if problems:
        raise WordingError("\n".join(problems))
    return own


def _language(path: Path, problems: list[str]) -> Sentences:
    if not _CODE.fullmatch(path.stem):
        problems.append(f"{path}: the name must be a language's code of two or three letters, such as tl.toml")
        return {}
    try:
        book = tomllib.loads(files.read(path).decode())
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path}: not valid TOML: {error}; mend that line")
        return {}
    except (OSError, UnicodeDecodeError):
        problems.append(f"{path}: can't be read as UTF-8 text; check the file and its permissions")
        return {}
    own: dict[str, tuple[str, ...]] = {}
    for key, variants in _entries(path, book, problems):
        problems += [f"{path}: {key}: {problem}" for problem in _wrong(path.stem, key, variants)]
        own[key] = variants
    return own


def _entries(path: Path, book: Mapping[str, object], problems: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sentences of a file by key, each with its variants."""
    for section, entries in book.items():
        if not isinstance(entries, dict):
            problems.append(f"{path}: {section}: sentences stand in a section such as [nudge]")
            continue
        for name, text in entries.items():
            variants = tuple(text) if isinstance(text, list) else (text,)
            if variants and all(isinstance(variant, str) and variant.strip() for variant in variants):
                yield f"{section}.{name}", variants
            else:
                problems.append(f"{path}: {section}.{name}: must be a sentence, or a list of sentences")


def _wrong(language: str, key: str, variants: tuple[str, ...]) -> Iterator[str]:
    """Say what is wrong with the variants of a sentence."""
    known = shipped("en")
    if key not in known:
        yield f"nobody says this; {nearest(key, known)}" if len(key) < 60 else "nobody says this"
        return
    wanted = slots(known[key][0])
    for variant in variants:
        try:
            given = slots(variant)
        except ValueError:
            yield "has a { or } without its other half; write {{ or }} for the character itself"
            continue
        if strange := sorted(given - wanted):
            yield f"{{{strange[0]}}} is not filled in here; {_those(wanted)}"
        elif missing := sorted(wanted - given):
            yield f"{{{missing[0]}}} is missing; {_those(wanted)}"
        if _CONTROL.search(variant):
            yield "has a character that nobody can see; write it anew"
        if key.startswith("nudge.") and _is_long(language, variant):
            yield f"is too long for a nudge; at most {MOST_WORDS} words, or {LONGEST['zh']} characters of Chinese"


def slots(text: str) -> frozenset[str]:
    """Return the names of the slots of a sentence. Raises ValueError for a brace without its other half."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _those(wanted: frozenset[str]) -> str:
    return "use " + ", ".join(f"{{{name}}}" for name in sorted(wanted)) if wanted else "this sentence has no slots"


def _is_long(language: str, text: str) -> bool:
    longest = LONGEST.get(language)
    return len(text) > longest if longest else len(text.split()) > MOST_WORDS
