"""A policy on top of another: what it changes, what it inherits, and which file and line a mistake is in."""

from pathlib import Path

import pytest

from policies.errors import PolicyError
from policies.files import check, load, written
from policies.policy import Policy, Rule
from policies.reload import Policies
from tests.fakes.marked_find import find

BASE = """\
mode = "simulate"
[[rule]]
id = "hkid"
types = ["HKID"]
severity = "high"
mute_days = 1
[[rule]]
id = "phone"
types = ["PHONE_NUMBER", "HKID"]
min_types = 2
severity = "low"
protects = ["DPP3"]
[[example]]
text = "{HKID}"
rules = ["hkid"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(BASE)
    return tmp_path / "branch.toml"


def load_on_base(file: Path, content: str) -> Policy:
    file.write_text(f'extends = "base.toml"\n{content}')
    return load(file, find)


def ids(policy: Policy) -> set[str]:
    return {rule.id for rule in policy.rules}


def rule(policy: Policy, name: str) -> Rule:
    return next(rule for rule in policy.rules if rule.id == name)


def test_nothing_said_is_all_inherited(file: Path) -> None:
    policy = load_on_base(file, "")
    assert (policy.name, policy.mode, ids(policy)) == ("branch", "simulate", {"hkid", "phone"})
    assert set(policy.rules) == set(load(file.parent / "base.toml", find).rules)


def test_a_rule_of_the_same_id_is_changed_field_by_field(file: Path) -> None:
    policy = load_on_base(file, '[[rule]]\nid = "hkid"\nseverity = "critical"\n')
    assert (rule(policy, "hkid").severity, rule(policy, "hkid").mute_days) == ("critical", 1)
    assert rule(policy, "phone").severity == "low"


def test_what_a_rule_protects_is_inherited_and_a_new_list_replaces_it(file: Path) -> None:
    assert rule(load_on_base(file, '[[rule]]\nid = "phone"\nseverity = "high"\n'), "phone").protects == ("DPP3",)
    assert rule(load_on_base(file, '[[rule]]\nid = "phone"\nprotects = ["B 1"]\n'), "phone").protects == ("B 1",)


def test_rules_are_removed_added_and_replaced(file: Path) -> None:
    added = '[[rule]]\nid = "pay"\ntypes = ["SALARY"]\nseverity = "low"\n'
    assert ids(load_on_base(file, f'remove = ["phone"]\n{added}')) == {"hkid", "pay"}
    replaced = added.replace("pay", "hkid")
    assert rule(load_on_base(file, f'remove = ["hkid"]\n{replaced}'), "hkid").mute_days == 0


def test_the_examples_of_the_base_are_its_own(file: Path) -> None:
    assert ids(load_on_base(file, 'remove = ["hkid"]\n')) == {"phone"}
    with pytest.raises(PolicyError, match=r"branch.toml: example 1, line 2: should break hkid and does not"):
        load_on_base(file, '[[example]]\ntext = "x"\nrules = ["hkid"]\n')


def test_one_may_stand_on_another(file: Path) -> None:
    load_on_base(file, 'mode = "enforce"\nremove = ["phone"]\n')
    top = file.parent / "top.toml"
    top.write_text('extends = "branch.toml"\n[[rule]]\nid = "hkid"\nmute_days = 9\n')
    policy = load(top, find)
    assert (policy.mode, ids(policy), policy.rules[0].mute_days) == ("enforce", {"hkid"}, 9)
    assert written(top).line(("rule", 0, "mute_days")) == 4
    origin = written(top).origin(("rule", 0, "types"))
    assert (Path(origin.source.shown).name, written(top).line(("rule", 0, "types"))) == ("base.toml", 4)


def test_a_ring_of_files_is_told_so(file: Path) -> None:
    (file.parent / "base.toml").write_text('extends = "branch.toml"\n')
    with pytest.raises(PolicyError, match=r"base.toml: field extends, line 1: leads back to this file"):
        load_on_base(file, "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[[rule]]\nid = "hkid"\nseverty = "low"\n', 'branch.toml: rule "hkid", field severty, line 4: there is no'),
        ('[[rule]]\nid = "hkdi"\nseverity = "low"\n', 'branch.toml: rule "hkdi", field types, line 2: is missing'),
        ('[[rule]]\nid = "phone"\ntypes = ["HKID"]\n', 'base.toml: rule "phone", field min_types, line 10: is more'),
        ('remove = ["hkdi"]\n', "branch.toml: field remove, line 2: names a rule"),
    ],
)
def test_a_mistake_is_told_in_the_file_that_it_stands_in(file: Path, content: str, problem: str) -> None:
    file.write_text(f'extends = "base.toml"\n{content}')
    (found,) = check([file], find)
    assert problem in str(found)


def test_a_change_that_is_missing_the_id_is_told_which_was_meant(file: Path) -> None:
    file.write_text('extends = "base.toml"\n[[rule]]\nid = "hkdi"\nseverity = "low"\n')
    assert "did you mean hkid" in str(check([file], find)[0])


def test_a_change_below_is_in_force_and_tells_the_sets_apart(file: Path) -> None:
    load_on_base(file, "")
    policies = Policies(file, {}, find)
    before = policies.set.hash
    (file.parent / "base.toml").write_text(BASE.replace("high", "critical"))
    assert policies.refresh() == ()
    assert policies.set.hash != before
    assert policies.current("slack", "C1").rules[0].severity == "critical"


def test_a_base_that_goes_and_comes_again_is_noticed(file: Path) -> None:
    load_on_base(file, "")
    policies = Policies(file, {}, find)
    base = file.parent / "base.toml"
    base.unlink()
    assert policies.refresh() == ()
    assert "not there" in str(policies.refresh())
    base.write_text(BASE.replace("high", "critical"))
    assert policies.refresh() == ()
    assert policies.current("slack", "C1").rules[0].severity == "critical"


def test_a_name_is_a_file_beside_this_one_else_a_shipped_policy(file: Path) -> None:
    file.write_text('extends = "base"\n')
    assert ids(load(file, find)) == {"hkid", "phone"}
    copy = file.parent / "hr-default.toml"
    copy.write_text('extends = "hr-default"\n')
    assert "bulk" in ids(load(copy, find))
    file.write_text('extends = "hr-default"\n')
    copy.write_text(BASE)
    assert ids(load(file, find)) == {"hkid", "phone"}
