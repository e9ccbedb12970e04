"""Every sentence that a person reads, in English and in Traditional Chinese as used in Hong Kong offices, as data."""

import re
import tomllib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter

from detectors.types import gravest_first, of

LANGUAGES = ("en", "zh")
"""The languages that are shipped."""
Sentences = Mapping[str, tuple[str, ...]]
"""All sentences of a language by key (`section.name`), each with its variants."""


class _Slots(Formatter):
    """`str.format` without its reach into attributes, and with `{count:day|days}` for a number with the right word."""

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:  # noqa: ARG002  # string.Formatter's signature
        return kwargs[field_name], field_name

    def format_field(self, value: object, format_spec: str) -> str:
        number = f"{value:,}" if isinstance(value, int) else str(value)
        if "|" not in format_spec:
            return number
        one, many = format_spec.split("|")
        return f"{number} {one if value == 1 else many}"


_SLOTS = _Slots()


_spoken: dict[str, Sentences] = {}
"""What is said in this process: the shipped sentences, with an organisation's own in place of some."""


def adopt(own: Mapping[str, Sentences]) -> None:
    """Say an organisation's own sentences from now on; {} goes back to the shipped ones."""
    _spoken.clear()
    _spoken.update({code: {**shipped("en" if code not in LANGUAGES else code), **own[code]} for code in own})


def languages() -> tuple[str, ...]:
    """The languages that this process speaks, the shipped ones first."""
    return (*LANGUAGES, *sorted({*_spoken} - {*LANGUAGES}))


def sentences(language: str) -> Sentences:
    """All sentences of a language. Raises KeyError for one that nobody speaks."""
    if language in _spoken:
        return _spoken[language]
    if language not in LANGUAGES:
        raise KeyError(language)
    return shipped(language)


@cache
def shipped(language: str) -> Sentences:
    """Read the shipped sentences of a language."""
    book = tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{name}": tuple(text) if isinstance(text, list) else (text,)
        for section, entries in book.items()
        for name, text in entries.items()
    }


def names(section: str) -> tuple[str, ...]:
    """List the names in a section, in the order of the file: `names("reason")` are the reason codes."""
    return tuple(key.partition(".")[2] for key in sentences("en") if key.startswith(f"{section}."))


def has(key: str) -> bool:
    """Tell whether there is such a sentence."""
    return key in sentences("en")


def say(language: str, key: str, seed: str = "", /, **slots: object) -> str:
    """Give the sentence `key` in `language`, its slots filled in.

    `seed` (an incident's id) picks among variants: the same seed gives the same sentence, in both languages.
    Raises KeyError for an unknown language, key or missing slot: that is a mistake in our code, not in anybody's text.
    """
    return said(sentences(language)[key], seed, **slots)


def said(variants: Sequence[str], seed: str = "", /, **slots: object) -> str:
    """Give one of the variants of a sentence, its slots filled in; `seed` as in `say`."""
    return _SLOTS.vformat(variants[_chosen(variants, seed)], (), slots)


def variant(language: str, key: str, seed: str) -> int:
    """Which variant of a sentence `seed` picks, from 0."""
    return _chosen(sentences(language)[key], seed)


def _chosen(variants: Sequence[str], seed: str) -> int:
    return zlib.crc32(seed.encode()) % len(variants)


def listed(language: str, items: tuple[str, ...], joined: str = "phrase.and") -> str:
    """Join several things as people say them: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return say(language, joined, first=say(language, "phrase.comma").join(items[:-1]), last=items[-1])


def spoken(language: str, sentences: Iterable[str]) -> str:
    """Join sentences as a language does; empty ones are none."""
    return ("" if language == "zh" else " ").join(filter(None, sentences))


def kinds(language: str, types: tuple[str, ...]) -> str:
    """Put entity types in people's words, the gravest first: "health details and a phone number"."""
    known = dict.fromkeys(of(name).wording for name in gravest_first(types))
    return listed(language, tuple(say(language, f"kind.{name}") for name in known))


def language_of(*codes: str) -> str:
    """Pick a language; the first code that says something decides.

    zh* and yue are Chinese, a language of the organisation's own is itself, all else is English.
    """
    code = next((code.lower() for code in codes if code), "en")
    if code.startswith(("zh", "yue")):
        return "zh"
    base = re.split("[-_]", code)[0]
    return base if base in _spoken else "en"
