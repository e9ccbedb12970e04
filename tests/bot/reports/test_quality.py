"""How right each rule is, as senders say."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.reports import render_quality
from bot.store import IncidentRow, SampleRow
from bot.words import Resolution
from tests.fakes.log import INCIDENT, NOON, MemoryLog, ended

REFRESHED = 1_790_000_000.0
"""In 2026."""
RIGHT = [Resolution.EDITED, Resolution.DELETED, Resolution.REMOVED, Resolution.SAID_REMOVED]


def written(*incidents: IncidentRow, language: str = "en") -> str:
    log = MemoryLog(all_incidents=incidents)
    return render_quality(log, NOON, NOON + 60, chat=None, language=language)


def answers(rule: str, *resolutions: Resolution, reason: str = "") -> list[IncidentRow]:
    return [ended(INCIDENT, resolution, 1, rules=(rule,), reason=reason) for resolution in resolutions]


def test_what_was_cleaned_up_or_explained_is_right_and_the_worst_rule_comes_first() -> None:
    wrong = answers("phone", *[Resolution.FALSE_ALARM] * 3, *RIGHT[:2])
    text = written(*answers("hkid", *RIGHT), *answers("hkid", Resolution.REASON, reason="work"), *wrong)
    assert "hkid: 100% right (5 of 5 answers) · The work needs it here: 1" in text
    assert "phone: 40% right (2 of 5 answers)" in text
    assert text.index("phone:") < text.index("hkid:")
    assert "To look at first: phone." in text


def test_programs_and_spreadsheets_read_the_same_figures() -> None:
    log = MemoryLog(all_incidents=[*answers("hkid", *RIGHT), *answers("hkid", Resolution.REASON, reason="work")])
    as_csv, as_json = (
        render_quality(log, NOON, NOON + 60, chat=None, language="en", form=form) for form in ("csv", "json")
    )
    lines = {tuple(row) for row in csv.reader(io.StringIO(as_csv))}
    assert {
        ("rule", "hkid", "right", "5"),
        ("rule", "hkid", "precision", "1.0"),
        ("rule", "hkid", "reason_work", "1"),
    } <= lines
    known = {"rule": "hkid", "right": 5, "wrong": 0, "silent": 0, "precision": 1.0, "reasons": {"work": 1}}
    assert json.loads(as_json)["rules"] == [known | {"sampled": 0, "sampled_right": 0}]


def test_what_admins_said_of_the_sample_stands_beside_and_is_not_added() -> None:
    samples = [SampleRow(("hkid",), right=True), SampleRow(("hkid", "phone"), right=False)]
    log = MemoryLog(all_incidents=answers("hkid", *RIGHT, Resolution.EDITED), all_samples=samples)
    text = render_quality(log, NOON, NOON + 60, chat=None, language="en")
    assert "hkid: 100% right (5 of 5 answers) · admins: 1 of 2 right" in text
    assert "Incidents that admins checked: 50% right (1 of 2)." in text
    written = json.loads(render_quality(log, NOON, NOON + 60, chat=None, language="en", form="json"))
    assert (written["samples"], written["right"]) == (2, 1)


def test_the_refresher_is_counted_by_answers() -> None:
    log = MemoryLog(all_answers={(1, "keep"): 3, (1, "post"): 1, (5, "keep"): 2})
    text = render_quality(log, REFRESHED, REFRESHED + 60, chat=None, language="en")
    assert "Refresher of 2026: taken 2 times, 83% of the answers right." in text


@pytest.mark.parametrize("count", [1, 4])
def test_too_few_answers_say_nothing(count: int) -> None:
    text = written(*answers("phone", *[Resolution.FALSE_ALARM] * count))
    assert "too few to say" in text
    assert "look at first" not in text


def test_nobody_answered_and_trials_are_no_answers() -> None:
    text = written(INCIDENT, *answers("hkid", Resolution.EXPIRED), replace(INCIDENT, rules=("new",), mode="simulate"))
    assert "hkid: 0 answers, too few to say · 2 without an answer" in text
    assert "new" not in text


def test_an_answer_counts_for_every_rule_that_spoke() -> None:
    both = [replace(row, rules=("hkid", "phone")) for row in answers("", *RIGHT, Resolution.EDITED)]
    assert written(*both).count("100% right") == 2


def test_nothing_to_judge_is_said_in_chinese_too() -> None:
    assert "這段時間沒有事件" in written(language="zh")
