"""What a person earns, and not what a post, a lunch or a claim costs."""

import pytest

from detectors.recognizers.salary import SalaryRecognizer
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = SalaryRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "Ann's salary is «HK$35,000»",
        "she makes «35k» now",
        "Kelvin is on «$42,000» and Ann is on «38k» for the same job",
        "increment letter: Ann from «$20,000» to «$22,500» wef 1 May",
        "offered Peter «HKD 30000», he wants «33,000»",
        "candidate asking «$28k»",
        "expected salary: «$28,000»",
        "佢人工«三萬五»",
        "月薪：«35,000»",
        "佢時薪得«$60»咋",
        "earning «1.2M» a year",
        "John «35k», Mary «38k» - final numbers for the increment",
        "Base: «HKD 42,000» x 13, Ken accepted",
        "Salary increment pool is $2,000,000 this year",
        "姓名，陳大文，人工：«$35,000»，5月1日起",
        "阿明月薪«$31,000»，聽日返工",
        "我先得«萬八蚊»，公平咩",
        "佢年薪«60萬»",
        "加咗人工由«28,000»到«30,500»",
        "阿珍時薪«$65»",
        "his hourly rate is «$80»",
        "bonus for Ann: «$50,000»",
        "遣散費俾咗佢«$120,000»",
        "payroll update\n陳大文 A123456(3) «$22,000» bank 024-123456-001",
        "Payroll May\nChan Tai Man\t«$20,000»\t123-456789-838",
        "Chan Tai Man\tA123456(3)\t91234567\t«$20,000»",
        "文員個位人工一萬八至二萬一，五日工作",
        "Clerk wanted, salary $18,000 - $21,000",
        "IT請人，人工$68k-$79k，6年經驗",
        "minimum wage goes to $42.1 an hour",
        "median salary in the survey: HK$52,000",
        "agency fee is 20% of annual salary, cap HK$97,000",
        "lunch budget $392 per head",
        "claim $3,200 for the taxi, payroll will pay next week",
        "Meeting ID 123 456 7890, passcode 611740, 5pm",
        "parking is $3,500 a month",
        "the offer of the week: laptop HK$8,990",
        "our offer to the client is HKD 480,000, reply by Friday",
        "Pls process: Wong Ka Yi, basic «16,500»",
        "出糧日係28號",
        "以防萬一",
        "premium $39,164 a year",
        "報價HK$61,666",
        "年薪2025年檢討",
    ],
)
def test_pay_is_found_and_other_amounts_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_the_sender_s_own_pay_is_marked() -> None:
    assert traits(FINDS, "my salary is $20,000") == {"own"}
    assert traits(FINDS, "her salary is $20,000") == set()
