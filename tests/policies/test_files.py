"""Policy files: what loads and what does not, hashes, examples, and the copies that `policy init` makes."""

import logging
from pathlib import Path

import pytest

from policies.chats import ChatPatterns
from policies.conditions.how_many import MinCount, MinPeople
from policies.conditions.where import Chats, Edited, External, Forwarded, MinAudience
from policies.conditions.which import MinScore, TraitsAll, TraitsAny, TraitsNone, Types
from policies.conditions.who import SenderRoles
from policies.errors import PolicyError, Problem
from policies.facts import Facts, Role
from policies.files import check, load, locate
from policies.policy import Rule
from policies.shipped import SHIPPED, init
from tests.fakes.marked_find import find

RULE = '[[rule]]\nid = "hkid"\ntypes = ["HKID"]\nseverity = "high"\n'
"""A policy file of four lines; more lines follow inside the rule."""
EXAMPLE = '[[example]]\ntext = "secret words {HKID}"\nrules = ["hkid"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.toml"


def problems(file: Path, content: str) -> list[Problem]:
    file.write_text(content, "utf-8")
    return check([file], find)


def test_a_rule_says_little_and_means_the_usual(file: Path) -> None:
    file.write_text(RULE)
    policy = load(file, find)
    assert (policy.name, policy.mode) == ("office", "enforce")
    assert policy.rules == (Rule("hkid", "high", (Types(frozenset({"HKID"})), MinScore(0.5))),)
    assert policy.rules[0].effects == {"nudge", "log"}


def test_a_rule_can_say_everything(file: Path) -> None:
    file.write_text(
        'mode = "simulate"\n'
        + RULE
        + 'effects = ["alert"]\nwording = "hkid"\nmute_days = 3\n'
        + "min_score = 1\nmin_count = 2\nmin_types = 1\nmin_people = 4\nmin_audience = 5\n"
        + 'traits_any = ["own"]\ntraits_all = ["negated"]\ntraits_none = ["mild"]\nchats = ["slack:*"]\n'
        + 'edited = true\nforwarded = false\nexternal = true\nsender_roles = ["admin"]\n'
    )
    policy = load(file, find)
    assert policy.mode == "simulate"
    assert policy.rules == (
        Rule(
            id="hkid",
            severity="high",
            effects=frozenset({"alert", "log"}),
            wording="hkid",
            mute_days=3,
            conditions=(
                Types(frozenset({"HKID"})),
                MinScore(1),
                TraitsAny(frozenset({"own"})),
                TraitsAll(frozenset({"negated"})),
                TraitsNone(frozenset({"mild"})),
                MinCount(2),
                MinPeople(4),
                Chats(ChatPatterns(["slack:*"])),
                MinAudience(5),
                Edited(wanted=True),
                Forwarded(wanted=False),
                External(wanted=True),
                SenderRoles(frozenset({Role.ADMIN})),
            ),
        ),
    )


def test_examples_know_where_they_stand(file: Path) -> None:
    kind_of_post = "edited = true\nforwarded = true\nexternal = true\n"
    rule = RULE + kind_of_post + 'min_audience = 10\nchats = ["slack:C*"]\nsender_roles = ["guest"]\n'
    facts = kind_of_post + 'audience = 10\nplatform = "slack"\nchat = "C1"\nsender_role = "guest"\n'
    assert problems(file, rule + EXAMPLE + facts) == []
    for line in facts.splitlines(keepends=True):
        unknown_counts_as_large = line.startswith("audience")
        assert bool(problems(file, rule + EXAMPLE + facts.replace(line, ""))) is not unknown_counts_as_large, line
    assert problems(file, rule + EXAMPLE + facts.replace("10", "9"))


def test_a_policy_for_recognizers_of_ones_own_names_their_types(file: Path) -> None:
    file.write_text(RULE.replace('"HKID"', '"STAFF_NUMBER"'))
    assert load(file, find, frozenset({"STAFF_NUMBER"})).rules[0].condition(Types) == Types(frozenset({"STAFF_NUMBER"}))
    assert [problem.place for problem in check([file], find)] == ['rule "hkid", field types, line 3']


def test_an_unknown_trait_is_hinted_at_and_allowed(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert problems(file, RULE + 'traits_none = ["bussiness"]\n') == []
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "did you mean business?" in record.getMessage()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_of_any_editor_load(file: Path, encoding: str, newline: str) -> None:
    file.write_bytes(
        (RULE + '# 備註\n[[example]]\ntext = "陳大文 {HKID}"\nrules = ["hkid"]\n')
        .replace("\n", newline)
        .encode(encoding)
    )
    assert check([file], find) == []


def test_a_file_in_another_encoding_is_told_so(file: Path) -> None:
    file.write_bytes(RULE.encode() + "# 備註".encode("big5"))
    (problem,) = check([file], find)
    assert (problem.place, problem.reason) == ("line 5", "is not UTF-8 text")


def test_files_that_cannot_be_read_are_told_so(tmp_path: Path) -> None:
    missing, folder = check([tmp_path / "nowhere.toml", tmp_path], find)
    assert missing.reason == "there is no such file"
    assert "hr-default" in missing.cure
    assert folder.reason.startswith("can't be read")


def test_the_hash_is_that_of_the_bytes(file: Path) -> None:
    file.write_text(RULE)
    first = load(file, find).hash
    file.write_text(RULE + "# a comment counts\n")
    second = load(file, find).hash
    assert first != second
    assert len(first) == len(second) == 12
    assert load(file, find).decide(find("{HKID}"), facts=Facts()).policy_hash == second


def test_loading_a_broken_file_raises_every_problem(file: Path) -> None:
    file.write_text(RULE + "min_score = 7\nmin_count = 0\n")
    with pytest.raises(PolicyError) as caught:
        load(file, find)
    assert len(caught.value.problems) == 2
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    assert caught.value.first.place == 'rule "hkid", field min_score, line 5'


def test_a_name_means_a_file_beside_the_config_else_a_shipped_policy(tmp_path: Path) -> None:
    assert locate("hr-default", tmp_path) == SHIPPED["hr-default"]
    assert locate("hr-default.toml", tmp_path) == tmp_path / "hr-default.toml"
    (tmp_path / "hr-default").write_text(RULE)
    assert locate("hr-default", tmp_path) == tmp_path / "hr-default"


def test_init_copies_the_shipped_policies(tmp_path: Path) -> None:
    copies = init(tmp_path / "new" / "policies")
    assert sorted(path.stem for path in copies) == sorted(SHIPPED)
    assert all(path.read_bytes() == SHIPPED[path.stem].read_bytes() for path in copies)


def test_init_overwrites_nothing_and_copies_all_or_none(tmp_path: Path) -> None:
    mine = tmp_path / "hr-strict.toml"
    mine.write_text("mine")
    with pytest.raises(PolicyError, match="is there already") as caught:
        init(tmp_path)
    assert [problem.file for problem in caught.value.problems] == [str(mine)]
    assert [path.name for path in tmp_path.iterdir()] == ["hr-strict.toml"]
    assert mine.read_text() == "mine"


def test_init_says_when_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PolicyError, match="can't be written"):
        init(tmp_path / "file")
