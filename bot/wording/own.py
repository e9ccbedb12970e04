"""An organisation's own sentences: files in a folder of its own, held to what the shipped ones are held to.

`en.toml` and `zh.toml` replace single sentences; a file of another name (`tl.toml`) is a language of its own, whose
missing sentences are said in English.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.wording import Sentences, shipped
from detectors import files
from policies import sentences
from policies.errors import nearest
from policies.sentences import LONGEST, MOST_WORDS, slots, too_long

_CODE = re.compile(r"[a-z]{2,3}")


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
        yield from (f"{reason}; {cure}" for reason, cure in sentences.wrong(variant, wanted))
        if key.startswith("nudge.") and too_long(language, variant):
            yield f"is too long for a nudge; at most {MOST_WORDS} words, or {LONGEST['zh']} characters of Chinese"
