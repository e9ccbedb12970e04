"""Invented people: every name, number and address is drawn at random, so nobody is meant."""

from dataclasses import dataclass
from random import Random

from detectors.recognizers.hkid import check_character

_SURNAMES = (
    *(("陳", "Chan"), ("黃", "Wong"), ("李", "Lee"), ("林", "Lam"), ("張", "Cheung"), ("何", "Ho"), ("梁", "Leung")),
    *(("鄭", "Cheng"), ("楊", "Yeung"), ("葉", "Yip"), ("郭", "Kwok"), ("馮", "Fung"), ("謝", "Tse"), ("許", "Hui")),
)
_GIVEN = (
    *(("嘉欣", "Ka Yan"), ("志明", "Chi Ming"), ("詠詩", "Wing Sze"), ("家豪", "Ka Ho"), ("美玲", "Mei Ling")),
    *(("俊傑", "Chun Kit"), ("曉彤", "Hiu Tung"), ("文傑", "Man Kit"), ("淑儀", "Suk Yee")),
)
_ESTATES = (("Tak Bo Garden", "Ngau Tau Kok", "德寶花園", "牛頭角"), ("City One", "Sha Tin", "沙田第一城", "沙田"))
ILLNESSES = (
    *(("acute gastroenteritis", "急性腸胃炎"), ("upper respiratory tract infection", "上呼吸道感染")),
    *(("influenza A", "甲型流感"), ("acute bronchitis", "急性支氣管炎"), ("low back pain", "腰痛")),
    *(("migraine", "偏頭痛"), ("major depression", "抑鬱症"), ("COVID-19", "新冠肺炎")),
    *(("ankle sprain", "足踝扭傷"), ("dengue fever", "登革熱")),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    english: str
    chinese: str
    hkid: str
    phone: str
    email: str
    born: tuple[int, int, int]
    sex: str
    account: str
    salary: int
    address: str
    address_zh: str
    passport: str
    illness: tuple[str, str]


def person(rng: Random) -> Person:
    """Draw one."""
    surname, given = rng.choice(_SURNAMES), rng.choice(_GIVEN)
    body = rng.choice("ACDEGHKMPRSVYZ") + f"{rng.randrange(10**6):06}"
    estate = rng.choice(_ESTATES)
    floor, flat = rng.randint(1, 38), rng.choice("ABCDEFGH")
    return Person(
        english=f"{surname[1]} {given[1]}",
        chinese=surname[0] + given[0],
        hkid=f"{body}({check_character(body)})",
        phone=rng.choice("569") + f"{rng.randrange(10**7):07}",
        email=f"{given[1].replace(' ', '').lower()}{rng.randrange(1000)}@{rng.choice(('gmail.com', 'yahoo.com.hk'))}",
        born=(rng.randint(1962, 2003), rng.randint(1, 12), rng.randint(1, 28)),
        sex=rng.choice("MF"),
        account=f"{rng.choice(('004', '012', '024'))}-{rng.randrange(1000):03}-{rng.randrange(10**8):08}",
        salary=rng.randrange(150, 900) * 100,
        address=f"Flat {flat}, {floor}/F, Block {rng.randint(1, 9)}, {estate[0]}, {estate[1]}",
        address_zh=f"{estate[3]}{estate[2]}{rng.randint(1, 9)}座{floor}樓{flat}室",
        passport=rng.choice(("K", "H")) + f"{rng.randrange(10**8):08}",
        illness=rng.choice(ILLNESSES),
    )


def people(rng: Random, count: int) -> list[Person]:
    """Draw several."""
    return [person(rng) for _ in range(count)]
