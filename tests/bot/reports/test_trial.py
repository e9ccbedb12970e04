"""What the report says of policies on trial."""

import csv
import io
import json
from dataclasses import replace

from bot.names import GroupNames
from bot.reports import render_trial
from bot.store import TrialRow, Verdict
from tests.fakes import marked_find
from tests.fakes.log import NOON, MemoryLog

SILENT = Verdict()
HKID = Verdict(("hkid",), "high", nudges=True, types=("HKID",))
PHONE = Verdict(("phone",), "medium", nudges=True, types=("PHONE_NUMBER",))
ROW = TrialRow("telegram", "", "-1001", "1", "set", NOON, "0" * 12, would=HKID, does=SILENT)
GROUPS = GroupNames(marked_find.find, {"telegram:-1001": "HR operations"})


def written(*rows: TrialRow, chat: str | None = None, language: str = "en") -> str:
    log = MemoryLog(all_trials=rows)
    return render_trial(log, NOON, NOON + 60, groups=GROUPS, chat=chat, language=language)


def test_programs_and_spreadsheets_read_the_same_figures() -> None:
    rows = (ROW, replace(ROW, message="2", would=PHONE, does=HKID))
    log = MemoryLog(all_trials=rows)
    as_csv, as_json = (
        render_trial(log, NOON, NOON + 60, groups=GROUPS, chat=None, language="en", form=form)
        for form in ("csv", "json")
    )
    lines = [tuple(row) for row in csv.reader(io.StringIO(as_csv))]
    assert lines[0] == ("section", "item", "measure", "value")
    assert {("set", "", "messages", "2"), ("set", "", "nudges_more", "1"), ("set rules", "phone", "more", "1")} <= {
        *lines
    }
    assert {("set groups", "HR operations", "more", "1"), ("set examples", "telegram:-1001/2", "more", "1")} <= {*lines}
    (one,) = json.loads(as_json)["trials"]
    assert (one["messages"], one["nudges"], one["rules"][0]) == (
        2,
        {"more": 1, "fewer": 0},
        {"name": "hkid", "more": 1, "fewer": 1},
    )
    assert one["examples"]["fewer"] == ["telegram:-1001/2"]


def test_more_and_less_are_told_by_rule_type_and_group() -> None:
    text = written(ROW, replace(ROW, message="2", would=PHONE, does=HKID), replace(ROW, message="3", chat="-2"))
    assert "hkid: +2 · −1" in text
    assert "phone: +1 · −0" in text
    assert "HKID numbers: +2 · −1" in text
    assert "HR operations: +1 · −0" in text
    assert "telegram:-2: +1 · −0" in text
    assert "Private nudges: 2 more, 0 fewer" in text


def test_messages_are_named_by_ids_alone_the_newest_first_and_five_at_most() -> None:
    text = written(*(replace(ROW, message=str(number)) for number in range(1, 8)))
    assert "It would speak of: telegram:-1001/7, telegram:-1001/6" in text
    assert "telegram:-1001/2" not in text


def test_a_graver_and_a_milder_verdict_are_counted() -> None:
    graver = replace(ROW, would=replace(HKID, severity="critical"), does=HKID)
    text = written(graver, replace(graver, message="2"), replace(graver, message="3", would=HKID, does=graver.would))
    assert "2 graver, 1 milder" in text


def test_rules_on_trial_and_the_set_on_trial_are_told_apart() -> None:
    text = written(ROW, replace(ROW, trial="rules", policy_hash="1"), replace(ROW, message="2", policy_hash="1"))
    assert text.index('Rules with mode = "simulate"') < text.index("The set of policies on trial")
    assert "2 editions" in text


def test_one_group_may_be_asked_for_and_nothing_on_trial_is_said() -> None:
    assert "hkid: +1 · −0" in written(ROW, chat="telegram:-1001")
    assert "Nothing was on trial" in written(ROW, chat="telegram:-2")
    assert "沒有試行" in written(language="zh")
