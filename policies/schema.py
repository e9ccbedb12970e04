"""The shape of a policy file. Each field's description finishes the sentence "write ..." for whoever got it wrong."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from policies.policy import Effect, Facts, Mode, Rule, Severity

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
ChatPattern = Annotated[str, Field(pattern=r"^[^\s:]+:\S+$")]
Count = Annotated[int, Field(ge=1, le=1000)]
Length = Annotated[int, Field(ge=0, le=365)]
People = Annotated[int, Field(ge=0, le=1_000_000)]


class _Table(BaseModel):
    # Strict: a number in quotes is a slip of the pen that its author wants to hear about.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class RuleTable(_Table):
    """One `[[rule]]`."""

    id: RuleId = Field(
        description='a short name of its own, small letters, digits and "-", such as "hkid-in-large-group"'
    )
    types: list[str] = Field(min_length=1, description='one or more entity types, such as ["HKID", "PHONE_NUMBER"]')
    severity: Severity = Field(description='"low", "medium", "high" or "critical"')
    effects: list[Effect] = Field(["nudge"], min_length=1, description='one or more of "nudge", "alert" and "log"')
    wording: str = Field("generic", description='the key of a sentence, such as "hkid"; docs/policies.md has them')
    mute_days: Length = Field(0, description="a whole number of days from 0 (never silenced) to 365")
    min_score: float = Field(0.5, ge=0, le=1, description="a number from 0 to 1, such as 0.75")
    min_count: Count = Field(1, description="a whole number from 1 to 1000: so many different values")
    min_types: Count = Field(1, description="a whole number from 1 to the number of types in this rule")
    min_people: Count = Field(1, description="a whole number from 1 to 1000: so many people or rows")
    traits_any: list[Word] = Field([], description='a list of traits, such as ["own"]')
    traits_all: list[Word] = Field([], description='a list of traits, such as ["own"]')
    traits_none: list[Word] = Field([], description='a list of traits, such as ["business", "sample"]')
    chats: list[ChatPattern] = Field([], description='a list of platform:chat id, * for any, such as ["slack:*"]')
    min_audience: People = Field(0, description="a whole number of people, 0 for any group")
    edited: bool | None = Field(None, description="true (edits only) or false (first posts only), without quotes")
    forwarded: bool | None = Field(None, description="true or false, without quotes")
    external: bool | None = Field(None, description="true or false, without quotes")
    sender_roles: list[Word] = Field([], description='a list of roles, such as ["member", "admin"]')

    def rule(self) -> Rule:
        """Return the rule that this table describes; whatever nudges or alerts is logged too."""
        return Rule(
            id=self.id,
            types=frozenset(self.types),
            severity=self.severity,
            effects=frozenset({*self.effects, "log"}),
            wording=self.wording,
            mute_days=self.mute_days,
            min_score=self.min_score,
            min_count=self.min_count,
            min_types=self.min_types,
            min_people=self.min_people,
            traits_any=frozenset(self.traits_any),
            traits_all=frozenset(self.traits_all),
            traits_none=frozenset(self.traits_none),
            chats=tuple(self.chats),
            min_audience=self.min_audience,
            edited=self.edited,
            forwarded=self.forwarded,
            external=self.external,
            sender_roles=frozenset(self.sender_roles),
        )


class ExampleTable(_Table):
    """One `[[example]]`: an invented message, where it stands, and which rules it must break."""

    text: str = Field(description="an invented message in quotes")
    rules: list[str] = Field(description="the ids of the rules that must fire, [] for none")
    audience: People | None = Field(None, description="a whole number of people, or leave it out for unknown")
    platform: str = Field("", description='a platform, such as "slack"')
    chat: str = Field("", description="a chat id in quotes")
    sender_role: Word = Field("member", description='a role, such as "admin"')
    edited: bool = Field(default=False, description="true or false, without quotes")
    forwarded: bool = Field(default=False, description="true or false, without quotes")
    external: bool = Field(default=False, description="true or false, without quotes")

    def facts(self) -> Facts:
        """Return what rules may know about this message."""
        return Facts(
            platform=self.platform,
            chat=self.chat,
            audience=self.audience,
            sender_role=self.sender_role,
            edited=self.edited,
            forwarded=self.forwarded,
            external=self.external,
        )


class PolicyTable(_Table):
    """A whole policy file."""

    mode: Mode = Field("enforce", description='"enforce" or "simulate"')
    rule: list[RuleTable] = Field(min_length=1, description="at least one [[rule]] with id, types and severity")
    example: list[ExampleTable] = Field([], description="each example as [[example]] with text and rules")
