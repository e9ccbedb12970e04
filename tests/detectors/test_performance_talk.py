"""Appraisal, warnings, discipline and dismissal of a person, and not the process, the weather or the fried rice."""

import re

import pytest

from detectors.lexicons import rows
from detectors.recognizers.performance_talk import PerformanceTalkRecognizer
from detectors.text.normalise import fold
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = PerformanceTalkRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "Kelvin got a «final warning» yesterday",
        "we «fired him» on Monday",
        "Mary «was let go» today",
        "they are «letting Mary go»",
        "please «fire» Peter before the audit",
        "his «performance is poor»",
        "she «failed her probation»",
        "Peter is «on a PIP» until June",
        "Peter尋日收咗«warning letter»",
        "阿明«收咗警告信»",
        "佢«俾公司炒咗»",
        "老闆下個月«炒»阿明",
        "陳大文«過唔到試用期»",
        "佢«表現差»",
        "公司決定«即時解僱»陳大文",
        "Mandy will «not be confirmed after probation»",
        "Tony is «up for redundancy»",
        "Can someone send me the warning letter template?",
        "rainstorm warning is up",
        "the process was terminated",
        "今晚食炒飯",
        "佢炒股票賺咗好多",
        "佢投訴冷氣太凍",
        "Mary please suspend the ad until Monday",
        "please let him go first",
        "Peter, warning lights on the van are on",
        "He has two «verbal warnings» already",
        "佢俾人«降級»做文員",
        "黃色暴雨警告，大家小心",
        "考績表記得月尾前交俾HR",
        "新聞話某銀行裁員五百人",
        "that curry fired me up",
        "Peter can you check the appraisal form?",
        "help me terminate my line",
        "fair warning, I'm terrible at this",
        "Mid-year results: Kwan «exceeds», Ann «needs improvement», Bob «3/5»",
        "周老師今次«觀課得D»，下學期再睇",
        "小鄭«試用期延長三個月»，佢組長今晚講",
        "老马因为倒卖封条«被开除»",
        "张伟«试用期不合格»，下周办手续",
        "李雷«绩效C»，下周谈",
        "陳大文俾公司«优化掉»",
        "Kelvin «did not pass probation», last day Friday",
        "Employee: Chan Tai Man\nResult: «probation not confirmed»",
        "we are «letting Ivan Sze go» on Friday",
        "Ken is on «mutual separation» from June",
        "she was «passed over for promotion» again",
        "Damien was «summarily dismissed» at four",
        "炳叔«考核係唔合格»，連續兩季",
        "阿標«由今日起唔使返工»",
        "Yuni «di-interminit» majikannya, she is in a shelter",
        "outstanding invoices at year end: see the list from Ann",
        "my tomato plants have received a final written warning",
        "公司手則：遲到三次出警告信，五次炒，人人一樣",
        "再唔洗杯我出warning letter畀成個茶水間😡",
        "阿妹今日唔使返學，你同佢講",
        "the meeting was solid, Ann",
        "阿Wing 走咗數，下次就 «terminate»",
        "Osbert 再遲到就«fire»",
        "阿權下星期就«炒»，你唔好講",
        "老細決定«炒»人，係阿珊嗰組",
        "吳師傅打架，即場«停工三日»",
        "小蔡«沒轉正»，月底走",
        "佢«試用期加多兩個月»，自己都知",
        "公司話肥仔強«做到月尾»就停",
        "阿玲俾老細«叫佢走»，喊到停唔到",
        "阿珍份檢討攞«D級»，佢唔服",
        "佢今年評核攞«2分»",
        "我今年年尾檢討得個«C»",
        "個倉務員«收咗大過»",
        "周文«被記申誡一次»",
        "阿榮«交唔到數»，上面唔滿意",
        "Leopold is «not being kept on» after March",
        "we will «part ways with» Fiona",
        "she was «docked two days» for lateness",
        "Brenda has «the lowest rating» on the floor",
        "he's «under investigation» over the float",
        "his «overall rating is 2» this year",
        "Winston was forced to «step down»",
        "Tuti «dipecat» kemarin, dia nangis",
        "«na-terminate» si Liza kahapon",
        "叫佢走快兩步，就趕到巴士",
        "你叫佢走先，我等埋阿May",
        "優化咗兩個頁面，載入快咗",
        "停薪留職點樣申請？",
        "就算炒樓蝕晒都冇所謂",
        "Peter, the cut was loose",
        "issue wexcombe a «written warning» today",
        "quorla «failed probation», seat is free",
        "«not renewing» zelphine, worst quarter of all",
        "豆苗仔«被辭退了»，昨天走的",
        "小雪糕成日遲到，出«warning»俾佢簽",
        "佢«態度有問題»，講咗三次",
        "my year-end is «partially meets», again",
        "«kena warning» lagi si Dewi",
        "we «give Ho Yin the boot» on Friday",
        "not renewing the lease, rent too high",
        "Kenji is «not meeting KPI» three months straight",
        "阿祥打交，公司話«停佢三日工»",
        "she «m gwo probation», don't tell",
        "考核結果出咗：小麥今次只得 «C檔»，阿鹿 «B+檔»",
        "蝦仔成日遲到，經理話«做到月底»就執包袱",
        "office tell him «no need come» from Monday",
        "KM «let go» this am, kill the logins",
        "the line was terminated today",
        "冇人被裁，大家放心",
    ],
)
def test_what_is_said_of_a_person_is_found(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_what_one_says_of_oneself_is_marked() -> None:
    assert traits(FINDS, "I just got terminated") == {"own"}
    assert traits(FINDS, "Peter just got terminated") == set()


def test_every_anchor_and_pattern_is_usable() -> None:
    terms = list(rows("performance_terms.tsv", "grade", "anchor", "pattern"))
    assert {grade for grade, _, _ in terms} == {"shape", "clear", "mark", "result", "vague", "acts"}
    for _, anchor, pattern in terms:
        assert anchor == anchor.lower(), anchor
        assert all(map(fold, anchor.split("|"))), pattern
        re.compile(pattern)


@pytest.mark.parametrize(
    "marked",
    [
        "佢今年review得«Developing»，冇花紅",
        "阿明考績拿«丙»，自己講的",
        "小陳今年考績«乙等»",
        "年度考核 戚伟 «不称职»",
        "我«转正没过»，到月底走",
        "前台阿May«過唔到試用期»",
        "Was it true they «let go of» Ray?",
        "they «let Poppy go» this morning",
        "Dan's been «made redundant»",
        "Kwame's been «put on gardening leave»",
        "Ling is being «managed out»",
        "Sam's on his «final warning»",
        "Kit is on a «last chance agreement»",
        "her «numbers were poor», no bonus for her",
        "his «performance has been dire» since May",
        "Ivy «underperforms», we'll talk to her Friday",
        "our driver Tek got «second warning», next one Ms Cheung will end contract",
        "阿Ken下個月«俾人炒»",
        "阿詩«升唔到»senior，喊咗成晚",
        "佢«唔獲續約»，做到月尾",
        "他被«通报批评»",
        "新来的实习生«被劝退»了",
        "陈晨«不胜任»，HR在走流程",
        "領班被«記大過»一支",
        "業務阿哲«不適任»，下週面談",
        "a Ming «bei yan chaau» jor",
        "Coco ge appraisal dak «D» ja",
        "boss bei ngo review «D», wa ngo m siu",
        "keoi sik jor «warning letter»",
        "各部門注意：嚴重違規者會解除勞動合同",
        "我煮嘢俾啲仔女評核不合格",
        "公司有權即時解僱無故缺勤者",
        "the appraisal form is due on Friday",
        "供應商考核不合格，停權處理",
    ],
)
def test_verdicts_and_dismissals_of_the_three_places(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)
