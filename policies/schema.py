"""The shape of a policy file. Each field's description finishes the sentence "write ..." for whoever got it wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from policies.chats import ChatPattern, ChatPatterns, PersonPattern, Platform
from policies.conditions import CONDITIONS
from policies.conditions.file import FILE_KINDS, Size
from policies.conditions.when import HoursWritten, moment
from policies.conditions.where import Audience
from policies.conditions.who import RoleWord, of_people
from policies.exemption import Exemption
from policies.facts import PARTS, Facts, Role
from policies.pace import Digest, Pace
from policies.policy import Effect, Mode, Rule, Severity

RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
GroupName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
People = Mapping[str, Sequence[str]]
"""Groups of people by name, each `platform:user id`."""
WordingKey = Annotated[str, Field(pattern=r"^([a-z]+(_[a-z]+)*|[a-z][a-z0-9]*(-[a-z0-9]+)+)$", max_length=40)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Sentence = Annotated[str, Field(pattern=r"\S")]
Length = Annotated[int, Field(ge=0, le=365)]
Tag = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9.()/-]*( [A-Za-z0-9.()/-]+)*$", max_length=60)]
"""What a rule protects, as it is cited: plain letters, since it is stored with incidents and stands in reports."""


class _Table(BaseModel):
    # Strict: a number in quotes is a slip of the pen that its author wants to hear about.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


_FIELDS: dict[str, Any] = {kind.field: (kind.written, kind.default) for kind in CONDITIONS}
_Conditions: Any = create_model("_Conditions", __base__=_Table, **_FIELDS)


class RuleTable(_Conditions):  # type: ignore[misc]  # each condition brings its own field
    """One `[[rule]]`."""

    id: RuleId = Field(
        description='a short name of its own, small letters, digits and "-", such as "hkid-in-large-group"'
    )
    severity: Severity = Field(description='"low", "medium", "high" or "critical"')
    effects: list[Effect] = Field(
        ["nudge"], min_length=1, description='one or more of "nudge", "alert", "digest", "delete" and "log"'
    )
    wording: str = Field("generic", description='the key of a sentence, such as "hkid"; docs/policies.md has them')
    mute_days: Length = Field(0, description="a whole number of days from 0 (never silenced) to 365")
    protects: list[Tag] = Field(
        [], max_length=8, description='up to 8 short citations, such as ["DPP3", "Code on Identity Card Number 2.7"]'
    )
    mode: Mode = Field("enforce", description='"enforce" or "simulate"')

    def rule(self, people: People = MappingProxyType({})) -> Rule:
        """Return the rule that this table describes; whatever nudges or alerts is logged too."""
        made = (kind.of(getattr(self, kind.field)) for kind in CONDITIONS)
        return Rule(
            id=self.id,
            severity=self.severity,
            conditions=tuple(condition.knowing(people) for condition in made if condition is not None),
            effects=frozenset({*self.effects, "log"}),
            wording=self.wording,
            mute_days=self.mute_days,
            protects=tuple(self.protects),
            mode=self.mode,
        )


class ExceptionTable(_Table):
    """One `[[exception]]`: rules that tell nobody anything for a while, for some people or in some chats."""

    id: RuleId = Field(description='a short name of its own, small letters, digits and "-", such as "payroll-run"')
    rules: list[RuleId] = Field(min_length=1, description="the ids of the rules that shall be silent")
    reason: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = Field(
        description='a code without spaces, such as "payroll_run"; reports show it'
    )
    until_date: date = Field(description="the last day, like 2026-12-31, without quotes")
    from_date: date | None = Field(None, description="a date like 2026-12-01, without quotes")
    senders: list[PersonPattern] = Field(
        [], description='a list of platform:user id and groups of [people], such as ["slack:U1", "hr_managers"]'
    )
    chats: list[ChatPattern] = Field([], description='a list of platform:chat id, * for any, such as ["slack:*"]')

    def exemption(self, people: People) -> Exemption:
        """Return the exception that this table describes."""
        senders, chats = of_people(ChatPatterns(self.senders), people), ChatPatterns(self.chats)
        return Exemption(self.id, self.reason, frozenset(self.rules), self.until_date, self.from_date, senders, chats)


class ExampleTable(_Table):
    """One `[[example]]`: an invented message, where it stands, and which rules it must break."""

    text: str = Field(description="an invented message in quotes")
    rules: list[str] = Field(description="the ids of the rules that must fire, [] for none")
    audience: Audience | None = Field(None, description="a whole number of people, or leave it out for unknown")
    platform: Platform = Field("", description='a platform, such as "slack"')
    chat: str = Field("", description="a chat id in quotes")
    sender: str | None = Field(None, description='a user id in quotes, such as "U1"')
    part: Literal[PARTS] = Field("text", description='a part of a message, such as "file_name"')  # type: ignore[valid-type]  # the words are data
    at: datetime | None = Field(None, description="a time like 2026-11-30T14:00:00, without quotes")
    sender_role: RoleWord = Field(Role.MEMBER, description='a role, such as "admin"')
    edited: bool = Field(default=False, description="true or false, without quotes")
    forwarded: bool = Field(default=False, description="true or false, without quotes")
    external: bool = Field(default=False, description="true or false, without quotes")
    file_kind: Literal["", *FILE_KINDS] = Field("", description='a kind of file, such as "sheet"')  # type: ignore[valid-type]  # the words are data
    file_size: Size = Field("", description='a size, such as "500 KB" or "2 MB"')
    protected: bool = Field(default=False, description="true or false, without quotes")

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
            sender=self.sender,
            at=moment(self.at) if self.at else None,
            file_kind=self.file_kind,
            file_size=int(self.file_size) if self.file_size else None,
            protected=self.protected,
        )


class PaceTable(_Table):
    """`[pace]`: how often and when people are told."""

    quiet_hours: list[HoursWritten] = Field([], description='a list of hours, such as ["Mon-Sun 20:00-08:00"]')
    per_day: Annotated[int, Field(ge=0, le=100)] = Field(0, description="a whole number of nudges, 0 for any number")
    again_after: Annotated[int, Field(ge=0, le=100)] = Field(0, description="a whole number of incidents, 0 for never")
    again_days: Annotated[int, Field(ge=1, le=90)] = Field(7, description="a whole number of days from 1 to 90")
    digest: Digest = Field("daily", description='"daily" or "weekly"')

    def pace(self) -> Pace:
        """Return the pace that this table describes."""
        quiet: Any = tuple(self.quiet_hours)
        return Pace(quiet, self.per_day, self.again_after, self.again_days, self.digest)


class PolicyTable(_Table):
    """A whole policy file."""

    extends: str = Field("", description="the name of a shipped policy, or a file beside this one, in quotes")
    remove: list[RuleId] = Field([], description='a list of ids of rules of the policy below, such as ["email"]')
    mode: Mode = Field("enforce", description='"enforce" or "simulate"')
    pace: PaceTable | None = Field(None, description="the table [pace] with quiet_hours, per_day and more")
    rule: list[RuleTable] = Field(min_length=1, description="at least one [[rule]] with id, types and severity")
    people: dict[GroupName, list[ChatPattern]] = Field(
        {}, description='each group of people as name = ["platform:user id", ...], such as hr_managers = ["slack:U1"]'
    )
    exception: list[ExceptionTable] = Field(
        [], description="each exception as [[exception]] with id, rules, reason and until_date"
    )
    wording: dict[WordingKey, dict[LanguageCode, Sentence | Annotated[list[Sentence], Field(min_length=1)]]] = Field(
        {}, description='each sentence as [wording.a-name] with en = "..." and zh = "...", a list for variants'
    )
    example: list[ExampleTable] = Field([], description="each example as [[example]] with text and rules")
