"""Made chats: invented people who say ordinary things, and now and then something that is to be cleaned up."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

_BEGAN = 1_640_995_200
"""2022-01-01 UTC, Unix seconds."""

_PLAIN = (
    "Good morning everyone", "Meeting moved to 3pm, room 5", "收到，多謝", "OK noted", "今日食咩好？", "Thanks a lot!",
    "Can somebody print the rota please?", "Lunch at 12:45?", "個會改咗做聽日", "我遲到五分鐘",
    "Please check the shared drive",
    "哈哈哈", "Invoice 20231 is paid", "Happy birthday!! 🎂", "The lift is out of order again", "下星期一放假",
    "https://example.com/rota is up to date", "see you tomorrow", "邊個攞咗個釘書機", "Approved, go ahead",
    "3 boxes arrived this morning", "開工喇", "Please welcome our new colleague", "The printer on 12/F is back",
)  # fmt: skip
_LEAKS = (
    "Her HKID is {hkid}, please update the file", "陳小姐身份證號碼 {hkid}，麻煩開個檔",
    "new joiner: Wong Siu Ming, HKID {hkid}",
    "call the candidate back on {phone}, her mobile", "佢手提電話係 {phone}，你打俾佢啦",
)  # fmt: skip
_NAMES = ("Chan Tai Man", "Amy Wong", "李小明", "Peter Lau", "陳美玲", "Joyce Ho", "Kelvin Ng", "何志強")


@dataclass(frozen=True, slots=True)
class Made:
    """One message. `leaks`: it is to be cleaned up. `person` is a number from 0, `name` what they are called."""

    number: int
    at: int
    person: int
    text: str
    leaks: bool
    edited: bool = False
    forwarded: bool = False

    @property
    def name(self) -> str:
        """What the sender is called."""
        return _NAMES[self.person % len(_NAMES)]


def messages(count: int, seed: int = 1, each: int = 20) -> Iterator[Made]:
    """Yield `count` messages, of which one in `each` leaks; some have several lines."""
    draw = random.Random(seed)  # noqa: S311 - made, not secret
    at = _BEGAN
    for number in range(1, count + 1):
        at += draw.choice((0, 0, 3, 20, 60, 600, 7200))
        leaks = draw.random() < 1 / each
        text = _leak(draw) if leaks else draw.choice(_PLAIN)
        if draw.random() < 0.1:
            text = f"{draw.choice(_PLAIN)}\n{text}"
        yield Made(number, at, draw.randrange(len(_NAMES)), text, leaks, draw.random() < 0.05, draw.random() < 0.05)


def _leak(draw: random.Random) -> str:
    return draw.choice(_LEAKS).format(hkid=_hkid(draw), phone=f"{draw.choice('569')}{draw.randrange(10**7):07}")


def _hkid(draw: random.Random) -> str:
    """A number with the check digit that belongs to it (weights 9 to 1, modulus 11, no first letter counts 36)."""
    letter, digits = draw.choice("ABCDEFGHKMPRSVYZ"), f"{draw.randrange(100_000, 1_000_000)}"
    values = [36, ord(letter) - 55, *map(int, digits)]
    rest = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True)) % 11
    check = (11 - rest) % 11
    return f"{letter}{digits}({'A' if check == 10 else check})"
