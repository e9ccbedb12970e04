"""The figures of `/report`: counts, codes and times, in one file a format. Groups are named, senders never are."""

import re

from bot.misuse import InputError
from bot.names import GroupNames
from bot.reports import beside, csv, json, quality, text, trial
from bot.reports.figures import Figures, gather
from bot.store import Log

__all__ = ["FORMATS", "Figures", "gather", "period", "render", "render_quality", "render_trial"]

FORMATS = {"text": text.render, "csv": csv.render, "json": json.render}
"""How figures can be written: each takes the figures and a language."""


def render_trial(
    log: Log, since: float, until: float, *, groups: GroupNames, chat: str | None, language: str, form: str = "text"
) -> str:
    """Write what was on trial in [since, until) beside what was done. Raises InputError when `chat` names no group."""
    figures = trial.gather(log, since, until, addressed(chat))
    match form:
        case "csv":
            return beside.trials_csv(figures, since, until, groups)
        case "json":
            return beside.trials_json(figures, since, until, groups)
        case _:
            return trial.render(figures, since, until, groups, language)


def render_quality(log: Log, since: float, until: float, *, chat: str | None, language: str, form: str = "text") -> str:
    """Write how right each rule was in [since, until). Raises InputError when `chat` names no group."""
    rules = quality.gather(log, since, until, addressed(chat))
    checked = quality.checks(log, since, until, chat)
    match form:
        case "csv":
            return beside.quality_csv(rules, checked, since, until)
        case "json":
            return beside.quality_json(rules, checked, since, until)
        case _:
            return quality.render(rules, checked, since, until, language)


_PERIOD = re.compile(r"([1-9][0-9]{0,2})([hd])", re.ASCII)
_SECONDS = {"h": 3600.0, "d": 86400.0}


def period(words: str) -> float:
    """Read "24h" or "7d" as seconds. Raises InputError."""
    matched = _PERIOD.fullmatch(words)
    if matched is None:
        raise InputError("A period is a number with h for hours or d for days: write 24h, 7d or 30d")
    return int(matched[1]) * _SECONDS[matched[2]]


def addressed(chat: str | None) -> str | None:
    """Return `chat` if it is `platform:chat id` or None. Raises InputError."""
    if chat is not None and not all(chat.partition(":")):
        raise InputError("A group is named by its platform and id: write telegram:-100200300 or slack:C0123")
    return chat


def render(
    log: Log,
    form: str,
    since: float,
    until: float,
    *,
    groups: GroupNames,
    chat: str | None = None,
    language: str = "en",
) -> str:
    """Write the figures of [since, until) as `form`; `chat` is `platform:chat id` or None.

    `groups` says how the config calls groups. Raises InputError when `chat` is something else.
    """
    figures = gather(log, since, until, addressed(chat))
    named = ((address, groups.configured(*address.split(":", 1))) for address in figures.addresses)
    known = {address: name for address, name in named if name}
    return FORMATS[form](figures.named(known), language)
