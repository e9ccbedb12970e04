"""Which language a person reads. There is one order, here, for nudges, answers, tips and toasts on every platform."""

from bot import wording
from bot.store import Readings

AUTO = "auto"
"""The setting by which the config leaves the choice to people and their apps."""


class Languages:
    """Picks languages; `configured` is the config's `language`."""

    def __init__(self, configured: str, store: Readings) -> None:
        self._configured = "" if configured == AUTO else configured
        self._store = store

    def known(self, platform: str, workspace: str, user: str, code: str = "") -> str:
        """What is known of a person, en or zh, or empty: what they chose, else what the config says, else their app.

        `code` is their app's language in the event at hand; without one, it is what their app said when they pressed
        Start.
        """
        person = self._store.person(platform, workspace, user) if user else None
        said = (person.language, self._configured, code, person.app_language) if person else (self._configured, code)
        return wording.language_of(*said) if any(said) else ""

    def of(self, platform: str, workspace: str, user: str, code: str = "") -> str:
        """What `known` says, else English."""
        return self.known(platform, workspace, user, code) or wording.language_of()
