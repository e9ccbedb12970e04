"""The third maker: a factory, a school and a shop, with label columns, chats, web mail and Simplified Chinese.

Written without a look at the reader, by other hands than the two before; scored before anything was corrected.
"""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.documents import drawing, writing
from benchmarks.documents.case import Case, Kinds, each
from benchmarks.documents.makers.first import check
from benchmarks.documents.people import people, person

MAKER = "third"
File = tuple[str, bytes]
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def cases(rng: Random, rounds: int) -> Iterator[Case]:
    """Give each kind of file `rounds` times, with other people in it each time."""
    return each(MAKER, _DOCUMENTS, _PICTURES, rng, rounds)


def _payslip(rng: Random, turn: int) -> File:
    p = person(rng)
    lines = [
        "PAY ADVICE - OCTOBER 2026",
        f"Employee   {p.english}",
        f"Staff No.  {rng.randint(1000, 9999)}",
        f"Basic salary      HK${p.salary:,}.00",
        "MPF (employee)    HK$1,500.00",
        f"NET PAY           HK${p.salary - 1500:,}.00",
        f"Paid to bank account {p.account}",
    ]
    return ("payslip.pdf", writing.pdf([lines])) if turn % 2 else ("payslip.docx", writing.docx(lines))


def _absences(rng: Random, turn: int) -> File:
    rows: list[list[object]] = [["2026年11月 缺勤紀錄", "", "", ""], ["員工", "開始", "日數", "原因"]]
    rows += [[p.chinese, f"{rng.randint(1, 28)}/11", rng.randint(1, 5), p.illness[1]] for p in people(rng, 7)]
    return ("缺勤.csv", writing.table(rows, sign=";")) if turn % 2 else ("缺勤.xlsx", writing.xlsx({"11月": rows}))


def _record(rng: Random, _turn: int) -> File:
    p = person(rng)
    rows = [
        ("Personal particulars", ""),
        ("Name in English", p.english),
        ("Name in Chinese", p.chinese),
        ("HKID Card No.", p.hkid),
        ("Mobile", f"{p.phone[:4]} {p.phone[4:]}"),
        ("Correspondence address", p.address),
        ("Date of birth", f"{p.born[2]:02}/{p.born[1]:02}/{p.born[0]}"),
    ]
    return "new joiner.xlsx", writing.xlsx({"Form": rows})


def _resident(rng: Random) -> str:
    body = f"440305{rng.randint(1970, 2003)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randrange(1000):03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def _mainland(rng: Random, _turn: int) -> File:
    rows = [("姓名", "身份证号", "手机")]
    rows += [(p.chinese, _resident(rng), f"138{rng.randrange(10**8):08}") for p in people(rng, 12)]
    return "深圳员工.csv", writing.table(rows, encoding="gb18030")


def _appraisal(rng: Random, turn: int) -> File:
    p = person(rng)
    if turn % 2:
        lines = [
            "年終評核",
            f"員工：{p.chinese}",
            "評級：E（不合格）",
            "主管意見：工作表現未達要求，需進入表現改善計劃，三個月後再評核。",
        ]
    else:
        lines = [
            "Annual appraisal",
            f"Name: {p.english}",
            "Overall rating: 1 (unsatisfactory)",
            f"{p.english} failed to meet targets and is placed on a performance improvement plan.",
        ]
    return "appraisal.docx", writing.docx(lines)


def _injury(rng: Random, _turn: int) -> File:
    p = person(rng)
    rows = [
        ("Name of injured employee", p.english),
        ("HKIC No.", p.hkid),
        ("Nature of injury", "Fracture of left wrist"),
        ("Hospital", "Prince of Wales Hospital"),
    ]
    return "accident report.docx", writing.docx(["Report of an accident at work"], rows, header="Safety Office")


