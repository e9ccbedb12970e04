"""Bank accounts are known by the words around them."""

import pytest

from detectors.recognizers.bank_account import BankAccountRecognizer
from tests.fakes.marked_text import expected, found, plain

FINDS = BankAccountRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "bank account for payroll: «024-123456-001»",
        "我個恒生戶口«024-123-456789»，唔該過數",
        "HSBC a/c «123-456789-838»",
        "transfer to «123456789012», account name Chan Tai Man",
        "過數去«012-875-1-023447-6»，戶口名陳大文",
        "Payroll list\nChan Tai Man\t$20,000\t«123-456789-838»\nLee Siu Ming\t$30,000\t«123456789012»",
        "«123-456789-838» (HSBC)",
        "tracking 123456789012",
        "bank holiday notice, order 123456789012",
        "Meeting ID 964 8550 7295",
        "call 123-456-7890",
        "account manager will call 9123 4567",
        "POS ref 302987843776, settled 3/2, bank fees apply",
    ],
)
def test_accounts_are_found_and_other_numbers_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "過數：陳大文，«024-388-117204»，5月1日前",
        "Payroll\nChan Tai Man,91234567,$20,000,«123-456789-838»",
        "bank: «(024) 388-117204»",
        "acct no. «39-1234567-8» under Ho Siu Ming",
        "Bank details: mobile 9123 4567, «024-388-117204»",
    ],
)
def test_neighbours_do_not_hide_an_account(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "把钱打我建行卡吧 «6217 0032 1450 8876 219»",
        "请更新报销账户，苟丽的改成农行 «6228 4800 1122 3344 556»",
        "邮储 «6210981234567890123»，开户人王芳",
        "银行卡 招行 «6214 8378 0052 1946»，宿舍未分",
        "出差款請匯玉山 «0864-979-021573» 戶名溫紹安",
        "黃淑貞郵局帳號 «0031472-0856391»，舊的不用",
        "中信銀行 «822-123456789012» 我的",
        "郵局 «700-00012345678901» 陳淑芬",
        "快递单号 6217003214508876219",
        "建行客服 95533",
    ],
)
def test_cards_of_the_mainland_and_numbers_of_taiwan_need_a_bank_or_a_card_named(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "wire the commission to his personal «511-880342-838», not to the company one",
        "Kindly credit Lau Chi Hang's expense reimbursement to «652-118834-001».",
        "阿鸞個退職金過咗去 «004 783 178950 833»",
        "part no 652-118834-001 is out of stock",
    ],
)
def test_the_shape_of_the_largest_banks_counts_where_somebody_is_paid(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "過數去公司中銀戶口 012-875-2-004419-6 個名寫「審計費」",
        "Firm's client account is HSBC 004-511-238804-838, quote the matter number",
        "our company account: HSBC 123-456789-838",
        "bank details: 004-500-123456-001, Sunrise Trading Ltd",
        "公司戶口停用，阿明嘅係恒生 «388-204918-882»",
        "our account is closed, pay her at HSBC «123-456789-838»",
    ],
)
def test_an_organisations_account_is_nobodys(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)
