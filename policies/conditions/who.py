"""Who wrote a message."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from detectors.finding import Finding
from policies.chats import ChatPatterns, PersonPattern
from policies.conditions.condition import Condition
from policies.facts import Facts, Role

RoleWord = Annotated[Role, Field(strict=False)]
"""A role as people write it."""


class SenderRoles(Condition[frozenset[Role]]):
    """Only what such people write; an unknown role counts as any that is asked for."""

    field = "sender_roles"
    written = Annotated[
        frozenset[RoleWord], Field(strict=False, description='a list of roles, such as ["member", "admin"]')
    ]
    default = frozenset()
    needs = frozenset({"sender_role"})

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.sender_role is None or facts.sender_role in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        wanted = " or ".join(_a(role) for role in Role if role in self.wanted)
        return f"the sender is {_a(facts.sender_role or '')}, it wants {wanted}"


class Senders(Condition[ChatPatterns]):
    """Only what these people write; a sender whom nobody knows counts as one of them."""

    field = "senders"
    written = Annotated[
        list[PersonPattern],
        AfterValidator(ChatPatterns),
        Field(description='a list of platform:user id and groups of [people], such as ["slack:U1", "hr_managers"]'),
    ]
    default = ChatPatterns()

    def knowing(self, people: Mapping[str, Sequence[str]]) -> Self:
        return type(self)(of_people(self.wanted, people))

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.sender is None or facts.person in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return "the sender is none of its senders"


class SendersNone(Senders):
    """Only what other people write; a sender whom nobody knows counts as one of the others."""

    field = "senders_none"

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.sender is None or facts.person not in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return "the sender is one of those it leaves out"


def of_people(written: ChatPatterns, people: Mapping[str, Sequence[str]]) -> ChatPatterns:
    """Put groups of people in place of their names; what is no group stays as it is."""
    return ChatPatterns([person for name in written.written for person in people.get(name, [name])])


def _a(role: str) -> str:
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"
