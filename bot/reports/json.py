"""A report for programs: one JSON object, times in ISO 8601 UTC, codes instead of words."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.reports.figures import Figures


def render(figures: Figures, language: str = "en") -> str:
    """Write the figures as indented JSON, ending with a newline; codes are the same in every language."""
    del language
    fields = asdict(figures)
    fields |= {name: dict(fields[name]) for name in ("severities", "protects", "nudges", "unread", "swept")}
    return written(fields, figures.since, figures.until)


def written(fields: Mapping[str, Any], since: float, until: float) -> str:
    """Write fields as one object with the time that they are about."""
    edges = {"since": datetime.fromtimestamp(since, UTC), "until": datetime.fromtimestamp(until, UTC)}
    times = {name: edge.isoformat(timespec="seconds") for name, edge in edges.items()}
    return json.dumps({**fields, **times}, ensure_ascii=False, indent=2) + "\n"
