"""Policies, advertisements, minutes, manuals, slides, logs and mails that name nobody who matters."""

import io
import zipfile
from email.message import EmailMessage
from random import Random

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.office import SANS, cid, docx, pdf, pptx
from benchmarks.documents.makers.fourth.sheets import prices

File = tuple[str, bytes]


def _policy(r: Random, turn: int) -> File:
    if turn == 0:
        return (
            "Sick leave policy.docx",
            docx(
                [
                    "Sick leave policy",
                    "1. Staff who fall ill call their supervisor before 9:30.",
                    "2. A medical certificate that states the diagnosis is needed for absences of two days or more.",
                    "3. Sickness allowance is four fifths of the daily wage, after the paid sickness days have been used.",
                    "4. HR keeps certificates locked; never post an HKID number, a diagnosis or a salary in a chat group.",
                ]
            ),
        )
    return (
        "病假政策.pdf",
        cid(
            [
                "病假政策",
                "",
                "一、員工如感不適,須於早上九時半前致電主管。",
                "二、病假兩天或以上須提交註明診斷的醫生證明書。",
                "三、疾病津貼為每日工資的五分之四。",
                "四、切勿在群組張貼身份證號碼、病歷或薪金資料。",
            ]
        ),
    )


def _job_ad(r: Random, turn: int) -> File:
    if turn == 0:
        return (
            "Job ad.pdf",
            pdf(
                [
                    "WE ARE HIRING - Warehouse Supervisor",
                    "",
                    "Salary HK$22,000 - 26,000 + double pay + medical insurance",
                    "Form 5 or above, 3 years' experience, fluent Cantonese",
                    "Send your CV to careers@harbourfreight.com.hk or WhatsApp our HR hotline 2345 6000",
                    "Personal data collected will be used for recruitment only.",
                ],
                SANS,
            ),
        )
    return (
        "招聘.docx",
        docx(
            [
                "誠聘 倉務主管",
                "月薪$22,000-$26,000,雙糧,醫療保險",
                "中五程度,三年經驗",
                "請將履歷電郵至 careers@harbourfreight.com.hk 或致電 2345 6000 人事部",
                "所收集資料只作招聘用途",
            ]
        ),
    )


def _menu(r: Random, turn: int) -> File:
    return (
        (
            "canteen.docx",
            docx(
                [
                    "Canteen menu, week 47",
                    [
                        ["Mon", "Sweet and sour pork", "$42"],
                        ["Tue", "Steamed fish", "$48"],
                        ["Wed", "Curry beef brisket", "$45"],
                    ],
                    "Vegetarian choice daily. Allergic to nuts? Ask the kitchen.",
                ]
            ),
        )
        if turn == 0
        else (
            "餐牌.pdf",
            cid(
                [
                    "員工餐廳 本週餐單",
                    "星期一  咕嚕肉飯  $42",
                    "星期二  清蒸魚柳  $48",
                    "星期三  咖喱牛腩  $45",
                    "如對果仁敏感請向職員查詢",
                ]
            ),
        )
    )


def _minutes(r: Random, turn: int) -> File:
    return (
        (
            "minutes.docx",
            docx(
                [
                    "Minutes of the operations meeting, 4 Nov 2026",
                    "Present: Fiona Yuen, Raymond Mak, Carmen Ho. Apologies: Edwin Tam.",
                    "1. The new racking arrives on 18 November; budget HK$182,000 approved.",
                    "2. Overtime in October fell by 12 per cent.",
                    "3. Next meeting: 2 December, 10:00, room 1504.",
                ]
            ),
        )
        if turn == 0
        else (
            "會議紀錄.docx",
            docx(
                [
                    "營運會議紀錄 2026年11月4日",
                    "出席:阮詠心、麥家豪、何美儀",
                    "一、新貨架於十一月十八日送抵,批出預算港幣182,000元。",
                    "二、十月加班時數下降百分之十二。",
                    "三、下次會議:十二月二日上午十時。",
                ]
            ),
        )
    )


def _manual(r: Random, turn: int) -> File:
    return (
        "Printer manual.pdf",
        pdf(
            [
                "Model MX-2651 quick guide",
                "",
                "1. Load A4 paper in tray 2.",
                "2. Error E202-1183: open cover B, remove the drum (part no. 6AK 90217).",
                "3. Serial number: see the label, e.g. 5021-7734-9902.",
                "4. Service hotline 2812 9000 (Mon-Fri).",
            ]
            if turn == 0
            else [
                "影印機快速指南",
                "一、將A4紙放入二號紙盤。",
                "二、錯誤 E202-1183:打開B蓋,取出感光鼓(零件編號 6AK 90217)。",
                "三、服務熱線 2812 9000。",
            ],
            SANS,
        ),
    )


