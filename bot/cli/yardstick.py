"""What `scan`, `explain` and `policy check` measure by: the shipped detector and one policy, or a configuration."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detectors.detector import Detector
from detectors.finding import Finding
from detectors.opinion.opinion import Opinion
from policies.files import load, locate, understood
from policies.policy import Policy
from policies.shipped import SHIPPED

if TYPE_CHECKING:
    from bot.config import Config

TOO_SLOW = "the text takes too long to read (too_slow); please report this"
"""What to say when `find` raises TooSlowError."""

USUAL = "hr-default"
"""The policy when nobody asks for another."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """`find` finds in a text, `rows` in rows of tables and `every` without an end of their number, if given.

    `policy` gives the policy of a platform's chat.
    """

    find: Callable[[str], tuple[Finding, ...]]
    policy: Callable[[str, str], Policy]
    rows: Callable[[str], tuple[Finding, ...]] | None = None
    every: Callable[[str], tuple[Finding, ...]] | None = None


def detector(config: Path | None) -> Detector:
    """The detector that the configuration at `config` asks for, else the shipped one. Raises errors for the user."""
    if config is None:
        return Detector(opinion=Opinion())
    from bot import app  # it knows the store and more: only for those who have a configuration

    return app.detector(_read(config))


def _read(config: Path) -> "Config":
    from bot.config import load as load_config  # both as above
    from bot.platforms.registered import SECTIONS

    return load_config(config, SECTIONS)


def chosen(policy: str | None, config: Path | None) -> Yardstick:
    """With a configuration: what the running bot would say. A `policy` (file or name) then judges instead of its own.

    Raises errors for the user.
    """
    finder = detector(config)
    if config is not None and policy is None:
        from bot import app  # as above

        return Yardstick(finder.find, app.policies(_read(config), finder).current, finder.rules, finder.every)
    one = _policy(policy or USUAL, finder, changed=config is not None)
    return Yardstick(finder.find, lambda _platform, _chat: one, finder.rules, finder.every)


def _policy(name: str, finder: Detector, *, changed: bool) -> Policy:
    """The policy of a name or file. Raises PolicyError.

    Its examples are tried, which takes a tenth of a second, unless it is a shipped one and the detector is the shipped
    one too, not changed by a configuration: our tests have tried those.
    """
    file = locate(name)
    if not changed and file in SHIPPED.values():
        return understood(file)[2]
    return load(file, finder.find, finder.own_types)


def names(config: Path) -> dict[str, str]:
    """How the configuration calls chats, by `platform:chat`. Raises errors for the user."""
    return _read(config).group_names()


def judges_bots(config: Path) -> bool:
    """Whether the configuration has what apps write on Slack judged. Raises errors for the user."""
    return bool(getattr(_read(config).platforms.get("slack"), "judge_bots", False))


def file(policy: str | None, config: Path | None, chat: tuple[str, str]) -> Path:
    """The file of the policy that `chosen` would judge by in this chat, proved. Raises errors for the user."""
    finder = detector(config)
    if config is not None and policy is None:
        from bot import app  # as above

        return app.policies(_read(config), finder).file(*chat)
    load(policy or USUAL, finder.find, finder.own_types)
    return locate(policy or USUAL)
