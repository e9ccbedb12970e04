"""Pictures that name nobody: menus, price tags, code, posters, receipts, blank forms, the harbour."""

from random import Random

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.camera import (
    bubbles,
    desk,
    font,
    grain,
    grid,
    jpg,
    page,
    photo,
    save,
    scrawl,
    shade,
)
from benchmarks.documents.makers.fourth.people import ean

File = tuple[str, bytes]


def _shop_menu(r: Random, turn: int) -> File:
    im, g = page(1000, 1300, (140, 20, 30) if turn == 0 else (252, 246, 230))
    ink = (255, 225, 120) if turn == 0 else (90, 30, 10)
    g.text((300, 50), "金龍茶餐廳" if turn == 0 else "Blue Whale Cafe", font=font(76, "serif", bold=True), fill=ink)
    for k, (a, b) in enumerate(
        zip(
            ["叉燒飯", "星洲炒米", "凍檸茶", "西多士", "干炒牛河", "餐蛋麵", "例湯"],
            ["Flat white", "Long black", "Egg toast", "Club sandwich", "Soup of the day", "Cheese cake", "Lemon soda"],
            strict=False,
        )
    ):
        g.text((140, 230 + 130 * k), (a, b)[turn], font=font(52, "serif"), fill=ink)
        g.text((760, 230 + 130 * k), f"${r.randint(18, 68)}", font=font(52), fill=ink)
    g.text((280, 1210), "外賣電話 2388 1212" if turn == 0 else "Delivery 2388 1212", font=font(40), fill=ink)
    return ("menu.jpg", jpg(photo(im, r, size=(1100, 1400), fill=0.9, angle=3)))


