"""`[wording]` of a policy: sentences of its own for nudges, in one or more languages, held to what all nudges are.

A key of the shipped sentences says that one differently where this policy judges; a key with a hyphen is a new sentence
that rules may pick, which needs both languages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

Sentences = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By key, then by language: the variants of a sentence."""

LANGUAGES = ("en", "zh")
"""What a sentence that is shipped nowhere must be written in."""
LONGEST = {"zh": 150 - 40}
"""Characters of a nudge in Chinese, with room for what is added to it."""
MOST_WORDS = 60 - 17
"""Words of a nudge in other languages, likewise."""
OF_ALL = frozenset({"where", "readers"})
"""What every sentence of a nudge says: where, and who can read it."""
SLOTS: Mapping[str, frozenset[str]] = {
    "own": OF_ALL | {"kind"},
    "file": OF_ALL | {"kinds"},
    "distress": OF_ALL | {"helpline"},
}
"""What some sentences say besides."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = "has a character that nobody can see", "write it anew"
_BRACES = "has a { or } without its other half", "write {{ or }} for the character itself"


def slots(text: str) -> frozenset[str]:
    """Return the names of the slots of a sentence. Raises ValueError for a brace without its other half."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def wrong(text: str, wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield reason and cure of each thing that is wrong with a sentence that has the slots `wanted`."""
    try:
        given = slots(text)
    except ValueError:
        yield _BRACES
        return
    those = "use " + ", ".join(f"{{{name}}}" for name in sorted(wanted)) if wanted else "this sentence has no slots"
    if strange := sorted(given - wanted):
        yield f"{{{strange[0]}}} is not filled in here", those
    elif missing := sorted(wanted - given):
        yield f"{{{missing[0]}}} is missing", those
    if _CONTROL.search(text):
        yield _UNSEEN


def too_long(language: str, text: str) -> bool:
    """Tell whether a sentence leaves no room in a nudge for what is added to it."""
    longest = LONGEST.get(language)
    return len(text) > longest if longest else len(text.split()) > MOST_WORDS


def read(written: Mapping[str, Mapping[str, str | Sequence[str]]]) -> Sentences:
    """Return the sentences of `[wording]` as rules and nudges take them."""
    return {
        key: {code: (text,) if isinstance(text, str) else tuple(text) for code, text in languages.items()}
        for key, languages in written.items()
    }


def nonsense(
    own: Sentences, shipped: Sequence[str], picked: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield place (key, language), reason and cure of what is wrong; `picked` are the keys that rules pick."""
    for key, languages in own.items():
        if key not in shipped and key not in picked:
            yield (key,), "is picked by no rule", f'write wording = "{key}" in a rule, or take it out'
        for lacking in [code for code in LANGUAGES if key not in shipped and code not in languages]:
            yield (key,), f"is not written in the language {lacking}", f'add {lacking} = "..."'
        for code, variants in languages.items():
            for text in variants:
                for reason, cure in wrong(text, SLOTS.get(key, OF_ALL)):
                    yield (key, code), reason, cure
                if too_long(code, text):
                    cure = f"say it in at most {MOST_WORDS} words, or {LONGEST['zh']} characters of Chinese"
                    yield (key, code), "is too long for a nudge", cure
