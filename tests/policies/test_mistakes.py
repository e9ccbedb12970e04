"""What each mistake in a policy file is told: one sentence with the file, the place, the reason and the cure."""

from pathlib import Path

import pytest

from detectors.finding import Finding
from policies.errors import Problem
from policies.files import check
from tests.fakes.marked_find import find

RULE = '[[rule]]\nid = "hkid"\ntypes = ["HKID"]\nseverity = "high"\n'
"""A policy file of four lines; more lines follow inside the rule."""
EXCEPTION = '[[exception]]\nid = "run"\nrules = ["hkid"]\nreason = "pay"\nuntil_date = 2026-12-31\n'
EXAMPLE = '[[example]]\ntext = "secret words {HKID}"\nrules = ["hkid"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.toml"


def problems(file: Path, content: str) -> list[Problem]:
    file.write_text(content, "utf-8")
    return check([file], find)


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (RULE + "min_score = 7\n", 'rule "hkid", field min_score, line 5', "is too large"),
        (RULE + "min_score = -1\n", 'rule "hkid", field min_score, line 5', "is too small"),
        (RULE + "min_score = nan\n", 'rule "hkid", field min_score, line 5', "is too"),
        (RULE + 'min_score = "high"\n', 'rule "hkid", field min_score, line 5', "has the wrong type"),
        (RULE + "min_count = true\n", 'rule "hkid", field min_count, line 5', "has the wrong type"),
        (RULE + "min_count = 1.5\n", 'rule "hkid", field min_count, line 5', "has the wrong type"),
        (RULE + "min_scores = 0.5\n", 'rule "hkid", field min_scores, line 5', "there is no such field"),
        (RULE + 'effects = ["nudge", "shout"]\n', 'rule "hkid", field effects, line 5', "is not a word known here"),
        (RULE + 'effects = ["delete"]\n', 'rule "hkid", field effects, line 5', "deletes a message without"),
        (RULE + 'min_file_size = "2MB"\n', 'rule "hkid", field min_file_size, line 5', "is no size of a file"),
        (RULE + 'file_kinds = ["excel"]\n', 'rule "hkid", field file_kinds, line 5', "is not a word known here"),
        (RULE + "effects = []\n", 'rule "hkid", field effects, line 5', "is empty"),
        (RULE + 'edited = "yes"\n', 'rule "hkid", field edited, line 5', "has the wrong type"),
        (RULE + 'chats = ["everywhere"]\n', 'rule "hkid", field chats, line 5', "is written wrongly"),
        (RULE + 'chats = ["telegarm:-1"]\n', 'rule "hkid", field chats, line 5', "names a platform that is not there"),
        (RULE + 'chats = ["slack:*", "*:"]\n', 'rule "hkid", field chats, line 5', "is written wrongly"),
        (RULE + 'sender_roles = ["adnim"]\n', 'rule "hkid", field sender_roles, line 5', "is not a word known here"),
        (RULE + 'sender_roles = "admin"\n', 'rule "hkid", field sender_roles, line 5', "has the wrong type"),
        (RULE + EXAMPLE + 'sender_role = "boss"\n', "example 1, field sender_role, line 8", "is not a word known here"),
        (RULE + EXAMPLE + 'platform = "slak"\n', "example 1, field platform, line 8", "names a platform"),
        (RULE + 'traits_any = ["Not own"]\n', 'rule "hkid", field traits_any, line 5', "is written wrongly"),
        (RULE + 'wording = "hikd"\n', 'rule "hkid", field wording, line 5', "is not the key of a sentence"),
        (RULE + 'protects = ["第三原則"]\n', 'rule "hkid", field protects, line 5', "is written wrongly"),
        (RULE + 'protects = ["DPP3 "]\n', 'rule "hkid", field protects, line 5', "is written wrongly"),
        (RULE + 'protects = "DPP3"\n', 'rule "hkid", field protects, line 5', "has the wrong type"),
        (RULE + f"protects = {['DPP'] * 9}\n", 'rule "hkid", field protects, line 5', "has too many entries"),
        (RULE + f'protects = ["{"D" * 61}"]\n', 'rule "hkid", field protects, line 5', "is too long"),
        (RULE + "mute_days = 1000\n", 'rule "hkid", field mute_days, line 5', "is too large"),
        (RULE + "min_types = 2\n", 'rule "hkid", field min_types, line 5', "is more than the rule has types"),
        (
            RULE + 'traits_all = ["own"]\ntraits_none = ["own"]\n',
            'rule "hkid", field traits_none, line 6',
            "excludes a trait that the rule asks for",
        ),
        (RULE.replace("high", "huge"), 'rule "hkid", field severity, line 4', "is not a word known here"),
        (RULE.replace('"HKID"', '"HKIDS"'), 'rule "hkid", field types, line 3', "names an entity type"),
        (RULE.replace('["HKID"]', "[]"), 'rule "hkid", field types, line 3', "is empty"),
        (RULE.replace('["HKID"]', '"HKID"'), 'rule "hkid", field types, line 3', "has the wrong type"),
        (RULE.replace('"hkid"', '"My ID rule!"'), "rule 1, field id, line 2", "is written wrongly"),
        (RULE.replace('"hkid"', "5"), 'rule "5", field id, line 2', "has the wrong type"),
        (RULE.replace('id = "hkid"\n', ""), "rule 1, field id, line 1", "is missing"),
        (RULE + RULE, 'rule "hkid", field id, line 6', "is the id of an earlier rule"),
        ('mode = "off"\n' + RULE, "field mode, line 1", "is not a word known here"),
        ("mod = 1\n" + RULE, "field mod, line 1", "there is no such field"),
        ("", "field rule", "is missing"),
        ("rule = []\n", "field rule, line 1", "is empty"),
        ("rule = 3\n", "field rule, line 1", "has the wrong type"),
        ('rule = ["hkid"]\n', "rule 1, line 1", "has the wrong type"),
        ("# only a comment\n[[rule]\n", "line 2, column 7", "is not valid TOML"),
        (RULE + "effects = [“nudge”]\n", "line 5, column 12", "is not valid TOML"),
        (RULE + "id = 'twice'\n", "line 5, column 13", "is not valid TOML"),
        (RULE + "effects = [", "line 5", "is not valid TOML"),
        (RULE + '[[example]]\ntext = "x"\nrules = ["hikd"]\n', "example 1, field rules, line 7", "names a rule"),
        (RULE + '[[example]]\ntext = "x"\n', "example 1, field rules, line 5", "is missing"),
        (RULE + '[[example]]\ntext = 5\nrules = []\n', "example 1, field text, line 6", "has the wrong type"),
        (RULE + "[[example]]\ntext = 'x'\nrules = ['hkid']\n", "example 1, line 5", "should break hkid and does not"),
        (RULE + EXAMPLE.replace('["hkid"]', "[]"), "example 1, line 5", "breaks hkid and should not"),
        (RULE + EXAMPLE + EXAMPLE + 'edited = "x"\n', "example 2, field edited, line 11", "has the wrong type"),
        ('remove = ["hkid"]\n' + RULE, "field remove, line 1", "there is nothing to remove from"),
        ('extends = "hr-defalt"\n' + RULE, "field extends, line 1", "names a policy that is not there"),
        ("extends = 7\n" + RULE, "field extends, line 1", "has the wrong type"),
        ('extends = "office.toml"\n' + RULE, "field extends, line 1", "leads back to this file"),
        ('extends = "simulate-first"\nremove = ["hkid"]\n', "field remove, line 2", "names a rule"),
        ('extends = "simulate-first"\nremove = "phone"\n', "field remove, line 2", "has the wrong type"),
        (RULE + 'parts = ["filename"]\n', 'rule "hkid", field parts, line 5', "is not a word known here"),
        (RULE + 'hours = ["9 to 5"]\n', 'rule "hkid", field hours, line 5', "is not weekdays and hours"),
        (RULE + 'hours = ["Mon-Thr 09:00-18:00"]\n', 'rule "hkid", field hours, line 5', "names a day"),
        (RULE + 'hours = ["Mon 09:00-25:00"]\n', 'rule "hkid", field hours, line 5', "has an hour that no day has"),
        (RULE + 'hours_none = ["Mon 09:00-18:00 HK"]\n', 'rule "hkid", field hours_none, line 5', "names a time"),
        (RULE + 'from_date = "2026-12-01"\n', 'rule "hkid", field from_date, line 5', "has the wrong type"),
        (RULE + "from_date = 2026-12-02\nuntil_date = 2026-12-01\n", 'rule "hkid", field until_date, line 6', "lies"),
        (RULE + 'senders = ["slak:U1"]\n', 'rule "hkid", field senders, line 5', "names a platform that is not there"),
        (RULE + 'senders = ["managers"]\n', 'rule "hkid", field senders, line 5', "names a group of people"),
        (RULE + '[people]\nhr = ["U1"]\n', "table people, field hr, line 6", "is written wrongly"),
        (RULE + '[people]\nhr = "slack:U1"\n', "table people, field hr, line 6", "has the wrong type"),
        (RULE + EXCEPTION.replace("2026-12-31", '"soon"'), 'exception "run", field until_date, line 9', "has"),
        (RULE + EXCEPTION + "until = 3\n", 'exception "run", field until, line 10', "there is no such field"),
        (RULE + EXCEPTION.replace('["hkid"]', '["hikd"]'), 'exception "run", field rules, line 7', "names a rule"),
        (RULE + EXCEPTION + 'senders = ["boss"]\n', 'exception "run", field senders, line 10', "names a group"),
        (RULE + EXCEPTION.replace("run", "hkid"), 'exception "hkid", field id, line 6', "is the id of something else"),
        ("a = " + "[" * 100_000, "", "is nested too deeply"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_its_place(file: Path, content: str, place: str, reason: str) -> None:
    (problem,) = problems(file, content)
    assert (problem.file, problem.place) == (str(file), place)
    assert problem.reason.startswith(reason)
    assert problem.cure
    assert "\n" not in str(problem)
    assert str(problem).startswith(f"{file}: ")


def test_a_slip_of_the_pen_is_recognised(file: Path) -> None:
    (problem,) = problems(file, RULE + "min_scor = 0.6\n")
    assert (
        str(problem) == f'{file}: rule "hkid", field min_scor, line 5: there is no such field; did you mean min_score?'
    )
    (problem,) = problems(file, RULE.replace('"HKID"', '"PHONE"'))
    assert "PHONE_NUMBER" in problem.cure


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ('sender_roles = ["member", "adnim"]', "did you mean admin?"),
        ('sender_roles = ["boss"]', "use one of admin, bot, guest, member, owner"),
        ('chats = ["telegarm:-1"]', "did you mean telegram?"),
        ('chats = ["facebook:1"]', "use one of file, mail, signal, simulator, slack, teams, telegram, text, whatsapp"),
        ('effects = ["nugde"]', "did you mean nudge?"),
        ('parts = ["filename"]', "did you mean file_name?"),
        ('hours = ["Mon-Thr 09:00-18:00"]', "did you mean Thu?"),
        ('hours = ["Mon 09:00-18:00 Asia/HongKong"]', "did you mean Asia/Hong_Kong?"),
        (
            'senders = ["hr"]\n[people]\nhr_team = ["slack:U1"]',
            'add it under [people], or write "slack:hr" for one person',
        ),
        ('senders = ["hr_taem"]\n[people]\nhr_team = ["slack:U1"]', "did you mean hr_team?"),
        ('sender_roles = [["admin"]]', 'write a list of roles, such as ["member", "admin"]'),
    ],
)
def test_an_unknown_word_is_told_with_the_one_that_was_meant(file: Path, line: str, cure: str) -> None:
    (problem,) = problems(file, f"{RULE}{line}\n")
    assert problem.cure == cure


