"""`[wording]` of a policy: what may be said, and what each mistake is told."""

from pathlib import Path

import pytest

from bot import wording
from policies.files import check, load
from policies.policy import WORDING_KEYS
from policies.sentences import OF_ALL, SLOTS, slots
from tests.fakes.marked_find import find

RULE = '[[rule]]\nid = "hkid"\ntypes = ["HKID"]\nseverity = "high"\nwording = "our-way"\n'
GOOD = 'en = "Psst {where}: {readers}."\nzh = ["{where}{readers}", "{readers}{where}"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.toml"


def test_a_rule_says_a_sentence_of_its_own_policy(file: Path) -> None:
    file.write_text(f"[wording.our-way]\n{GOOD}{RULE}", "utf-8")
    policy = load(file, find)
    assert policy.sentences["our-way"]["zh"] == ("{where}{readers}", "{readers}{where}")
    assert policy.rules[0].wording == "our-way"


def test_a_policy_on_top_inherits_sentences_one_by_one(file: Path) -> None:
    file.write_text(f"[wording.our-way]\n{GOOD}{RULE}", "utf-8")
    above = file.with_name("above.toml")
    above.write_text('extends = "office"\n[wording.hkid]\nen = "{where} {readers}"\n[[rule]]\nid = "hkid"\n', "utf-8")
    assert load(above, find).sentences.keys() == {"our-way", "hkid"}


BOTH = "{where}{readers}"
MISTAKES = [
    # the English sentence, then where and what is told
    ('"x {where}"', "our-way, field en, line 2", "{readers} is missing"),
    ('"{where} {readers} {value}"', "our-way, field en", "{value} is not filled in"),
    ('"{where"', "our-way, field en", "without its other half"),
    (f'"{BOTH}{" very" * 50}"', "our-way, field en", "is too long"),
    (f'"{BOTH}\\u202e"', "our-way, field en", "that nobody can see"),
    ("3", "wording", "has the wrong type"),
    ("[]", "wording", "is empty"),
    ('" "', "wording", "is written wrongly"),
]
TABLES = [
    (f'[wording.our-way]\nen = "{BOTH}"\n', "field our-way, line 1", "is not written in the language zh"),
    (f"[wording.our-way]\n{GOOD}[wording.their-way]\n{GOOD}", "field their-way", "is picked by no rule"),
    ('[wording.our-way]\nenglish = "x"\n', "wording", "is written wrongly"),
    ('[wording."Our way"]\nen = "x"\n', "wording", "is written wrongly"),
    ("", 'rule "hkid", field wording', "is not the key of a sentence"),
    *((f'[wording.our-way]\nen = {en}\nzh = "{BOTH}"\n', place, reason) for en, place, reason in MISTAKES),
]


@pytest.mark.parametrize(("tables", "place", "reason"), TABLES)
def test_a_mistake_is_told_with_its_place(tables: str, place: str, reason: str, file: Path) -> None:
    file.write_text(tables + RULE, "utf-8")
    problems = check([file], find)
    assert any(place in problem.place and reason in problem.reason for problem in problems), problems
    assert all(problem.cure for problem in problems)


def test_the_slots_are_those_of_the_shipped_sentences() -> None:
    shipped = {key: slots(wording.sentences("en")[f"nudge.{key}"][0]) for key in WORDING_KEYS}
    assert shipped == {key: SLOTS.get(key, OF_ALL) for key in WORDING_KEYS}