def _tags(r: Random, turn: int) -> File:
    im, g = page(1200, 800, (220, 220, 215))
    for k in range(6):
        x, y = (60 + 380 * (k % 3), 80 + 350 * (k // 3))
        g.rectangle((x, y, x + 320, y + 260), fill=(255, 235, 60))
        g.text((x + 20, y + 16), r.choice(["特價", "SALE", "買一送一"]), font=font(40), fill=(200, 0, 0))
        g.text((x + 20, y + 80), f"${r.randint(9, 299)}.90", font=font(70, bold=True), fill=0)
        g.text((x + 20, y + 200), ean(r), font=font(28, "mono"), fill=0)
    return ("shelf.jpg", jpg(grain(shade(im, r), r, 7), 60))


def _code(r: Random, turn: int) -> File:
    im, g = page(1300, 800, (30, 30, 30) if turn == 0 else (255, 255, 255))
    ink = (212, 212, 212) if turn == 0 else (30, 30, 30)
    for k, t in enumerate(
        [
            "def net_pay(salary: int, mpf: int) -> int:",
            '    """What an employee receives."""',
            "    if salary > 30_000:",
            "        mpf = 1_500",
            "    return salary - mpf",
            "",
            "assert net_pay(20_000, 1_000) == 19_000",
            "EMPLOYEE_PATTERN = re.compile(r'[A-Z]\\d{6}\\([0-9A]\\)')",
            "log.info('employee %s saved', employee.id)",
            "# TODO: diagnosis codes of the clinic table",
        ]
    ):
        g.text((30, 40 + 64 * k), f"{k + 1:3}  {t}", font=font(28, "mono"), fill=ink)
    return ("code.png", save(im, "PNG"))


def _roster(r: Random, turn: int) -> File:
    rows = [["Shift", "Mon", "Tue", "Wed", "Thu"] if turn == 0 else ["更次", "一", "二", "三", "四"]] + [
        [f"{h}:00-{h + 8}:00"] + [str(r.randint(2, 6)) for _ in range(4)] for h in (7, 9, 13, 15)
    ]
    im = grid(rows, [240, 120, 120, 120, 120])
    return ("roster.gif", save(im.quantize(32), "GIF")) if turn == 0 else ("更表.webp", save(im, "WEBP"))


def _poster(r: Random, turn: int) -> File:
    im, g = page(1000, 1400, (20, 110, 120))
    ink = "white"
    lines = (
        ["ANNUAL DINNER", "12 December 2026, 7pm", "Harbour Ballroom", "Lucky draw · Karaoke", "RSVP to HR by 30 Nov"]
        if turn == 0
        else ["流感疫苗接種日", "十一月二十日 上午十時", "十五樓會議室", "費用全免", "請向人事部登記"]
    )
    for k, t in enumerate(lines):
        g.text((80, 140 + 220 * k), t, font=font(78 if k == 0 else 54, bold=k == 0), fill=ink)
    return ("poster.jpg", jpg(photo(im, r, size=(1100, 1500), fill=0.88, angle=(0, 9)[turn])))


def _receipt(r: Random, turn: int) -> File:
    im, g = page(560, 1100)
    for k, t in enumerate(
        [
            "SUPERFRESH MARKET",
            "Tel 2466 7788",
            f"Txn {r.randint(10000000, 99999999)}",
            "------------------",
            "MILK 1L      24.90",
            "BREAD        15.50",
            "EGGS 10      28.00",
            "APPLE x6     19.90",
            "------------------",
            "TOTAL        88.30",
            "OCTOPUS      88.30",
            "Card 8**** 221",
            "06/11/2026 18:42",
            "THANK YOU",
        ]
        if turn == 0
        else [
            "鮮匯超級市場",
            "電話 2466 7788",
            f"單號 {r.randint(10000000, 99999999)}",
            "----------------",
            "鮮奶        24.90",
            "方包        15.50",
            "雞蛋        28.00",
            "----------------",
            "合計        68.40",
            "八達通      68.40",
            "多謝惠顧",
        ]
    ):
        g.text((40, 40 + 72 * k), t, font=font(34, "mono" if turn == 0 else "sans"), fill=(50, 50, 50))
    return ("receipt.jpg", jpg(photo(im, r, size=(1000, 1400), fill=0.9, angle=r.uniform(-8, 8)), 60))


def _blank_photo(r: Random, turn: int) -> File:
    im, g = page(1240, 1500)
    g.text((330, 100), "PERSONAL PARTICULARS" if turn == 0 else "個人資料表", font=font(44, "serif"), fill=0)
    for k, row in enumerate(
        [
            ("Name", "姓名"),
            ("HKID No.", "身份證號碼"),
            ("Date of birth", "出生日期"),
            ("Address", "住址"),
            ("Telephone", "電話"),
            ("Diagnosis (if any)", "病歷(如有)"),
        ]
    ):
        y = 260 + 120 * k
        g.rectangle((100, y, 1140, y + 120), outline=0, width=3)
        g.line((440, y, 440, y + 120), fill=0, width=3)
        g.text((120, y + 38), row[turn], font=font(32, "serif"), fill=0)
    return ("form.jpg", jpg(photo(im, r, size=(1200, 1500), fill=0.88, angle=(2, 181)[turn])))


def _landscape(r: Random, turn: int) -> File:
    im = np.zeros((900, 1400, 3), np.float32)
    y = np.linspace(0, 1, 900)[:, None]
    im[:] = (np.array([120, 170, 230]) * (1 - y) + np.array([240, 210, 180]) * y)[:, None, :].reshape(900, 1, 3)
    out = Image.fromarray(im.astype(np.uint8))
    g = ImageDraw.Draw(out)
    for k in range(30):
        x = k * 48
        h = r.randint(150, 520)
        g.rectangle((x, 900 - h, x + 44, 900), fill=(60 + k, 70, 90))
        for wy in range(900 - h + 15, 890, 26):
            for wx in range(x + 6, x + 40, 12):
                if r.random() < 0.5:
                    g.rectangle((wx, wy, wx + 6, wy + 10), fill=(250, 230, 150))
    return ("harbour.jpg", jpg(grain(out, r, 5)))


def _meme(r: Random, turn: int) -> File:
    im = desk(r, 900, 900)
    g = ImageDraw.Draw(im)
    g.ellipse((250, 220, 650, 640), fill=(240, 200, 80))
    g.ellipse((350, 360, 400, 420), fill=0)
    g.ellipse((500, 360, 550, 420), fill=0)
    a, b = (
        ("WHEN PAYDAY IS FRIDAY", "AND IT IS ONLY MONDAY") if turn == 0 else ("返工日日都似星期一", "病假?我淨係想放假")
    )
    for t, y in ((a, 40), (b, 780)):
        g.text((450, y), t, font=font(60, bold=True), fill="white", stroke_width=4, stroke_fill=0, anchor="ma")
    return ("meme.jpg", jpg(im, 55))


def _chat_harmless(r: Random, turn: int) -> File:
    lines = (
        [
            (False, "May", "lunch at 1? the noodle place"),
            (True, "", "ok, table for 6"),
            (False, "May", "booked, ref 60412"),
            (True, "", "who brings the cake for Friday?"),
        ]
        if turn == 0
        else [
            (False, "阿May", "一點食飯?"),
            (True, "", "好呀 六位"),
            (False, "阿May", "訂咗枱 編號60412"),
            (True, "", "星期五邊個買蛋糕?"),
        ]
    )
    return ("chat.png", save(bubbles(lines, "Lunch", dark=turn == 0), "PNG"))


def _plan_board(r: Random, turn: int) -> File:
    im, g = page(1500, 1000, (240, 242, 240))
    for k, t in enumerate(
        ["Q4 goals", "1. open Tuen Mun shop", "2. stock count 28 Nov", "3. new POS - pilot 2 shops", "budget 1.2M"]
        if turn == 0
        else ["第四季目標", "一 屯門新店開張", "二 點貨 28/11", "三 新收銀機試行"]
    ):
        scrawl(g, 80, 70 + 170 * k, t, 88, (20, 90, 40), r)
    return ("goals.jpg", jpg(photo(im, r, size=(1500, 1050), fill=0.92, tilt=0.03)))


def _dashboard(r: Random, turn: int) -> File:
    im, g = page(1400, 800, (17, 24, 39) if turn == 0 else (245, 247, 250))
    ink = "white" if turn == 0 else (20, 20, 20)
    for k, (t, v) in enumerate(
        [
            ("Open positions", "14"),
            ("Turnover", "3.2%"),
            ("Sick days / head", "1.4"),
            ("Payroll cost", "HK$4.2M"),
            ("Avg. age", "37.5"),
            ("Headcount", "212"),
        ]
        if turn == 0
        else [
            ("空缺", "14"),
            ("流失率", "3.2%"),
            ("人均病假", "1.4"),
            ("薪酬開支", "420萬"),
            ("平均年齡", "37.5"),
            ("人數", "212"),
        ]
    ):
        x, y = (50 + 450 * (k % 3), 80 + 350 * (k // 3))
        g.rounded_rectangle((x, y, x + 400, y + 280), 20, fill=(31, 41, 55) if turn == 0 else "white")
        g.text((x + 30, y + 30), t, font=font(32), fill=ink)
        g.text((x + 30, y + 120), v, font=font(80, bold=True), fill=(90, 170, 250))
    return ("dash.png", save(im, "PNG")) if turn == 0 else ("dash.bmp", save(im, "BMP"))


def _policy_scan(r: Random, turn: int) -> File:
    im, g = page(1240, 1300)
    for k, t in enumerate(
        [
            "NOTICE TO ALL STAFF",
            "",
            "Sick leave of two days or more needs a",
            "medical certificate stating the diagnosis.",
            "Do not post colleagues' HKID numbers,",
            "salaries or certificates in chat groups.",
            "",
            "Human Resources, 1 November 2026",
        ]
        if turn == 0
        else [
            "員工通告",
            "",
            "病假兩天或以上須提交註明診斷的醫生紙。",
            "請勿在群組張貼同事的身份證號碼、",
            "薪金或醫生證明書。",
            "",
            "人力資源部",
        ]
    ):
        g.text((120, 120 + 100 * k), t, font=font(46, "serif"), fill=0)
    return ("notice.tif", save(im.convert("1"), "TIFF", compression="group4"))


HARMLESS: Kinds = {
    "shop menu": (_shop_menu, ""),
    "tags": (_tags, ""),
    "code": (_code, ""),
    "roster": (_roster, ""),
    "poster": (_poster, ""),
    "receipt": (_receipt, ""),
    "blank photo": (_blank_photo, ""),
    "landscape": (_landscape, ""),
    "meme": (_meme, ""),
    "chat harmless": (_chat_harmless, ""),
    "plan board": (_plan_board, ""),
    "dashboard": (_dashboard, ""),
    "policy scan": (_policy_scan, ""),
}
