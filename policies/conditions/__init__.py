"""The conditions that a rule can have. A new one is a class in the file that it belongs to, and its name below."""

from typing import Any

from policies.conditions.condition import Condition
from policies.conditions.file import FileKinds, MinFileSize, Protected
from policies.conditions.how_many import MinCount, MinPeople, MinTypes
from policies.conditions.over_time import Messages, Within
from policies.conditions.when import FromDate, OutsideHours, UntilDate, WithinHours
from policies.conditions.where import Chats, Edited, External, Forwarded, MinAudience
from policies.conditions.which import MinScore, Parts, TogetherWith, TraitsAll, TraitsAny, TraitsNone, Types
from policies.conditions.who import SenderRoles, Senders, SendersNone

CONDITIONS: tuple[type[Condition[Any]], ...] = (
    TogetherWith, Types, MinScore, TraitsAny, TraitsAll, TraitsNone, Parts,
    MinCount, MinTypes, MinPeople, Within, Messages,
    Chats, MinAudience, Edited, Forwarded, External, SenderRoles, Senders, SendersNone,
    FileKinds, MinFileSize, Protected,
    WithinHours, OutsideHours, FromDate, UntilDate,
)  # fmt: skip
"""All of them, in the order in which a rule asks: why it stays silent is told by the first that does not hold."""
