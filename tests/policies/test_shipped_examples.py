"""The shipped policies against the shipped detector: all examples hold, and no rule is without one."""

import tomllib

import pytest

from detectors.detector import Detector
from detectors.recognizers import all_recognizers
from policies.conditions.how_many import MinTypes
from policies.conditions.which import Types
from policies.files import check, load
from policies.policy import Policy, Rule
from policies.shipped import SHIPPED
from tests.whole import whole


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


def test_all_examples_hold(detector: Detector) -> None:
    problems = check(SHIPPED.values(), detector.find)
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_that_can_fire_has_an_example(name: str, detector: Detector) -> None:
    policy: Policy = load(name, detector.find)
    found = {recognizer.entity for recognizer in all_recognizers()}
    shown = {rule for example in _examples(name) for rule in example["rules"]}
    own = {rule["id"] for rule in tomllib.loads(SHIPPED[name].read_text("utf-8"))["rule"]}
    bare = {rule.id for rule in policy.rules if rule.id in own and _can_fire(rule, found)} - shown
    assert not bare, "\n".join(f"policies/{name}.toml: no example shows the rule {rule}" for rule in sorted(bare))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_policy_shows_what_must_stay_silent(name: str) -> None:
    assert any(example["rules"] == [] for example in _examples(name))


def _can_fire(rule: Rule, found: set[str]) -> bool:
    types, least = rule.condition(Types), rule.condition(MinTypes)
    assert types
    return len(types.wanted & found) >= (least.wanted if least else 1)


def _examples(name: str) -> list[dict[str, list[str]]]:
    examples: list[dict[str, list[str]]] = tomllib.loads(SHIPPED[name].read_text("utf-8"))["example"]
    return examples
