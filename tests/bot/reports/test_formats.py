"""Reports as people and programs get them: whole outputs."""

import csv
import io
import json
from dataclasses import fields, replace

import pytest

from bot.misuse import InputError
from bot.names import GroupNames
from bot.reports import FORMATS, Figures, render
from bot.store import AttemptRow, PoisonRow
from bot.words import Resolution, Result, SendState
from tests.fakes import marked_find
from tests.fakes.log import INCIDENT, NOON, NUDGE, MemoryLog, ended

WEEK = 7 * 86400.0
CODE = "Code on Identity Card Number 2.7"
PHONE = replace(
    INCIDENT, id="b", chat="-1002", rules=("phone",), severity="medium", types={"PHONE_NUMBER": 3}, protects=("DPP3",)
)
LOG = MemoryLog(
    [
        INCIDENT,
        ended(INCIDENT, Resolution.EDITED, 3, id="c", protects=("DPP3", CODE)),
        ended(INCIDENT, Resolution.EDITED, 5, id="d"),
        ended(INCIDENT, Resolution.SAID_REMOVED, 12, id="e"),
        ended(INCIDENT, Resolution.REASON, 1, id="f", reason="work"),
        ended(PHONE, Resolution.FALSE_ALARM, 0.01),
        PHONE,
        replace(PHONE, id="g", mode="simulate"),
        replace(INCIDENT, id="h", posted_at=NOON - WEEK - 60),
    ],
    [
        NUDGE,
        replace(NUDGE, id=2, state=SendState.UNREACHABLE),
        replace(NUDGE, id=3, state=SendState.REPEATED, unsure=2),
    ],
    [AttemptRow(1, "dm", NOON + 1, NOON + 1.25, Result.SENT, "")],
    [PoisonRow("telegram", "1/2", 3, "ValueError", NOON, aside=True)],
)
NAMES = {"telegram:-1001": "HR 操作組"}

TEXT = """\
Think Twice report: 2023-11-08 06:13 to 2023-11-15 06:13 (Hong Kong time)
Incidents: 7 (6 more than the period before, +600%)

Severity
  high: 5
  medium: 2

Rules
  hkid: 5
  phone: 2 · 50% called not personal data

What the rules protect
  DPP3: 3
  Code on Identity Card Number 2.7: 1

Types of data
  HKID numbers: 5 · 5 values
  phone numbers: 2 · 6 values

How they ended
  edited: 2 · median 4.0 min
  said to be removed: 1 · median 12 min
  reason given: 1 · median 1.0 min
  not personal data: 1 · median <0.1 min
  open: 2

Groups
  HR 操作組: 5
  smaller groups: 2

Median time to clean up: 5.0 min
Cleaned up within 5 minutes: 29%, within a day: 43% of all incidents
In the period before: 0% and 0%

Private nudges
  sent: 1
  person not reachable: 1
  sent again after an unknown outcome: 1
Calls for nudges that nobody answered, each repeated: 2
Median time to nudge: 1.2 s
Nudges that reached nobody, and what to do
  1: the platform refused it (-): `thinktwice doctor` and the log say more

Messages set aside unread (the operator's log names each by its id and says why): 1
Incidents of policies on trial (nobody told): 1
"""

CHINESE = """\
Think Twice 報告：2023-11-08 06:13至2023-11-15 06:13（香港時間）
事件：7宗（較上期多6宗，+600%）

嚴重程度
  高: 5
  中: 2

規則
  hkid: 5
  phone: 2 · 50%回覆不是個人資料

所依據的條文
  DPP3: 3
  Code on Identity Card Number 2.7: 1

資料類別
  香港身份證號碼: 5 · 5個不同的值
  電話號碼: 2 · 6個不同的值

結果
  已修改: 2 · 中位數4.0分鐘
  表示已刪除: 1 · 中位數12分鐘
  已說明原因: 1 · 中位數1.0分鐘
  不是個人資料: 1 · 中位數<0.1分鐘
  未完結: 2

群組
  HR 操作組: 5
  較小的群組: 2

清理所需時間中位數：5.0分鐘
全部事件中，5分鐘內清理的佔29%，一天內佔43%
上期：0%和0%

私人提示
  已發出: 1
  未能聯絡當事人: 1
  因結果不明而重發: 1
沒有回覆、因而重發的提示：2次
發出提示所需時間中位數：1.2秒
沒有人收到的提示，以及可以怎樣做
  1: 平台拒絕了（-）：請看 `thinktwice doctor` 和日誌

已擱置、未能讀取的訊息（負責人的日誌有其編號和原因）：1則
試行政策的事件（沒有通知任何人）：1宗
"""

