"""Where a message stands, and how it came there."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from detectors.finding import Finding
from policies.chats import ChatPattern, ChatPatterns
from policies.conditions.condition import Condition
from policies.facts import Facts

Audience = Annotated[int, Field(ge=0, le=1_000_000)]


class Chats(Condition[ChatPatterns]):
    """Only in these chats."""

    field = "chats"
    written = Annotated[
        list[ChatPattern],
        AfterValidator(ChatPatterns),
        Field(description='a list of platform:chat id, * for any, such as ["slack:*"]'),
    ]
    default = ChatPatterns()

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.place in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        if not facts.chat:
            return "it is for some chats only, and none is named"
        return f"chat {facts.place} is none of its chats"


class MinAudience(Condition[int]):
    """How many people must be able to read it; an unknown number counts as large."""

    field = "min_audience"
    written = Annotated[Audience, Field(description="a whole number of people, 0 for any group")]
    default = 0

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.audience is None or facts.audience >= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"the audience is {facts.audience}, it wants at least {self.wanted}"


class Edited(Condition[bool | None]):
    """Edits only, or first posts only."""

    field = "edited"
    written = Annotated[bool | None, Field(description="true (edits only) or false (first posts only), without quotes")]
    default = None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.edited is self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return "this is a first post, it wants an edit" if self.wanted else "this is an edit, it wants a first post"


class Forwarded(Condition[bool | None]):
    """Forwarded messages only, or all others."""

    field = "forwarded"
    written = Annotated[bool | None, Field(description="true or false, without quotes")]
    default = None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.forwarded is self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return "this is not forwarded, it wants what is" if self.wanted else "this is forwarded, it wants what is not"


class External(Condition[bool | None]):
    """Only where people of another organisation read along, or only elsewhere."""

    field = "external"
    written = Annotated[bool | None, Field(description="true or false, without quotes")]
    default = None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.external is self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return "no outsiders read along, it wants some" if self.wanted else "outsiders read along, it wants none"
