"""What people read: both languages say the same things, kindly and briefly."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from bot import wording
from bot.config import Config, Privacy, Wellbeing
from bot.wording import helplines
from detectors.types import TYPES
from policies.policy import WORDING_KEYS

PRIVACY = Privacy(operator="Example Ltd", contact="privacy@example.com")
EN, ZH = wording.sentences("en"), wording.sentences("zh")
NUDGES = sorted(key for key in EN if key.startswith("nudge."))
LONGEST = {
    "readers": {"en": "about 1,247 people can read it", "zh": "約有1,247人可以看到"},
    "kinds": {
        "en": "mainland resident ID numbers, remarks on performance and more",
        "zh": "內地居民身份證號碼、評核和其他",
    },
    "where": {"en": "in HR and payroll operations", "zh": "在「人力資源及薪酬組」"},
    "helpline": {language: helplines.spoken(language) for language in wording.LANGUAGES},
}


def slots(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def filled(language: str, text: str) -> str:
    kind = wording.kinds(language, ("CN_RESIDENT_ID",))
    return text.format(kind=kind, **{slot: longest[language] for slot, longest in LONGEST.items()})


def differences(language: str, section: str, wanted: Iterable[str]) -> list[str]:
    """Name what a section of a wording file lacks, and what it has in vain."""
    written = {key.partition(".")[2] for key in wording.sentences(language) if key.startswith(f"{section}.")}
    place = f"bot/wording/{language}.toml: [{section}]"
    missing = [f"{place} lacks {name}" for name in sorted({*wanted} - written)]
    return missing + [f"{place}: nobody says {name}" for name in sorted(written - {*wanted})]


def test_both_languages_have_the_same_sentences() -> None:
    missing = [f"bot/wording/zh.toml: {key} is missing" for key in sorted(set(EN) - set(ZH))]
    missing += [f"bot/wording/en.toml: {key} is missing" for key in sorted(set(ZH) - set(EN))]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_type_has_its_words(language: str) -> None:
    words = [type_.wording for type_ in TYPES]
    missing = [*differences(language, "kind", [*words, "other"]), *differences(language, "type", words)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("key", sorted(EN))
def test_a_sentence_has_the_same_slots_in_every_language_and_variant(key: str) -> None:
    assert len({slots(text) for text in EN[key] + ZH[key]}) == 1


@pytest.mark.parametrize("key", sorted(EN))
def test_both_languages_have_the_same_number_of_variants(key: str) -> None:
    assert len(EN[key]) == len(ZH[key]) == len(set(EN[key])) == len(set(ZH[key]))


ROOM_FOR_MORE = {"en": 17, "zh": 40}
"""Words (characters in Chinese) of "Also seen: ..." and "This goes for 12 messages."; see test_compose.py."""


@pytest.mark.parametrize("key", [key for key in NUDGES if key != "nudge.distress"])
def test_a_nudge_leaves_room_within_60_words_and_a_screen_of_chinese(key: str) -> None:
    assert max(len(filled("en", text).split()) for text in EN[key]) < 60 - ROOM_FOR_MORE["en"]
    assert max(len(filled("zh", text)) for text in ZH[key]) < 150 - ROOM_FOR_MORE["zh"]


def test_a_shipped_helpline_says_where_it_is_published_and_when_somebody_looked() -> None:
    assert helplines.shipped()
    for line in helplines.shipped():
        assert set(line) == {"number", *wording.LANGUAGES, "source", "checked"}
        assert line["source"].startswith("https://")
        assert date(2026, 11, 27) <= line["checked"] <= date.today()  # noqa: DTZ011  # a day without a place


def test_a_shipped_helpline_is_a_published_number_for_the_detector_too() -> None:
    """An asterisk there says that nobody saw it published."""
    public = (Path(__file__).parents[2] / "detectors" / "lexicons" / "public_lines.tsv").read_text("utf-8")
    for line in helplines.shipped():
        [whose] = re.findall(rf"^{line['number'].replace(' ', '')}\t(.+)$", public, re.MULTILINE)
        assert "*" not in whose


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_longest_helplines_stand_whole_in_telegrams_popup(language: str) -> None:
    own = ("1" * 44 + "#", "2" * 44 + "#")
    assert Config(privacy=PRIVACY, wellbeing=Wellbeing(helplines=own)).wellbeing.helplines == own
    for spoken in (helplines.spoken(language, own), helplines.spoken(language)):
        for text in wording.sentences(language)["nudge.distress"]:
            assert len(text.split("{helpline}")[0]) + len(spoken) <= 200


def test_a_word_in_distress_is_under_60_words() -> None:
    assert max(len(filled("en", text).split()) for text in EN["nudge.distress"]) < 60


@pytest.mark.parametrize("key", NUDGES)
def test_a_nudge_says_where_and_who_can_read_it(key: str) -> None:
    assert {"where", "readers"} <= slots(EN[key][0])


@pytest.mark.parametrize("key", sorted(EN))
def test_a_sentence_blames_and_threatens_nobody(key: str) -> None:
    harsh = re.compile(
        r"violat|breach|illegal|offen[cs]e|must not|forbidden|warning|違規|違法|罪|警告你|嚴禁", re.IGNORECASE
    )
    # What the law may say of doxxing is told because it is true and few know it; "may", so nobody is blamed.
    # The command's name is what the law calls what an admin has to deal with.
    told = ("may be an offence under section 64", "{slash}breach", "thinktwice breach")
    texts = [re.sub("|".join(map(re.escape, told)), "", text) for text in EN[key] + ZH[key]]
    assert [text for text in texts if harsh.search(text)] == []


def test_every_sentence_that_a_policy_can_pick_is_here() -> None:
    missing = differences("en", "nudge", WORDING_KEYS)
    assert not missing, "\n".join(missing)


def test_a_notice_is_never_called_consent() -> None:
    assert [text for texts in EN.values() for text in texts if "consent" in text.lower()] == []


def test_hong_kong_chinese_has_no_simplified_characters() -> None:
    simplified = re.compile("[个这说为码号请让会谢发电话图间时删]")
    assert [text for texts in ZH.values() for text in texts if simplified.search(text)] == []


def test_the_seed_rotates_the_wording_and_stays_the_same_for_one_incident() -> None:
    said = [wording.say("en", "nudge.hkid", f"incident{n}", where="there", readers="all") for n in range(40)]
    again = [wording.say("en", "nudge.hkid", f"incident{n}", where="there", readers="all") for n in range(40)]
    assert said == again
    assert len(set(said)) == len(EN["nudge.hkid"])


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "about 1 person can read it"), (2, "about 2 people can read it"), (1200, "about 1,200 people can read it")],
)
def test_a_count_brings_the_right_word(count: int, said: str) -> None:
    assert wording.say("en", "phrase.readers", count=count) == said


def test_a_slot_cannot_reach_into_what_fills_it() -> None:
    with pytest.raises(KeyError):
        wording._SLOTS.vformat("{name.__class__}", (), {"name": "x"})


@pytest.mark.parametrize(
    ("types", "en", "zh"),
    [
        ((), "", ""),
        (("HKID",), "a Hong Kong ID card number", "香港身份證號碼"),
        (("HKID", "SALARY"), "a Hong Kong ID card number and pay details", "香港身份證號碼和薪酬資料"),
        (
            ("HKID", "SALARY", "UNHEARD_OF"),
            "a Hong Kong ID card number, pay details and personal data",
            "香港身份證號碼、薪酬資料和個人資料",
        ),
    ],
)
def test_types_are_named_as_people_name_them(types: tuple[str, ...], en: str, zh: str) -> None:
    assert (wording.kinds("en", types), wording.kinds("zh", types)) == (en, zh)


@pytest.mark.parametrize(
    ("codes", "language"),
    [
        (("zh-hant",), "zh"),
        (("zh_HK",), "zh"),
        (("yue",), "zh"),
        (("ZH",), "zh"),
        (("", "zh"), "zh"),
        (("en-GB",), "en"),
        (("fr",), "en"),
        (("en", "zh"), "en"),
        ((), "en"),
    ],
)
def test_the_first_language_code_that_says_something_decides(codes: tuple[str, ...], language: str) -> None:
    assert wording.language_of(*codes) == language


POPUPS = [key for key in EN if key.startswith("press.") and "{" not in EN[key][0]]


@pytest.mark.parametrize("key", POPUPS)
def test_what_a_press_answers_fits_into_telegrams_popup(key: str) -> None:
    """200 characters: https://core.telegram.org/bots/api#answercallbackquery."""
    assert max(len(text) for text in EN[key] + ZH[key]) <= 200


def test_no_sentence_lies_idle() -> None:
    """Every key is named in the code, whole or by its section: `f"reason.{code}"`."""
    code = "\n".join(path.read_text("utf-8") for path in (Path(__file__).parents[2] / "bot").rglob("*.py"))
    sections = set(re.findall(r'f"([a-z]+)\.\{', code)) | set(re.findall(r'"(type|severity|state|press)"', code))
    idle = [key for key in EN if f'"{key}"' not in code and key.partition(".")[0] not in sections]
    assert [key for key in idle if not key.startswith("mydata.reach_")] == []
