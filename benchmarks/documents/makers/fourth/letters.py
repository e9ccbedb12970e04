"""Letters and forms that name people."""

from random import Random

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.office import SANS, Line, cid, columns, docx, odt, pdf
from benchmarks.documents.makers.fourth.people import who
from benchmarks.documents.makers.fourth.sheets import ILLNESSES

File = tuple[str, bytes]


def _warning(r: Random, turn: int) -> File:
    p = who(r)
    if turn == 0:
        return (
            "WL2.docx",
            docx(
                [
                    "SECOND WRITTEN WARNING",
                    f"To: {p.first} {p.surname} ({p.no})",
                    "Date: 12 November 2026",
                    "You were absent without leave on 3, 4 and 9 November, and your supervisor has noted repeated lateness in the past quarter. Despite the verbal warning in August your conduct has not improved.",
                    "Any further misconduct may lead to summary dismissal under section 9 of the Employment Ordinance.",
                    "Human Resources",
                ],
                "STRICTLY CONFIDENTIAL",
            ),
        )
    return (
        "警告信.docx",
        docx(
            [
                "致:" + p.zh + "先生",
                "日期:2026年11月12日",
                "書面警告",
                "閣下於本月三日及四日無故曠工,並多次遲到,經主管口頭勸喻後仍未改善,工作態度散漫。現向閣下發出書面警告,如再有類似失當行為,公司將考慮即時解僱。",
                "人力資源部 謹啟",
            ]
        ),
    )


def _termination(r: Random, turn: int) -> File:
    p = who(r)
    if turn == 0:
        return (
            "Letter.pdf",
            pdf(
                [
                    "Harbour Freight Services Limited",
                    "",
                    "30 October 2026",
                    "",
                    p.en,
                    *p.home[0].split(", "),
                    "",
                    f"Dear {p.first},",
                    "Termination of employment",
                    f"We regret to tell you that your employment (HKID {p.hkid}) ends on 30 November 2026 because your performance during the probation fell short of what the post requires. You will be paid HK${p.pay:,} in lieu of notice.",
                    "",
                    "Yours sincerely,",
                    "HR Manager",
                ]
            ),
        )
    return (
        "終止.pdf",
        cid(
            [
                "終止僱傭合約通知書",
                "",
                f"員工:{p.zh}    身份證號碼:{p.hkid}",
                "",
                "由於閣下在試用期內表現未能達到要求,公司決定於2026年11月30日終止僱傭合約。",
                f"代通知金:港幣{p.pay:,}元",
                "",
                "人事部",
            ]
        ),
    )


def _appraisal(r: Random, turn: int) -> File:
    p = who(r)
    if turn == 0:
        lines: list[Line] = [
            "PERFORMANCE APPRAISAL FORM",
            "",
            [(20, "Name"), (60, p.en), (115, "Department"), (150, p.dept[0])],
            [(20, "Post"), (60, p.job[0]), (115, "Period"), (150, "1/2026-12/2026")],
            "",
            [(20, "Criterion"), (100, "Rating (1-5)"), (140, "Comment")],
            [(20, "Quality of work"), (100, "2"), (140, "many errors")],
            [(20, "Punctuality"), (100, "1"), (140, "often late")],
            [(20, "Teamwork"), (100, "2"), (140, "argues with peers")],
            "",
            "Overall: needs improvement; bonus withheld; put on a performance improvement plan.",
        ]
        return ("PA form.pdf", pdf(lines, SANS))
    return (
        "考績表.docx",
        docx(
            [
                "員工工作表現評核表",
                [["姓名", p.zh, "部門", p.dept[1]], ["職位", p.job[1], "評核期", "2026年"]],
                [
                    ["項目", "評分", "評語"],
                    ["工作質素", "2", "錯漏甚多"],
                    ["守時", "1", "經常遲到"],
                    ["團隊合作", "2", "與同事不和"],
                ],
                "整體評級:D(未達標)。建議不獲年終花紅,並接受三個月改善計劃。",
            ]
        ),
    )


