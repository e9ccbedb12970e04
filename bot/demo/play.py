"""Plays a scenario through a driver, which is all that a platform has to offer, and tells what was not as expected."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.demo.scenario import Expected, Member, Scenario, Step
from bot.store import IncidentRow, OutboxRow
from bot.words import Action


@dataclass(frozen=True, slots=True)
class Private:
    """A private message of the bot as its reader sees it now; `actions` are those of its buttons."""

    text: str = field(repr=False)
    actions: tuple[str, ...] = ()

    @property
    def is_nudge(self) -> bool:
        """Whether it asks its reader for something."""
        return Action.FALSE_ALARM in self.actions


class ScenarioDriver(Protocol):
    """How a platform's tests play a scenario. Every method returns when the bot has nothing left to do."""

    async def begin(self, scenario: Scenario) -> None:
        """Make the group and its people, greeting included."""
        ...

    async def say(self, step: Step) -> None:
        """Post `says` as `by`, with `file` and `forwarded`; remember the message by `label`."""
        ...

    async def edit(self, step: Step) -> None:
        """Change the message labelled `edits` into `text`."""
        ...

    async def delete(self, step: Step) -> None:
        """Delete the message labelled `deletes`."""
        ...

    async def press(self, step: Step) -> None:
        """Press `presses` with `choice` as `by`, under the newest nudge that `whose` (or `by`) got."""
        ...

    async def ask(self, step: Step) -> None:
        """Send the command line `asks` as `by`."""
        ...

    async def check(self, step: Step) -> None:
        """Send `checks` to the bot as `by`, in their private chat with it."""
        ...

    async def start(self, step: Step) -> None:
        """Let `by` press Start."""
        ...

    async def join(self, step: Step) -> None:
        """Let `by` come into the group."""
        ...

    async def wait(self, step: Step) -> None:
        """Let `waits` seconds go by, with what the calendar asks for then."""
        ...

    def privately(self, person: str) -> tuple[Private, ...]:
        """List what the bot wrote to a person, oldest first, each as it stands now."""
        ...

    def answered(self) -> str:
        """What the last press showed to whoever pressed: for a moment, or in the bot's message itself."""
        ...

    def publicly(self) -> tuple[str, ...]:
        """List what the bot wrote to the whole group."""
        ...

    def incident(self, label: str) -> IncidentRow | None:
        """Find what the log holds about the message with this label."""
        ...

    def undelivered(self) -> tuple[OutboxRow, ...]:
        """List the sends whose reader could not be reached."""
        ...


async def play(scenario: Scenario, driver: ScenarioDriver, watch: Callable[[Step], None] | None = None) -> list[str]:
    """Play all steps; returns a line for each thing that was not as expected. `watch` is called after each step."""
    await driver.begin(scenario)
    problems: list[str] = []
    for number, written in enumerate(scenario.steps, 1):
        before, step = _view(scenario, driver), _named(written, driver)
        await _act(step, driver)
        if watch:
            watch(step)
        found = _compare(scenario, step, before, _view(scenario, driver), driver)
        problems += [f"step {number} ({step.verb}): {problem}" for problem in found]
    return problems


async def _act(step: Step, driver: ScenarioDriver) -> None:
    acts = {
        "says": driver.say,
        "edits": driver.edit,
        "deletes": driver.delete,
        "presses": driver.press,
        "asks": driver.ask,
        "checks": driver.check,
        "starts": driver.start,
        "joins": driver.join,
        "waits": driver.wait,
    }
    await acts[step.verb](step)


def _named(step: Step, driver: ScenarioDriver) -> Step:
    """The step with the ids of incidents in what is asked: `{leak}` is that of the message with this label."""

    def called(label: re.Match[str]) -> str:
        incident = driver.incident(label[1])
        return incident.id if incident else label[0]

    return step.model_copy(update={"asks": re.sub(r"\{(\w+)\}", called, step.asks)}) if step.asks else step


