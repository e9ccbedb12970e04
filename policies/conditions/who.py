"""Who wrote a message."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from detectors.finding import Finding
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


def _a(role: str) -> str:
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"
