"""What admins get who ask for a report, in a chat: the figures of a period, in words or as a file."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.clocks import WallClock
from bot.config import Config
from bot.message import Ask
from bot.names import GroupNames
from bot.periods import HONG_KONG, Period, PeriodError, is_code, period
from bot.reports import FORMATS, ChartError, Figures, chart, render_quality, render_trial
from bot.reports.live import live
from bot.reports.text import head
from bot.send import Document
from bot.store import Store
from bot.talk.answer import Answer
from bot.wording import say

CHART = "chart"
"""A picture, beside what FORMATS writes."""
FILES = frozenset({"csv", "json", "html", CHART})
"""What comes as a file."""
BARE = frozenset({"csv", "json"})
"""What can be read, and copied, where no file arrives."""
KINDS = ("trial", "quality")


class Delivers(Protocol):
    """A platform that may or may not take files."""

    @property
    def files(self) -> bool:
        """Whether a document arrives as a file."""
        ...

    @property
    def slash(self) -> str:
        """What stands before a command's name."""
        ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for: which period, in which form, about what is on trial or about rules instead."""

    time: Period
    form: str
    about: str
    chat: str | None


class Reporting:
    """Answers `/report`, and writes the digest. Who may ask is decided, and noted, before it comes here."""

    def __init__(
        self, config: Config, store: Store, groups: GroupNames, platforms: Mapping[str, Delivers], clock: WallClock
    ) -> None:
        self._config = config
        self._store = store
        self._groups = groups
        self._platforms = platforms
        self._clock = clock

    async def answer(self, ask: Ask, args: Sequence[str], language: str) -> Answer:
        """Write what was asked for; a question that can't be answered gets a sentence with what can be asked."""
        platform = self._platforms[ask.platform]
        here = self._store.chat(ask.platform, ask.workspace, ask.chat) if "here" in args else None
        if "here" in args and here is None:
            return Answer(say(language, "answer.report_here", slash=platform.slash))
        try:
            wanted = self._wanted(args, f"{ask.platform}:{ask.chat}" if here else None)
        except PeriodError as error:
            return Answer(error.said(language))
        if wanted is None:
            known = say(language, "period.known")
            return Answer(say(language, "answer.report_usage", slash=platform.slash, known=known))
        if wanted.form in FILES - BARE and not platform.files:
            return Answer(say(language, "answer.report_no_files", slash=platform.slash))
        return await self._written(wanted, language, files=platform.files)

    async def digest(self, code: str, language: str) -> str:
        """Write the figures of a period that is over, for admins who have not asked."""
        return FORMATS["text"](await self._figures(period(code, self._clock()), None), language)

    def _wanted(self, args: Sequence[str], chat: str | None) -> _Wanted | None:
        """What the words ask for; None when that makes no sense. Raises PeriodError."""
        forms = [word for word in args if word in FILES]
        kinds = [word for word in args if word in KINDS]
        periods = [word for word in args if is_code(word)]
        if "?" in args or max(len(forms), len(kinds), len(periods)) > 1:
            return None
        form, kind = "".join(forms) or "text", "".join(kinds)
        if kind and form in FILES - BARE:
            return None
        return _Wanted(period("".join(periods) or "7d", self._clock()), form, kind, chat)

    async def _written(self, wanted: _Wanted, language: str, *, files: bool) -> Answer:
        if wanted.about:
            content = await asyncio.to_thread(self._other, wanted, language)
        else:
            figures = await self._figures(wanted.time, wanted.chat)
            if wanted.form == CHART:
                return await self._drawn(figures, language)
            content = FORMATS[wanted.form](figures, language)
        if wanted.form == "text":
            return Answer(content.rstrip())
        key = "answer.report_file" if files else "answer.report_below"
        name = _name(wanted.time, wanted.about, wanted.form)
        # A byte order mark, or Excel shows Chinese group names as noise.
        coded = content.encode("utf-8-sig" if wanted.form == "csv" else "utf-8")
        return Answer(say(language, key), Document(name, coded))

    async def _drawn(self, figures: Figures, language: str) -> Answer:
        """A picture; where none can be drawn, why not, and the figures in words."""
        try:
            picture = await asyncio.to_thread(chart, figures, language, self._font)
        except ChartError as error:
            return Answer(f"{say(language, f'chart.{error.code}')}\n\n{FORMATS['text'](figures, language).rstrip()}")
        name = _name(Period(figures.since, figures.until, (0.0, 0.0)), "", "png")
        # Who does not see the picture hears what matters most.
        words = [say(language, "answer.report_chart"), *head(figures, language)]
        return Answer("\n".join(words), Document(name, picture))

    def _other(self, wanted: _Wanted, language: str) -> str:
        """A report of what is on trial, or of how right the rules are."""
        time = wanted.time
        if wanted.about == "trial":
            return render_trial(
                self._store,
                time.since,
                time.until,
                groups=self._groups,
                chat=wanted.chat,
                language=language,
                form=wanted.form,
            )
        return render_quality(
            self._store, time.since, time.until, chat=wanted.chat, language=language, form=wanted.form
        )

    async def _figures(self, time: Period, chat: str | None) -> Figures:
        return await live(self._store, self._groups, self._config.privacy, time, self._clock(), chat)

    @property
    def _font(self) -> Path | None:
        font = self._config.reports.font
        return self._config.folder / font if font else None


def _name(time: Period, kind: str, form: str) -> str:
    """What a report is called that can be saved: by the last day of its period in Hong Kong."""
    day = datetime.fromtimestamp(time.until - 1, HONG_KONG)
    return "-".join(filter(None, ["thinktwice", kind, f"{day:%Y-%m-%d}"])) + f".{form}"
