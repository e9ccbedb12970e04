"""What somebody asked, as codes: a question is stored until it is answered, and what was typed may be anything."""

import re

from bot.wording import languages
from bot.words import Command

_ARGUMENTS = {
    Command.REPORT: re.compile(r"[1-9][0-9]{0,2}[hd]|csv|json|here|trial|quality", re.ASCII),
}


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
    pattern = _ARGUMENTS.get(known)
    lowered = [word.lower() for word in args[:4]] if pattern else []
    return known, tuple(word if pattern and pattern.fullmatch(word) else "?" for word in lowered)
