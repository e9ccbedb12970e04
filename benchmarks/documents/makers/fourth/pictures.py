"""Pictures of what names people: cards, certificates, payslips, chats, notes."""

from random import Random
from typing import Any

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.camera import bubbles, font, grid, jpg, moire, page, photo, save, scrawl
from benchmarks.documents.makers.fourth.people import Who, folk, who
from benchmarks.documents.makers.fourth.sheets import ILLNESSES

File = tuple[str, bytes]


def _card(p: Who, *, old: bool = False) -> Any:
    """The front of an identity card, in its order of lines."""
    im, g = page(1000, 630, (226, 236, 232) if not old else (236, 228, 214))
    for k in range(0, 1000, 22):
        g.line((k, 0, k - 140, 630), fill=(210, 224, 222), width=3)
    g.text((330, 24), "HONG KONG PERMANENT IDENTITY CARD", font=font(30, "narrow"), fill=(40, 60, 90))
    g.text((360, 62), "香港永久性居民身份證", font=font(34, "sans"), fill=(40, 60, 90))
    g.rectangle((50, 150, 290, 470), fill=(198, 205, 210))
    g.ellipse((110, 190, 230, 330), fill=(150, 130, 115))
    g.rectangle((90, 340, 250, 470), fill=(70, 75, 95))
    g.text((340, 120), p.zh, font=font(52, "serif"), fill=(20, 20, 25))
    g.text((340, 190), f"{p.surname.upper()}, {p.given}", font=font(36), fill=(20, 20, 25))
    g.text((340, 250), "  ".join(f"{r:04}" for r in (1728, 3046, 2817)), font=font(26), fill=(40, 40, 45))
    g.text((340, 300), "出生日期 Date of Birth", font=font(20), fill=(60, 70, 80))
    g.text((340, 328), f"{p.born[2]:02}-{p.born[1]:02}-{p.born[0]}", font=font(34), fill=(20, 20, 25))
    g.text((640, 328), p.sex if old else "男 M" if p.sex == "M" else "女 F", font=font(34), fill=(20, 20, 25))
    g.text((340, 380), "***AZ", font=font(32), fill=(20, 20, 25))
    g.text((340, 430), "簽發日期 Date of Issue", font=font(20), fill=(60, 70, 80))
    g.text((340, 458), "(06-96)  23-07-19", font=font(30), fill=(20, 20, 25))
    g.text((560, 540), p.hkid, font=font(54, bold=True), fill=(15, 15, 20))
    return im


def _cert(p: Who, r: Random, *, zh: bool) -> Any:
    im, g = page(1100, 1400, (252, 251, 246))
    ill = r.choice(ILLNESSES)
    y = 80
    if not zh:
        g.text((330, y), "SHING FAI CLINIC", font=font(52, "times", bold=True), fill=(20, 40, 110))
        g.text(
            (230, y + 70),
            "Room 903, Yue Shing Commercial Building, Tel: 2541 0000",
            font=font(28, "times"),
            fill=(20, 40, 110),
        )
        g.text((360, 300), "SICK LEAVE CERTIFICATE", font=font(40, "times", bold=True), fill=0)
        rows = [
            ("This is to certify that", p.en),
            ("was examined by me on", "06 / 11 / 2026"),
            ("Diagnosis :", ill[0]),
            ("Unfit for work from", "06/11 to 09/11/2026"),
            ("No. of days", "4"),
        ]
        for k, (a, b) in enumerate(rows):
            g.text((100, 430 + 110 * k), a, font=font(34, "times"), fill=0)
            g.text(
                (470, 420 + 110 * k), b, font=font(50, "pen") if k % 2 == 0 else font(36, "times"), fill=(15, 25, 120)
            )
            g.line((460, 475 + 110 * k, 1000, 475 + 110 * k), fill=(120, 120, 120), width=2)
    else:
        g.text((380, y), "聯合診所", font=font(64, "serif", bold=True), fill=(120, 20, 20))
        g.text((400, 240), "病假證明書", font=font(48, "serif"), fill=0)
        rows = [
            ("茲證明", p.zh + (" 先生" if p.sex == "M" else " 女士")),
            ("於", "2026 年 11 月 6 日 到診"),
            ("病症:", ill[1]),
            ("須休息", "由 11 月 6 日至 11 月 9 日,共 4 天"),
            ("醫生簽署", ""),
        ]
        for k, (a, b) in enumerate(rows):
            g.text((100, 400 + 120 * k), a, font=font(38, "serif"), fill=0)
            g.text((300, 398 + 120 * k), b, font=font(42, "serif"), fill=(15, 25, 120))
            g.line((290, 460 + 120 * k, 1000, 460 + 120 * k), fill=(120, 120, 120), width=2)
    g.ellipse((700, 1050, 960, 1310), outline=(190, 60, 60), width=6)
    g.text((760, 1150), "CHOP" if not zh else "印章", font=font(50), fill=(200, 80, 80))
    return im


