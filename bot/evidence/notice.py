"""What staff must be told before a bot reads along: from the configuration and the policies in force, in plain words.

Source of the duty: openness (data protection principle 5), and the Commissioner's guideline on monitoring at work:
people are told beforehand what is monitored, when, why, and what becomes of it.
"""

from collections.abc import Iterator, Sequence

from bot.config import Config
from bot.reports.text import moment
from bot.store import ChatRow
from bot.wording import kinds, say
from detectors.types import gravest_first
from policies.conditions.which import Types
from policies.policy import Policy
from policies.reload import PolicySet

EFFECTS = ("nudge", "alert", "digest", "delete")
"""What a rule may do that people would want to know, in the order in which they are told."""


def notice(config: Config, policies: PolicySet, language: str, slash: str = "/") -> str:
    """The notice in one language, one paragraph a line; `slash` is what stands before a command where it is read."""
    privacy = config.privacy
    slots = {"operator": privacy.operator, "contact": privacy.contact, "days": privacy.retention_days, "slash": slash}
    first, last = ("who", "what"), ("kept", "long", "see", "private", "choice")
    lines = [say(language, "staff.title")]
    lines += [say(language, f"privacy.{name}", **slots) for name in first]
    lines += _judged(policies, language)
    lines += [say(language, "privacy.files", **slots)] if config.files.enabled else []
    lines += [say(language, f"privacy.{name}", **slots) for name in last]
    lines.append(say(language, "staff.edition", edition=policies.hash))
    return "\n\n".join(lines) + "\n"


def _judged(policies: PolicySet, language: str) -> Iterator[str]:
    """What each policy looks for and does, by where it judges."""
    for place, policy in {"": policies.default, **policies.chats}.items():
        where = place or say(language, "staff.elsewhere")
        named = kinds(language, _types(policy))
        yield say(language, "staff.looks", where=where, kinds=named)
        if policy.mode != "enforce":
            yield say(language, "staff.simulate", where=where)
            continue
        effects = {effect for rule in policy.rules if rule.mode == "enforce" for effect in rule.effects}
        told = (say(language, f"staff.{effect}") for effect in EFFECTS if effect in effects)
        yield (" " if language == "en" else "").join(told)


def _types(policy: Policy) -> tuple[str, ...]:
    wanted = (rule.condition(Types) for rule in policy.rules)
    return gravest_first(sorted(name for types in wanted if types for name in types.wanted))


def greetings(chats: Sequence[ChatRow], language: str) -> list[str]:
    """Where the groups' greetings stood and when, and the last reminder; a line a group, by ids."""
    if not chats:
        return [say(language, "greetings.none")]
    return [
        say(
            language,
            "greetings.line",
            where=f"{chat.platform}:{chat.chat}",
            greeted=_day(chat.greeted_at, language),
            reminded=_day(chat.reminded_at, language),
            state=say(language, f"greetings.{chat.state}", since=_day(chat.since, language)),
        )
        for chat in chats
    ]


def _day(at: float | None, language: str) -> str:
    return say(language, "greetings.never") if at is None else moment(at)
