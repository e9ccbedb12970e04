"""Looks for planted values in bytes, however somebody may have written them down."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from ahocorasick_rs import BytesAhoCorasick

from tests.privacy.plants import Plant

HASHES = ("md5", "sha1", "sha256", "blake2b")


class Search:
    """Planted values in any spelling and as digests; with `words`, also the words beside them."""

    def __init__(self, planted: Iterable[Plant], *, words: bool = True) -> None:
        self._of: dict[bytes, str] = {}
        for number, plant in enumerate(planted):
            for form, pattern in _forms(plant, words=words):
                # The name says which value it was without saying it.
                self._of.setdefault(pattern, f"{plant.type} no. {number}, {form}")
        self._patterns = list(self._of)
        self._all = BytesAhoCorasick(self._patterns)

    @property
    def forms(self) -> int:
        """How many patterns are looked for."""
        return len(self._patterns)

    def found(self, content: bytes) -> set[str]:
        """What of it stands in there."""
        hits = self._all.find_matches_as_indexes(content, overlapping=True)
        return {self._of[self._patterns[index]] for index, start, end in hits if _whole(content, start, end)}

    def found_in(self, folder: Path) -> dict[str, set[str]]:
        """What stands in the files below a folder, and in their names; by the file's place."""
        places = sorted(folder.rglob("*"))
        files = {str(path.relative_to(folder)): path.read_bytes() for path in places if path.is_file()}
        looked = {name: self.found(name.encode() + b"\n" + content) for name, content in files.items()}
        return {name: found for name, found in looked.items() if found}


def _whole(content: bytes, start: int, end: int) -> bool:
    """A run of digits inside a longer one is another number: a time, say."""
    if not content[start:end].isdigit():
        return True
    return not content[max(start - 1, 0) : start].isdigit() and not content[end : end + 1].isdigit()


def _forms(plant: Plant, *, words: bool) -> Iterator[tuple[str, bytes]]:
    written = {"as written": plant.value, "small": plant.value.lower(), "capital": plant.value.upper()}
    written["joined"] = joined = re.sub(r"[\s()\-/,.$]", "", plant.value)
    written["digits"] = digits = re.sub(r"\D", "", plant.value)
    written["in JSON"] = json.dumps(plant.value)[1:-1]
    written["in an address"] = quote(plant.value)
    if words:
        written["its word"] = plant.word
    for form, text in written.items():
        if len(text) >= (7 if text == digits else 6):
            yield form, text.encode()
            yield f"{form}, UTF-16", text.encode("utf-16-le")
    for text in (plant.value, plant.value.lower(), joined, joined.lower(), digits):
        if len(text) >= 6:
            content = text.encode()
            yield "base64", base64.b64encode(content).rstrip(b"=")[:-1]
            yield "hex", content.hex().encode()
            for name in HASHES:
                digest = hashlib.new(name, content, usedforsecurity=False)
                yield name, digest.digest()[:12]
                yield f"{name} in hex", digest.hexdigest()[:24].encode()
