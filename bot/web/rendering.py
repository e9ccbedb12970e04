"""Templates -> HTML. Every value is escaped; a name that a template misspells is an error and no empty place."""

import re
from collections.abc import Mapping
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot import __version__, wording
from bot.web.page import Page
from bot.web.sessions import Session
from bot.wording import say

TAGS = {"zh": "zh-Hant-HK"}
"""What browsers and readers of screens call our languages; others by their code."""


class Templates:
    """The templates of this room. `others` are pages of other bots, by name."""

    def __init__(self, others: Mapping[str, str]) -> None:
        self._others = others
        self._all = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._all.filters["commands"] = _commands

    def page(self, page: Page, language: str, session: Session | None, here: str, said: str = "") -> str:
        """Write a page for somebody; `here` is its place in the menu, `said` the key of a sentence on top of it."""
        known = {"said": said if wording.has(f"site.{said}") else "", "here": here, "session": session}
        return self._written(page.template, language, {**known, **page.values})

    def _written(self, name: str, language: str, values: Mapping[str, object]) -> str:
        return self._all.get_template(name).render(
            say=partial(say, language),
            language=language,
            tag=TAGS.get(language, language),
            languages=wording.languages(),
            version=__version__,
            others=self._others,
            **values,
        )


def _commands(sentence: str) -> Markup:
    """A sentence for HTML, the commands in it (between backticks, as chats have them) in the letters of programs."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(sentence))))  # noqa: S704 - escaped
