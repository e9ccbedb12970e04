"""What somebody asked, as codes: a question is stored until it is answered, and what was typed may be anything."""

import re

from bot import periods
from bot.names import Find, counts
from bot.wording import languages
from bot.words import Command, Settlement

_ARGUMENTS = {
    Command.REPORT: re.compile(r"csv|json|html|chart|here|trial|quality", re.ASCII),
    Command.INCIDENTS: re.compile(r"open|low|medium|high|critical|here|csv|json", re.ASCII),
    Command.AUDIT: re.compile(r"csv|json", re.ASCII),
    Command.FORGETME: re.compile(r"yes", re.ASCII),
}
_TIMED = (Command.REPORT, Command.INCIDENTS, Command.AUDIT)
"""These take a period too."""
_MOST_WORDS, _MOST = 8, 4
"""Words that are read, and codes that are kept of them."""
_ID = re.compile(r"[a-z2-7]{12}", re.ASCII)
_NUMBER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?", re.ASCII)
"""A case number of another system, in small letters."""
_VERB = re.compile("settle|reopen|case")
_NOTHING = re.compile("(?!)")
_CODES = {"settle": re.compile("|".join(Settlement)), "case": _NUMBER}
"""What may follow a verb."""


def codes(name: str, args: tuple[str, ...]) -> tuple[Command, tuple[str, ...]]:
    """Reduce what somebody typed to codes that may be stored: an unknown command is help, an unknown word is `?`.

    Codes stay as they are.
    """
    if name.lower() not in set(Command):
        return Command.HELP, ("?",)
    known = Command(name.lower())
    if known is Command.HELP:
        return known, ("?",) if "?" in args else ()
    if known is Command.LANGUAGE:
        return known, tuple(word if word in ("auto", *languages()) else "?" for word in map(str.lower, args[:4]))
    if known is Command.MYDATA:
        return known, ("json",) if "json" in map(str.lower, args) else ()
    if known is Command.INCIDENT:
        return known, _about_one([word.lower() for word in args[:4]])
    pattern = _ARGUMENTS.get(known)
    lowered = [word.lower() for word in args[:_MOST_WORDS]] if pattern else []
    joined = (periods.codes(lowered) if known in _TIMED else lowered)[:_MOST]
    return known, tuple(word if pattern and _is_known(known, pattern, word) else "?" for word in joined)


def _is_known(command: Command, pattern: re.Pattern[str], word: str) -> bool:
    return bool(pattern.fullmatch(word)) or (command in _TIMED and periods.is_code(word))


def _about_one(words: list[str]) -> tuple[str, ...]:
    """An incident's id, what to do with it, and the code for that."""
    verb = words[1] if len(words) > 1 else ""
    known = (_ID, _VERB, _CODES.get(verb, _NOTHING), _NOTHING)
    return tuple(word if pattern.fullmatch(word) else "?" for word, pattern in zip(words, known, strict=False))


def harmless(name: Command, args: tuple[str, ...], find: Find) -> tuple[Command, tuple[str, ...]]:
    """The same codes without a case number in which `find` sees personal data: that one must not be stored."""
    numbered = name is Command.INCIDENT and args[1:2] == ("case",) and len(args) > 2
    if numbered and any(map(counts, find(args[2].upper()))):
        return name, (*args[:2], "?")
    return name, args
