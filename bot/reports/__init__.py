"""The figures of `/report`: counts, codes and times, in one file a format. Groups are named, senders never are."""

from dataclasses import replace
from pathlib import Path

from bot.misuse import InputError
from bot.names import GroupNames
from bot.reports import beside, csv, html, json, quality, text, trial
from bot.reports.counted import gather
from bot.reports.figures import Figures
from bot.store import Log
from bot.wording import say

__all__ = [
    "FORMATS",
    "ChartError",
    "Figures",
    "chart",
    "figures_of",
    "gather",
    "render",
    "render_quality",
    "render_trial",
]

FORMATS = {"text": text.render, "csv": csv.render, "json": json.render, "html": html.render}
"""How figures can be written: each takes the figures and a language. `chart` draws them."""


class ChartError(InputError):
    """A picture can't be drawn here; `code` names the sentence (of the wording's section `chart`) with the cure."""

    def __init__(self, code: str) -> None:
        super().__init__(say("en", f"chart.{code}"))
        self.code = code


def chart(figures: Figures, language: str, font: Path | None = None) -> bytes:
    """Draw figures as a PNG picture, with the operator's font if they name one. Raises ChartError."""
    try:
        from bot.reports import fonts, png  # noqa: PLC0415  # Pillow is there only where somebody wants charts
    except ModuleNotFoundError:
        raise ChartError("library") from None
    try:
        return png.render(figures, language, font)
    except fonts.NoFontError as error:
        raise ChartError(error.code) from None


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


def addressed(chat: str | None) -> str | None:
    """Return `chat` if it is `platform:chat id` or None. Raises InputError."""
    if chat is not None and not all(chat.partition(":")):
        raise InputError("A group is named by its platform and id: write telegram:-100200300 or slack:C0123")
    return chat


def figures_of(
    log: Log,
    since: float,
    until: float,
    *,
    groups: GroupNames,
    chat: str | None = None,
    before: tuple[float, float] | None = None,
    complete_since: float | None = None,
) -> Figures:
    """Count [since, until) beside `before`; `chat` is `platform:chat id` or None.

    `groups` says how the config calls groups, `complete_since` from when on nothing is deleted. Raises InputError when
    `chat` is something else.
    """
    figures = replace(gather(log, since, until, addressed(chat), before), complete_since=complete_since)
    named = ((address, groups.configured(*address.split(":", 1))) for address in figures.addresses)
    return figures.named({address: name for address, name in named if name})


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
    """Write the figures of [since, until) as `form`. Raises InputError as `figures_of` does."""
    return FORMATS[form](figures_of(log, since, until, groups=groups, chat=chat), language)
