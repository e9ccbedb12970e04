"""Which time a page is to show: what stands in its form, or what is usual and why the form could not be followed."""

from dataclasses import dataclass

from bot.periods import Period, PeriodError, asked, period
from bot.web.page import Visit


@dataclass(frozen=True, slots=True)
class Asked:
    """A time, the words that asked for it, and what is wrong with them ('' for nothing)."""

    time: Period
    words: str
    problem: str


def asked_time(visit: Visit, usual: str, now: float) -> Asked:
    """Read the form's words; `usual` is the period where there are none or no sensible ones."""
    words = visit.query.get("period", usual)
    try:
        return Asked(period(asked(words.split()), now), words, "")
    except PeriodError as error:
        return Asked(period(usual, now), words, error.said(visit.language))
