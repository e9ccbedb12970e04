"""Sheets as offices have them, and some that only look like it."""

from collections.abc import Sequence
from random import Random

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.office import flat, ods, xls, xlsx
from benchmarks.documents.makers.fourth.people import Who, ean, folk

File = tuple[str, bytes]
Rows = list[Sequence[object]]
ILLNESSES = [
    ("acute gastroenteritis", "急性腸胃炎"),
    ("lumbar disc herniation", "腰椎間盤突出"),
    ("depression, follow-up", "抑鬱症覆診"),
    ("breast cancer - chemotherapy", "乳癌化療"),
    ("influenza A", "甲型流感"),
    ("diabetes review", "糖尿病覆診"),
]


def _payroll_two(r: Random, turn: int) -> File:
    people = folk(r, 9)
    rows: Rows = [
        ["SUNRISE TRADING (HK) LTD"],
        ["Payroll Register - Oct 2026"],
        ["Staff", "", "Earnings", "", "", "Deductions", "", "Take-home"],
        ["No.", "Name", "Basic", "OT", "Allow.", "MPF", "Other", "HK$"],
    ]
    for i, p in enumerate(people, 1):
        ot, al = (r.randint(0, 30) * 100, r.choice([0, 500, 1200]))
        rows.append(
            [
                p.no if turn else i,
                p.en if turn else f"{p.first} {p.surname}",
                p.pay,
                ot,
                al,
                min(1500, p.pay // 20),
                0,
                p.pay + ot + al - min(1500, p.pay // 20),
            ]
        )
    rows.append(["", "Total", "", "", "", "", "", sum(p.pay for p in people)])
    return ("Oct payroll v2.xlsx", xlsx(rows, ["A1:H1", "A2:H2", "A3:B3", "C3:E3", "F3:G3"], "Oct"))


def _payroll_zh(r: Random, turn: int) -> File:
    people = folk(r, 8)
    rows: Rows = [
        ["恒興餐飲集團"],
        ["二零二六年十月份糧單", "", "", "", "製表:人事部"],
        ["員工編號", "姓名", "職位", "底薪", "勤工獎", "強積金", "實發", "出糧戶口"],
    ]
    rows += [
        [
            p.no,
            p.zh,
            p.job[1],
            p.pay,
            500,
            -min(1500, p.pay // 20),
            p.pay + 500 - min(1500, p.pay // 20),
            p.bank.replace("-", "") if turn else p.bank,
        ]
        for p in people
    ]
    return ("糧單.xls", xls(rows)) if turn == 0 else ("糧單10月.xlsx", xlsx(rows, ["A1:H1"], "10月"))


def _staff_no_header(r: Random, turn: int) -> File:
    people = folk(r, 7)
    if turn == 0:
        return ("export.csv", flat([[p.no, p.en, p.hkid, p.birthday(), p.phone, p.home[0]] for p in people]))
    return (
        "all.csv",
        flat(
            [[p.zh, p.hkid.replace("(", "").replace(")", ""), p.sex, p.phone, p.job[1]] for p in people],
            encoding="big5hkscs",
        ),
    )


def _transposed(r: Random, turn: int) -> File:
    people = folk(r, 5)
    if turn == 0:
        rows: Rows = [
            ["Name"] + [p.en for p in people],
            ["Position"] + [p.job[0] for p in people],
            ["Monthly salary"] + [p.pay for p in people],
            ["Date of birth"] + [p.birthday() for p in people],
            ["Start"] + ["1/3/2025"] * 5,
        ]
        return ("offer compare.ods", ods(rows))
    rows = [
        ["姓名"] + [p.zh for p in people],
        ["職位"] + [p.job[1] for p in people],
        ["月薪"] + [p.pay for p in people],
        ["出生日期"] + [p.birthday() for p in people],
        ["入職"] + ["2025年3月"] * 5,
    ]
    return ("新同事.xlsx", xlsx(rows))


def _pivot(r: Random, turn: int) -> File:
    people = folk(r, 9)
    names = ("Row Labels", "Sum of Salary", "Grand Total") if turn == 0 else ("列標籤", "加總 - 月薪", "總計")
    rows: Rows = [["", ""], ["Month", "10"], ["", ""], list(names[:2])]
    depts: dict[str, list[Who]] = {}
    for p in people:
        depts.setdefault(p.dept[turn], []).append(p)
    for dept, ps in depts.items():
        rows.append([dept, sum(p.pay for p in ps)])
        rows += [["  " + (p.en, p.zh)[turn], p.pay] for p in ps]
    rows.append([names[2], sum(p.pay for p in people)])
    return ("pivot.xlsx", xlsx(rows, title="Sheet4"))


def _sick_log(r: Random, turn: int) -> File:
    people = folk(r, 6)
    rows: Rows = [
        ["Sick leave log" if turn == 0 else "病假紀錄", "", "", "", "Branch: TST"],
        [],
        ["Staff", "From", "To", "Days", "Reason on certificate", "Paid?"]
        if turn == 0
        else ["員工", "由", "至", "日數", "病因", "有薪"],
    ]
    rows += [
        [(f"{p.first} {p.surname}", p.zh)[turn], f"{k + 3}/10", f"{k + 4}/10", 2, ILLNESSES[k][turn], "Y"]
        for k, p in enumerate(people)
    ]
    return ("SL 2026.xlsx", xlsx(rows, ["A1:D1"])) if turn == 0 else ("病假.ods", ods(rows))


def _emergency(r: Random, turn: int) -> File:
    people = folk(r, 6)
    kin = folk(r, 6)
    head = (
        ["Colleague", "In case of emergency", "Relation", "Tel (day)", "Tel (night)"]
        if turn == 0
        else ["同事", "緊急聯絡人", "關係", "日間電話", "夜間電話"]
    )
    rows = [head] + [
        [(p.en, p.zh)[turn], (k.en, k.zh)[turn], ("spouse", "配偶")[turn], k.phone, f"{k.phone[:4]} {k.phone[4:]}"]
        for p, k in zip(people, kin, strict=False)
    ]
    return ("ice.tsv", flat(rows, "\t", "utf-16" if turn == 0 else "big5hkscs"))


def _autopay(r: Random, turn: int) -> File:
    people = folk(r, 10)
    rows = (
        [["H", "AUTOPAY OUT", "20261028", len(people), "HKD"]]
        + [
            ["D", p.no, p.en.upper(), p.bank.replace("-", " " if turn else ""), f"{p.pay:.2f}", "SALARY"]
            for p in people
        ]
        + [["T", len(people), f"{sum(p.pay for p in people):.2f}"]]
    )
    return ("APO_20261028.csv", flat(rows, quoted=True))


def _mpf_hidden(r: Random, turn: int) -> File:
    people = folk(r, 6)
    rows: Rows = [
        ["Remittance statement / 供款結算書"],
        ["Scheme no.", "881-20"],
        ["#", "Member / 成員", "HKID / Passport 身份證/護照", "Relevant income 有關入息", "ER 僱主", "EE 僱員"],
    ]
    rows += [[i, (p.en.upper(), f"{p.zh} {p.en}")[turn], p.hkid, p.pay, 1500, 1500] for i, p in enumerate(people, 1)]
    return ("remit.xlsx", xlsx(rows, ["A1:F1"], "RS", hide=("C", "D")))


def _card_blocks(r: Random, turn: int) -> File:
    rows: Rows = []
    for p in folk(r, 3):
        rows += [
            ["EMPLOYEE RECORD" if turn == 0 else "員工檔案"],
            [
                "Name" if turn == 0 else "姓名",
                (p.en, p.zh)[turn],
                "",
                "HKID No." if turn == 0 else "身份證號碼",
                p.hkid,
            ],
            ["D.O.B." if turn == 0 else "出生日期", p.birthday("."), "", "Mobile" if turn == 0 else "手機", p.phone],
            ["Address" if turn == 0 else "住址", p.home[turn]],
            [],
            [],
        ]
    return ("records.xlsx", xlsx(rows))


def _contacts_second_sheet(r: Random, turn: int) -> File:
    people = folk(r, 8)
    rows: Rows = [["Product", "Unit price"], ["Lamp A", 120], ["Lamp B", 180]]
    more: Rows = [
        ["", "", ""],
        ["Ref", "Applicant", "WhatsApp", "Expected pay"],
        *([i, p.en, f"+852 {p.phone[:4]} {p.phone[4:]}", p.pay] for i, p in enumerate(people, 1)),
    ]
    return ("lamps 2026.xlsx", xlsx(rows, extra={"Sheet2": more}))


def _appraisal_sheet(r: Random, turn: int) -> File:
    people = folk(r, 7)
    marks = [
        ("Below expectation - PIP recommended", "表現欠佳,建議進入改善計劃"),
        ("Outstanding, promote", "表現優異,建議晉升"),
        ("Poor attendance, final warning issued", "出勤差,已發最後警告"),
    ]
    rows: Rows = [
        ["Appraisal summary 2026" if turn == 0 else "2026年考績總表"],
        [],
        ["Name", "Score", "Grade", "Line manager's remarks"] if turn == 0 else ["姓名", "分數", "評級", "主管評語"],
    ]
    rows += [[(p.en, p.zh)[turn], r.randint(40, 95), r.choice("ABCD"), r.choice(marks)[turn]] for p in people]
    return ("appraisal.xlsx", xlsx(rows, ["A1:D1"]))


def prices(r: Random, turn: int) -> File:
    """A list of prices."""
    rows: Rows = [
        ["Price list valid to 31/12/2026" if turn == 0 else "價目表"],
        [],
        ["Item", "Code", "Unit", "Price HK$"] if turn == 0 else ["貨品", "編號", "單位", "單價"],
    ]
    rows += [
        [
            r.choice(["Desk", "Lamp", "Chair"]) if turn == 0 else r.choice(["書枱", "枱燈", "辦公椅"]),
            f"{r.choice('KABP')}{r.randint(100000, 999999)}",
            "pc",
            r.randint(5, 300) * 10,
        ]
        for _ in range(25)
    ]
    return ("prices.xls", xls(rows)) if turn == 0 else ("價目.ods", ods(rows))


def _stock(r: Random, turn: int) -> File:
    rows: Rows = [["SKU", "Barcode", "Bin", "Qty", "Reorder"]] + [
        [
            f"{r.choice('XZ')}{r.randint(100000, 999999)}-{r.randint(0, 9)}",
            ean(r),
            f"{r.choice('ABC')}{r.randint(1, 40)}",
            r.randint(0, 900),
            50,
        ]
        for _ in range(40)
    ]
    return ("stock.csv", flat(rows)) if turn == 0 else ("stock.xlsx", xlsx(rows))


def _timetable(r: Random, turn: int) -> File:
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"] if turn == 0 else list("一二三四五")
    rows = [["Training room timetable" if turn == 0 else "培訓室時間表"], ["", *days]] + [
        [f"{h:02}:00-{h + 1:02}:00"]
        + [
            r.choice(["Excel basics", "Fire drill", "", "First aid"])
            if turn == 0
            else r.choice(["Excel 入門", "走火警演習", "", "急救班"])
            for _ in days
        ]
        for h in range(9, 18)
    ]
    return ("room.xlsx", xlsx(rows, ["A1:F1"]))


def _budget(r: Random, turn: int) -> File:
    rows: Rows = [
        ["FY2027 budget by department" if turn == 0 else "2027年度部門預算"],
        ["", "Staff cost", "Rent", "Travel", "Total"] if turn == 0 else ["", "薪金開支", "租金", "差旅", "合計"],
    ]
    for e in [
        ("Logistics", "物流部"),
        ("Finance", "財務部"),
        ("Retail", "零售部"),
        ("IT", "資訊科技部"),
        ("Marketing", "市務部"),
    ]:
        v = [r.randint(20, 400) * 10000 for _ in range(3)]
        rows.append([e[turn], *v, sum(v)])
    return ("budget.xlsx", xlsx(rows, ["A1:E1"]))


def _survey(r: Random, turn: int) -> File:
    rows: Rows = [
        ["Question", "Strongly agree", "Agree", "Neutral", "Disagree"]
        if turn == 0
        else ["題目", "非常同意", "同意", "一般", "不同意"]
    ]
    q = (
        [
            "My manager gives useful feedback",
            "I am paid fairly for my work",
            "My workload is reasonable",
            "Stress at work affects my health",
        ]
        if turn == 0
        else ["上司給我有用的意見", "我的薪酬合理", "我的工作量適中", "工作壓力影響我的健康"]
    )
    rows += [[x] + [f"{r.randint(3, 45)}%" for _ in range(4)] for x in q]
    return ("survey.csv", flat(rows)) if turn == 0 else ("問卷.ods", ods(rows))


def _pay_scale(r: Random, turn: int) -> File:
    rows: Rows = [
        ["Pay scale 2026/27" if turn == 0 else "2026/27 薪級表"],
        ["Point", "Monthly HK$"] if turn == 0 else ["薪點", "每月港元"],
    ] + [[k, 14000 + k * 1150] for k in range(1, 34)]
    return ("scale.xlsx", xlsx(rows, ["A1:B1"]))


def _headcount(r: Random, turn: int) -> File:
    rows: Rows = [
        ["Dept", "FT", "PT", "Vacant", "Avg. salary"] if turn == 0 else ["部門", "全職", "兼職", "空缺", "平均月薪"]
    ] + [
        [e[turn], r.randint(3, 40), r.randint(0, 9), r.randint(0, 4), r.randint(180, 300) * 100]
        for e in [("Logistics", "物流部"), ("Finance", "財務部"), ("Retail", "零售部")]
    ]
    return ("headcount.xls", xls(rows))


def _blank_sheet(r: Random, turn: int) -> File:
    rows = [
        ["NEW JOINER DATA SHEET - please fill in" if turn == 0 else "新入職員工資料表(請填寫)"],
        ["Name", "HKID No.", "Date of birth", "Mobile", "Bank account", "Salary"]
        if turn == 0
        else ["姓名", "身份證號碼", "出生日期", "手提電話", "銀行戶口", "月薪"],
    ] + [["", "", "", "", "", ""]] * 15
    return ("template.xlsx", xlsx(rows, ["A1:F1"]))


def _orders(r: Random, turn: int) -> File:
    rows: Rows = [["order_id", "sku", "qty", "amount", "shipped"]] + [
        [
            f"{r.randint(60000000, 69999999)}",
            f"SKU{r.randint(1000, 9999)}",
            r.randint(1, 9),
            f"{r.randint(50, 900)}.00",
            f"2026-10-{r.randint(1, 30):02}",
        ]
        for _ in range(60)
    ]
    return ("orders.csv", flat(rows)) if turn == 0 else ("orders.tsv", flat(rows, "\t"))


def _bookings(r: Random, turn: int) -> File:
    rows = [["Room", "Date", "Time", "Purpose"]] + [
        [
            f"{r.randint(12, 19)}/F Room {r.choice('ABC')}",
            f"{r.randint(1, 30)}/11/2026",
            f"{r.randint(9, 17)}:30",
            r.choice(["Town hall", "Interview (2nd round)", "Budget review", "Health talk: diabetes and you"]),
        ]
        for _ in range(20)
    ]
    return ("rooms.xlsx", xlsx(rows))


def _hotlines(r: Random, turn: int) -> File:
    rows: Rows = [
        ["Service", "Hotline", "Hours"] if turn == 0 else ["服務", "熱線", "時間"],
        ["CLP Power", "2728 8333", "24h"],
        ["Water Supplies Department" if turn == 0 else "水務署", "2824 5000", "24h"],
        ["Towngas" if turn == 0 else "煤氣", "2880 6988", "24h"],
        ["Office lift maintenance" if turn == 0 else "升降機維修", "2333 9001", "9-6"],
    ]
    return ("hotlines.xlsx", xlsx(rows))


LEAKS: Kinds = {
    "payroll two": (_payroll_two, "SALARY"),
    "payroll zh": (_payroll_zh, "SALARY BANK_ACCOUNT"),
    "staff no header": (_staff_no_header, "HKID PHONE_NUMBER"),
    "transposed": (_transposed, "SALARY DATE_OF_BIRTH"),
    "pivot": (_pivot, "SALARY"),
    "sick log": (_sick_log, "MEDICAL_TERM"),
    "emergency": (_emergency, "PHONE_NUMBER"),
    "autopay": (_autopay, "BANK_ACCOUNT"),
    "mpf hidden": (_mpf_hidden, "HKID"),
    "card blocks": (_card_blocks, "HKID DATE_OF_BIRTH PHONE_NUMBER HK_ADDRESS"),
    "contacts second sheet": (_contacts_second_sheet, "PHONE_NUMBER SALARY"),
    "appraisal sheet": (_appraisal_sheet, "PERFORMANCE_TALK"),
}

HARMLESS: Kinds = {
    "prices": (prices, ""),
    "stock": (_stock, ""),
    "timetable": (_timetable, ""),
    "budget": (_budget, ""),
    "survey": (_survey, ""),
    "pay scale": (_pay_scale, ""),
    "headcount": (_headcount, ""),
    "blank sheet": (_blank_sheet, ""),
    "orders": (_orders, ""),
    "bookings": (_bookings, ""),
    "hotlines": (_hotlines, ""),
}
