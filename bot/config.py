"""config.toml and the environment, read once at start. A mistake is one sentence: the place, the reason, the cure."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.addresses import PASSWORD, DatabaseUrl, Listen, Server
from detectors import files
from policies.chats import ChatPattern
from policies.errors import nearest

if TYPE_CHECKING:
    from policies.reload import Named


class ConfigError(Exception):
    """The configuration can't be used; the message says where, why and what to do."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


_Model = TypeVar("_Model", bound=_Section)


Kept = Literal["low", "medium", "high", "critical", "simulate"]
"""What may be kept for fewer days: incidents of a severity, or those of a policy on trial with what trials said."""

DAY = 86_400.0
"""Seconds."""


class Privacy(_Section):
    """Who answers for the bot, shown to everybody it watches; `retention` is days for what goes sooner."""

    operator: str = Field(min_length=1)
    contact: str = Field(min_length=1)
    retention_days: int = Field(default=90, ge=1, le=3650)
    retention: Mapping[Kept, Annotated[int, Field(ge=1)]] = {}
    admins_see_senders: bool = False
    """Whether the incidents that admins list say who wrote, by id."""

    @field_validator("retention")
    @classmethod
    def _sooner(cls, days: Mapping[Kept, int], info: ValidationInfo) -> Mapping[Kept, int]:
        """What people are told (`retention_days`) must stay true."""
        if any(some > info.data.get("retention_days", some) for some in days.values()):
            cure = "raise retention_days to the longest, and shorten the others here"
            raise PydanticCustomError("retention", "keeps something for longer than retention_days", {"cure": cure})
        return days

    def edges(self, now: float) -> tuple[float, dict[str, float]]:
        """Before when incidents go, all of them and those of a severity or mode that go sooner (Unix seconds)."""
        return now - self.retention_days * DAY, {kind: now - days * DAY for kind, days in self.retention.items()}

    def complete_since(self, now: float) -> float:
        """Since when nothing that counts was deleted (Unix seconds)."""
        everything, sooner = self.edges(now)
        return max([everything, *(edge for kind, edge in sooner.items() if kind != "simulate")])


class StorePlace(_Section):
    """Where the incident log lives: in a SQLite file, or in a PostgreSQL database, whose password stands elsewhere."""

    path: Path = Path("thinktwice.db")
    url: DatabaseUrl | None = None
    password_file: Path | None = None
    """Holds the password for `url`, if the environment does not."""


class ChatPolicy(_Section):
    """A chat that has a policy or a name of its own; `chat` is platform:chat id, `*` stands for anything."""

    chat: ChatPattern
    policy: str | None = None
    trial: str | None = None
    name: str | None = None


class PolicyChoice(_Section):
    """Which policy judges where: file paths (relative to the config file) or names of shipped policies.

    What `trial` names judges beside what is in force, and does nothing.
    """

    default: str = "hr-default"
    trial: str | None = None
    chats: tuple[ChatPolicy, ...] = ()

    @property
    def in_force(self) -> "Named":
        """The policies that judge: the default, and those of chats."""
        return self.default, {entry.chat: entry.policy for entry in self.chats if entry.policy}

    @property
    def on_trial(self) -> "Named | None":
        """The set beside it, where it is not named as in force; None when nothing is on trial."""
        if not self.trial and not any(entry.trial for entry in self.chats):
            return None
        chats = {entry.chat: entry.trial or entry.policy for entry in self.chats}
        return self.trial or self.default, {chat: name for chat, name in chats.items() if name}


Helpline = Annotated[str, Field(min_length=1, max_length=45)]
"""Two of these are what Telegram's pop-ups show whole."""


class Wellbeing(_Section):
    """Where somebody in distress can call; the shipped lines (`bot/wording/helplines.toml`) if empty."""

    helplines: tuple[Helpline, ...] = Field(default=(), max_length=2)


