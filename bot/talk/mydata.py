"""What is stored about the person who asks, told to that person alone."""

from bot import wording
from bot.config import Privacy
from bot.message import Ask
from bot.reports.text import moment
from bot.store import IncidentRow, Readings
from bot.wording import say

_SHOWN = 10
"""The newest entries that fit into one chat message with the rest."""


def mydata(store: Readings, privacy: Privacy, ask: Ask, language: str, now: float) -> str:
    """List the asker's incidents, newest first, and everything else that is stored about them."""
    everywhere = store.incidents(0.0, float("inf"), platform=ask.platform, sender=ask.user)
    incidents = [incident for incident in reversed(everywhere) if incident.workspace == ask.workspace]
    lines = [say(language, "mydata.count", count=len(incidents)) if incidents else say(language, "mydata.none")]
    lines += [_line(incident, language) for incident in incidents[:_SHOWN]]
    if len(incidents) > _SHOWN:
        lines.append(say(language, "mydata.more", count=len(incidents) - _SHOWN))
    lines.append(_settings(store, ask, incidents, language, now))
    lines.append(say(language, "mydata.keep", days=privacy.retention_days, contact=privacy.contact))
    return "\n".join(lines)


def _line(incident: IncidentRow, language: str) -> str:
    types = wording.kinds(language, tuple(incident.types)) or say(language, "kind.other")
    state = say(language, f"state.{incident.resolution or incident.state}")
    if incident.reason and wording.has(f"reason.{incident.reason}"):
        state += f": {say(language, f'reason.{incident.reason}')}"
    return say(language, "mydata.line", at=moment(incident.posted_at), id=incident.id, kinds=types, state=state)


def _settings(store: Readings, ask: Ask, incidents: list[IncidentRow], language: str, now: float) -> str:
    person = store.person(ask.platform, ask.workspace, ask.user)
    chats = {incident.chat for incident in incidents}
    mutes = sum(
        len({rule for rule, _ in store.muted(ask.platform, ask.workspace, chat, ask.user, now)}) for chat in chats
    )
    looks = len(store.audits(platform=ask.platform, user=ask.user))
    return say(
        language,
        "mydata.settings",
        language=person.language or person.app_language or say(language, "mydata.language_unset"),
        reach=say(language, f"mydata.reach_{person.reach or 'unknown'}"),
        mutes=mutes,
        looks=looks,
    )
