"""Policies in force: which one judges where, and what a change on disk does."""

import logging
import os
import re
from pathlib import Path

import pytest

from policies.errors import PolicyError
from policies.facts import Facts
from policies.policy import Policy
from policies.reload import Policies, together
from tests.fakes.marked_find import find

pytestmark = pytest.mark.fault

GOOD = """
[[rule]]
id = "RULE"
types = ["HKID"]
severity = "high"
[[example]]
text = "{HKID}"
rules = ["RULE"]
"""


def good(rule: str) -> str:
    return GOOD.replace("RULE", rule)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "office.toml"
    path.write_text(good("first"))
    return path


def fired(policies: Policies, chat: str = "C1") -> str:
    return policies.current("slack", chat).rules[0].id


def test_a_chat_has_its_own_policy_else_the_first_pattern_that_fits_else_the_default() -> None:
    default, own, pattern, late = (Policy(name, "h", ()) for name in ("default", "own", "pattern", "late"))
    policies = together(default, {"slack:C*": pattern, "*:C2": late, "slack:C1": own})
    assert policies.current("slack", "C1").name == "own"
    assert policies.current("slack", "C2").name == "pattern"
    assert policies.current("telegram", "C2").name == "late"
    assert policies.current("telegram", "-100").name == "default"


def test_the_hash_of_a_set_tells_which_policy_judges_where() -> None:
    one, two = Policy("p", "1", ()), Policy("p", "2", ())
    sets = [together(one, {}), together(two, {}), together(one, {"*:1": two}), together(one, {"*:2": two})]
    assert len({policies.hash for policies in sets}) == 4
    assert all(re.fullmatch("[0-9a-f]{12}", policies.hash) for policies in sets)


def test_a_decision_carries_the_hash_of_the_set_that_judged(file: Path) -> None:
    (file.parent / "other.toml").write_text(good("other"))
    policies = Policies(file, {"slack:C9": "other.toml"}, find, file.parent)
    for chat in ("C1", "C9"):
        judge = policies.current("slack", chat)
        assert judge.decide(find("{HKID}"), Facts()).policy_hash == policies.set.hash
        assert judge.decide((), Facts()).policy_hash == policies.set.hash


def test_paths_start_at_the_config_file(file: Path) -> None:
    policies = Policies("office.toml", {"slack:C9": Path("office.toml")}, find, file.parent)
    assert policies.current("slack", "C1") == policies.current("slack", "C9")
    assert policies.current("slack", "C1").name == "office"


def test_a_set_on_trial_judges_beside_the_one_in_force_and_changes_with_it(file: Path) -> None:
    trial = file.parent / "next.toml"
    trial.write_text(good("next"))
    policies = Policies(file, {}, find, file.parent, trial=("next.toml", {"slack:C9": "office.toml"}))
    assert fired(policies) == "first"
    assert [(kind, judge.rules[0].id) for kind, judge in policies.tried("slack", "C1")] == [("set", "next")]
    assert [judge.rules[0].id for _, judge in policies.tried("slack", "C9")] == ["first"]
    file.write_text(good("second"))
    trial.write_text("no policy")
    policies.refresh()
    assert policies.refresh()[0].file == str(trial)
    assert fired(policies) == "first", "both change together or not at all"
    trial.write_text(good("mended"))
    policies.refresh()
    assert (fired(policies), policies.tried("slack", "C1")[0][1].rules[0].id) == ("second", "mended")


def test_rules_on_trial_and_a_set_on_trial_are_both_judged(file: Path) -> None:
    file.write_text(good("first").replace('id = "first"', 'id = "first"\nmode = "simulate"'))
    policies = Policies(file, {}, find, file.parent)
    assert [kind for kind, _ in policies.tried("slack", "C1")] == ["rules"]
    both = Policies(file, {}, find, file.parent, trial=(file, {}))
    assert [kind for kind, _ in both.tried("slack", "C1")] == ["rules", "set"]


def test_a_bad_policy_is_refused_at_start(file: Path) -> None:
    with pytest.raises(PolicyError, match=r"nowhere\.toml: there is no such file"):
        Policies(file, {"slack:C1": "nowhere.toml"}, find, file.parent)


def test_a_good_change_is_in_force_after_one_look(file: Path) -> None:
    policies = Policies(file, {}, find)
    before = policies.set.hash
    file.write_text(good("other"))
    assert policies.refresh() == ()
    assert fired(policies) == "other"
    assert policies.set.hash != before


def test_a_change_of_the_same_length_at_the_same_time_is_seen(file: Path) -> None:
    policies = Policies(file, {}, find)
    stamp = file.stat()
    file.write_text(good("fir5t"))
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    policies.refresh()
    assert fired(policies) == "fir5t"


def test_a_bad_change_keeps_the_last_good_set_and_is_told_once(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    policies = Policies(file, {}, find)
    before = policies.set
    file.write_text("[[rule")
    told = [policies.refresh() for _ in range(5)]
    assert [len(problems) for problems in told] == [0, 1, 0, 0, 0]
    assert policies.set is before
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_half_saved_file_that_is_whole_a_moment_later_is_not_worth_a_word(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    policies = Policies(file, {}, find)
    told = []
    for content in ("", good("other")):
        file.write_text(content)
        told.append(policies.refresh())
    told.append(policies.refresh())
    assert told == [(), (), ()]
    assert fired(policies) == "other"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_the_same_mistake_is_not_told_again_while_its_author_types(file: Path) -> None:
    policies = Policies(file, {}, find)
    told = []
    for typed in ("", "#", "# what", "# what now"):
        file.write_text(f"mode = 'off'\n{typed}")
        told += [policies.refresh(), policies.refresh()]
    assert sum(map(bool, told)) == 1


def test_a_mistake_is_told_again_after_it_was_mended(file: Path) -> None:
    policies = Policies(file, {}, find)
    told = []
    for content in ("[[", good("mended"), "[["):
        file.write_text(content)
        told += [policies.refresh(), policies.refresh()]
    assert list(map(bool, told)) == [False, True, False, False, False, True]
    assert fired(policies) == "mended"


def test_an_example_that_no_longer_holds_is_refused_like_any_mistake(file: Path) -> None:
    policies = Policies(file, {}, find)
    file.write_text(good("first").replace('["HKID"]', '["SALARY"]'))
    policies.refresh()
    (problem,) = policies.refresh()
    assert "example 1" in problem.place
    assert fired(policies) == "first"


def test_a_vanished_file_keeps_the_last_good_set_until_it_is_back(file: Path) -> None:
    policies = Policies(file, {}, find)
    file.unlink()
    policies.refresh()
    (problem,) = policies.refresh()
    assert problem.reason == "there is no such file"
    assert fired(policies) == "first"
    file.write_text(good("back"))
    policies.refresh()
    assert fired(policies) == "back"


def test_all_files_change_together_or_not_at_all(file: Path) -> None:
    second = file.with_name("second.toml")
    second.write_text(good("second"))
    policies = Policies(file, {"slack:C2": second}, find)
    file.write_text(good("new"))
    second.write_text("mode = 3")
    policies.refresh()
    assert (fired(policies), fired(policies, "C2")) == ("first", "second")


def test_only_whole_policies_can_be_seen(file: Path) -> None:
    policies = Policies(file, {}, find)
    with pytest.raises((AttributeError, TypeError)):
        policies.set.default = policies.set.default  # type: ignore[misc]  # it must be refused
    with pytest.raises(TypeError):
        policies.set.chats["slack:C1"] = policies.set.default  # type: ignore[index]  # it must be refused