def _contract(r: Random, turn: int) -> File:
    p = who(r)
    if turn == 0:
        return (
            "contract signed.docx",
            docx(
                [
                    "EMPLOYMENT CONTRACT",
                    "This agreement is made on 2 November 2026 between Kowloon Bay Laundry Co. Ltd (the Employer) and",
                    [
                        ["Employee", p.en],
                        ["HKID / passport", p.hkid],
                        ["Residential address", p.home[0]],
                        ["Job title", p.job[0]],
                    ],
                    "1. Commencement. 16 November 2026.",
                    f"2. Wages. A basic salary of HK$ {p.pay:,}.00 per month, paid on the last working day by autopay.",
                    "3. Notice. One month or payment in lieu after probation.",
                    "4. Annual leave. 12 days.",
                ]
            ),
        )
    return (
        "僱傭合約.pdf",
        pdf(
            [
                "僱傭合約",
                "",
                "本合約由德記洗衣有限公司(僱主)與以下僱員訂立:",
                [(20, "僱員姓名"), (60, p.zh)],
                [(20, "香港身份證"), (60, p.hkid)],
                [(20, "住址"), (60, p.home[1])],
                "",
                f"一、工資:每月港幣{p.pay:,}元,於每月最後一個工作天以自動轉賬發放。",
                "二、試用期:三個月。",
                "三、有薪年假:12天。",
            ]
        ),
    )


def _certificate(r: Random, turn: int) -> File:
    p = who(r)
    ill = r.choice(ILLNESSES)
    if turn == 0:
        return (
            "scan0012.pdf",
            pdf(
                [
                    "Dr. LAU Kam Tong",
                    "M.B.,B.S. (HK)   Reg. No. M0" + str(r.randint(1000, 9999)),
                    "Shop 5, G/F, Tai Wo Centre    Tel 2658 0000",
                    "",
                    "MEDICAL CERTIFICATE",
                    "",
                    f"I certify that {p.en} attended my clinic on 5/11/2026",
                    f"and was suffering from {ill[0]}.",
                    "He/She is recommended sick leave for 3 day(s) from 5/11/2026 to 7/11/2026.",
                    "",
                    "Signature & chop",
                ],
                SANS,
            ),
        )
    return (
        "病假紙.docx",
        docx(
            [
                "康寧中西醫診所",
                "診症證明書",
                f"病人姓名:{p.zh}",
                f"診斷:{ill[1]}",
                "茲證明上述病人需休息三天(11月5日至7日)。",
                "註冊中醫師簽署:",
            ]
        ),
    )


def _mpf_form(r: Random, turn: int) -> File:
    p = who(r)
    if turn == 0:
        return (
            "INMA.pdf",
            pdf(
                [
                    "Member Enrolment Form (MPF)",
                    "",
                    [(20, "Surname"), (60, p.surname.upper()), (110, "Given names"), (145, p.given)],
                    [(20, "HKID No."), (60, p.hkid), (110, "Sex"), (145, p.sex)],
                    [(20, "Date of birth"), (60, p.birthday()), (110, "Nationality"), (145, "Chinese")],
                    [(20, "Mobile"), (60, p.phone), (110, "E-mail"), (145, p.mail)],
                    [(20, "Address"), (60, p.home[0])],
                    "",
                    "I choose: [x] Conservative 60%   [x] Global equity 40%",
                ]
            ),
        )
    boxes = "   ".join(p.hkid.replace("(", "").replace(")", ""))
    return (
        "強積金登記.pdf",
        cid(
            [
                "強積金計劃成員登記表",
                "",
                [(60, "中文姓名"), (160, p.zh), (330, "性別"), (400, "男" if p.sex == "M" else "女")],
                [(60, "身份證號碼"), (160, boxes)],
                [(60, "出生日期"), (160, f"{p.born[0]}年{p.born[1]}月{p.born[2]}日")],
                [(60, "流動電話"), (160, p.phone)],
            ],
        ),
    )


def _reference(r: Random, turn: int) -> File:
    p = who(r)
    if turn == 0:
        return (
            "Ref letter.pdf",
            pdf(
                [
                    "TO WHOM IT MAY CONCERN",
                    "",
                    f"This is to certify that {('Mr.' if p.sex == 'M' else 'Ms.')} {p.en} (Hong Kong Identity Card No. {p.hkid}) worked with us as {p.job[0]} from May 2021 to October 2026. The last drawn monthly salary was HK${p.pay:,}.",
                    "",
                    "Personnel Department",
                ]
            ),
        )
    return (
        "離職證明.odt",
        odt(
            [
                "離職證明書",
                f"茲證明{p.zh}(香港身份證號碼 {p.hkid})由2021年5月至2026年10月在本公司任職{p.job[1]},最後月薪為港幣{p.pay:,}元。",
                "人事部",
            ]
        ),
    )


