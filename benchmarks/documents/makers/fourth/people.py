"""Invented people of an office, with everything that is kept of them: drawn at random, so nobody is meant."""

from dataclasses import dataclass
from random import Random

from detectors.recognizers.hkid import check_character

_SURNAMES = [
    ("Yuen", "阮"),
    ("Szeto", "司徒"),
    ("Mak", "麥"),
    ("Tsang", "曾"),
    ("Fung", "馮"),
    ("Kwok", "郭"),
    ("Leung", "梁"),
    ("Poon", "潘"),
    ("Hui", "許"),
    ("Yip", "葉"),
    ("Tam", "譚"),
    ("Chow", "周"),
    ("Lo", "羅"),
    ("Ng", "吳"),
    ("Ho", "何"),
    ("Au Yeung", "歐陽"),
    ("Siu", "蕭"),
    ("Cheung", "張"),
]
_GIVEN = [
    ("Wing Sum", "詠心"),
    ("Ka Ho", "家豪"),
    ("Tsz Ching", "芷晴"),
    ("Chun Kit", "俊傑"),
    ("Yuk Lan", "玉蘭"),
    ("Hiu Tung", "曉彤"),
    ("Kwok Keung", "國強"),
    ("Pui Shan", "佩珊"),
    ("Man Fai", "文輝"),
    ("Lai Kuen", "麗娟"),
    ("Ho Yin", "浩然"),
    ("Suk Fan", "淑芬"),
    ("Chi Wai", "志偉"),
    ("Mei Yee", "美儀"),
]
_EN = [
    "Fiona",
    "Raymond",
    "Kelvin",
    "Gloria",
    "Jacky",
    "Winnie",
    "Desmond",
    "Iris",
    "Vincent",
    "Carmen",
    "Edwin",
    "Phoebe",
]
_JOBS = [
    ("Assistant Buyer", "助理採購員"),
    ("Warehouse Supervisor", "倉務主管"),
    ("Accounts Clerk", "會計文員"),
    ("Driver", "司機"),
    ("Nurse", "護士"),
    ("Programmer", "程式員"),
    ("Cook", "廚師"),
]
_DEPTS = [("Logistics", "物流部"), ("Finance", "財務部"), ("Retail", "零售部"), ("IT", "資訊科技部")]
_ESTATES = [
    ("Flat {f}, {n}/F, Block {b}, Mei Foo Sun Chuen, Lai Chi Kok, Kowloon", "九龍荔枝角美孚新邨第{b}期{n}樓{f}室"),
    ("Rm {n}0{b}, Wah Ming House, Wah Fu Estate, Pok Fu Lam, Hong Kong", "香港薄扶林華富邨華明樓{n}0{b}室"),
    ("{n}/F, {b}8 Fuk Wing Street, Sham Shui Po, Kowloon", "九龍深水埗福榮街{b}8號{n}樓"),
    ("Flat {f}, {n}/F, Tower {b}, City One Shatin, Sha Tin, N.T.", "新界沙田沙田第一城第{b}座{n}樓{f}室"),
]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who does not exist; of pairs the first is English, the second Chinese."""

    en: str
    zh: str
    first: str
    surname: str
    given: str
    hkid: str
    phone: str
    born: tuple[int, int, int]
    pay: int
    bank: str
    home: tuple[str, str]
    job: tuple[str, str]
    dept: tuple[str, str]
    no: str
    sex: str

    @property
    def mail(self) -> str:
        """An address of their own."""
        return f"{self.first.lower()}.{self.surname.lower().replace(' ', '')}{self.born[0] % 100}@gmail.com"

    def birthday(self, sep: str = "/") -> str:
        """Day, month and year of birth."""
        return f"{self.born[2]:02}{sep}{self.born[1]:02}{sep}{self.born[0]}"


def _hkid(rng: Random) -> str:
    body = f"{rng.choice('ABCDEGHKPRVYZM')}{rng.randrange(10**6):06}"
    return f"{body}({check_character(body)})"


def who(rng: Random) -> Who:
    """Draw one."""
    (s, sz), (g, gz), f = (rng.choice(_SURNAMES), rng.choice(_GIVEN), rng.choice(_EN))
    flat, floor, block = rng.choice("ABCDE"), rng.randint(2, 29), rng.randint(1, 9)
    english, chinese = rng.choice(_ESTATES)
    home = (english.format(f=flat, n=floor, b=block), chinese.format(f=flat, n=floor, b=block))
    return Who(
        f"{s} {g}",
        sz + gz,
        f,
        s,
        g,
        _hkid(rng),
        f"{rng.choice('5669')}{rng.randint(1000000, 9999999)}",
        (rng.randint(1962, 2003), rng.randint(1, 12), rng.randint(1, 28)),
        rng.randint(140, 690) * 100,
        f"{rng.choice(['004', '012', '024', '015'])}-{rng.randint(100, 999)}-{rng.randint(100000, 999999)}-{rng.choice(['001', '833', '292'])}",
        home,
        rng.choice(_JOBS),
        rng.choice(_DEPTS),
        f"HK{rng.randint(1000, 9999)}",
        rng.choice("MF"),
    )


def folk(rng: Random, count: int) -> list[Who]:
    """Draw several of different names."""
    found: dict[str, Who] = {}
    while len(found) < count:
        w = who(rng)
        found[w.en] = w
    return list(found.values())


def ean(rng: Random) -> str:
    """An article number of Hong Kong, with its check digit."""
    body = f"489{rng.randrange(10**9):09}"
    return body + str(-(sum(map(int, body[::2])) + 3 * sum(map(int, body[1::2]))) % 10)
