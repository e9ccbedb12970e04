"""The second maker: an agency with other forms, words, fonts and cameras. Scored, and not looked at while correcting."""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.documents import drawing, writing
from benchmarks.documents.case import Case, Kinds, each
from benchmarks.documents.makers.first import check
from benchmarks.documents.people import Person, people, person

MAKER = "second"
File = tuple[str, bytes]
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def cases(rng: Random, rounds: int) -> Iterator[Case]:
    """Give each kind of file `rounds` times, with other people in it each time."""
    return each(MAKER, _DOCUMENTS, _PICTURES, rng, rounds)


def _born(p: Person) -> str:
    return f"{p.born[2]} {_MONTHS[p.born[1] - 1].title()} {p.born[0]}"


def _helpers(rng: Random, _turn: int) -> File:
    heading = ("Helper", "Nationality", "Passport #", "D.O.B.", "Contact no.")
    rows = [
        heading,
        *((p.english, "Filipino", p.passport, _born(p), f"+852 {p.phone[:4]} {p.phone[4:]}") for p in people(rng, 9)),
    ]
    return "bio.tsv", writing.table(rows, sign="\t", encoding="utf-16")


def _mpf(rng: Random, turn: int) -> File:
    title = [["強積金供款紀錄", "", "", ""], ["二零二六年十月", "", "", ""]]
    heading = ["僱員姓名", "身份證明文件號碼", "有關入息", "供款"]
    rows = [
        *title,
        heading,
        *(
            [p.chinese, p.hkid.replace("(", "").replace(")", ""), f"{p.salary:,}.00", "1,500.00"]
            for p in people(rng, 15)
        ),
    ]
    return ("mpf.xls", writing.xls({"供款": rows})) if turn % 2 else ("mpf.xlsx", writing.xlsx({"供款": rows}))


def _cv(rng: Random, turn: int) -> File:
    p = person(rng)
    lines = [
        p.english.upper(), f"Mobile {p.phone[:4]}-{p.phone[4:]} | {p.email}", p.address, f"Date of birth: {_born(p)}",
        "Experience", "2019-2026 Accounts clerk, Example Trading", "Expected salary: negotiable",
    ]  # fmt: skip
    return ("cv.pdf", writing.pdf([lines], font=writing.SERIF)) if turn % 2 else ("cv.docx", writing.docx(lines))


def _warning(rng: Random, _turn: int) -> File:
    p = person(rng)
    lines = ["最後警告信", f"致：{p.chinese}（身份證號碼 {p.hkid}）", "閣下多次遲到，表現欠佳，公司現發出最後警告。"]
    return "警告信.docx", writing.docx(lines, header="人事部")


def _claim(rng: Random, _turn: int) -> File:
    rows = [
        ("Claimant", "Nature of illness", "Amount"),
        *((p.english, p.illness[0], rng.randint(200, 900)) for p in people(rng, 6)),
    ]
    return "claims.docx", writing.docx(["Medical claims, November"], rows)


def _briefing(rng: Random, _turn: int) -> File:
    p = person(rng)
    lines = [f"新同事：{p.chinese}", f"月薪 ${p.salary:,}", f"緊急聯絡 {p.phone}"]
    return "briefing.pptx", writing.pptx([("本週安排", ["週一會議"]), ("人事", lines)])


def _forward(rng: Random, turn: int) -> File:
    p = person(rng)
    sheet = writing.xlsx({"Sheet1": [["姓名", "電話", "銀行戶口"], [p.chinese, p.phone, p.account]]})
    return "fw.eml", writing.mail(
        "Fw: autopay", "Please see the file.", {"autopay.xlsx": sheet}, form="quoted-printable"
    )


def _bundle(rng: Random, turn: int) -> File:
    return "all.zip", writing.packed({"cv/cv.docx": _cv(rng, 0)[1], "cv/cover.md": b"# Cover letter"})


def _backup(rng: Random, _turn: int) -> File:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8:{p.chinese[0]};{p.chinese[1:]}\nTEL;HOME:{p.phone}\n"
        f"ADR;HOME:;;{p.address};;;;\nBDAY:{p.born[0]}-{p.born[1]:02}-{p.born[2]:02}\nEND:VCARD\n"
        for p in people(rng, 3)
    )
    return "backup.vcf", cards.encode()


def _minutes(rng: Random, turn: int) -> File:
    p = person(rng)
    text = f"# Minutes\n\n- {p.english} is still on sick leave: {p.illness[0]}\n- her number is {p.phone}\n"
    return "minutes.md", text.encode()