@dataclass(frozen=True, slots=True)
class _View:
    """What everybody sees at one moment."""

    private: dict[str, tuple[Private, ...]]
    public: tuple[str, ...]
    undelivered: int


def _view(scenario: Scenario, driver: ScenarioDriver) -> _View:
    private = {member.name: driver.privately(member.name) for member in scenario.people}
    return _View(private, driver.publicly(), len(driver.undelivered()))


def _compare(scenario: Scenario, step: Step, before: _View, after: _View, driver: ScenarioDriver) -> list[str]:
    problems = _public(step.expect.noticed, after.public[len(before.public) :])
    for member in scenario.people:
        old, new = before.private[member.name], after.private[member.name]
        problems += _heard(step, member, new[len(old) :], new)
    problems += [f"somebody read {word!r} again" for word in step.never if _repeated(word, after)]
    missed = after.undelivered - before.undelivered
    if step.expect.unreachable != (missed > 0):
        problems.append(f"{missed} nudges could not be delivered")
    if step.expect.answered and step.expect.answered not in driver.answered():
        problems.append(f"the press was not answered with {step.expect.answered!r}")
    return problems + _logged(step.expect, step, driver)


def _public(expected: str, fresh: tuple[str, ...]) -> list[str]:
    if not expected:
        return ["the group saw the bot speak"] if fresh else []
    return [] if len(fresh) == 1 and expected in fresh[0] else [f"the group did not read {expected!r}"]


def _repeated(word: str, after: _View) -> bool:
    return any(word in note.text for notes in after.private.values() for note in notes)


def _heard(step: Step, member: Member, fresh: tuple[Private, ...], notes: tuple[Private, ...]) -> list[str]:
    """Compare what a member got with what they should have got."""
    expect, acts = step.expect, member.name == step.by
    nudges = sum(note.is_nudge for note in fresh)
    others = len(fresh) - nudges
    problems = []
    if nudges != (1 if acts and expect.nudged else 0):
        problems.append(f"{'who acted' if acts else 'somebody else'} got {nudges} nudges")
    if others != (acts and expect.replied) + (member.admin and expect.alerted):
        problems.append(f"{'who acted' if acts else 'somebody else'} got {others} other messages")
    return problems + (_read(expect, notes) if acts else [])


def _read(expect: Expected, notes: tuple[Private, ...]) -> list[str]:
    """Compare the newest private message of who acted with what it should say."""
    newest = notes[-1] if notes else Private("")
    problems = []
    if expect.thanked is not None and expect.thanked != (bool(notes) and not newest.actions):
        problems.append("the newest nudge is no thank-you" if expect.thanked else "the newest nudge is a thank-you")
    if expect.joined is not None and str(expect.joined) not in re.findall(r"\d+", newest.text):
        problems.append(f"the newest nudge does not speak of {expect.joined} messages")
    if expect.language and expect.language != _language(newest.text):
        problems.append(f"the newest message is not in {expect.language}")
    if expect.holds and expect.holds not in newest.text:
        problems.append(f"the newest message lacks {expect.holds!r}")
    return problems


def _language(text: str) -> str:
    """Tell Chinese from English; a name in the other script does not count."""
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return "zh" if han > len(text) / 4 else "en"


def _logged(expect: Expected, step: Step, driver: ScenarioDriver) -> list[str]:
    """Compare what the log holds about a message with what it should hold."""
    label = expect.of or step.label or step.edits or step.deletes
    incident = driver.incident(label) if label else None
    problems = []
    if expect.rules is not None and set(expect.rules) != set(incident.rules if incident else ()):
        problems.append(f"rules are {incident.rules if incident else 'none'}")
    if expect.types is not None and set(expect.types) != set(incident.types if incident else ()):
        problems.append(f"types are {tuple(incident.types) if incident else 'none'}")
    if expect.resolution and expect.resolution != (incident and (incident.resolution or incident.state)):
        problems.append(f"the incident is {incident and (incident.resolution or incident.state)}")
    if expect.reason and expect.reason != (incident and incident.reason):
        problems.append(f"the reason is {incident and incident.reason}")
    return problems
