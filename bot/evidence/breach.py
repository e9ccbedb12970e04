"""Breaches shown: how long the organisation has known, what is done and by whom, what was counted; codes and times."""

from collections.abc import Sequence
from dataclasses import asdict

from bot import wording
from bot.breach import DAY, HOUR, called
from bot.evidence import table
from bot.reports.text import moment
from bot.store import BreachFigures, BreachRow, Edition, Readings, Ticked
from bot.wording import say
from bot.words import BreachStep

MINUTE = 60.0


def lasted(language: str, seconds: float) -> str:
    """Say how long something lasts, in the two largest of days, hours and minutes."""
    left, pieces = max(0.0, seconds), list[str]()
    for name, unit in (("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        count, left = divmod(left, unit)
        if count or (name == "minute" and not pieces):
            pieces.append(say(language, f"breach.{name}", count=int(count)))
    return say(language, "breach.spell").join(pieces[:2])


def clock(row: BreachRow, language: str, now: float) -> str:
    """Say since when the organisation knows, and what that means for the report."""
    until = now if row.closed_at is None else row.closed_at
    known = say(language, "breach.aware", at=moment(row.aware_at), since=lasted(language, until - row.aware_at))
    return wording.spoken(language, [known, _report(row, language, now)])


def _report(row: BreachRow, language: str, now: float) -> str:
    """Say how the report stands."""
    done = next((one.at for one in row.steps if one.step is BreachStep.NOTIFY), None)
    if done is not None:
        return say(language, "breach.notified", at=moment(done), since=lasted(language, done - row.aware_at))
    if row.closed_at is not None and row.ending is not None:
        return say(language, "breach.closed", at=moment(row.closed_at), why=say(language, f"ending.{row.ending}"))
    if row.due_at is None:
        return say(language, "breach.practicable")
    if row.due_at >= now:
        return say(language, "breach.due", at=moment(row.due_at), left=lasted(language, row.due_at - now))
    return say(language, "breach.late", at=moment(row.due_at), late=lasted(language, now - row.due_at))


def reminder(row: BreachRow, language: str, now: float, slash: str) -> str:
    """The word to people about one that is open."""
    name = called(row.id)
    left = [say(language, f"todo.{step}") for step in BreachStep if step not in row.ticked]
    return wording.spoken(
        language,
        [
            say(language, "alert.breach", case=name, count=row.figures.incidents),
            clock(row, language, now),
            say(language, "breach.left", steps=wording.listed(language, tuple(left))) if left else "",
            say(language, "breach.look", slash=slash, case=name),
        ],
    )


def lines(rows: Sequence[BreachRow], language: str, now: float) -> list[str]:
    """Write a line for each, under a line that counts them."""
    return [say(language, "breach.count", count=len(rows)), *(_line(row, language, now) for row in rows)]


def _line(row: BreachRow, language: str, now: float) -> str:
    state = say(language, "breach.open" if row.closed_at is None else "breach.over")
    done = say(language, "breach.progress", done=len(row.ticked), all=len(BreachStep))
    count = say(language, "breach.incidents", count=row.figures.incidents)
    return " · ".join((called(row.id), state, count, done, clock(row, language, now)))


def page(store: Readings, row: BreachRow, language: str, now: float) -> str:
    """One whole, for people to read."""
    ending = row.closed_at is not None and row.ending is not None and BreachStep.NOTIFY in row.ticked
    blocks = [_line(row, language, now)]
    if ending:
        blocks.append(
            say(language, "breach.closed", at=moment(row.closed_at or 0.0), why=say(language, f"ending.{row.ending}"))
        )
    blocks += counted(row.figures, language)
    blocks += [say(language, "breach.ids", ids=" ".join(row.incidents))] if row.incidents else []
    blocks += checklist(row, language)
    blocks += [
        say(language, "breach.edition", number=one.number, at=moment(one.at), by=f"{one.platform}:{one.user}")
        for one in row.editions
    ]
    blocks += [
        say(language, "incident.handled", at=moment(one.at), by=f"{one.platform}:{one.user}", action=one.action)
        + (f" {one.detail}" if one.detail else "")
        for one in store.audits(about=called(row.id))
    ]
    return "\n".join(blocks)


def checklist(row: BreachRow, language: str) -> list[str]:
    """The steps, a line each: what was done, when and by whom, and what is left."""
    done = {one.step: one for one in row.steps}
    return [
        say(
            language,
            "breach.done",
            step=code,
            what=say(language, f"step.{code}"),
            at=moment(done[code].at),
            by=_by(done[code]),
        )
        if code in done
        else say(language, "breach.todo", step=code, what=say(language, f"todo.{code}"))
        for code in BreachStep
    ]


def _by(one: Ticked | Edition) -> str:
    return f"{one.platform}:{one.user}"


def counted(figures: BreachFigures, language: str) -> list[str]:
    """What was counted, a line each; nothing where no incident is left."""
    if not figures.incidents:
        return []
    return [
        say(language, "breach.what", types=types(figures, language)),
        say(language, "breach.where", count=len(figures.readers), readers=readers(figures, language)),
        say(language, "breach.ended", endings=endings(figures, language)),
    ]


def types(figures: BreachFigures, language: str) -> str:
    """The kinds of data with the number of distinct values in each message."""
    named = [f"{wording.kinds(language, (name,))} × {count}" for name, count in figures.types.items()]
    return wording.listed(language, tuple(named))


def readers(figures: BreachFigures, language: str) -> str:
    """How many could read it, in all groups; the least that is known where a group's size is not."""
    known = sum(figures.readers.values())
    key = "breach.readers" if all(figures.readers.values()) else "breach.readers_least"
    return say(language, key, count=known) if known else say(language, "breach.readers_unknown")


def endings(figures: BreachFigures, language: str) -> str:
    """How the incidents ended, with counts."""
    named = [f"{say(language, f'state.{name}')} × {count}" for name, count in figures.endings.items()]
    return wording.listed(language, tuple(named))


def record(row: BreachRow) -> dict[str, object]:
    """One as codes, for programs."""
    return {
        "case": called(row.id),
        **{name: table.stamp(getattr(row, name)) for name in ("aware_at", "due_at", "opened_at", "closed_at")},
        "ending": row.ending,
        "figures": _figures(row.figures),
        "incidents": list(row.incidents),
        "steps": [{"step": one.step, "at": table.stamp(one.at), "by": _by(one)} for one in row.steps],
        "editions": [
            {"number": one.number, "at": table.stamp(one.at), "by": _by(one), "figures": _figures(one.figures)}
            for one in row.editions
        ],
    }


def _figures(figures: BreachFigures) -> dict[str, object]:
    times = {"first": table.stamp(figures.first), "last": table.stamp(figures.last)}
    return asdict(figures) | times