def _pdpo_slides(r: Random, turn: int) -> File:
    return (
        "privacy training.pptx",
        pptx(
            [
                (
                    "Handling HR data" if turn == 0 else "處理人事資料",
                    "Do not share HKID copies, salary or medical information in WhatsApp. Mask like this: A12****(3). Ask yourself: who needs to know?"
                    if turn == 0
                    else "切勿在 WhatsApp 分享身份證副本、薪金或醫療資料。請遮蓋:A12****(3)。",
                ),
                (
                    "Penalty" if turn == 0 else "罰則",
                    "Up to HK$1,000,000 and five years in prison for doxxing."
                    if turn == 0
                    else "起底罪最高罰款一百萬元及監禁五年。",
                ),
            ]
        ),
    )


def _sales_slides(r: Random, turn: int) -> File:
    return (
        "Q3.pptx",
        pptx(
            [
                (
                    "Q3 sales" if turn == 0 else "第三季銷售",
                    [
                        ["Shop" if turn == 0 else "分店", "Jul", "Aug", "Sep"],
                        *[
                            [x, *(f"{r.randint(200, 900):,},000" for _ in range(3))]
                            for x in (["Mong Kok", "Tuen Mun", "Central"] if turn == 0 else ["旺角", "屯門", "中環"])
                        ],
                    ],
                )
            ]
        ),
    )


def _server_log(r: Random, turn: int) -> File:
    return (
        "app.log.txt",
        "\n".join(
            f"2026-11-0{r.randint(1, 9)} 10:{r.randint(10, 59)}:{r.randint(10, 59)} INFO [worker-{r.randint(1, 8)}] req={r.randint(10000000, 99999999)} took {r.randint(3, 900)}ms status=200 ip=10.0.{r.randint(0, 255)}.{r.randint(1, 254)}"
            for _ in range(80)
        ).encode(),
    )


def _readme_md(r: Random, turn: int) -> File:
    return (
        "README.md",
        b'# payroll-exporter\n\nReads the payroll database and writes the MPF remittance file.\n\n```python\nemployee = Employee(name="Test User", hkid="A123456(3)", salary=20000)\nassert mask(employee.hkid) == "A12****(3)"\n```\n\nRun `make test`. Port 8080. Version 6.1.20261101.\n',
    )


def _newsletter(r: Random, turn: int) -> File:
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = (
        "news@sunrise-trading.com.hk",
        "staff@sunrise-trading.com.hk",
        "Wellness month" if turn == 0 else "健康月",
    )
    m.set_content(
        "Join the free blood pressure check on 20 Nov. Flu vaccination is available to all staff. Enquiries: 2345 6111 (HR)."
        if turn == 0
        else "十一月二十日免費量血壓,所有同事可接種流感疫苗。查詢:2345 6111(人事部)。",
        subtype="plain",
    )
    m.add_alternative("<p>Join the <b>free</b> blood pressure check.</p>", subtype="html")
    return ("news.eml", bytes(m))


def _company_card(r: Random, turn: int) -> File:
    return (
        "courier.vcf",
        (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:SF Express Customer Service\r\nORG:SF Express (Hong Kong)\r\nTEL;TYPE=WORK:+852 2730 0273\r\nEND:VCARD\r\n"
            if turn == 0
            else "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:大廈管理處\r\nORG:大廈管理處\r\nTEL;TYPE=WORK:23339001\r\nEND:VCARD\r\n"
        ).encode(),
    )


def _harmless_parcel(r: Random, turn: int) -> File:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        name, data = prices(r, turn)
        z.writestr(name, data)
        z.writestr("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        z.writestr("notes.txt", "final artwork, print 500 copies")
    return ("artwork.zip", out.getvalue())


def _invoice(r: Random, turn: int) -> File:
    n = r.randint(10000, 99999)
    return (
        "invoice.pdf",
        pdf(
            [
                [(20, "INVOICE"), (130, f"No. INV-{n}")],
                "Bill to: Sunrise Trading (HK) Ltd, 12/F, 88 Hung To Road, Kwun Tong",
                "",
                [(20, "Description"), (110, "Qty"), (150, "HK$")],
                [(20, "Toner MX-51"), (110, "4"), (150, "2,360.00")],
                [(20, "Service visit"), (110, "1"), (150, "680.00")],
                "",
                [(20, "Total"), (150, "3,040.00")],
                "Payment by cheque to Good Office Supplies Ltd. Enquiries 2790 1100.",
            ],
            SANS,
        ),
    )


HARMLESS: Kinds = {
    "policy": (_policy, ""),
    "job ad": (_job_ad, ""),
    "menu": (_menu, ""),
    "minutes": (_minutes, ""),
    "manual": (_manual, ""),
    "pdpo slides": (_pdpo_slides, ""),
    "sales slides": (_sales_slides, ""),
    "server log": (_server_log, ""),
    "readme md": (_readme_md, ""),
    "newsletter": (_newsletter, ""),
    "company card": (_company_card, ""),
    "harmless parcel": (_harmless_parcel, ""),
    "invoice": (_invoice, ""),
}