def _chat_export(rng: Random, _turn: int) -> File:
    p = person(rng)
    lines = [
        "[12/11/2026, 09:02:11] Store manager: Morning all",
        f"[12/11/2026, 09:03:40] Store manager: {p.chinese}今日請病假，{p.illness[1]}",
        "[12/11/2026, 09:05:02] Kelly: 收到",
        f"[12/11/2026, 09:06:30] Store manager: 有事打佢 {p.phone}",
    ]
    return "WhatsApp Chat.txt", "\n".join(lines).encode()


def _emergency(rng: Random, _turn: int) -> File:
    rows = [("Class", "Teacher", "Next of kin", "Relationship", "Tel")]
    rows += [
        (f"{n + 1}A", p.english, q.english, "Spouse", q.phone)
        for n, (p, q) in enumerate(zip(people(rng, 6), people(rng, 6), strict=True))
    ]
    return "next of kin.docx", writing.docx(["Emergency contacts of staff 2026/27"], rows)


def _web_mail(rng: Random, _turn: int) -> File:
    p = person(rng)
    text = (
        "From: Office <office@example.edu.hk>\nTo: Staff <staff@example.edu.hk>\nSubject: Bank details\nMIME-Version: 1.0\n"
        'Content-Type: text/html; charset="utf-8"\n\n<html><body><p>Dear all,</p><table><tr><th>Name</th><th>ID card</th><th>Account</th></tr>'
        f"<tr><td>{p.english}</td><td>{p.hkid}</td><td>{p.account}</td></tr></table></body></html>\n"
    )
    return "mail.eml", text.encode()


def _dismissal(rng: Random, turn: int) -> File:
    p = person(rng)
    lines = [
        "PRIVATE AND CONFIDENTIAL",
        f"Dear {p.english} (HKID: {p.hkid}),",
        "Termination of employment",
        "Your employment is terminated with immediate effect on the ground of gross misconduct.",
    ]
    return ("letter.pdf", writing.pdf([["Cover"], lines])) if turn % 2 else ("letter.docx", writing.docx(lines))


def _hidden_list(rng: Random, _turn: int) -> File:
    rows = [("No.", "HKID", "Name"), *((n, p.hkid, p.english) for n, p in enumerate(people(rng, 10), 1))]
    return "seating.xlsx", writing.xlsx({"Seating": [("Table", "Seats"), (1, 12), (2, 12)], "src": rows}, hide="src")


def _deck(rng: Random, _turn: int) -> File:
    p = person(rng)
    return "townhall.pptx", writing.pptx(
        [("Town hall", ["Sales up 4%", "New shop in Tai Po"])],
        notes=f"Don't show: {p.english} resigned, salary was ${p.salary:,} a month, mobile {p.phone}",
    )


def _slips(rng: Random, turn: int) -> File:
    return "slips.zip", writing.packed({f"slip{n}.docx": _payslip(rng, 0)[1] for n in range(3)})


def _stock(rng: Random, _turn: int) -> File:
    rows = [
        ("SKU", "Barcode", "Qty"),
        *((f"{rng.randrange(10**8):08}", f"4891{rng.randrange(10**9):09}", rng.randint(1, 300)) for _ in range(30)),
    ]
    return "stock.xlsx", writing.xlsx({"Stock": rows})


def _roster(rng: Random, _turn: int) -> File:
    rows = [
        ("", *_DAYS),
        *((p.chinese, *(rng.choice(("早", "中", "夜", "休")) for _ in _DAYS)) for p in people(rng, 10)),
    ]
    return "更表.xlsx", writing.xlsx({"更表": rows})


def _budget(rng: Random, _turn: int) -> File:
    rows = [
        ("Department", "Headcount", "Salaries budget"),
        *((one, rng.randint(4, 40), rng.randrange(10**5, 10**7)) for one in ("Sales", "Finance", "Shops", "IT")),
    ]
    return "budget.xls", writing.xls({"2027": rows})


def _handbook(_rng: Random, turn: int) -> File:
    lines = [
        "Sick leave",
        "Employees who are sick for four or more consecutive days are entitled to sickness allowance with a medical certificate.",
        "Common reasons are influenza, back pain and gastroenteritis. Do not post certificates in chat groups.",
        "Copies of identity cards are kept by Human Resources and marked COPY.",
    ]
    return ("handbook.pdf", writing.pdf([lines] * 3)) if turn % 2 else ("handbook.docx", writing.docx(lines))


