"""Names as Hong Kong writes them."""

import pytest

from detectors.recognizers.people.person import PersonRecognizer
from tests.fakes.marked_text import expected, found, plain
from tests.whole import whole

FINDS = PersonRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "«Chan Tai Man» joined",
        "«CHAN Tai-man» joined",
        "«Tai-man Chan» and «Wong Ka Yan»",
        "«Peter Chan» told «Mary»",
        "«Peter CHAN Tai Man» is in",
        "«Au Tsz Kit, Maria» signed",
        "«Au Yeung Ka Yan» signed",
        "«lee siu ming» is out",
        "«Wu Jiaxin» crosses daily",
        "«Rita Whitfield» and «Phoebe Gurung»",
        "Ms «Chan» called, Dr «Lam Siu Fai» too",
        "Mr. «Wong» called",
        "«Leung Sir» called",
        "«Agnieszka Nowak», 91234567",
        "Annual Dinner, 91234567 seats",
        "«Ah Fai», «Sister Ying» and «Uncle Bing»",
        "«Hoi-Yan»'s desk",
        "«Kelvin»個HKID",
        "«Sammi»8月10號返",
        "«Grace» has asthma",
        "move it to May please",
        "will you sign by June",
        "Jade Garden Group and Victoria Freight",
        "driver at Tsim Sha Tsui, then Sham Shui Po",
        "mail kelvin.ho@example.com or @kelvin",
        "Don't mark it so on the way",
        "system down in Outlook and Teams",
        "«Karthik» and «Tarquin» share a desk with «Suhartini»",
        "Outcome for T. «Kwok» is known",
        "«Patrick» K. moves on Monday",
        "Captain «Mok» sails at six",
        "«Amy» Exceeds",
    ],
)
def test_names_in_latin_letters(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "«陳大文»食緊藥",
        "姓名：«黃小玲»",
        "«歐陽家豪»今日病假",
        "«陳生»、«李太»、«麥姑娘»同«曾經理»",
        "«鄧sir»話得",
        "«家豪»喺醫院",
        "«阿明»同«阿May»",
        "«肥仔權»、«權叔»、«珍姐»、«明仔»",
        "«May姐»返咗",
        "«赵组长»、«薛会计»同«何站長»",
        "«敏姑娘»同«肥Lo»",
        "«老覃»同«大陳»",
        "把«李文浩»调走",
        "安全督導員，大陸客，季度其實",
        "同事«楊千嬅»，唔該",
        "«佘詩曼»嘅檔案",
        "阿媽同阿sir",
        "周末開會，任何問題問經理",
        "黃金時段，高級文員",
        "住荃灣，喺將軍澳返工",
        "衞生署打嚟",
        "小心路滑，小姐",
    ],
)
def test_names_in_chinese_characters(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_a_name_is_looked_for_beside_other_findings_only() -> None:
    detector = whole()
    assert detector.find("Peter Chan is here") == ()
    assert {finding.type for finding in detector.find("Peter Chan, A123456(3)")} == {"PERSON", "HKID"}
