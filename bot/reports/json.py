"""A report for programs: one JSON object, times in ISO 8601 UTC, codes instead of words."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.reports.figures import Figures

_COUNTS = ("severities", "protects", "nudges", "undelivered", "unread")
"""What is counted by code."""


def render(figures: Figures, language: str = "en") -> str:
    """Write the figures as indented JSON, ending with a newline; codes are the same in every language."""
    del language
    fields = asdict(figures)
    fields |= {name: dict(fields[name]) for name in _COUNTS}
    fields["before"] |= _times(figures.before.since, figures.before.until)
    return written(fields, figures.since, figures.until)


def written(fields: Mapping[str, Any], since: float, until: float) -> str:
    """Write fields as one object with the time that they are about."""
    return json.dumps({**fields, **_times(since, until)}, ensure_ascii=False, indent=2) + "\n"


def _times(since: float, until: float) -> dict[str, str]:
    edges = {"since": datetime.fromtimestamp(since, UTC), "until": datetime.fromtimestamp(until, UTC)}
    return {name: edge.isoformat(timespec="seconds") for name, edge in edges.items()}
