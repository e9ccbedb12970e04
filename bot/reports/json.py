"""A report for programs: one JSON object, times in ISO 8601 UTC, codes instead of words."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.reports.figures import Figures

_COUNTS = ("severities", "protects", "nudges", "undelivered", "unread", "swept")
"""What is counted by code."""


def render(figures: Figures, language: str = "en") -> str:
    """Write the figures as indented JSON, ending with a newline; codes are the same in every language."""
    del language
    fields = asdict(figures)
    fields |= {name: dict(fields[name]) for name in _COUNTS}
    fields["complete_since"] = figures.complete_since and _iso(figures.complete_since)
    fields["before"] |= _times(figures.before.since, figures.before.until)
    return written(fields, figures.since, figures.until)


def written(fields: Mapping[str, Any], since: float, until: float) -> str:
    """Write fields as one object with the time that they are about."""
    return json.dumps({**fields, **_times(since, until)}, ensure_ascii=False, indent=2) + "\n"


def _times(since: float, until: float) -> dict[str, str]:
    return {"since": _iso(since), "until": _iso(until)}


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
