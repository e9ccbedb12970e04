"""Slides, chats, tables of text, mails, contacts and archives that hold people's data."""

import io
import zipfile
from email.message import EmailMessage
from random import Random

from benchmarks.documents.case import Kinds
from benchmarks.documents.makers.fourth.office import flat, pptx, xlsx
from benchmarks.documents.makers.fourth.people import folk, who

File = tuple[str, bytes]


def _pay_slides(r: Random, turn: int) -> File:
    people = folk(r, 5)
    head = ["Name", "Now", "Proposed", "%"] if turn == 0 else ["姓名", "現薪", "建議", "%"]
    return (
        "salary review.pptx",
        pptx(
            [
                (
                    "Salary review 2027 - for approval" if turn == 0 else "2027年加薪建議",
                    [head] + [[(p.en, p.zh)[turn], f"{p.pay:,}", f"{int(p.pay * 1.04):,}", "4"] for p in people],
                )
            ]
        ),
    )


def _case_slides(r: Random, turn: int) -> File:
    p = who(r)
    return (
        "case.pptx",
        pptx(
            [
                (
                    "Grievance case" if turn == 0 else "個案討論",
                    f"{p.first} {p.surname} ({p.dept[0]}) has been diagnosed with major depression and is on medication; sick leave since 2 Oct. Supervisor says quality of work dropped."
                    if turn == 0
                    else f"{p.zh}({p.dept[1]})確診抑鬱症,正服藥,十月二日起放病假。",
                )
            ]
        ),
    )


def _chat_txt(r: Random, turn: int) -> File:
    p = who(r)
    return (
        "_chat.txt",
        "\r\n".join(
            [
                f"[12/11/2026, 10:0{k}:11] {s}: {t}"
                for k, (s, t) in enumerate(
                    [
                        ("May HR", "new driver starts Mon"),
                        (
                            "May HR",
                            f"{p.en}, id {p.hkid}, mobile {p.phone[:4]}-{p.phone[4:]}"
                            if turn == 0
                            else f"{p.zh} 身份證{p.hkid} 電話{p.phone}",
                        ),
                        ("Boss", "ok 👌"),
                    ]
                )
            ]
        ).encode("utf-8" if turn == 0 else "utf-16"),
    )


def _joiners_md(r: Random, turn: int) -> File:
    people = folk(r, 4)
    lines = ["# Joiners November", "", "| # | Name | HKID | Phone | Start |", "|---|:--|---|--:|---|"] + [
        f"| {i} | {p.en} | `{p.hkid}` | {p.phone} | 16 Nov |" for i, p in enumerate(people, 1)
    ]
    return ("joiners.md", "\n".join(lines).encode())


def _mail_csv(r: Random, turn: int) -> File:
    people = folk(r, 4)
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = (
        "hr@sunrise-trading.com.hk",
        "all-shops@sunrise-trading.com.hk",
        "FW: staff for the lucky draw" if turn == 0 else "轉寄:抽獎名單",
    )
    m.set_content("pls find attached\n" if turn == 0 else "詳見附件\n")
    rows = [["name", "hkid", "tel"]] + [[p.en, p.hkid, p.phone] for p in people]
    if turn == 0:
        m.add_attachment(flat(rows), maintype="text", subtype="csv", filename="draw.csv")
    else:
        m.add_attachment(
            xlsx([["姓名", "身份證", "電話"]] + [[p.zh, p.hkid, p.phone] for p in people]),
            maintype="application",
            subtype="vnd.ms-excel",
            filename="名單.xlsx",
        )
    return ("mail.eml", bytes(m))


def _mail_sick(r: Random, turn: int) -> File:
    p = who(r)
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = (
        "supervisor@sunrise-trading.com.hk",
        "team@sunrise-trading.com.hk",
        "cover for tomorrow" if turn == 0 else "明日替更",
    )
    m.set_content(
        f"All, {p.first} {p.surname} is in hospital, it is appendicitis and she was operated on last night. Who can cover?"
        if turn == 0
        else f"各位,{p.zh}因腎結石入院做手術,邊個可以替更?",
        cte="quoted-printable" if turn == 0 else "base64",
        charset="utf-8" if turn == 0 else "big5",
    )
    return ("cover.eml", bytes(m))


def _cards(r: Random, turn: int) -> File:
    people = folk(r, 3)
    text = "".join(
        f"BEGIN:VCARD\r\nVERSION:{('3.0' if turn == 0 else '4.0')}\r\nN:{p.surname};{p.given};;;\r\nFN:{(p.zh if turn else p.en)}\r\nTEL;TYPE=CELL:+852{p.phone}\r\nBDAY:{p.born[0]}{p.born[1]:02}{p.born[2]:02}\r\nADR;TYPE=HOME:;;{p.home[0].replace(',', chr(92) + ',')};;;;\r\nEND:VCARD\r\n"
        for p in people
    )
    return ("contacts.vcf", text.encode())


def _parcel(r: Random, turn: int) -> File:
    people = folk(r, 4)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("readme.txt", "pw by phone")
        z.writestr(
            "資料/list.xlsx" if turn else "data/list.xlsx",
            xlsx([["Name", "ID card", "DOB"]] + [[p.en, p.hkid, p.birthday()] for p in people]),
        )
    return ("for bank.zip", out.getvalue())


def _html_export(r: Random, turn: int) -> File:
    people = folk(r, 5)
    cells = "".join(
        f"<tr><td>{p.no}</td><td>{p.en}</td><td>{p.hkid}</td><td>{p.mail}</td><td>{r.randint(0, 14)}</td></tr>"
        for p in people
    )
    return (
        "leave balance.html",
        f"<html><head><title>Leave</title><style>td{{padding:3px}}</style></head><body><table><tr><th>Staff</th><th>Name</th><th>ID&nbsp;card</th><th>Email</th><th>Balance</th></tr>{cells}</table></body></html>".encode(),
    )


LEAKS: Kinds = {
    "pay slides": (_pay_slides, "SALARY"),
    "case slides": (_case_slides, "MEDICAL_TERM"),
    "chat txt": (_chat_txt, "HKID PHONE_NUMBER"),
    "joiners md": (_joiners_md, "HKID PHONE_NUMBER"),
    "mail csv": (_mail_csv, "HKID PHONE_NUMBER"),
    "mail sick": (_mail_sick, "MEDICAL_TERM"),
    "cards": (_cards, "PHONE_NUMBER"),
    "parcel": (_parcel, "HKID DATE_OF_BIRTH"),
    "html export": (_html_export, "HKID EMAIL_ADDRESS"),
}