def _slip(p: Who, *, zh: bool) -> Any:
    im, g = page(1000, 700)
    mpf = min(1500, p.pay // 20)
    g.rectangle((0, 0, 1000, 70), fill=(30, 90, 140))
    g.text((30, 14), "ePayslip  October 2026" if not zh else "電子糧單 2026年10月", font=font(34), fill="white")
    rows = (
        [
            ("Employee", p.en, "Staff No.", p.no),
            ("Basic pay", f"{p.pay:,}.00", "MPF", f"-{mpf:,}.00"),
            ("Meal allowance", "600.00", "Tax", "0.00"),
            ("Net pay", f"{p.pay + 600 - mpf:,}.00", "Paid on", "28/10"),
        ]
        if not zh
        else [
            ("員工", p.zh, "編號", p.no),
            ("基本工資", f"{p.pay:,}.00", "強積金", f"-{mpf:,}.00"),
            ("膳食津貼", "600.00", "扣稅", "0.00"),
            ("實收工資", f"{p.pay + 600 - mpf:,}.00", "發薪日", "28/10"),
        ]
    )
    for k, row in enumerate(rows):
        y = 130 + 110 * k
        if k % 2:
            g.rectangle((20, y - 20, 980, y + 70), fill=(236, 242, 248))
        for x, t in zip((40, 290, 560, 760), row, strict=False):
            g.text((x, y), t, font=font(30), fill=(40, 40, 40))
    return im


def _mrz(p: Who, r: Random) -> tuple[str, str, str]:
    """The number, and the two lines for machines."""

    def check(s: str) -> str:
        return str(
            sum(
                (
                    (int(c) if c.isdigit() else ord(c) - 55 if c.isalpha() else 0) * (7, 3, 1)[i % 3]
                    for i, c in enumerate(s)
                )
            )
            % 10
        )

    no = f"K0{r.randint(1000000, 9999999)}"
    b = f"{p.born[0] % 100:02}{p.born[1]:02}{p.born[2]:02}"
    e = "310704"
    opt = p.hkid.replace("(", "").replace(")", "").ljust(14, "<")
    one = f"P<CHN{p.surname.upper().replace(' ', '<')}<<{p.given.upper().replace(' ', '<')}".ljust(44, "<")
    two = no + check(no) + "CHN" + b + check(b) + p.sex + e + check(e) + opt + check(opt)
    return (no, one, two + check(two[0:10] + two[13:20] + two[21:43]))


def _id_angle(r: Random, turn: int) -> File:
    return ("IMG_4471.jpg", jpg(photo(_card(who(r), old=turn == 1), r, angle=r.uniform(-25, 25), fill=0.6)))


def _id_turned(r: Random, turn: int) -> File:
    return ("IMG_4472.jpg", jpg(photo(_card(who(r)), r, angle=(90, 200)[turn] + r.uniform(-8, 8), fill=0.62)))


def _id_poor(r: Random, turn: int) -> File:
    im = photo(_card(who(r)), r, size=(760, 570), fill=0.8)
    return ("wa0003.jpg", jpg(im, 30))


def _cert_en(r: Random, turn: int) -> File:
    return (
        "IMG_0091.jpg",
        jpg(photo(_cert(who(r), r, zh=False), r, size=(1200, 1600), fill=0.86, angle=(4, -94)[turn])),
    )


def _cert_zh(r: Random, turn: int) -> File:
    im = photo(_cert(who(r), r, zh=True), r, size=(1200, 1600), fill=0.86, angle=(-7, 12)[turn], low=0.35)
    return ("photo.webp", save(im, "WEBP", quality=70)) if turn else ("photo.jpg", jpg(im, 45))


def _slip_screen(r: Random, turn: int) -> File:
    return ("Screenshot 2026-11-01.png", save(_slip(who(r), zh=turn == 1), "PNG"))


def _slip_photo(r: Random, turn: int) -> File:
    return (
        "IMG_7712.jpg",
        jpg(
            moire(
                photo(
                    _slip(who(r), zh=turn == 1),
                    r,
                    size=(1600, 1100),
                    fill=0.85,
                    tilt=0.03,
                    angle=r.uniform(-6, 6),
                    low=0.7,
                )
            )
        ),
    )


def _passport(r: Random, turn: int) -> File:
    p = who(r)
    im, g = page(1250, 880, (232, 226, 236))
    no, one, two = _mrz(p, r)
    g.text(
        (60, 30),
        "中華人民共和國香港特別行政區  HONG KONG SAR, PEOPLE'S REPUBLIC OF CHINA",
        font=font(24),
        fill=(90, 30, 60),
    )
    g.text((60, 75), "護照 PASSPORT", font=font(34, bold=True), fill=(90, 30, 60))
    g.rectangle((60, 150, 340, 540), fill=(190, 190, 200))
    g.ellipse((130, 200, 270, 360), fill=(160, 135, 115))
    rows = [
        ("類型 Type  P      國家代碼 CHN", ""),
        ("護照號碼 Passport No.", no),
        ("姓 Surname", f"{p.zh[0]}  {p.surname.upper()}"),
        ("名 Given names", f"{p.zh[1:]}  {p.given.upper()}"),
        ("出生日期 Date of birth", f"{p.born[2]:02} JAN {p.born[0]}"),
        ("性別 Sex", p.sex),
    ]
    for k, (a, b) in enumerate(rows):
        g.text((390, 140 + 78 * k), a, font=font(20), fill=(80, 60, 80))
        g.text((390, 166 + 78 * k), b, font=font(32), fill=0)
    for k, line in enumerate((one, two)):
        g.text((60, 730 + 60 * k), line, font=font(42, "mono"), fill=0)
    if turn == 0:
        return ("passport.jpg", jpg(photo(im, r, size=(1700, 1250), fill=0.86, angle=r.uniform(-6, 6), tilt=0.03)))
    return (
        "pp scan.tif",
        save(
            im.convert("L").rotate(1.3, fillcolor=200, expand=True),
            "TIFF",
            compression="tiff_lzw",
        ),
    )


def _whiteboard(r: Random, turn: int) -> File:
    im, g = page(1500, 1000, (238, 240, 240))
    people = folk(r, 5)
    scrawl(g, 80, 50, "Night shift - call list" if turn == 0 else "夜更電話", 80, (170, 30, 30), r)
    for k, p in enumerate(people):
        scrawl(
            g,
            100,
            210 + 140 * k,
            f"{p.first} {p.surname}  {p.phone[:4]} {p.phone[4:]}"
            if turn == 0
            else f"{p.zh} {p.phone[:4]} {p.phone[4:]}",
            84,
            (20, 40, 140),
            r,
        )
    return ("board.jpg", jpg(photo(im, r, size=(1500, 1050), fill=0.93, tilt=0.03, low=0.7), 70))


def _chat_id(r: Random, turn: int) -> File:
    p = who(r)
    lines = (
        [
            (False, "Shop 12", "new part-timer joins tmr"),
            (True, "", "send her id for the contract pls"),
            (False, "Shop 12", f"{p.en}, HKID {p.hkid}, tel {p.phone[:4]} {p.phone[4:]}"),
        ]
        if turn == 0
        else [
            (False, "十二號店", "聽日有新兼職返工"),
            (True, "", "俾身份證號碼我整合約"),
            (False, "十二號店", f"{p.zh} {p.hkid} 電話{p.phone}"),
        ]
    )
    return ("Screenshot_WA.jpg", jpg(bubbles(lines, "Shops & HR", dark=turn == 0), 75))


def _chat_ill(r: Random, turn: int) -> File:
    p = who(r)
    k = r.randrange(4)
    lines = (
        [
            (True, "", "why is the counter empty?"),
            (False, "May", f"{p.first} {p.surname} is off sick until Friday, doctor says {ILLNESSES[k][0]}"),
            (True, "", "noted"),
        ]
        if turn == 0
        else [
            (True, "", "點解冇人睇舖?"),
            (False, "阿May", f"{p.zh}病咗,醫生話係{ILLNESSES[k][1]},要休息到星期五"),
            (True, "", "收到"),
        ]
    )
    im = bubbles(lines, "TST team", dark=turn == 1)
    return ("IMG_1203.png", save(im.resize((im.width * 2 // 3, im.height * 2 // 3)), "PNG"))


def _sheet_screen(r: Random, turn: int) -> File:
    people = folk(r, 7)
    im = grid(
        [["Name", "HKID", "Monthly pay"] if turn == 0 else ["姓名", "身份證號碼", "月薪"]]
        + [[(p.en, p.zh)[turn], p.hkid, f"{p.pay:,}"] for p in people],
        [280, 240, 200],
    )
    if turn == 0:
        return ("screen.jpg", jpg(moire(photo(im, r, size=(1500, 900), fill=0.9, tilt=0.02, angle=2.5, low=0.75)), 70))
    return ("clip.gif", save(im.quantize(64), "GIF"))


def _hand_note(r: Random, turn: int) -> File:
    p = who(r)
    im, g = page(900, 620, (250, 244, 190))
    lines = [
        f"Interview 3pm {p.first} {p.surname}",
        f"HKID {p.hkid}",
        f"mobile {p.phone[:4]} {p.phone[4:]}",
        f"asks {p.pay // 1000}k a month",
    ]
    for k, t in enumerate(lines):
        scrawl(g, 60, 60 + 130 * k, t, 80, (30, 30, 50), r)
    return ("note.jpg", jpg(photo(im, r, size=(1400, 1000), fill=0.8, angle=r.uniform(-10, 10))))


def _form_scan(r: Random, turn: int) -> File:
    p = who(r)
    im, g = page(1240, 1754)
    g.text((380, 100), "PERSONAL PARTICULARS" if turn == 0 else "個人資料表", font=font(44, "serif"), fill=0)
    rows = [
        ("Name", "姓名", p.en, p.zh),
        ("HKID No.", "身份證號碼", p.hkid, p.hkid),
        ("Date of birth", "出生日期", p.birthday(), p.birthday()),
        ("Address", "住址", p.home[0][:46], p.home[1]),
        ("Telephone", "電話", p.phone, p.phone),
    ]
    for k, row in enumerate(rows):
        y = 260 + 120 * k
        g.rectangle((100, y, 1140, y + 120), outline=0, width=3)
        g.line((400, y, 400, y + 120), fill=0, width=3)
        g.text((120, y + 38), row[turn], font=font(32, "serif"), fill=0)
        g.text((420, y + 36), row[turn + 2], font=font(32), fill=(0, 0, 80))
    im = im.convert("L").rotate(r.uniform(-2, 2), fillcolor=255)
    if turn == 0:
        return ("scan.tiff", save(im.convert("1"), "TIFF", compression="group4", dpi=(150, 150)))
    return ("scan.bmp", save(im, "BMP"))


LEAKS: Kinds = {
    "id angle": (_id_angle, "HKID"),
    "id turned": (_id_turned, "HKID"),
    "id poor": (_id_poor, "HKID"),
    "cert en": (_cert_en, "MEDICAL_TERM"),
    "cert zh": (_cert_zh, "MEDICAL_TERM"),
    "slip screen": (_slip_screen, "SALARY"),
    "slip photo": (_slip_photo, "SALARY"),
    "passport": (_passport, "HK_PASSPORT"),
    "whiteboard": (_whiteboard, "PHONE_NUMBER"),
    "chat id": (_chat_id, "HKID PHONE_NUMBER"),
    "chat ill": (_chat_ill, "MEDICAL_TERM"),
    "sheet screen": (_sheet_screen, "HKID SALARY"),
    "hand note": (_hand_note, "HKID PHONE_NUMBER"),
    "form scan": (_form_scan, "HKID DATE_OF_BIRTH PHONE_NUMBER"),
}