class OwnWording(_Section):
    """An organisation's own sentences, and the channel and page that nudges name."""

    sentences: Path | None = None
    channel: str = Field(default="", max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")
    link: str = Field(default="", max_length=200, pattern=r"^(https?://[^\s<>|]+)?$")


class DetectorChoice(_Section):
    """What the detector is given besides its own recognizers."""

    opinion: bool = True
    spacy_model: str | None = None
    own_numbers: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    recognizers: tuple[Path, ...] = ()


class Files(_Section):
    """Whether attachments are read, and what one of them may cost; `at_once` is how many are read at a time."""

    enabled: bool = False
    max_megabytes: int = Field(default=20, ge=1, le=200)
    seconds: float = Field(default=20.0, gt=0, le=300)
    memory_megabytes: int = Field(default=1000, ge=300, le=16_000)
    pages: int = Field(default=200, ge=1, le=5000)
    at_once: int = Field(default=1, ge=1, le=16)


class Awareness(_Section):
    """What keeps people aware: whether new members are greeted, and how many incidents admins check each month."""

    welcome: bool = True
    sample: int = Field(default=5, ge=0, le=20)


class Reports(_Section):
    """Whether admins get a report unasked, and the font of charts (a file, relative to the configuration)."""

    digest: Literal["off", "weekly", "monthly"] = "off"
    font: Path | None = None


Url = Annotated[str, Field(pattern=r"^https?://[^/\s]+")]


class Health(_Section):
    """Where /healthz and /readyz are served; nowhere when None."""

    listen: Listen | None = None


class Web(_Section):
    """The page for admins: where it listens, as which address people reach it, who may change things there.

    `others` are the pages of other bots of the same organisation, by name: each page leads to them.
    """

    listen: Listen | None = None
    url: Annotated[str, Field(pattern=r"^(https?://[^/\s?#]+)?$")] = ""
    editors: tuple[str, ...] = ()
    others: Mapping[Annotated[str, Field(min_length=1, max_length=40)], Url] = {}

    @property
    def origin(self) -> str:
        """How a browser writes where the page is: the proxy's address, else the one that it listens at."""
        return self.url or f"http://{self.listen}"


class PlatformSection(_Section):
    """What every platform's section has; the platform's own folder has the rest."""

    user_id: ClassVar[re.Pattern[str]]
    """How the ids of its people are written."""

    enabled: bool = True


Sections = Mapping[str, type[PlatformSection]]
"""The sections of the platforms, by the platform's name."""

UserIds = Annotated[tuple[str, ...], BeforeValidator(lambda ids: [str(user) for user in ids])]


class Hooks(_Section):
    """Where the operator's own system is told of incidents and breaches; nowhere when None."""

    url: str | None = Field(default=None, pattern=r"^https?://[^/\s@]+(/\S*)?$")


class Logs(_Section):
    """How log lines are written."""

    format: Literal["text", "json"] = "text"


PRACTICABLE = "as soon as practicable"
"""No fixed deadline: what Hong Kong's Commissioner asks for."""


class Breach(_Section):
    """When a breach is to be reported, counted from when the organisation knows of it, and who is reminded."""

    deadline: str = Field(default=PRACTICABLE, pattern=rf"^([1-9][0-9]{{0,2}}[hd]|{PRACTICABLE})$")
    people: Mapping[str, UserIds] = Field(default={}, validate_default=False)
    """User ids by platform; all admins if nobody is named."""

    @property
    def seconds(self) -> float | None:
        """The deadline in seconds; None: as soon as practicable."""
        if self.deadline == PRACTICABLE:
            return None
        return int(self.deadline[:-1]) * (DAY if self.deadline[-1] == "d" else DAY / 24)


class Config(_Section):
    """The whole configuration. `folder` is where relative paths start: the config file's own folder."""

    privacy: Privacy
    store: StorePlace = StorePlace()
    admins: Mapping[str, UserIds] = Field(default={}, validate_default=False)
    """User ids of the people who may ask for reports, by platform."""
    policies: PolicyChoice = PolicyChoice()
    wellbeing: Wellbeing = Wellbeing()
    wording: OwnWording = OwnWording()
    detector: DetectorChoice = DetectorChoice()
    files: Files = Files()
    awareness: Awareness = Awareness()
    reports: Reports = Reports()
    health: Health = Health()
    web: Web = Web()
    breach: Breach = Breach()
    hooks: Hooks = Hooks()
    logs: Logs = Logs()
    language: Annotated[str, Field(pattern=r"^(auto|[a-z]{2,3})$")] = "auto"
    platforms: Mapping[str, PlatformSection] = Field(default={}, exclude=True)
    """The sections of the platforms that the file has."""
    folder: Path = Field(default=Path(), exclude=True)

    @field_validator("admins")
    @classmethod
    def _somebody(cls, admins: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        return {name: users for name, users in admins.items() if users}

    @property
    def database(self) -> Path | Server:
        """Where the log is: a file, absolute or relative to where the config file is, or a database on a server.

        Raises ConfigError when the password can't be read.
        """
        if self.store.url is None:
            return self.folder / self.store.path
        file = self.store.password_file
        named = {f"{PASSWORD}_FILE": str(self.folder / file)} if file else {}
        return Server(self.store.url, secret(PASSWORD, {**os.environ, **named}) or "")

    @property
    def reminded(self) -> Mapping[str, tuple[str, ...]]:
        """Who is reminded of breaches, by platform."""
        return self.breach.people or self.admins

    def group_names(self) -> dict[str, str]:
        """How reports call the chats that have a name, by `platform:chat`."""
        return {entry.chat: entry.name for entry in self.policies.chats if entry.name}


def load(path: Path, sections: Sections) -> Config:
    """Read and check the file at `path`. Raises ConfigError."""
    raw = _read(path)
    sentences: list[str] = []
    platforms = {
        name: _checked(path, model, raw.pop(name), sentences, name) for name, model in sections.items() if name in raw
    }
    config = _checked(path, Config, raw, sentences)
    if config:
        sentences += _strangers(path, config, sections)
    if sentences or config is None:
        raise ConfigError("\n".join(sentences))
    return config.model_copy(update={"folder": path.parent, "platforms": platforms})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(files.read(path).decode())
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; `thinktwice init DIR` writes one to edit") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; mend that line") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"{path}: can't be read: {reason}; check the path and the file's permissions") from None


