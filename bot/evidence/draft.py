"""A draft notification: the fields of a regulator's form, filled from codes and counts, the blanks marked.

It holds no word of a message and nobody's id; what a person has to add is said in place.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot import wording
from bot.breach import called
from bot.config import Privacy
from bot.evidence import breach
from bot.misuse import InputError
from bot.reports.text import moment
from bot.store import BreachFigures, BreachRow
from bot.wording import LANGUAGES, say
from bot.words import BreachStep, Form

LATE = 72 * 3600.0
"""Seconds after which Article 33(1) of the UK GDPR wants the reasons for the delay."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it asks, what is known, and what is still to be filled in; '' for nothing."""

    asks: str
    known: str
    blank: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft in one language; `sections` are titles with their fields. `made_at` is in Unix seconds."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Field, ...]], ...]
    language: str
    author: str
    made_at: float


@dataclass(frozen=True, slots=True)
class _Known:
    """What a draft is filled from: the newest edition's figures, and how the breach stands now."""

    row: BreachRow
    figures: BreachFigures
    privacy: Privacy
    language: str
    now: float

    def say(self, key: str, **slots: object) -> str:
        return say(self.language, f"draft.{key}", **slots)


def drafted(row: BreachRow, form: Form, language: str, privacy: Privacy, now: float) -> Draft:
    """Fill a form in for a breach; `language` en or zh, any other is en."""
    code = language if language in LANGUAGES else "en"
    asked = _form(form)
    figures = row.editions[-1].figures if row.editions else row.figures
    known = _Known(row, figures, privacy, code, now)
    sections = tuple(
        (section[code], tuple(_field(one, known) for one in section["fields"])) for section in asked["sections"]
    )
    notes = (known.say("made", case=called(row.id), at=moment(now)), known.say("note"))
    return Draft(asked["title"][code], notes, sections, code, privacy.operator, now)


def _field(asked: Mapping[str, Any], known: _Known) -> Field:
    filled = FILLS[asked["fill"]](known) if "fill" in asked else ""
    return Field(asked[known.language], filled, asked["blank"][known.language] if "blank" in asked else "")


@cache
def _form(form: Form) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("forms", f"{form}.toml").read_text("utf-8"))


def _edition(known: _Known) -> str:
    first, *_ = known.row.editions
    newest = known.row.editions[-1]
    said = known.say("edition", number=newest.number, at=moment(newest.at))
    if newest is first:
        return said
    before = known.row.editions[-2]
    return wording.spoken(
        known.language,
        [
            said,
            known.say("replaces", number=before.number, at=moment(before.at)),
            known.say("then", before=before.figures.incidents, now=newest.figures.incidents),
        ],
    )


def _description(known: _Known) -> str:
    return known.say("description", count=known.figures.incidents, types=breach.types(known.figures, known.language))


def _happened(known: _Known) -> str:
    first, last = known.figures.first, known.figures.last
    if first is None or last is None:
        return ""
    if first == last:
        return moment(first)
    return known.say("between", first=moment(first), last=moment(last))


def _place(known: _Known) -> str:
    platforms = dict.fromkeys(chat.partition(":")[0].capitalize() for chat in known.figures.readers)
    named = wording.listed(known.language, tuple(platforms))
    return known.say("place", count=len(known.figures.readers), platforms=named)


def _delay(known: _Known) -> str:
    notified = next((one.at for one in known.row.steps if one.step is BreachStep.NOTIFY), known.now)
    since = breach.lasted(known.language, notified - known.row.aware_at)
    key = "late" if notified - known.row.aware_at > LATE else "in_time"
    return known.say(key, since=since)


def _severities(known: _Known) -> str:
    named = [f"{say(known.language, f'severity.{name}')} × {count}" for name, count in known.figures.severities.items()]
    return known.say("severities", severities=wording.listed(known.language, tuple(named)))


def _steps(known: _Known) -> str:
    done = [f"{moment(one.at)}: {say(known.language, f'step.{one.step}')}" for one in known.row.steps]
    return "\n".join(done) or known.say("nothing_yet")


def _open_steps(known: _Known) -> str:
    left = [say(known.language, f"todo.{step}") for step in BreachStep if step not in known.row.ticked]
    return "\n".join(left) or known.say("nothing_left")


def _told(known: _Known) -> str:
    at = next((one.at for one in known.row.steps if one.step is BreachStep.TELL), None)
    return known.say("not_told") if at is None else known.say("told", at=moment(at))


FILLS: Mapping[str, Callable[[_Known], str]] = {
    "operator": lambda known: known.privacy.operator,
    "contact": lambda known: known.privacy.contact,
    "edition": _edition,
    "description": _description,
    "happened": _happened,
    "discovered": lambda known: known.say("discovered", at=moment(known.row.aware_at)),
    "place": _place,
    "types": lambda known: breach.types(known.figures, known.language),
    "records": lambda known: known.say("records", count=known.figures.incidents, values=_values(known.figures)),
    "readers": lambda known: breach.readers(known.figures, known.language),
    "protects": lambda known: wording.listed(known.language, known.figures.protects) or known.say("none_cited"),
    "severities": _severities,
    "cause": lambda known: known.say("cause", rules=", ".join(known.figures.rules)),
    "before": lambda known: known.say("before"),
    "contained": lambda known: known.say("contained", endings=breach.endings(known.figures, known.language)),
    "steps": _steps,
    "open_steps": _open_steps,
    "told": _told,
    "delay": _delay,
}
"""What fills a field, by the name that forms give it."""


def _values(figures: BreachFigures) -> int:
    return sum(figures.types.values())


def markdown(draft: Draft) -> bytes:
    """A draft as Markdown, UTF-8."""
    lines = [f"# {draft.title}", *(f"> {note}" for note in draft.notes)]
    for title, fields in draft.sections:
        lines.append(f"## {title}")
        lines += ["  \n".join((f"**{one.asks}**", *_answers(draft, one))) for one in fields]
    return ("\n\n".join(lines) + "\n").encode()


def docx(draft: Draft) -> bytes:
    """A draft as a Word document. Raises InputError where python-docx is not installed."""
    try:
        from bot.evidence.letter import letter  # noqa: PLC0415 - python-docx is there only where somebody wants it
    except ModuleNotFoundError:
        raise InputError(say(draft.language, "draft.no_docx")) from None
    return letter(draft)


def _answers(draft: Draft, field: Field) -> Sequence[str]:
    """What stands under what a field asks: what is known, then the blank."""
    return [*field.known.splitlines(), *([blank(draft, field)] if field.blank else [])]


def blank(draft: Draft, field: Field) -> str:
    """How a blank is marked."""
    return say(draft.language, "draft.blank", what=field.blank)


WRITERS: Mapping[str, Callable[[Draft], bytes]] = {"md": markdown, "docx": docx}
"""How a draft can be had."""


def file_name(row: BreachRow, form: Form, language: str, kind: str) -> str:
    """What the file of a draft is called."""
    edition = row.editions[-1].number if row.editions else 1
    return f"thinktwice-{called(row.id)}-{form}-{edition}-{language}.{kind}"