CSV = """\
section,item,measure,value
period,since,time,2023-11-07T22:13:21+00:00
period,until,time,2023-11-14T22:13:21+00:00
total,,incidents,7
total,,incidents_in_period_before,1
total,,median_minutes_to_clean_up,5.0
total,,share_cleaned_within_5_minutes,0.286
total,,share_cleaned_within_a_day,0.429
total,,repeat_rate,
total,,median_seconds_to_nudge,1.25
total,,nudge_repeats,2
total,,lost_alerts,0
total,,set_aside,1
total,,simulated,1
before,since,time,2023-10-31T22:13:21+00:00
before,until,time,2023-11-07T22:13:21+00:00
before,,difference,6
before,,difference_share,6.0
before,,median_minutes_to_clean_up,
before,,share_cleaned_within_5_minutes,0.0
before,,share_cleaned_within_a_day,0.0
day,2023-11-08T00:00,incidents,0
day,2023-11-09T00:00,incidents,0
day,2023-11-10T00:00,incidents,0
day,2023-11-11T00:00,incidents,0
day,2023-11-12T00:00,incidents,0
day,2023-11-13T00:00,incidents,0
day,2023-11-14T00:00,incidents,0
day,2023-11-15T00:00,incidents,7
severity,high,incidents,5
severity,medium,incidents,2
rule,hkid,incidents,5
rule,hkid,false_alarms,0
rule,hkid,false_alarm_rate,0.0
rule,phone,incidents,2
rule,phone,false_alarms,1
rule,phone,false_alarm_rate,0.5
protects,DPP3,incidents,3
protects,Code on Identity Card Number 2.7,incidents,1
type,HKID,incidents,5
type,HKID,values,5
type,PHONE_NUMBER,incidents,2
type,PHONE_NUMBER,values,6
resolution,edited,incidents,2
resolution,edited,median_minutes,4.0
resolution,said_removed,incidents,1
resolution,said_removed,median_minutes,12.0
resolution,reason,incidents,1
resolution,reason,median_minutes,1.0
resolution,false_alarm,incidents,1
resolution,false_alarm,median_minutes,0.01
resolution,open,incidents,2
resolution,open,median_minutes,
nudge,sent,sends,1
nudge,unreachable,sends,1
nudge,repeated,sends,1
undelivered,,sends,1
group,HR 操作組,incidents,5
group,HR 操作組,open,1
group,smaller groups,incidents,2
group,smaller groups,open,1
"""


def written(form: str, language: str = "en", chat: str | None = None, names: dict[str, str] = NAMES) -> str:
    return render(
        LOG, form, NOON - WEEK + 1, NOON + 1, groups=GroupNames(marked_find.find, names), chat=chat, language=language
    )


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [("text", "en", TEXT), ("text", "zh", CHINESE), ("csv", "en", CSV), ("csv", "zh", CSV)],
)
def test_a_report_reads_like_this(form: str, language: str, expected: str) -> None:
    assert written(form, language) == expected


def test_json_holds_every_figure_by_name() -> None:
    report = json.loads(written("json"))
    assert set(report) == {field.name for field in fields(Figures)}
    assert report["since"] == "2023-11-07T22:13:21+00:00"
    assert report["before"]["since"] == "2023-10-31T22:13:21+00:00"
    assert (report["before"]["difference"], report["before"]["share"], report["step"]) == (6, 6.0, "day")
    assert report["over_time"][-1] == {"begins": "2023-11-15T00:00", "incidents": 7}
    assert report["severities"] == {"high": 5, "medium": 2}
    assert report["rules"][1] == {"rule": "phone", "incidents": 2, "false_alarms": 1, "false_alarm_rate": 0.5}
    assert report["groups"][0] == {"address": "telegram:-1001", "name": "HR 操作組", "incidents": 5, "open": 1}


def test_one_group_is_named_and_not_merged() -> None:
    text = written("text", chat="telegram:-1002", names={"telegram:-1002": "Payroll"})
    assert text.splitlines()[1:3] == ["Group: Payroll", "Incidents: 2 (2 more than the period before)"]
    assert "smaller groups" not in text


def test_a_group_without_a_name_is_called_by_its_id() -> None:
    assert "group telegram:-1001: 5" in written("text", names={})


def test_a_name_with_a_star_in_the_config_names_every_group_that_fits() -> None:
    assert "  Everyone: 5" in written("text", names={"telegram:*": "Everyone"})


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "−1", "@SUM(A1)", "＝1", "\t=1", "\r=1"])
def test_a_spreadsheet_never_runs_a_cell(name: str) -> None:
    rows = list(csv.reader(io.StringIO(written("csv", names={"telegram:-1001": name}), newline="")))
    assert ["group", f"'{name.strip()}", "incidents", "5"] in rows


@pytest.mark.parametrize(
    "before", ["\u200b", "\0", "\ufeff", "\u2066", "\u115f", "\u034f", "\ufe0f", "\x1b", "'", '"', "("]
)
def test_nor_one_behind_marks_that_it_may_drop(before: str) -> None:
    name = f"{before}=1+1"
    rows = list(csv.reader(io.StringIO(written("csv", names={"telegram:-1001": name}), newline="")))
    (cell,) = {row[1] for row in rows if row[0] == "group" and "=1" in row[1]}
    assert cell.startswith("'")


def test_a_name_forges_no_line_and_repeats_no_value() -> None:
    text = written("text", names={"telegram:-1001": "Payroll\nIncidents: 0"})
    assert "  Payroll Incidents: 0: 5" in text.splitlines()
    for form in FORMATS:
        assert "{HKID}" not in written(form, names={"telegram:-1001": "Case {HKID}"})


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_names_a_sender_or_an_incident(form: str) -> None:
    text = written(form)
    assert "501" not in text
    assert INCIDENT.id not in text


def test_an_empty_period_says_so() -> None:
    report = render(MemoryLog(), "text", NOON - WEEK, NOON, groups=GroupNames(marked_find.find, {}))
    assert "No incidents in this time." in report.splitlines()


def test_a_long_list_of_rules_is_cut_in_the_text_and_whole_in_the_csv() -> None:
    log = MemoryLog([replace(INCIDENT, id=str(n), rules=(f"rule{n}",)) for n in range(40)])
    text = render(log, "text", NOON - WEEK, NOON + 1, groups=GroupNames(marked_find.find, {}))
    table = render(log, "csv", NOON - WEEK, NOON + 1, groups=GroupNames(marked_find.find, {}))
    assert "  … (+28)" in text.splitlines()
    assert table.count("false_alarm_rate") == 40


@pytest.mark.parametrize("chat", ["", "-100", "telegram", "telegram:", ":-100"])
def test_a_group_that_is_named_wrongly_is_refused_with_the_cure(chat: str) -> None:
    with pytest.raises(InputError, match="write telegram:-100200300"):
        written("text", chat=chat)
