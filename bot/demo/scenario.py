"""Scenario files: who is there, what they do, and what everybody must and must not see. Any platform can play them."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.config import Kept, OwnWording
from bot.misuse import InputError
from detectors.files import read as read_file
from policies.facts import Role
from policies.files import locate
from policies.reload import Named

_Model = TypeVar("_Model", bound=BaseModel)

VERBS = ("says", "edits", "deletes", "presses", "asks", "checks", "starts", "joins", "waits")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Member(_Part):
    """Somebody in the group. Not `started`: the bot can't write to them yet. `anonymous`: nobody can.

    `role` is what they are in the group; an `admin` is one of the bot's. `later`: they come into it by `joins`.
    """

    name: str
    language: Literal["en", "zh"] = "en"
    started: bool = True
    anonymous: bool = False
    admin: bool = False
    later: bool = False
    role: Literal[Role.OWNER, Role.ADMIN, Role.MEMBER, Role.GUEST] = Role.MEMBER


class Room(_Part):
    """The group; `audience` left out is a size that nobody knows, `external` has outsiders in it.

    `policy` is a file beside the scenario's, or a shipped policy's name; so is `trial`, which judges beside it.
    `language` and `wording` are what the configuration of the bot says, `files` whether it reads attachments.
    `retention` is for how many days it keeps incidents of a severity or mode: what is older goes as time goes by.
    """

    name: str
    audience: int | None = None
    external: bool = False
    policy: str = "hr-default"
    trial: str = ""
    language: Literal["auto", "en", "zh"] = "auto"
    files: bool = False
    wording: OwnWording = OwnWording()
    retention: Mapping[Kept, int] = {}

    @property
    def on_trial(self) -> Named | None:
        """The set of policies that judges beside the one in force."""
        return (self.trial, {}) if self.trial else None


class Expected(_Part):
    """What must hold after a step. Besides, nobody else hears anything and the group sees no line of the bot.

    `noticed`: words that everybody reads from the bot in the group now; empty: nobody does.
    `nudged`: whether a new private nudge came to who acted; `joined`: the newest one speaks of so many messages now;
    `thanked`: it became a thank-you; `alerted`: admins got a word; `replied`: a private answer or a greeting came;
    `unreachable`: a nudge could not be delivered; `language`: of what came; `holds`: is in what came;
    `answered`: is in what whoever pressed reads for a moment, or under the nudge.
    `rules`, `resolution` (`open` too), `reason` and `types` are those of the message `of` (default: this step's label);
    no rules: nothing was logged.
    """

    nudged: bool | None = None
    joined: int | None = None
    thanked: bool | None = None
    alerted: bool = False
    noticed: str = ""
    replied: bool = False
    unreachable: bool = False
    language: Literal["en", "zh"] | None = None
    holds: str = ""
    answered: str = ""
    of: str = ""
    rules: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    resolution: str = ""
    reason: str = ""


class Step(_Part):
    """One thing that happens, by exactly one verb.

    `says` (a text; `file` is the name of an attachment, `inside` the text that it holds, or `sample` the path of what
    is attached, from the scenario's folder) and `label` it to edit or delete it later; `edits` a label into `text`;
    `deletes` a label; `presses` a button (with `choice`) under the newest nudge of `whose` (default: own); `asks` a
    command line, in which `{label}` is the id of a message's incident; `checks` a text, privately; `starts = true`;
    `joins = true` comes into the group; `waits` seconds. `never` lists what no private word may repeat.
    """

    by: str = ""
    says: str = ""
    file: str = ""
    inside: str = Field(default="", repr=False)
    sample: str = ""
    label: str = ""
    forwarded: bool = False
    edits: str = ""
    text: str = ""
    deletes: str = ""
    presses: str = ""
    choice: str = ""
    whose: str = ""
    asks: str = ""
    checks: str = ""
    starts: bool = False
    joins: bool = False
    waits: float = Field(default=0.0, ge=0)
    never: tuple[str, ...] = ()
    expect: Expected = Expected()

    @property
    def content(self) -> bytes | None:
        """What the attachment holds; None when it is a name alone."""
        return Path(self.sample).read_bytes() if self.sample else self.inside.encode() or None

    @property
    def verb(self) -> str:
        """Which of the verbs it is."""
        return next(verb for verb in VERBS if getattr(self, verb))

    @model_validator(mode="after")
    def _one_verb(self) -> "Step":
        verbs = [verb for verb in VERBS if getattr(self, verb)]
        if len(verbs) != 1:
            raise ValueError(f"a step has exactly one of {', '.join(VERBS)}")
        if (self.inside or self.sample) and not self.file:
            raise ValueError("what is attached needs `file`, its name")
        if not self.by and verbs != ["waits"]:
            raise ValueError("a step needs `by`, the name of who acts")
        return self


class Scenario(_Part):
    """A whole file. `not_on` names platforms where it can't happen, with the reason in `about`."""

    title: str
    about: str = ""
    not_on: tuple[str, ...] = ()
    group: Room
    people: Annotated[tuple[Member, ...], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _known_names(self) -> "Scenario":
        known = {member.name for member in self.people} | {""}
        strangers = {name for step in self.steps for name in (step.by, step.whose)} - known
        if strangers:
            raise ValueError("a step names somebody who is not among the people")
        return self

    def played_by(self, people: tuple[Member, ...], path: Path) -> "Scenario":
        """The same steps with other people, read from `path`. Raises InputError when somebody who acts is missing."""
        missing = {name for step in self.steps for name in (step.by, step.whose) if name} - {one.name for one in people}
        if missing:
            raise InputError(f"{path}: people: {', '.join(sorted(missing))} act in the scenario; add them")
        return self.model_copy(update={"people": people})


class Cast(BaseModel):
    """A file of people; the rest of a scenario may stand in it too."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
    people: Annotated[tuple[Member, ...], Field(min_length=1)]


def cast(path: Path) -> tuple[Member, ...]:
    """Read who is there. Raises InputError with the place and the cure."""
    return _valid(Cast, path).people


def read(path: Path) -> Scenario:
    """Read a scenario file. Raises InputError with the place and the cure."""
    scenario = _valid(Scenario, path)
    room, folder = scenario.group, path.parent.absolute()
    named = ((name, getattr(room, name)) for name in ("policy", "trial"))
    files: dict[str, object] = {name: str(locate(written, folder)) for name, written in named if written}
    if room.wording.sentences:
        files["wording"] = room.wording.model_copy(update={"sentences": folder / room.wording.sentences})
    steps = [step.model_copy(update={"sample": _beside(path, step.sample)}) for step in scenario.steps]
    return scenario.model_copy(update={"group": room.model_copy(update=files), "steps": tuple(steps)})


def _beside(path: Path, sample: str) -> str:
    """The file that a step attaches, by a path that holds from anywhere."""
    place = path.parent.absolute() / sample
    if sample and not place.is_file():
        raise InputError(f"{path}: steps: there is no file {sample} beside it; see docs/simulator.md")
    return str(place) if sample else ""


def _valid(model: type[_Model], path: Path) -> _Model:
    try:
        raw = tomllib.loads(read_file(path).decode())
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"{path}: can't be read: {reason}; check the path and the file's permissions") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not valid TOML: {error}; mend that line") from None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "file"
        raise InputError(f"{path}: {place}: {first['msg']}; see docs/simulator.md") from None


def shipped() -> dict[str, Path]:
    """The scenarios that come with the product, by name."""
    folder = Path(str(files(__package__))) / "scenarios"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}