def _syllabus(_rng: Random, _turn: int) -> File:
    return "course.pptx", writing.pptx(
        [("心理健康急救課程", ["認識抑鬱症與焦慮症", "如何與同事傾談", "求助熱線"])], notes="派發單張"
    )


def _sensors(rng: Random, _turn: int) -> File:
    rows = [
        ("time", "sensor", "value"),
        *((1793000000 + 60 * n, f"T{n % 4}", round(rng.uniform(18, 25), 2)) for n in range(60)),
    ]
    return "sensors.csv", writing.table(rows, encoding="utf-8")


def _holidays(_rng: Random, _turn: int) -> File:
    rows = [("日期", "假期"), ("2027-01-01", "元旦"), ("2027-02-06", "農曆年初一"), ("2027-04-05", "清明節")]
    return "假期.docx", writing.docx(["二零二七年公眾假期"], rows)


def _containers(rng: Random, _turn: int) -> File:
    rows = [
        ("Container", "Seal", "Vessel", "ETA"),
        *(
            (f"OOLU{rng.randrange(10**7):07}", f"HK{rng.randrange(10**6):06}", "EXAMPLE STAR", f"{n:02}/12/2026")
            for n in range(1, 16)
        ),
    ]
    return "shipment.tsv", writing.table(rows, sign="\t")


def _press(_rng: Random, _turn: int) -> File:
    lines = [
        "Results announcement",
        "Revenue rose 5% to HK$1,234 million. The Board proposes a dividend of HK$0.12 a share.",
        "For enquiries: Investor Relations, (852) 2123 4567, ir@example.com",
    ]
    return "press.eml", writing.mail("Results", "\n".join(lines), {})


def _scores(rng: Random, _turn: int) -> File:
    rows = [
        ("Shop", "Mystery visit score", "Target"),
        *((one, rng.randint(60, 99), 85) for one in ("Mong Kok", "Tsuen Wan", "Yuen Long")),
    ]
    return "scores.ods.csv", writing.table(rows)


def _blank(_rng: Random, _turn: int) -> File:
    lines = [
        "員工資料表",
        "姓名：＿＿＿＿＿＿",
        "身份證號碼：＿＿＿＿＿＿",
        "出生日期：＿＿＿＿",
        "聯絡電話：＿＿＿＿＿＿",
        "如有長期病患請註明：＿＿＿＿",
    ]
    return "表格.docx", writing.docx(lines)


def _code(rng: Random, _turn: int) -> File:
    lines = [
        "# Orders",
        "",
        "| order | total |",
        "|---|---|",
        *(f"| {rng.randrange(10**8):08} | {rng.randint(20, 900)} |" for _ in range(12)),
    ]
    return "orders.md", "\n".join(lines).encode()


def _shot(picture: object, rng: Random, name: str = "IMG_2231.jpg", hard: float = 0.6) -> File:
    taken = drawing.photo(picture, rng, hard=hard, side=rng.choice((1280, 2016, 4032)))
    return name, writing.saved(taken, "JPEG", rng.choice((45, 70)))


def _card(rng: Random, turn: int) -> File:
    """The layout of 2003."""
    p = person(rng)
    year, month, day = p.born
    items = [
        (270, 24, 26, "香港永久性居民身份證"),
        (270, 62, 22, "HONG KONG PERMANENT IDENTITY CARD"),
        (60, 110, 38, p.chinese),
        (60, 164, 28, p.english.upper()),
        (320, 216, 20, f"{rng.randrange(10**4):04} {rng.randrange(10**4):04}"),
        (320, 258, 16, "出生日期 Date of Birth"),
        (320, 284, 28, f"{day:02}-{month:02}-{year}"),
        (560, 284, 28, f"{'男' if p.sex == 'M' else '女'} {p.sex}"),
        (320, 330, 26, "***AZ"),
        (320, 372, 16, "簽發日期 Date of Issue"),
        (320, 396, 22, f"({month:02}-{year % 100:02})"),
        (320, 430, 24, f"{day:02}-{month:02}-08"),
        (560, 480, 36, p.hkid),
    ]
    card = drawing.guilloche(
        drawing.sheet(items, (860, 545), ground="#dfe9e6", font=writing.SANS, ink="#14201c"), rng, (190, 214, 206)
    )
    card.paste((110, 120, 128), (60, 220, 270, 480))
    return _shot(card, rng)


