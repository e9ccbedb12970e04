"""A report for programs: one JSON object, times in ISO 8601 UTC, codes instead of words."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from bot.reports.figures import Figures


def render(figures: Figures, language: str = "en") -> str:
    """Write the figures as indented JSON, ending with a newline; codes are the same in every language."""
    del language
    fields = asdict(figures)
    fields |= {name: dict(fields[name]) for name in ("severities", "protects", "nudges", "unread")}
    edges = {name: datetime.fromtimestamp(fields[name], UTC) for name in ("since", "until")}
    fields |= {name: edge.isoformat(timespec="seconds") for name, edge in edges.items()}
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
