"""Logging for operators: ids, codes and counts. No library may print what people wrote, or a token."""

import logging
import sys

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


def start(*, verbose: bool = False) -> None:
    """Send our own records to stderr, one line each: time, level, event and key=value pairs."""
    quiet()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    handler.addFilter(_OursOnly())
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True)
