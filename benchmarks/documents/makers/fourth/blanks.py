"""The forms of those letters before anybody filled them in."""

from random import Random

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.office import SANS, cid, docx, pdf

File = tuple[str, bytes]


def _blank_warning(r: Random, turn: int) -> File:
    return (
        (
            "WL template.docx",
            docx(
                [
                    "WRITTEN WARNING",
                    "To: ____________________ (Staff no. ________)",
                    "Date: ____________",
                    "You were found to have ______________________________ on ____________. Any further misconduct may lead to summary dismissal.",
                    "Signature: ____________",
                ]
            ),
        )
        if turn == 0
        else (
            "警告信範本.docx",
            docx(
                [
                    "書面警告(範本)",
                    "致:__________ 先生/女士",
                    "閣下於____年__月__日________________,現向閣下發出書面警告。如再有類似失當行為,公司將考慮解僱。",
                    "人力資源部",
                ]
            ),
        )
    )


def _blank_mpf(r: Random, turn: int) -> File:
    return (
        (
            "blank form.pdf",
            pdf(
                [
                    "Member Enrolment Form (MPF)",
                    "",
                    [(20, "Surname"), (60, "__________"), (110, "Given names"), (145, "__________")],
                    [(20, "HKID No."), (60, "□ □□□□□□ (□)"), (110, "Sex"), (145, "M / F")],
                    [(20, "Date of birth"), (60, "DD / MM / YYYY")],
                    [(20, "Mobile"), (60, "________"), (110, "E-mail"), (145, "__________")],
                    [(20, "Address"), (60, "Flat ___ Floor ___ Block ___")],
                    "Example of how to write the number: A123456(3)",
                ],
                SANS,
            ),
        )
        if turn == 0
        else (
            "登記表空白.pdf",
            cid(
                [
                    "強積金計劃成員登記表",
                    "",
                    [(60, "中文姓名"), (160, "__________"), (330, "性別"), (400, "男 / 女")],
                    [(60, "身份證號碼"), (160, "□□□□□□□(□)")],
                    [(60, "出生日期"), (160, "____年__月__日")],
                    [(60, "流動電話"), (160, "____ ____")],
                ]
            ),
        )
    )


def _blank_appraisal(r: Random, turn: int) -> File:
    return (
        (
            "PA blank.docx",
            docx(
                [
                    "PERFORMANCE APPRAISAL FORM",
                    [["Name", "", "Department", ""], ["Post", "", "Period", ""]],
                    [
                        ["Criterion", "Rating 1-5", "Comment"],
                        ["Quality of work", "", ""],
                        ["Punctuality", "", ""],
                        ["Teamwork", "", ""],
                    ],
                    "1 = unsatisfactory, 2 = needs improvement, 3 = meets, 4 = exceeds, 5 = outstanding",
                    "Overall rating: ____   Recommendation: ☐ increment ☐ bonus ☐ improvement plan ☐ dismissal",
                ]
            ),
        )
        if turn == 0
        else (
            "考績表空白.docx",
            docx(
                [
                    "員工工作表現評核表",
                    [["姓名", "", "部門", ""]],
                    [["項目", "評分", "評語"], ["工作質素", "", ""], ["守時", "", ""]],
                    "評級:A 優異 B 良好 C 達標 D 未達標,須接受改善計劃",
                ]
            ),
        )
    )


def _blank_contract(r: Random, turn: int) -> File:
    return (
        (
            "contract template.docx",
            docx(
                [
                    "EMPLOYMENT CONTRACT",
                    "between [COMPANY] and",
                    [["Employee", "[NAME]"], ["HKID / passport", "[HKID]"], ["Residential address", "[ADDRESS]"]],
                    "Wages. A basic salary of HK$ [AMOUNT] per month.",
                    "Notice. One month.",
                ]
            ),
        )
        if turn == 0
        else (
            "合約範本.pdf",
            pdf(
                [
                    "僱傭合約(範本)",
                    "",
                    [(20, "僱員姓名"), (60, "________")],
                    [(20, "香港身份證"), (60, "________")],
                    "一、工資:每月港幣________元。",
                    "二、試用期:三個月。",
                ]
            ),
        )
    )


def _blank_certificate(r: Random, turn: int) -> File:
    return (
        (
            "MC blank.pdf",
            pdf(
                [
                    "MEDICAL CERTIFICATE",
                    "",
                    "I certify that ______________________ attended my clinic on __/__/____",
                    "and was suffering from ______________________.",
                    "Recommended sick leave for ___ day(s) from __/__/____ to __/__/____.",
                    "Signature & chop",
                ],
                SANS,
            ),
        )
        if turn == 0
        else (
            "診症證明空白.docx",
            docx(["診症證明書", "病人姓名:__________", "診斷:__________", "茲證明上述病人需休息____天。", "醫生簽署:"]),
        )
    )


HARMLESS: Kinds = {
    "blank warning": (_blank_warning, ""),
    "blank mpf": (_blank_mpf, ""),
    "blank appraisal": (_blank_appraisal, ""),
    "blank contract": (_blank_contract, ""),
    "blank certificate": (_blank_certificate, ""),
}
