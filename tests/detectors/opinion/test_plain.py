"""Short plain sentences, which corpora hold few of: the second opinion takes hardly any of them for harmless."""

from itertools import product
from pathlib import Path

import pytest

from policies.facts import Facts
from policies.files import load
from policies.shipped import SHIPPED
from tests.whole import seconded

BOTH = seconded()
DEFAULT = load(SHIPPED["hr-default"], BOTH.find)
LATIN = (
    ("{} has {}", "{} got {}, off today", "{} is on sick leave, {}", "my colleague {} has {}"),
    ("Mary", "Ken", "Fai", "Priya", "Siu Ming"),
    ("the flu", "COVID", "dengue", "chickenpox", "shingles", "diabetes", "depression", "breast cancer", "asthma",
     "high blood pressure", "pneumonia", "HIV", "hepatitis B", "food poisoning"),
)  # fmt: skip
HAN = (
    ("{}有{}", "{}中咗{}", "{}今日唔返，{}", "{}得了{}"),
    ("阿輝", "陳小姐", "Ken", "美玲", "王强"),
    ("流感", "新冠", "登革熱", "水痘", "生蛇", "糖尿病", "抑鬱症", "乳癌", "高血壓", "哮喘", "肺炎", "中風", "愛滋病",
     "食物中毒"),
)  # fmt: skip
MOST_LOST = 0.01


@pytest.mark.parametrize("kinds", [LATIN, HAN], ids=["latin", "han"])
def test_who_is_said_to_be_ill_is_seen(kinds: tuple[tuple[str, ...], ...]) -> None:
    frames, names, illnesses = kinds
    said = [frame.format(*who) for frame, *who in product(frames, names, illnesses)]
    lost = [text for text in said if "nudge" not in DEFAULT.decide(BOTH.find(text), Facts()).effects]
    assert len(lost) <= MOST_LOST * len(said), lost


@pytest.mark.parametrize("policy", SHIPPED.values(), ids=SHIPPED)
def test_examples_of_shipped_policies_hold_with_it(policy: Path) -> None:
    load(policy, BOTH.find)