def _checked(path: Path, model: type[_Model], raw: object, sentences: list[str], section: str = "") -> _Model | None:
    """Read a table; what is wrong with it becomes a sentence each."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        # Where one of several forms is allowed, each form complains; one line a place is enough.
        wrong = {_place(detail, section): detail for detail in reversed(error.errors())}
        sentences += reversed([_sentence(path, place, detail) for place, detail in wrong.items()])
    return None


def _strangers(path: Path, config: Config, sections: Sections) -> Iterator[str]:
    """Platforms that don't exist, people whose ids can't be ids there, a log in two places."""
    if config.store.url and "path" in config.store.model_fields_set:
        yield f"{path}: store: has path and url; keep path for a SQLite file, or url for PostgreSQL"
    if config.store.password_file and not config.store.url:
        yield f"{path}: store.password_file: is of no use without url; take it out"
    for name, users in config.admins.items():
        if name not in sections:
            yield f"{path}: admins.{name}: there is no such platform; {nearest(name, sections)}"
        elif not all(sections[name].user_id.fullmatch(user) for user in users):
            yield f"{path}: admins.{name}: is written wrongly; {_EXAMPLE} shows how"
    for name, users in config.breach.people.items():
        if {*users} - {*config.admins.get(name, ())}:
            yield f"{path}: breach.people.{name}: names somebody who is no admin; add them to {name} in [admins]"


def _place(detail: ErrorDetails, section: str) -> str:
    """The setting, without the names that pydantic gives to the forms it may have."""
    steps = [section, *(str(step) for step in detail["loc"] if "[" not in str(step))]
    return ".".join(filter(None, steps)) or "file"


_EXAMPLE = "the file that `thinktwice init` writes"


def _sentence(path: Path, place: str, detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return f"{path}: {place}: there is no such setting; {_EXAMPLE} lists them all"
    if detail["type"] == "missing" and place.startswith("privacy"):
        return f'{path}: {place}: is missing; add a [privacy] section with operator = "..." and contact = "..."'
    if cure := detail.get("ctx", {}).get("cure"):  # an error of our own says it all
        return f"{path}: {place}: {detail['msg']}; {cure}"
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


def wanted(name: str, section: str) -> str:
    """A token that a platform can't do without. Raises ConfigError with the cure."""
    if value := secret(name):
        return value
    cure = (
        "put the token into the environment (`set -a; . ./tokens; set +a` takes the file that `thinktwice init` wrote)"
    )
    raise ConfigError(f"{name} is not set; {cure}, or set enabled = false in [{section}]")