def _card(rng: Random, turn: int) -> File:
    p = person(rng)
    year, month, day = p.born
    surname, _, given = p.english.partition(" ")
    items = [
        (300, 20, 30, "HONG KONG PERMANENT IDENTITY CARD"), (360, 62, 36, "香港永久性居民身份證"), (330, 128, 40, p.chinese),
        (330, 186, 30, f"{surname.upper()}, {given}"), (330, 236, 22, " ".join(f"{rng.randrange(10**4):04}" for _ in range(3))),
        (330, 290, 18, "Date of Birth"), (520, 288, 20, "出生日期"), (330, 318, 30, f"{day:02}-{month:02}-{year}"),
        (560, 318, 30, f"{'男' if p.sex == 'M' else '女'} {p.sex}"), (330, 372, 28, f"***A{rng.choice(('Z', 'C'))}"), (330, 424, 18, "Date of Issue 簽發日期"),
        (330, 452, 22, f"({month:02}-{rng.randint(0, 9):02})"), (330, 492, 28, f"{day:02}-{month:02}-19"), (60, 560, 44, p.hkid),
    ]  # fmt: skip
    card = drawing.guilloche(
        drawing.sheet(items, (960, 610), ground="#e6dfe9", font=writing.SERIF, ink="#1c1c2c"), rng, (208, 190, 214)
    )
    card.paste((120, 130, 140), (60, 130, 290, 440))
    shot = drawing.photo(card, rng, hard=0.65, side=rng.choice((800, 1600, 4000)))
    return (
        ("WhatsApp.jpeg", writing.saved(shot, "JPEG", 50))
        if turn % 3
        else ("IMG.heic", writing.saved(shot, "HEIF", 60))
    )


def _certificate(rng: Random, turn: int) -> File:
    p = person(rng)
    if turn % 2:
        lines = [
            "康寧醫務所", "醫生證明書", f"病人姓名：{p.chinese}　　性別：{'男' if p.sex == 'M' else '女'}",
            f"病症：{p.illness[1]}", "需要休息：2 天", "由：13/11/2026　至：14/11/2026", "醫生簽署",
        ]  # fmt: skip
    else:
        lines = [
            "Well Care Medical Centre", "MEDICAL CERTIFICATE", f"Patient: {p.english.upper()}", f"ID: {p.hkid}",
            f"is suffering from {p.illness[0]}", "and is recommended to have sick leave for 2 day(s)", "13/11/2026 - 14/11/2026", "Dr. (M.B., B.S.)",
        ]  # fmt: skip
    shot = drawing.photo(
        drawing.page(lines, font=writing.SANS, size=28), rng, hard=0.65, side=rng.choice((1000, 1800, 4000))
    )
    return "20261113.jpg", writing.saved(shot, "JPEG", 55)


def _passport(rng: Random, _turn: int) -> File:
    p = person(rng)
    surname, _, given = p.english.upper().partition(" ")
    born, until, number = f"{p.born[0] % 100:02}{p.born[1]:02}{p.born[2]:02}", "290311", f"P{rng.randrange(10**7):07}A"
    first = f"P<PHL{surname}<<{given.replace(' ', '<')}".ljust(44, "<")
    second = f"{number}{check(number)}PHL{born}{check(born)}{p.sex}{until}{check(until)}".ljust(43, "<") + "4"
    page = drawing.sheet(
        [(50, 560, 34, first), (50, 616, 34, second), (420, 180, 30, surname), (420, 240, 30, given)],
        (1020, 690),
        ground="#dfe6ee",
        font=drawing.MONO,
    )
    return "passport.png", writing.saved(drawing.photo(page, rng, hard=0.5, side=1500), "PNG")


def _chat_screen(rng: Random, _turn: int) -> File:
    p = person(rng)
    lines = ["HR group", f"Amy: {p.chinese}今日入咗院", f"Amy: 佢確診{p.illness[1]}", f"Ben: 打佢電話 {p.phone}"]
    return "chat.webp", writing.saved(drawing.page(lines, font=writing.SANS, size=34, width=900), "WEBP")


def _catalogue(rng: Random, _turn: int) -> File:
    rows = [
        ("型號", "描述", "售價"),
        *((f"HK{rng.randrange(10**6):06}", "辦公椅", f"{rng.randint(200, 2000)}") for _ in range(25)),
    ]
    return "catalogue.ods.csv", writing.table(rows, encoding="big5hkscs")


def _timetable(rng: Random, _turn: int) -> File:
    rows = [("Room", "Mon", "Tue"), ("101", "Excel course", "First aid"), ("102", "Safety", "Induction")]
    return "timetable.xlsx", writing.xlsx({"Training": rows})


def _survey(_rng: Random, _turn: int) -> File:
    lines = ["Salary survey 2026", "Clerk 16,000 - 20,000", "Manager 45,000 - 60,000", "Source: market data"]
    return "survey.pdf", writing.pdf([lines], font=writing.SERIF)


def _announcement(_rng: Random, _turn: int) -> File:
    lines = ["流感疫苗接種日", "公司將於下月為員工安排流感疫苗接種，請向人事部登記。", "查詢：2345 6789"]
    return "announcement.docx", writing.docx(lines)


