"""What docs/simulator.md and docs/commands.md say is so."""

import re
import tomllib
from pathlib import Path

from bot import wording
from bot.demo.scenario import VERBS, Expected, Scenario
from bot.talk.commands import ADMINS, EVERYONE

DOCS = Path(__file__).parents[3] / "docs"


def test_the_scenario_in_the_docs_is_a_scenario() -> None:
    [example] = re.findall(r"```toml\n(.*?)```", (DOCS / "simulator.md").read_text("utf-8"), re.DOTALL)
    assert Scenario.model_validate(tomllib.loads(example)).steps


def test_every_verb_and_expectation_is_documented() -> None:
    text = (DOCS / "simulator.md").read_text("utf-8")
    assert [word for word in (*VERBS, *Expected.model_fields) if f"`{word}" not in text] == []


def test_every_command_button_and_reason_is_documented() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    assert [command for command in EVERYONE + ADMINS if f"`{command}" not in text] == []
    buttons = [
        wording.say("en", f"button.{action}") for action in ("removed", "reason", "false_alarm", "why", "delete")
    ]
    assert [label for label in buttons if f"| {label} |" not in text] == []
    assert [reason for reason in wording.names("reason") if reason not in text] == []