def _application(r: Random, turn: int) -> File:
    p = who(r)
    labels = (
        "Name in full",
        "HKID card number",
        "Date of birth",
        "Present address",
        "Contact number",
        "Expected salary",
    )
    if turn == 0:
        return "applic.pdf", columns(
            "APPLICATION FOR EMPLOYMENT", labels, (p.en, p.hkid, p.birthday("-"), p.home[0], p.phone, f"{p.pay:,}")
        )
    pairs = [
        ["姓名", p.en, "身份證號碼", p.hkid],
        ["出生日期", p.birthday("-"), "聯絡電話", p.phone],
        ["現時住址", p.home[1], "要求待遇", f"{p.pay:,}"],
    ]
    return "求職表.docx", docx(["職位申請表", pairs])


def _payslip(r: Random, turn: int) -> File:
    p = who(r)
    mpf = min(1500, p.pay // 20)
    if turn == 0:
        return (
            "payslip.pdf",
            pdf(
                [
                    [(20, "PAY ADVICE"), (130, "Period: 01-31 Oct 2026")],
                    [(20, f"Employee: {p.en}"), (130, f"No.: {p.no}")],
                    "",
                    [(20, "Payments"), (80, "HK$"), (115, "Deductions"), (165, "HK$")],
                    [(20, "Basic salary"), (80, f"{p.pay:,}.00"), (115, "MPF (EE)"), (165, f"{mpf:,}.00")],
                    [(20, "Typhoon duty"), (80, "350.00"), (115, "Late"), (165, "0.00")],
                    "",
                    [(20, "NET PAY"), (80, f"{p.pay + 350 - mpf:,}.00")],
                    [(20, "Credited to a/c"), (80, p.bank)],
                ],
                SANS,
            ),
        )
    return (
        "糧單.pdf",
        cid(
            [
                [(60, "薪金結算單"), (360, "2026年10月")],
                [(60, f"員工姓名:{p.zh}"), (360, f"編號:{p.no}")],
                "",
                [(60, "收入"), (200, "港元"), (320, "扣除"), (450, "港元")],
                [(60, "基本薪金"), (200, f"{p.pay:,}.00"), (320, "強積金"), (450, f"{mpf:,}.00")],
                [(60, "實發薪金"), (200, f"{p.pay - mpf:,}.00")],
            ]
        ),
    )


def _leave_form(r: Random, turn: int) -> File:
    p = who(r)
    return (
        "leave appl.docx",
        docx(
            [
                "LEAVE APPLICATION" if turn == 0 else "請假申請表",
                [
                    ["Name", p.en],
                    ["Leave type", "☐ Annual  ☑ Sick  ☐ Maternity"],
                    ["Dates", "5-7 Nov 2026"],
                    ["Reason", "slipped disc, physiotherapy at Queen Elizabeth Hospital"],
                ]
                if turn == 0
                else [
                    ["姓名", p.zh],
                    ["假期類別", "□年假 ☑病假 □產假"],
                    ["日期", "11月5至7日"],
                    ["原因", "椎間盤突出,到伊利沙伯醫院做物理治療"],
                ],
            ]
        ),
    )


LEAKS: Kinds = {
    "warning": (_warning, "PERFORMANCE_TALK"),
    "termination": (_termination, "HKID PERFORMANCE_TALK"),
    "appraisal": (_appraisal, "PERFORMANCE_TALK"),
    "contract": (_contract, "HKID SALARY HK_ADDRESS"),
    "certificate": (_certificate, "MEDICAL_TERM"),
    "mpf form": (_mpf_form, "HKID DATE_OF_BIRTH PHONE_NUMBER"),
    "reference": (_reference, "HKID SALARY"),
    "application": (_application, "HKID DATE_OF_BIRTH PHONE_NUMBER HK_ADDRESS"),
    "payslip": (_payslip, "SALARY"),
    "leave form": (_leave_form, "MEDICAL_TERM"),
}
