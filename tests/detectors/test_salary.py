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
        "name\tbasic\tOT\tnet\nChan Tai Man\t«18500.0»\t«1200»\t«19,700»",
        "姓名 | 底薪 | 實收\n陳大文 | «14500» | «15200»",
        "staff no,name,salary\n1001,Peter Ho,«2.85E4»",
        "Bonus letters: Tobias «HK$420k», Yolanda «HK$385k»",
        "Gratuity\nDerek «$41,220»\nJoyce «$36,905»\nRobert (LET) «$92,480»",
        "OT claim nov\nname | hrs | amt\nKen Wu | 14 | «$1,890»\nFanny So | 9.5 | «$1,140»",
        "月薪«2.8w»",
        "年包«45w»，张伟",
        "张伟 月薪«8500»",
        "李雷工资从«12000»涨到«14500»",
        "佢到手«1.8万»",
        "佢«廿八皮»人工",
        "阿葉人工«九千二百蚊»",
        "her salary is «sixteen thousand eight hundred hong kong dollars»",
        "Ken promised me «two point eight k»",
        "公司賠咗N+1俾佢 «86,000»",
        "court ordered the boss to pay Ah Keung «$46,200» in wages",
        "補返三月OT畀葵姐«$1,180»",
        "Marites sahod is «$5,300» only",
        "Offer to the part-time dispenser Nadia Frew, «$148»/hr",
        "probation 3m, starts Monday",
        "Kelvin is on 3m probation",
        "釘板計尺價 牆身$265一平方",
        "salary of 3萬名員工 is late",
        "name\tfloor\tlocker\nChan Tai Man\t18500\t1200",
    ],
)
def test_pay_is_found_and_other_amounts_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_the_sender_s_own_pay_is_marked() -> None:
    assert traits(FINDS, "my salary is $20,000") == {"own"}
    assert traits(FINDS, "her salary is $20,000") == set()
