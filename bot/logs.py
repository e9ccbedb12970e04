"""Logging for operators: ids, codes and counts. No library may print what people wrote, or a token."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Literal

from detectors.quiet import LIBRARIES, silence

THIRD_PARTY = (
    *LIBRARIES,
    "aiohttp", "asyncio", "h11", "httpcore", "httpx", "hpack", "slack", "slack_bolt", "slack_sdk", "sqlite_utils",
    "telegram", "websockets",
)  # fmt: skip
"""Loggers of the libraries we stand on: several of them print raw updates, request bodies, URLs with tokens or the
text under analysis, some at DEBUG, some at INFO, some at ERROR."""


class _OursOnly(logging.Filter):
    """Lets our own records through, without the traceback: an exception's words may be somebody's message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep records of our packages; replace an exception by its type and place."""
        if record.name.split(".")[0] not in {"bot", "detectors", "policies"}:
            return False
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.msg} error={record.exc_info[0].__name__} at={_place(record)}"
            record.exc_info, record.exc_text = None, None
        return True


def _place(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"


def quiet() -> None:
    """Silence the libraries for good, whatever level they or a caller set later."""
    silence(THIRD_PARTY)
    logging.captureWarnings(capture=False)


class _Json(logging.Formatter):
    """A JSON object a line: time (ISO 8601, UTC), level, place, event, and the same key=value pairs as text has."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        said = record.getMessage()
        event, _, rest = said.partition(" ")
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "place": record.name,
            "event": event.removesuffix(":"),
            "message": said,
            **{f"at_{key}" if key in _TAKEN else key: value for key, value in _PAIR.findall(rest)},
        }
        return json.dumps(line, ensure_ascii=False)


_TAKEN = frozenset({"time", "level", "place", "event", "message"})
_PAIR = re.compile(r"(\w+)=(.*?)(?= \w+=|$)", re.DOTALL)


def start(*, verbose: bool = False, form: Literal["text", "json"] = "text") -> None:
    """Send our own records to stderr, one line each: time, level, event and key=value pairs, as text or as JSON."""
    quiet()
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    handler.setFormatter(_Json() if form == "json" else text)
    handler.addFilter(_OursOnly())
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True)
