"""What admins ask about single incidents and about who looked, and what people ask for of their own; in a chat."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import inf, nextafter
from typing import Protocol

from bot.clocks import WallClock
from bot.config import Privacy
from bot.evidence import audit, incident, incidents, person, table
from bot.evidence.incidents import Wanted, Where
from bot.message import Ask
from bot.names import GroupNames
from bot.periods import Period, PeriodError, is_code, period
from bot.send import Document
from bot.store import Forgotten, Handled, IncidentRow, Store
from bot.talk.answer import Answer
from bot.talk.mydata import mydata
from bot.wording import say
from bot.words import Act, PressCode
from policies.policy import SEVERITIES

SHOWN = 15
"""Lines that fit into a chat message."""


class Files(Protocol):
    """A platform that may or may not take files."""

    @property
    def files(self) -> bool:
        """Whether a document arrives as a file."""
        ...

    @property
    def slash(self) -> str:
        """What stands before a command's name."""
        ...


class Evidence:
    """Answers from the log, one incident at a time. Who may ask is decided, and noted, before it comes here."""

    def __init__(
        self, privacy: Privacy, store: Store, groups: GroupNames, platforms: Mapping[str, Files], clock: WallClock
    ) -> None:
        self._privacy = privacy
        self._store = store
        self._groups = groups
        self._platforms = platforms
        self._clock = clock

    async def incidents(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        """List incidents: `open`, a period, a severity, `here`, `csv` or `json`, in any order."""
        severities = [word for word in args if word in SEVERITIES]
        forms = [word for word in args if word in ("csv", "json")]
        if "?" in args or max(len(severities), len(forms)) > 1:
            return self._say(ask, language, "incidents.usage", known=say(language, "period.known"))
        try:
            time = self._time(args)
        except PeriodError as error:
            return Answer(error.said(language))
        if "here" in args and self._store.chat(ask.platform, ask.workspace, ask.chat) is None:
            return self._say(ask, language, "answer.report_here")
        wanted = Wanted(
            since=time.since,
            until=time.until,
            chat=f"{ask.platform}:{ask.chat}" if "here" in args else None,
            still_open="open" in args,
            severity=severities[0] if severities else "",
        )
        rows = incidents.chosen(self._store, wanted)
        if forms:
            write = incidents.csv if forms[0] == "csv" else incidents.json
            return self._file(ask, language, "incidents", forms[0], write(self._store, rows, senders=self._senders))
        where = await self._where(rows[:SHOWN], language)
        return Answer("\n".join(incidents.lines(self._store, rows, where, language, senders=self._senders, most=SHOWN)))

    async def incident(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        """Show one whole, or settle, reopen or number it."""
        if not args or "?" in args:
            return self._say(ask, language, "incident.usage")
        found = self._store.incident(args[0])
        if found is None:
            return self._say(ask, language, "incident.unknown")
        if len(args) > 1:
            return await self._handle(ask, args, language)
        where = await self._where([found], language)
        return Answer(incident.page(self._store, found, where, language, senders=self._senders))

    async def _handle(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        change = handling(args, self._clock(), (ask.platform, ask.user))
        if change is None:
            return self._say(ask, language, "incident.usage")
        [code] = await self._store.commit([change])
        stood = "done" if code is PressCode.THANKS else "stood"
        return self._say(ask, language, f"incident.{stood}", state=self._stands(args[0], language))

    def _stands(self, incident_id: str, language: str) -> str:
        row = self._store.incident(incident_id)
        if row is None:
            return say(language, "incident.unknown")
        case = f" · {say(language, 'incidents.case', number=row.outside_case)}" if row.outside_case else ""
        return incidents.standing(row, language) + case

    async def audit(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        """Show who looked, who was refused, and what the program did."""
        forms = [word for word in args if word in ("csv", "json")]
        if "?" in args or len(forms) > 1:
            return self._say(ask, language, "audit.usage", known=say(language, "period.known"))
        try:
            time = self._time(args)
        except PeriodError as error:
            return Answer(error.said(language))
        rows = self._store.audits(time.since, nextafter(time.until, inf))  # this very question is noted already
        if forms:
            return self._file(ask, language, "audit", forms[0], (audit.csv if forms[0] == "csv" else audit.json)(rows))
        return Answer("\n".join(audit.lines(rows, language, 2 * SHOWN)))

    async def mydata(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        """Say what is held about the asker, or hand it out as a file."""
        if "json" in args:
            export = table.json(person.held(self._store, ask.platform, ask.workspace, ask.user))
            return self._file(ask, language, "mydata", "json", export)
        return Answer(mydata(self._store, self._privacy, ask, language, self._clock()))

    async def forgetme(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        """Say what would go and what stays; with `yes`, remove it."""
        who = (ask.platform, ask.workspace, ask.user)
        if args == ("yes",):
            await self._store.commit([Forgotten(*who, self._clock(), (ask.platform, ask.user))])
        kept = say(
            language,
            "forgetme.stays",
            open=person.still_open(self._store, *who),
            notes=person.notes(self._store, ask.platform, ask.user),
            contact=self._privacy.contact,
        )
        head = self._say(ask, language, "forgetme.done" if args == ("yes",) else "forgetme.goes").text
        return Answer(f"{head}\n{kept}")

    def _time(self, args: Sequence[str]) -> Period:
        """The period that was asked for. Raises PeriodError."""
        periods = [word for word in args if is_code(word)]
        if len(periods) > 1:
            raise PeriodError("unknown")
        return period("".join(periods) or "7d", self._clock())

    @property
    def _senders(self) -> bool:
        return self._privacy.admins_see_senders

    def _say(self, ask: Ask, language: str, key: str, **slots: object) -> Answer:
        return Answer(say(language, key, slash=self._platforms[ask.platform].slash, **slots))

    def _file(self, ask: Ask, language: str, name: str, form: str, content: str) -> Answer:
        key = "answer.report_file" if self._platforms[ask.platform].files else "answer.report_below"
        coded = content.encode("utf-8-sig" if form == "csv" else "utf-8")
        day = f"{datetime.fromtimestamp(self._clock(), UTC):%Y-%m-%d}"
        return Answer(say(language, key), Document(f"thinktwice-{name}-{day}.{form}", coded))

    async def _where(self, rows: Sequence[IncidentRow], language: str) -> Where:
        names: dict[tuple[str, str], str] = {}
        for row in rows:
            if (row.platform, row.chat) not in names:
                name = await self._groups.name(row.platform, row.workspace, row.chat)
                unnamed = say(language, "report.unnamed_group", chat=f"{row.platform}:{row.chat}")
                names[row.platform, row.chat] = name or unnamed
        return lambda row: names[row.platform, row.chat]


def handling(args: Sequence[str], at: float, by: tuple[str, str]) -> Handled | None:
    """What is to be done to the incident, from its id, the verb and the code; None when that makes no sense."""
    match list(args):
        case [known, Act.SETTLE, code]:
            return Handled(known, Act.SETTLE, at, *by, code)
        case [known, Act.REOPEN]:
            return Handled(known, Act.REOPEN, at, *by)
        case [known, Act.CASE, number]:
            return Handled(known, Act.CASE, at, *by, number.upper())
    return None
