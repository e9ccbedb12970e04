"""The first maker: what an HR office in Hong Kong keeps. What the reader did wrong here was looked at and corrected."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from benchmarks.documents import drawing, writing
from benchmarks.documents.case import Case
from benchmarks.documents.people import Person, people, person

MAKER = "first"


def cases(rng: Random, rounds: int) -> Iterator[Case]:
    """Yield each kind of file `rounds` times, with other people in it each time."""
    for turn in range(rounds):
        for group, leaking, harmless in (
            ("document", _LEAKING_DOCUMENTS, _HARMLESS_DOCUMENTS),
            ("picture", _LEAKING_PICTURES, _HARMLESS_PICTURES),
        ):
            for kind, (make, names) in leaking.items():
                name, data = make(rng, turn)
                yield Case(MAKER, group, kind, name, data, frozenset(names.split()))
            for kind, make_harmless in harmless.items():
                name, data = make_harmless(rng, turn)
                yield Case(MAKER, group, kind, name, data)


File = tuple[str, bytes]


def _date(one: Person) -> str:
    year, month, day = one.born
    return f"{day:02}/{month:02}/{year}"


def _staff_list(rng: Random, turn: int) -> File:
    staff = people(rng, rng.randint(5, 40))
    heading = ("Staff No.", "Name", "HKID No.", "Mobile", "Department")
    rows = [heading, *((f"E{n:04}", p.english, p.hkid, int(p.phone), "Sales") for n, p in enumerate(staff, 1))]
    return "staff.xlsx", writing.xlsx({"Notes": [["Updated monthly"]], "Staff": rows}, hide="Staff" if turn % 2 else "")


def _payroll(rng: Random, turn: int) -> File:
    heading = ("員工編號", "姓名", "底薪", "津貼", "銀行戶口")
    rows = [heading, *((f"{n}", p.chinese, p.salary, 500, p.account) for n, p in enumerate(people(rng, 12), 1))]
    if turn % 2:
        return "payroll.csv", writing.table(rows, encoding=("big5hkscs", "utf-16")[turn // 2 % 2])
    return "payroll.xls", writing.xls({"十一月": rows})


def _medical_sheet(rng: Random, _turn: int) -> File:
    rows: list[tuple[object, ...]] = [("Sick leave record 2026",), (), ("Employee", "From", "To", "Diagnosis")]
    rows += [(p.english, "2026-11-02", "2026-11-04", p.illness[0]) for p in people(rng, 8)]
    return "sick leave.xlsx", writing.xlsx({"Nov": rows})


def _contacts(rng: Random, _turn: int) -> File:
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{p.english}\r\nTEL;TYPE=CELL:{p.phone}\r\nEMAIL:{p.email}\r\nEND:VCARD\r\n"
        for p in people(rng, 4)
    )
    return "contacts.vcf", cards.encode()


def _dismissal(rng: Random, turn: int) -> File:
    p = person(rng)
    lines = [
        "Private and confidential", f"Dear {p.english},", f"HKID: {p.hkid}",
        "We regret to inform you that your employment is terminated with effect from 30 November 2026.",
        f"Final payment of HK${p.salary:,} will be credited to your account {p.account}.",
    ]  # fmt: skip
    return ("letter.docx", writing.docx(lines)) if turn % 2 else ("letter.pdf", writing.pdf([["Cover"], lines]))


def _form(rng: Random, _turn: int) -> File:
    p = person(rng)
    rows = [
        ("中文姓名", p.chinese),
        ("香港身份證號碼", p.hkid),
        ("出生日期", _date(p)),
        ("住址", p.address_zh),
        ("手提電話", p.phone),
    ]
    return "form.docx", writing.docx(["入職表格"], rows, header="Human Resources")


def _slides(rng: Random, _turn: int) -> File:
    p = person(rng)
    told = f"{p.english} was rated 2 out of 5 and will be put on PIP"
    return "review.pptx", writing.pptx([("Team review", ["Targets", "Plans"]), ("People", [told])], notes="Keep in HR")


def _mail(rng: Random, turn: int) -> File:
    p = person(rng)
    body = f"各位，{p.chinese}今日確診{p.illness[1]}，病假三日。電話 {p.phone}。"
    charset, form = (("utf-8", "quoted-printable"), ("big5", "base64"), ("gb18030", "quoted-printable"))[turn % 3]
    return "leave.eml", writing.mail("病假", body, {}, charset=charset, form=form)


def _archive(rng: Random, turn: int) -> File:
    return "november.zip", writing.packed(
        {"read me.txt": b"for the meeting", _payroll(rng, turn)[0]: _payroll(rng, turn)[1]}
    )


def _note(rng: Random, turn: int) -> File:
    p = person(rng)
    text = f"面試紀錄\n應徵者：{p.chinese}\n身份證：{p.hkid}\n聯絡電話：{p.phone}\n"
    return "note.txt", text.encode(("utf-8", "big5hkscs", "utf-16", "gb18030")[turn % 4])


def _comment(rng: Random, _turn: int) -> File:
    p = person(rng)
    rows = [("Shift", "Mon", "Tue"), ("AM", "A", "B"), ("PM", "B", "A")]
    return "roster.xlsx", writing.xlsx(
        {"Roster": rows}, comment=f"{p.english} is off with {p.illness[0]}, call {p.phone}"
    )


def _card(rng: Random, turn: int) -> File:
    p = person(rng)
    year, month, day = p.born
    number = (620, 560, 46, p.hkid)
    title = (("香港永久性居民身份證", "HONG KONG PERMANENT IDENTITY CARD"), ("香港身份證", "HONG KONG IDENTITY CARD"))[
        turn % 3 == 2
    ]
    surname, _, given = p.english.partition(" ")
    items = [
        (40, 22, 40, title[0]), (40, 78, 26, title[1]), (380, 140, 44, p.chinese), (380, 202, 34, f"{surname.upper()}, {given}"),
        (380, 255, 26, " ".join(f"{rng.randrange(10**4):04}" for _ in range(3))), (380, 306, 22, "出生日期 Date of Birth"),
        (380, 336, 32, f"{day:02}-{month:02}-{year}"), (640, 336, 32, "男 M" if p.sex == "M" else "女 F"), (380, 398, 30, "***AZ"),
        (380, 450, 22, "簽發日期 Date of Issue"), (380, 484, 24, "(06-96)"), (380, 528, 30, "26-11-18"), number,
    ]  # fmt: skip
    card = drawing.sheet(items, (1012, 638), ground="#d7e4de")
    card.paste((140, 140, 140), (60, 150, 320, 480))
    card = drawing.guilloche(card, rng, (190, 210, 200))
    if turn % 5 == 4:
        return "IMG_0001.heic", writing.saved(drawing.photo(card, rng, hard=0.4, side=3000), "HEIF")
    return "IMG_0001.jpg", writing.saved(
        drawing.photo(card, rng, hard=0.7, side=rng.choice((900, 1400, 4000))), "JPEG", 60
    )


def _certificate_lines(p: Person, turn: int) -> list[str]:
    if turn % 2:
        return [
            "病假證明書", f"茲證明 {p.chinese} {'先生' if p.sex == 'M' else '女士'}", f"於 2026年11月12日 到本診所求診，診斷為{p.illness[1]}，",
            "建議休息三天，由 2026年11月12日 至 2026年11月14日。", "註冊西醫", "簽署：",
        ]  # fmt: skip
    return [
        "SICK LEAVE CERTIFICATE", f"This is to certify that {p.english}", "attended our clinic on 12 Nov 2026.",
        f"Diagnosis: {p.illness[0]}", "He/She is unfit for work for 3 days, from 12 Nov 2026 to 14 Nov 2026.",
        "Registered Medical Practitioner", "Signature",
    ]  # fmt: skip


def _certificate(rng: Random, turn: int) -> File:
    paper = drawing.page(_certificate_lines(person(rng), turn))
    return "photo.jpg", writing.saved(
        drawing.photo(paper, rng, hard=0.7, side=rng.choice((1200, 2000, 4000))), "JPEG", 60
    )


def _scanned(rng: Random, turn: int) -> File:
    paper = drawing.page(_certificate_lines(person(rng), turn))
    return "scan.pdf", writing.scan([drawing.photo(paper, rng, hard=0.1, turned=0)])


def _passport(rng: Random, turn: int) -> File:
    p = person(rng)
    year, month, day = p.born
    picture = passport(p, rng, f"{year % 100:02}{month:02}{day:02}")
    return "scan.webp", writing.saved(drawing.photo(picture, rng, hard=0.5, side=1800), "WEBP", 70)


def passport(p: Person, rng: Random, born: str) -> Any:
    """The page of a passport with the lines for machines, their check digits right."""
    surname, _, given = p.english.upper().partition(" ")
    first = f"P<CHN{surname}<<{given.replace(' ', '<')}".ljust(44, "<")
    number, until = p.passport, "310520"
    second = f"{number}{check(number)}CHN{born}{check(born)}{p.sex}{until}{check(until)}".ljust(43, "<") + "0"
    lines = [(40, 640, 36, first), (40, 700, 36, second)]
    picture = drawing.sheet(lines, (1060, 780), ground="#e8e2d4", font=drawing.MONO)
    words = [(380, 120, 30, surname), (380, 190, 30, given), (380, 260, 28, "CHINESE"), (380, 330, 28, f"{p.passport}")]
    over = drawing.sheet(words, (1060, 600), ground="#e8e2d4")
    picture.paste(over, (0, 0))
    return picture


def check(value: str) -> str:
    """The check digit of ICAO Doc 9303."""
    total = sum((0 if sign == "<" else int(sign, 36)) * (7, 3, 1)[at % 3] for at, sign in enumerate(value))
    return str(total % 10)


def _screen(rng: Random, _turn: int) -> File:
    rows = [("Name", "HKID", "Mobile"), *((p.english, p.hkid, p.phone) for p in people(rng, 6))]
    return "Screenshot.png", writing.saved(drawing.grid(rows), "PNG")


_LEAKING_DOCUMENTS = {
    "staff list": (_staff_list, "HKID PHONE_NUMBER"),
    "payroll": (_payroll, "SALARY BANK_ACCOUNT"),
    "sick leave record": (_medical_sheet, "MEDICAL_TERM"),
    "contacts": (_contacts, "PHONE_NUMBER EMAIL_ADDRESS"),
    "dismissal letter": (_dismissal, "HKID BANK_ACCOUNT"),
    "form": (_form, "HKID DATE_OF_BIRTH HK_ADDRESS PHONE_NUMBER"),
    "slides": (_slides, "PERFORMANCE_TALK"),
    "mail": (_mail, "MEDICAL_TERM PHONE_NUMBER"),
    "archive": (_archive, "SALARY BANK_ACCOUNT"),
    "note": (_note, "HKID PHONE_NUMBER"),
    "comment": (_comment, "MEDICAL_TERM PHONE_NUMBER"),
}
_LEAKING_PICTURES = {
    "identity card": (_card, "HKID DATE_OF_BIRTH"),
    "certificate": (_certificate, "MEDICAL_TERM"),
    "scanned certificate": (_scanned, "MEDICAL_TERM"),
    "passport": (_passport, "HK_PASSPORT DATE_OF_BIRTH"),
    "screenshot of a list": (_screen, "HKID PHONE_NUMBER"),
}


def _price_list(rng: Random, turn: int) -> File:
    heading = ("Product code", "Description", "Unit price", "Stock")
    codes = [f"{rng.choice('ABK')}{rng.randrange(10**6):06}" for _ in range(30)]
    rows = [heading, *((code, "A4 paper", str(rng.randint(10, 900)), str(rng.randint(1, 9))) for code in codes)]
    return ("prices.csv", writing.table(rows)) if turn % 2 else ("prices.xlsx", writing.xlsx({"Prices": rows}))


def _shift_roster(rng: Random, _turn: int) -> File:
    rows = [("姓名", "星期一", "星期二", "星期三"), *((p.chinese, "早", "晚", "休") for p in people(rng, 10))]
    return "roster.xlsx", writing.xlsx({"更表": rows})


def _menu(rng: Random, _turn: int) -> File:
    lines = [
        "Lunch menu",
        *(f"{dish} ${rng.randint(38, 98)}" for dish in ("叉燒飯", "乾炒牛河", "Caesar salad", "羅宋湯")),
    ]
    return "menu.docx", writing.docx([*lines, "訂座電話 2345 6789"])


def _policy(_rng: Random, _turn: int) -> File:
    return "policy.pdf", writing.pdf([[
        "Sick leave policy", "Employees who are sick for two days or more hand in a medical certificate.",
        "證明書須由註冊醫生簽發。", "The certificate need not state the diagnosis.", "Questions: hr@example.com.hk",
    ]])  # fmt: skip


def _blank_form(_rng: Random, _turn: int) -> File:
    rows = [("Name", ""), ("HKID No.", ""), ("Date of birth", "DD/MM/YYYY"), ("Mobile", "")]
    return "form.xlsx", writing.xlsx({"Form": rows})


def _code(rng: Random, _turn: int) -> File:
    return "fix.txt", f"def total(rows):\n    order = {rng.randrange(10**8)}\n    return sum(rows) + order\n".encode()


def _invoice(rng: Random, _turn: int) -> File:
    lines = [
        "INVOICE",
        f"Invoice no. {rng.randrange(10**8)}",
        "A4 paper 20 boxes",
        f"Total HK${rng.randint(900, 9000):,}",
        "Thank you",
    ]
    return "invoice.pdf", writing.pdf([lines])


def _newsletter(rng: Random, _turn: int) -> File:
    return "news.eml", writing.mail(
        "Newsletter", "Annual dinner on 18 December. Sign up by Friday. Hotline 2345 6789.", {}
    )


def _picture_of(lines: list[str], hard: float) -> Callable[[Random, int], File]:
    return lambda rng, turn: (
        "IMG_2.jpg",
        writing.saved(drawing.photo(drawing.page(lines), rng, hard=hard, side=1400), "JPEG", 70),
    )


def _code_screen(rng: Random, _turn: int) -> File:
    lines = [
        "import json",
        "def read(path):",
        "    rows = json.load(open(path))",
        f"    limit = {rng.randrange(10**6)}",
        "    return rows[:limit]",
    ]
    return "Screenshot.png", writing.saved(drawing.page(lines, font=drawing.MONO, size=26), "PNG")


def _price_screen(rng: Random, _turn: int) -> File:
    rows = [
        ("Code", "Item", "Price"),
        *((f"K{rng.randrange(10**6):06}", "Chair", rng.randint(90, 999)) for _ in range(7)),
    ]
    return "Screenshot.png", writing.saved(drawing.grid(rows), "PNG")


_HARMLESS_DOCUMENTS = {
    "price list": _price_list, "shift roster": _shift_roster, "menu": _menu, "policy": _policy, "blank form": _blank_form,
    "code": _code, "invoice": _invoice, "newsletter": _newsletter,
}  # fmt: skip
_HARMLESS_PICTURES = {
    "photo of a menu": _picture_of(["今日午餐", "叉燒飯 $48", "乾炒牛河 $52", "凍檸茶 +$3", "電話訂座 2345 6789"], 0.6),
    "photo of a notice": _picture_of(
        ["NOTICE", "Please bring your HKID card for registration.", "Sick leave needs a certificate."], 0.6
    ),
    "photo of a receipt": _picture_of(
        ["RECEIPT", "No. 20261118 0042", "Coffee 38.00", "Tea 22.00", "Total 60.00", "VISA **** 1234"], 0.6
    ),
    "photo of a whiteboard": _picture_of(
        ["Q1 plan", "Launch 12/01", "Budget 250,000", "Owner: team A", "Risk: supply"], 0.6
    ),
    "photo of a blank certificate": _picture_of(
        [
            "SICK LEAVE CERTIFICATE",
            "This is to certify that ____________",
            "Diagnosis: ____________",
            "Sick leave from ______ to ______",
            "Registered Medical Practitioner",
        ],
        0.5,
    ),
    "screenshot of code": _code_screen,
    "screenshot of prices": _price_screen,
    "photo of a label": _picture_of(["MODEL X200", "S/N A123456789", "Input 100-240V 50/60Hz", "Made in China"], 0.6),
}
