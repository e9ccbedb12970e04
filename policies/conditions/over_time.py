"""How far back a rule looks: what one sender wrote in a chat lately counts together with the message at hand."""

import re
from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from detectors.finding import Finding
from policies.conditions.condition import Condition, Wanted
from policies.facts import Facts

LONGEST = 3600.0
"""Seconds for which anything is remembered at all."""
MOST = 20
"""Messages of one sender in a chat that are remembered."""

_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}


class LookBack(Condition[Wanted]):
    """How far a rule looks back. It asks for nothing by itself: the rule counts over all that it reaches."""

    logged: ClassVar[bool] = False

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return True

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return ""


class Within(LookBack[str]):
    """What the sender wrote here in so much time counts too."""

    field = "within"
    written = Annotated[
        str,
        Field(
            pattern=r"^$|^([1-9]|[1-5][0-9]) (s|min)$|^60 (s|min)$|^1 h$",
            description='a time up to an hour, such as "10 min", "30 s" or "1 h"',
        ),
    ]
    default = ""

    @property
    def seconds(self) -> float:
        """The time in seconds."""
        amount, unit = re.split(" ", self.wanted)
        return int(amount) * _SECONDS[unit]


class Messages(LookBack[int]):
    """What the sender wrote here in so many messages, the one at hand included, counts too."""

    field = "messages"
    written = Annotated[int, Field(ge=1, le=MOST, description="a whole number of messages from 1 to 20")]
    default = 1
