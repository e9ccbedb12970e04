"""An exception that somebody granted: which rules are silent, for whom, where, why and until when."""

from dataclasses import dataclass
from datetime import date

from policies.chats import ChatPatterns
from policies.conditions.when import day_of
from policies.facts import Facts


@dataclass(frozen=True, slots=True)
class Exemption:
    """One `[[exception]]`. No `senders` is everybody, no `chats` is everywhere; both days are in it, in Hong Kong."""

    id: str
    reason: str
    rules: frozenset[str]
    until_date: date
    from_date: date | None = None
    senders: ChatPatterns = ChatPatterns()
    chats: ChatPatterns = ChatPatterns()

    @property
    def code(self) -> str:
        """How logs and reports call it."""
        return f"exception {self.id} ({self.reason}, until {self.until_date})"

    def covers(self, facts: Facts) -> bool:
        """Whether it holds for this message. Who or when is not known is not excused."""
        if facts.at is None or not (self.from_date or date.min) <= day_of(facts.at) <= self.until_date:
            return False
        if self.senders.written and (facts.sender is None or facts.person not in self.senders):
            return False
        return not self.chats.written or facts.place in self.chats