def _travel(rng: Random, _turn: int) -> File:
    p = person(rng)
    surname, _, given = p.english.upper().partition(" ")
    born, until = f"{p.born[0] % 100:02}{p.born[1]:02}{p.born[2]:02}", "310902"
    first = f"P<CHN{surname}<<{given.replace(' ', '<')}".ljust(44, "<")
    second = f"{p.passport}{check(p.passport)}CHN{born}{check(born)}{p.sex}{until}{check(until)}".ljust(43, "<") + "6"
    items = [
        (380, 60, 26, "HONG KONG SPECIAL ADMINISTRATIVE REGION"),
        (380, 120, 26, f"Passport No. 護照號碼  {p.passport}"),
        (380, 190, 28, p.english.upper()),
        (40, 520, 32, first),
        (40, 572, 32, second),
    ]
    return _shot(drawing.sheet(items, (980, 650), ground="#e9e2ea", font=drawing.MONO), rng, "passport.jpg", 0.45)


def _clinic(rng: Random, turn: int) -> File:
    p = person(rng)
    lines = (
        [
            "仁安中醫診所",
            "病假證明書",
            f"茲證明 {p.chinese} 於本診所求診",
            f"診斷：{p.illness[1]}",
            "建議休息三天",
            "註冊中醫師",
        ]
        if turn % 2
        else [
            "HOSPITAL AUTHORITY",
            "Sick Leave Certificate",
            f"This is to certify that {p.english}",
            f"attended this clinic. Diagnosis: {p.illness[0]}",
            "Sick leave granted: 3 days",
        ]
    )
    return _shot(drawing.page(lines, font=writing.SERIF, size=29), rng, "cert.jpg")


def _paper(rng: Random, turn: int) -> File:
    p = person(rng)
    lines = ["解僱通知書", f"致 {p.chinese}（身份證：{p.hkid}）", "因嚴重失職，公司即時終止閣下之僱傭合約。", "人事部"]
    return _shot(drawing.page(lines, font=writing.SERIF, size=30), rng, "letter.jpg", 0.5)


def _label(rng: Random, _turn: int) -> File:
    p = person(rng)
    lines = ["順豐速運", f"收件人 {p.chinese}", f"電話 {p.phone}", p.address_zh]
    return _shot(drawing.page(lines, font=writing.SANS, size=34, width=900), rng, "parcel.jpg", 0.4)


def _dark_chat(rng: Random, turn: int) -> File:
    p = person(rng)
    said = (
        [f"{p.english} tested positive for {p.illness[0]}", f"her number is {p.phone}"]
        if turn % 2
        else [f"{p.chinese} 確診 {p.illness[1]}", f"佢電話 {p.phone}"]
    )
    lines = ["HR duty group", *said, "OK thanks"]
    items = [(70, 110 + 150 * n, 32, words) for n, words in enumerate(lines)]
    picture = drawing.sheet(items, (828, 1100), ground="#202c33", ink="#e9edef")
    return "Screenshot.png", writing.saved(picture, "PNG")


def _sheet_screen(rng: Random, _turn: int) -> File:
    rows = [("Name", "HKID", "Mobile"), *((p.english, p.hkid, p.phone) for p in people(rng, 6))]
    return "Screenshot.webp", writing.saved(drawing.grid(rows, column=290), "WEBP")


