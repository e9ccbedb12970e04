"""What somebody asked, as codes: a question is stored until it is answered, and what was typed may be anything."""

import re
from dataclasses import dataclass, field

from bot import periods
from bot.names import Find, counts
from bot.wording import languages
from bot.words import BreachEnding, BreachStep, Command, Form, Settlement

_ARGUMENTS = {
    Command.REPORT: re.compile(r"csv|json|html|chart|here|trial|quality", re.ASCII),
    Command.INCIDENTS: re.compile(r"open|low|medium|high|critical|here|csv|json", re.ASCII),
    Command.AUDIT: re.compile(r"csv|json", re.ASCII),
    Command.FORGETME: re.compile(r"yes", re.ASCII),
    Command.WEB: re.compile(r"out", re.ASCII),
}
_TIMED = (Command.REPORT, Command.INCIDENTS, Command.AUDIT)
"""These take a period too."""
_MOST_WORDS, _MOST_CODES = 8, 4
"""Words that are read, and codes that are kept of them."""
_ID = re.compile(r"[a-z2-7]{12}", re.ASCII)
_NUMBER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?", re.ASCII)
"""A case number of another system, in small letters."""
_VERB = re.compile("settle|reopen|case")
_NOTHING = re.compile("(?!)")
_CODES = {"settle": re.compile("|".join(Settlement)), "case": _NUMBER}
"""What may follow a verb."""
_FIRST = re.compile(r"\s*(/?)(\w+)(?:@\w+)?(?!\S)\s?", re.ASCII)
"""A first word that may be a command's name, as one blank parts it from what follows."""
_NAMES = re.compile(r"[ \t]*names?(?!\S)\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote to the bot itself: a command with its codes, or `words` to check (then `command` is None).

    `names`: the safer text shall have initials in place of names.
    """

    command: Command | None = None
    args: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    names: bool = False


def typed(text: str) -> Typed:
    """Tell a command from words that somebody wants checked.

    What begins with a slash is a command, known or not; so is a known name alone, or with a word that belongs to it.
    `check` and words behind it are those words, byte for byte.
    """
    first = _FIRST.match(text)
    if first is None:
        return Typed(words=text)
    slash, name, rest = first[1], first[2].lower(), text[first.end() :]
    if name == Command.CHECK:
        wish = _NAMES.match(rest)
        words = rest[wish.end() :] if wish else rest
        return Typed(words=words, names=bool(wish)) if words.strip() else Typed(Command.CHECK)
    command, args = codes(name, tuple(rest.split()))
    known = name in set(Command) and (not rest.strip() or any(word != "?" for word in args))
    return Typed(command, args) if slash or known else Typed(words=text)


_CASE = re.compile(r"b[1-9][0-9]{0,8}", re.ASCII)
_PERIOD = re.compile(r"[1-9][0-9]{0,2}[hd]", re.ASCII)
_FOLLOWING = {
    "add": _ID,
    "tick": re.compile("|".join(BreachStep)),
    "untick": re.compile("|".join(BreachStep)),
    "edition": _NOTHING,
    "draft": re.compile("|".join((*Form, "docx", "en", "zh"))),
    "close": re.compile("|".join(BreachEnding)),
    "reopen": _NOTHING,
}
"""What may follow the verbs of a breach."""
_MOST = 30
"""Words about a breach that are read: it may take many incidents together."""


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
    if known in _ABOUT:
        return known, _ABOUT[known]([word.lower() for word in args[:_MOST]])
    pattern = _ARGUMENTS.get(known)
    lowered = [word.lower() for word in args[:_MOST_WORDS]] if pattern else []
    joined = (periods.codes(lowered) if known in _TIMED else lowered)[:_MOST_CODES]
    return known, tuple(word if pattern and _is_known(known, pattern, word) else "?" for word in joined)


def _is_known(command: Command, pattern: re.Pattern[str], word: str) -> bool:
    return bool(pattern.fullmatch(word)) or (command in _TIMED and periods.is_code(word))


def _about_one(words: list[str]) -> tuple[str, ...]:
    """An incident's id, what to do with it, and the code for that."""
    words = words[:4]
    verb = words[1] if len(words) > 1 else ""
    return _each(words, [_ID, _VERB, _CODES.get(verb, _NOTHING), _NOTHING])


def _about_a_breach(words: list[str]) -> tuple[str, ...]:
    """A breach's name, what to do with it, and the codes for that; or the incidents that are to be one, and since when.

    Words that make no sense where they stand are `?`.
    """
    if not words or not _CASE.fullmatch(words[0]):
        *first, name, when = ("", "", *words)
        patterns = [_ID] * len(words)
        if name == "aware" and _PERIOD.fullmatch(when):
            patterns = [_ID] * (len(first) - 2) + [re.compile("aware"), _PERIOD]
        return _each(words, patterns)
    verb = words[1] if len(words) > 1 else ""
    following = _FOLLOWING.get(verb, _NOTHING)
    return _each(words, [_CASE, re.compile("|".join(_FOLLOWING)), *[following] * (len(words) - 2)])


_ABOUT = {Command.INCIDENT: _about_one, Command.BREACH: _about_a_breach}


def _each(words: list[str], patterns: list[re.Pattern[str]]) -> tuple[str, ...]:
    return tuple(word if pattern.fullmatch(word) else "?" for word, pattern in zip(words, patterns, strict=False))


def harmless(name: Command, args: tuple[str, ...], find: Find) -> tuple[Command, tuple[str, ...]]:
    """The same codes without a case number in which `find` sees personal data: that one must not be stored."""
    numbered = name is Command.INCIDENT and args[1:2] == ("case",) and len(args) > 2
    if numbered and any(map(counts, find(args[2].upper()))):
        return name, (*args[:2], "?")
    return name, args
