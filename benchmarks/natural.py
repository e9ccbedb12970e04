"""Needless nudges: how often ordinary chat, written for other ends, is warned about.

The file is given by its path and is not part of this repository: JSON lines of `id` and `text`.
What is shown of a hit is its line, id and types, never its text: read the text in your own copy.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.scanner import Scanner


def texts(path: Path) -> list[str]:
    """Return the messages of the file."""
    with path.open(encoding="utf-8") as lines:
        return [str(json.loads(line)["text"]) for line in lines if line.strip()]


def measure(path: Path, scanners: Iterable[Scanner]) -> dict[str, Any]:
    """Return warnings per 1,000 messages of the file, and the hits of every scanner by line, id and types."""
    with path.open(encoding="utf-8") as lines:
        messages = [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]
    result: dict[str, Any] = {"messages": len(messages), "scanners": {}}
    for scanner in scanners:
        hits = []
        for number, message in messages:
            prediction = scanner.predict(message["text"])
            if prediction.warn:
                types = sorted({span.type for span in prediction.spans})
                hits.append({"line": number, "id": message["id"], "types": types})
        result["scanners"][scanner.name] = {"per_1000": 1000 * len(hits) / max(len(messages), 1), "hits": hits}
    return result