def _harmless(lines: list[str], font: str, hard: float = 0.6) -> Callable[[Random, int], File]:
    def make(rng: Random, _turn: int) -> File:
        return _shot(drawing.page(lines, font=font, size=31), rng, hard=hard)

    return make


def _quotes(rng: Random, _turn: int) -> File:
    rows = [
        ("Stock", "Last", "Change"),
        *(
            (f"{rng.randrange(10**4):04}.HK", f"{rng.uniform(1, 400):.2f}", f"{rng.uniform(-3, 3):+.2f}%")
            for _ in range(8)
        ),
    ]
    return "Screenshot.png", writing.saved(drawing.grid(rows), "PNG")


_DOCUMENTS: Kinds = {
    "payslip": (_payslip, "SALARY BANK_ACCOUNT"),
    "absences": (_absences, "MEDICAL_TERM"),
    "particulars in two columns": (_record, "HKID PHONE_NUMBER HK_ADDRESS DATE_OF_BIRTH"),
    "mainland staff": (_mainland, "CN_RESIDENT_ID PHONE_NUMBER"),
    "appraisal": (_appraisal, "PERFORMANCE_TALK"),
    "accident report": (_injury, "HKID MEDICAL_TERM"),
    "chat export": (_chat_export, "MEDICAL_TERM PHONE_NUMBER"),
    "next of kin": (_emergency, "PHONE_NUMBER"),
    "web mail": (_web_mail, "HKID BANK_ACCOUNT"),
    "dismissal": (_dismissal, "HKID PERFORMANCE_TALK"),
    "hidden sheet": (_hidden_list, "HKID"),
    "notes of slides": (_deck, "SALARY PHONE_NUMBER"),
    "payslips in a zip": (_slips, "SALARY BANK_ACCOUNT"),
    "stock": (_stock, ""), "shifts": (_roster, ""), "budget": (_budget, ""), "handbook": (_handbook, ""), "course": (_syllabus, ""),
    "sensors": (_sensors, ""), "holidays": (_holidays, ""), "containers": (_containers, ""), "press release": (_press, ""),
    "shop scores": (_scores, ""), "blank particulars": (_blank, ""), "orders": (_code, ""),
}  # fmt: skip
_PICTURES: Kinds = {
    "identity card of 2003": (_card, "HKID DATE_OF_BIRTH"),
    "passport": (_travel, "HK_PASSPORT"),
    "certificate": (_clinic, "MEDICAL_TERM"),
    "photo of a dismissal letter": (_paper, "HKID PERFORMANCE_TALK"),
    "photo of a parcel's label": (_label, "PHONE_NUMBER HK_ADDRESS"),
    "dark screenshot of a chat": (_dark_chat, "MEDICAL_TERM PHONE_NUMBER"),
    "screenshot of a sheet": (_sheet_screen, "HKID PHONE_NUMBER"),
    "photo of a canteen menu": (_harmless(["今日午餐", "A 叉燒飯 $48", "B 魚蛋河 $42", "凍飲加 $3"], writing.SERIF), ""),
    "photo of a clinic's sign": (_harmless(["仁心醫務所", "Dr. CHAN", "星期一至六 9:00 - 19:00", "預約 2345 6789"], writing.SANS), ""),
    "photo of a medicine box": (_harmless(["PARACETAMOL 500 mg", "24 tablets", "Relief of headache and fever", "LOT 20260133 EXP 03/2029"], writing.SANS), ""),
    "photo of a meeting board": (_harmless(["Sprint 14", "login bug - Ken", "report page - Amy", "demo Fri 3pm"], writing.SANS, 0.4), ""),
    "photo of a receipt": (_harmless(["RECEIPT", "No. 20261113087", "VISA **** **** **** 4242", "TOTAL HK$ 386.50"], writing.SERIF), ""),
    "photo of a hygiene poster": (_harmless(["預防流感", "勤洗手 戴口罩", "如有發燒咳嗽，請盡早求醫", "衞生防護中心"], writing.SERIF), ""),
    "screenshot of stock prices": (_quotes, ""),
}  # fmt: skip
