"""Every sentence that a person reads, in English and in Traditional Chinese as used in Hong Kong offices, as data."""

import tomllib
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

from detectors.types import gravest_first, of

LANGUAGES = ("en", "zh")


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


@cache
def sentences(language: str) -> Mapping[str, tuple[str, ...]]:
    """Read all sentences of a language by key (`section.name`), each with its variants."""
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
    variants = sentences(language)[key]
    return _SLOTS.vformat(variants[zlib.crc32(seed.encode()) % len(variants)], (), slots)


def listed(language: str, items: tuple[str, ...], joined: str = "phrase.and") -> str:
    """Join several things as people say them: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return say(language, joined, first=say(language, "phrase.comma").join(items[:-1]), last=items[-1])


def kinds(language: str, types: tuple[str, ...]) -> str:
    """Put entity types in people's words, the gravest first: "health details and a phone number"."""
    known = dict.fromkeys(of(name).wording for name in gravest_first(types))
    return listed(language, tuple(say(language, f"kind.{name}") for name in known))


def language_of(*codes: str) -> str:
    """Pick a language; the first code that says something decides: zh* and yue are Chinese, all else English."""
    code = next((code.lower() for code in codes if code), "en")
    return "zh" if code.startswith(("zh", "yue")) else "en"
