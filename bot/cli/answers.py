"""The five questions of `init`, how an answer is read, and the configuration that comes of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.cli.toml import toml
from bot.misuse import InputError
from bot.platforms.registered import SECTIONS
from bot.wording import say

GROUPS = "telegram"
"""The platform that is told which groups the bot may work in; on the others somebody invites it to each."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of an installation; what is empty stays as the example has it.

    `admins` are user ids by platform, `groups` chat ids of Telegram.
    """

    platforms: tuple[str, ...] = ()
    operator: str = ""
    contact: str = ""
    admins: Mapping[str, tuple[str, ...]] | None = None
    groups: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is that of the sentences that ask it and that say what is wrong with an answer, and of the answer.

    `read` makes of what was typed, and of what is known already, more that is known; None where it makes no sense.
    """

    name: str
    read: Callable[[str, Answers], Answers | None]
    wanted: Callable[[Answers], bool] = lambda _: True


def _platforms(typed: str, known: Answers) -> Answers | None:
    named = _items(typed) or (next(iter(SECTIONS)),)
    return replace(known, platforms=tuple(dict.fromkeys(named))) if {*named} <= {*SECTIONS} else None


def _operator(typed: str, known: Answers) -> Answers | None:
    return replace(known, operator=typed) if typed and typed.isprintable() else None


def _contact(typed: str, known: Answers) -> Answers | None:
    return replace(known, contact=typed) if typed and typed.isprintable() else None


def _admins(typed: str, known: Answers) -> Answers | None:
    """Ids, each behind its platform where there are several; nothing: they are put in later."""
    admins: dict[str, tuple[str, ...]] = {}
    for item in _items(typed):
        platform, _, user = item.rpartition(":")
        platform = platform or (known.platforms[0] if len(known.platforms) == 1 else "")
        if platform not in known.platforms or not SECTIONS[platform].user_id.fullmatch(user):
            return None
        admins[platform] = (*admins.get(platform, ()), user)
    return replace(known, admins=admins)


def _groups(typed: str, known: Answers) -> Answers | None:
    """Chat ids; nothing, or "any": wherever somebody adds it."""
    ids = () if typed in ("", "any") else _items(typed)
    good = all(re.fullmatch(r"-[1-9][0-9]{0,18}", one) for one in ids)
    return replace(known, groups=tuple(map(int, ids))) if good else None


def _items(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[,，、\s]+", typed)))


QUESTIONS = (
    Question("platforms", _platforms),
    Question("operator", _operator),
    Question("contact", _contact),
    Question("admins", _admins, lambda known: bool(known.platforms)),
    Question("groups", _groups, lambda known: GROUPS in known.platforms),
)


def given(options: Mapping[str, str | None], language: str) -> Answers:
    """What options say, by the questions' names; None is unsaid. Raises InputError with what is wrong."""
    known = Answers()
    for question in QUESTIONS:
        typed = options.get(question.name)
        if typed is None:
            continue
        if not question.wanted(known):
            raise InputError(f"--{question.name}: {say(language, 'init.nowhere')}")
        answered = question.read(typed.strip(), known)
        if answered is None:
            raise InputError(f"--{question.name}: {_wrong(question, language)}")
        known = answered
    return known


def asked(known: Answers, ask: Callable[[str], str], tell: Callable[[str], None], language: str) -> Answers:
    """Ask what is not known yet, until it makes sense; `ask` shows a question and returns what was typed."""
    for question in QUESTIONS:
        if getattr(known, question.name) or not question.wanted(known):
            continue
        words = say(language, f"init.{question.name}")
        while (answered := question.read(ask(f"{words} ").strip(), known)) is None:
            tell(_wrong(question, language))
        known = answered
    return known


def _wrong(question: Question, language: str) -> str:
    return say(language, f"init.wrong_{question.name}")


def written(example: str, answers: Answers) -> str:
    """The example of a configuration with the answers in it; all its comments stay."""
    text = example
    for section, key, value in _settings(answers):
        text = _set(text, section, key, value)
    return text


def _settings(answers: Answers) -> list[tuple[str, str, Any]]:
    said = [("privacy", name, value) for name in ("operator", "contact") if (value := getattr(answers, name))]
    said += [("admins", platform, _typed(users)) for platform, users in (answers.admins or {}).items()]
    said += [(platform, "enabled", True) for platform in answers.platforms]
    return said + ([(GROUPS, "groups", list(answers.groups))] if answers.groups else [])


def _typed(users: tuple[str, ...]) -> list[int | str]:
    """Telegram's ids are numbers, and people write them so."""
    return [int(user) if user.isdecimal() else user for user in users]


def _set(text: str, section: str, key: str, value: Any) -> str:
    """Put a value into a section, also where the example has it as a comment; what is said beside it stays."""
    head, found, rest = text.partition(f"\n[{section}]")
    inside, following, after = rest.partition("\n[")
    pattern = rf'^(?:# )?{key} = (?:"[^"\n]*"|\S+)(?: +(#.*))?$'
    line = re.search(pattern, inside, re.MULTILINE)
    if not line:
        raise KeyError(f"{section}.{key}")
    new = f"{key} = {toml(value)}"
    filled = f"{new:<46} {line[1]}" if line[1] else new
    return f"{head}{found}{inside[: line.start()]}{filled}{inside[line.end() :]}{following}{after}"