def _titles(rng: Random, _turn: int) -> File:
    rows = [("Name", "Title", "Department"), *((p.english, "Officer", "Finance") for p in people(rng, 8))]
    return "titles.docx", writing.docx(["Organisation chart"], rows)


def _log(rng: Random, _turn: int) -> File:
    lines = [
        f"2026-11-{day:02} 10:{rng.randrange(60):02} INFO request {rng.randrange(10**9)} done" for day in range(1, 25)
    ]
    return "server.log.txt", "\n".join(lines).encode()


def _agenda(_rng: Random, _turn: int) -> File:
    return "agenda.pptx", writing.pptx(
        [("Agenda", ["Welcome", "Budget 2027", "Any other business"])], notes="Start at 10:00"
    )


def _tender(rng: Random, _turn: int) -> File:
    rows = [
        ("Item", "Ref. no.", "Qty", "Amount"),
        *((f"Desk {n}", f"{rng.randrange(10**8):08}", n, rng.randint(900, 9999)) for n in range(1, 12)),
    ]
    return "tender.xls", writing.xls({"Tender": rows})


def _invitation(_rng: Random, _turn: int) -> File:
    return "invite.eml", writing.mail(
        "邀請：週年晚宴",
        "誠邀各位同事出席週年晚宴，日期 2026年12月18日，地點：尖沙咀。",
        {"menu.txt": "乳豬拼盤\n上湯龍蝦".encode()},
    )


def _photo_of(lines: list[str], font: str) -> Callable[[Random, int], File]:
    def make(rng: Random, _turn: int) -> File:
        shot = drawing.photo(drawing.page(lines, font=font, size=32), rng, hard=0.6, side=rng.choice((1000, 3000)))
        return "IMG.jpg", writing.saved(shot, "JPEG", 60)

    return make


def _terminal(rng: Random, _turn: int) -> File:
    lines = ["$ git log --oneline", *(f"{rng.randrange(16**7):07x} Fix the build" for _ in range(8))]
    return "terminal.png", writing.saved(
        drawing.sheet(
            [(30, 30 + 44 * n, 28, one) for n, one in enumerate(lines)],
            (1000, 480),
            ground="#101418",
            ink="#d0d8d0",
            font=drawing.MONO,
        ),
        "PNG",
    )


def _calendar(rng: Random, _turn: int) -> File:
    rows = [
        ("Sun", "Mon", "Tue", "Wed"),
        *((7 * week + 1, 7 * week + 2, 7 * week + 3, 7 * week + 4) for week in range(4)),
    ]
    return "calendar.webp", writing.saved(drawing.grid(rows, column=180), "WEBP")


_DOCUMENTS: Kinds = {
    "helpers": (_helpers, "HK_PASSPORT DATE_OF_BIRTH PHONE_NUMBER"),
    "contributions": (_mpf, "HKID SALARY"),
    "curriculum vitae": (_cv, "PHONE_NUMBER EMAIL_ADDRESS DATE_OF_BIRTH HK_ADDRESS"),
    "warning letter": (_warning, "HKID PERFORMANCE_TALK"),
    "medical claims": (_claim, "MEDICAL_TERM"),
    "briefing": (_briefing, "SALARY PHONE_NUMBER"),
    "forwarded mail": (_forward, "PHONE_NUMBER BANK_ACCOUNT"),
    "bundle": (_bundle, "PHONE_NUMBER EMAIL_ADDRESS"),
    "address book": (_backup, "PHONE_NUMBER DATE_OF_BIRTH"),
    "minutes": (_minutes, "MEDICAL_TERM PHONE_NUMBER"),
    "catalogue": (_catalogue, ""), "timetable": (_timetable, ""), "survey": (_survey, ""), "announcement": (_announcement, ""),
    "organisation chart": (_titles, ""), "server log": (_log, ""), "agenda": (_agenda, ""), "tender": (_tender, ""), "invitation": (_invitation, ""),
}  # fmt: skip
_PICTURES: Kinds = {
    "identity card": (_card, "HKID DATE_OF_BIRTH"),
    "certificate": (_certificate, "MEDICAL_TERM"),
    "passport": (_passport, "HK_PASSPORT"),
    "screenshot of a chat": (_chat_screen, "MEDICAL_TERM PHONE_NUMBER"),
    "photo of a poster": (
        _photo_of(["健康講座", "如何預防流感", "12月3日 下午三時", "報名：內線 123"], writing.SERIF),
        "",
    ),
    "photo of a parcel": (_photo_of(["SF EXPRESS", "SF1234567890123", "1/1 pcs 0.5kg", "Hong Kong"], writing.SANS), ""),
    "photo of a ticket": (_photo_of(["BOARDING", "GATE 24", "SEAT 11A", "CX 888"], writing.SANS), ""),
    "screenshot of a terminal": (_terminal, ""),
    "screenshot of a calendar": (_calendar, ""),
}
