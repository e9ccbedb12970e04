"""config.toml and the environment, read once at start. A mistake is one sentence: the place, the reason, the cure."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails


class ConfigError(Exception):
    """The configuration can't be used; the message says where, why and what to do."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Privacy(_Section):
    """Who answers for the bot; shown to everybody it watches."""

    operator: str = Field(min_length=1)
    contact: str = Field(min_length=1)
    retention_days: int = Field(default=90, ge=1, le=3650)


class StoreFile(_Section):
    """Where the incident log lives."""

    path: Path = Path("thinktwice.db")


class Admins(_Section):
    """User ids of the people who may ask for reports, by platform."""

    telegram: tuple[int, ...] = ()
    slack: tuple[str, ...] = ()

    def by_platform(self) -> dict[str, tuple[str, ...]]:
        """User ids as text, the way events carry them."""
        return {"telegram": tuple(str(user) for user in self.telegram), "slack": self.slack}


ChatPattern = Annotated[str, Field(pattern=r"^(telegram|slack|simulator|\*):.+$")]


class ChatPolicy(_Section):
    """A chat that has a policy or a name of its own; `chat` is platform:chat id, `*` stands for anything."""

    chat: ChatPattern
    policy: str | None = None
    name: str | None = None


class PolicyChoice(_Section):
    """Which policy judges where: file paths (relative to the config file) or names of shipped policies."""

    default: str = "hr-default"
    chats: tuple[ChatPolicy, ...] = ()


Helpline = Annotated[str, Field(min_length=1, max_length=45)]
"""Two of these are what Telegram's pop-ups show whole."""


class Wellbeing(_Section):
    """Where somebody in distress can call; the shipped lines (`bot/wording/helplines.toml`) if empty."""

    helplines: tuple[Helpline, ...] = Field(default=(), max_length=2)


class DetectorChoice(_Section):
    """What the detector is given besides its own recognizers."""

    spacy_model: str | None = None
    own_numbers: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    recognizers: tuple[Path, ...] = ()


Url = Annotated[str, Field(pattern=r"^https?://[^/\s]+")]


class Telegram(_Section):
    """The Telegram side. `groups` is "any" or a list of chat ids; elsewhere the bot keeps silent."""

    enabled: bool = True
    api_base_url: Url = "https://api.telegram.org"
    groups: Literal["any"] | tuple[int, ...] = "any"
    ephemeral: Literal["auto", "off"] = "auto"
    reminder_days: int = Field(default=30, ge=0, le=365)


class Slack(_Section):
    """The Slack side. `listen` serves events in http mode, and health checks."""

    enabled: bool = True
    mode: Literal["socket", "http"] = "socket"
    listen: str = "127.0.0.1:3000"
    api_base_url: Url = "https://slack.com/api/"
    warn_via: Literal["dm", "ephemeral", "both"] = "dm"
    command: str = Field(default="/thinktwice", pattern=r"^/[a-z0-9_-]{1,31}$")
    judge_bots: bool = False


class Config(_Section):
    """The whole configuration. `folder` is where relative paths start: the config file's own folder."""

    privacy: Privacy
    store: StoreFile = StoreFile()
    admins: Admins = Admins()
    policies: PolicyChoice = PolicyChoice()
    wellbeing: Wellbeing = Wellbeing()
    detector: DetectorChoice = DetectorChoice()
    language: Literal["auto", "en", "zh"] = "auto"
    telegram: Telegram | None = None
    slack: Slack | None = None
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def database(self) -> Path:
        """The database file, absolute or relative to where the config file is."""
        return self.folder / self.store.path

    def group_names(self) -> dict[str, str]:
        """How reports call the chats that have a name, by `platform:chat`."""
        return {entry.chat: entry.name for entry in self.policies.chats if entry.name}


def load(path: Path) -> Config:
    """Read and check the file at `path`. Raises ConfigError."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; `thinktwice init DIR` writes one to edit") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"{path}: can't be read: {reason}; check the path and the file's permissions") from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; mend that line") from None
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        # Where one of several forms is allowed, each form complains; one line a place is enough.
        sentences = {_place(detail): _sentence(path, detail) for detail in reversed(error.errors())}
        raise ConfigError("\n".join(reversed(sentences.values()))) from None
    return config.model_copy(update={"folder": path.parent})


def _place(detail: ErrorDetails) -> str:
    """The setting, without the names that pydantic gives to the forms it may have."""
    return ".".join(str(step) for step in detail["loc"] if "[" not in str(step)) or "file"


_EXAMPLE = "the file that `thinktwice init` writes"


def _sentence(path: Path, detail: ErrorDetails) -> str:
    place = _place(detail)
    if detail["type"] == "extra_forbidden":
        return f"{path}: {place}: there is no such setting; {_EXAMPLE} lists them all"
    if detail["type"] == "missing" and detail["loc"][0] == "privacy":
        return f'{path}: {place}: is missing; add a [privacy] section with operator = "..." and contact = "..."'
    return f"{path}: {place}: {_REASONS.get(detail['type'], 'has the wrong type')}; {_EXAMPLE} shows how"


_REASONS = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "too_long": "has too many entries",
    "string_pattern_mismatch": "is written wrongly",
    "literal_error": "is not one of the words allowed here",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
}


def secret(name: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """A token from the variable `name`, or from the file that `name`_FILE points to. Raises ConfigError."""
    value, file = environment.get(name), environment.get(f"{name}_FILE")
    if value and file:
        raise ConfigError(f"{name} and {name}_FILE are both set; keep one of them")
    if file:
        try:
            value = Path(file).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise ConfigError(f"{name}_FILE: the file can't be read; check the path and its permissions") from None
    return value.strip() or None if value else None