def test_all_mistakes_of_a_file_are_told_at_once(file: Path) -> None:
    found = problems(file, RULE + 'min_score = 7\nseverty = "low"\n' + EXAMPLE.replace("rules", "rulez"))
    assert [problem.place for problem in found] == [
        'rule "hkid", field min_score, line 5',
        'rule "hkid", field severty, line 6',
        "example 1, field rules, line 7",
        "example 1, field rulez, line 9",
    ]


@pytest.mark.parametrize(
    "content",
    [
        RULE + EXAMPLE.replace('["hkid"]', "[]"),
        RULE + EXAMPLE.replace('["hkid"]', "5"),
        RULE + EXAMPLE.replace('"secret words {HKID}"', '"secret words"'),
        RULE + EXAMPLE.replace('"secret words {HKID}"', '"secret" words"'),
        RULE + EXAMPLE.replace('"secret words {HKID}"', "secret words"),
        RULE + EXAMPLE.replace('"secret words {HKID}"', '["secret words"]'),
    ],
)
def test_no_mistake_repeats_an_example(file: Path, content: str) -> None:
    (problem,) = problems(file, content)
    assert "secret" not in str(problem)
    assert "secret" not in repr(problem)


def test_a_detector_that_fails_on_an_example_is_a_problem_of_that_example(file: Path) -> None:
    def broken(text: str) -> tuple[Finding, ...]:
        raise RuntimeError(text)

    file.write_text(RULE + EXAMPLE)
    (problem,) = check([file], broken)
    assert problem.place == "example 1, line 5"
    assert "secret" not in str(problem)
