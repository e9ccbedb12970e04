"""What Slack's ids and stamps look like: whatever else stands in their place may be words, and is dropped."""

import math
import re

_ID, _STAMP = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}"), re.compile(r"[0-9]{1,20}\.[0-9]{1,20}")
_EVENT = re.compile(r"Ev[A-Za-z0-9]{1,38}")


def identifier(value: object) -> str:
    """An id as Slack writes them; '' for anything else. Only what has passed here may be kept.

    Slack's own are letters and digits; servers that stand in for it write U_ADMIN.
    """
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def event_id(value: object) -> str:
    """An event's id (docs.slack.dev/apis/events-api/#callback-field); '' for anything else."""
    return value if isinstance(value, str) and _EVENT.fullmatch(value) else ""


def stamp(value: object) -> str:
    """A message's `ts`, which is its id within a channel; '' for anything else."""
    return value if isinstance(value, str) and _STAMP.fullmatch(value) else ""


def seconds(stamp: object) -> float | None:
    """Read a stamp; None when it isn't a time."""
    try:
        read = float(stamp)  # type: ignore[arg-type]  # whatever isn't a number is answered below
    except (TypeError, ValueError, OverflowError):
        return None
    return read if 0.0 <= read < math.inf else None
