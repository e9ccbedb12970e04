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
