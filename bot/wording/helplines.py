"""Where somebody in distress can call: what the operator wrote in the configuration, else the shipped lines."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from bot.wording import listed, say


@cache
def shipped() -> tuple[Mapping[str, Any], ...]:
    """Read the lines that come with the product: number, a name in each language, source, day of the check."""
    return tuple(tomllib.loads(files("bot.wording").joinpath("helplines.toml").read_text("utf-8"))["helpline"])


def spoken(language: str, own: Sequence[str] = ()) -> str:
    """Name the operator's `own` lines as they are written, else the shipped ones in `language`: "a or b"."""
    usual = [say(language, "phrase.helpline", number=line["number"], name=line[language]) for line in shipped()]
    return listed(language, tuple(own or usual), "phrase.or")
