"""`HK_ADDRESS`: where somebody lives: a unit, floor, block or house number together with what it is in.

Parts that stand side by side make one address. A district, an estate or a floor alone is none; a house number in a
street needs a word for living there. An office's address has the trait `business`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from detectors.gate import NUMBER
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.normalise import fold_han
from detectors.text.window import Cues, Places

_STREETS = "road|rd|street|st|avenue|ave|lane|(?:path|drive)(?=,)|crescent|terrace|praya"
_VILLAGES = "village|tsuen"
_BUILT = (
    "house|court|mansions?|building|bldg|estate|gardens?|villas?|towers?|centre|plaza|heights?|park|city|residences?"
    "|lodge|apartments|place|tsuen|chuen|village|shing|square"
)
_WORDS = r"(?:[a-z'\-]{2,15} ){1,3}?"
_HOUSE = r"[0-9]{1,4}[a-z]?(?:-[0-9]{1,4}[a-z]?)?,? "
_ENGLISH = re.compile(
    r"(?<![a-z0-9])(?:"
    r"(?P<unit>(?:flat|flt|room|rm|unit|apt|apartment|suite|duplex)[. ]{0,2}(?:[0-9]{1,4}[a-z]?|[a-z][0-9]{0,3})"
    r"(?![a-z0-9]))"
    r"|(?P<floor>(?:[0-9]{1,3}|[gmlub]{1,2}) ?/ ?f(?![a-z0-9])|[0-9]{1,3}(?:st|nd|rd|th) floor|[0-9]{1,3}f(?![a-z0-9]))"
    rf"|(?P<corner>[0-9]{{1,2}}[a-h](?=,? {_WORDS}(?:{_BUILT})(?![a-z])|, (?:tower|block|blk) ?[0-9]))"
    r"|(?P<block>(?:block|blk|tower|phase|house)[. ]{0,2}(?:[0-9]{1,2}[a-z]?|[a-z])(?![a-z0-9]))"
    rf"|(?P<street>{_HOUSE}{_WORDS}(?:{_STREETS})(?![a-z]))"
    rf"|(?P<village>{_HOUSE}{_WORDS}(?:{_VILLAGES})(?![a-z]))"
    rf"|(?P<numbered>{_WORDS}(?:house|court|mansion|building) (?:rm |room )?[0-9]{{3,4}}(?![0-9a-z/:]))"
    rf"|(?P<building>{_WORDS}(?:{_BUILT})(?![a-z]| [0-9])(?<![rsy] place))"
    r")"
)
"""A corner is a flat without the word (7C), a village one whose houses have numbers, numbered a building and a flat."""
_HAN = "零一二三四五六七八九十廿"
_NUMBER = rf"(?:[0-9]{{1,4}}|[{_HAN}]{{1,4}})"
_SIDE = "[東南西北中高低]座"
_GROUND = "(?:地下|地庫|後座|前座|閣樓|天臺|g/f)"
_OPENS = rf"(?:第?{_NUMBER} ?(?:期|座|幢|棟|號樓|號|字?樓|弄|巷)|[0-9]{{1,4}}[a-z]號|[a-z]座)"
_PART = (
    rf"(?:第?{_NUMBER} ?(?:期|座|幢|棟|號樓|號|字?樓|層|室|伙|房|弄|單元)|[a-z]座|{_SIDE}|[a-z]?{_GROUND}"
    r"|單元[0-9]{3,4}|之[0-9]{1,2}"
    r"|(?:[0-9]{1,3}[a-z]|[a-z][0-9]{0,3}|[0-9]{1,4})(?:號?室|單位|(?![a-z0-9]|[ \-][0-9]{4})))"
)
_CHINESE = re.compile(
    fold_han(
        rf"(?=[樓閣苑廈屋軒居臺第 0-9{_HAN}]|[a-z]座)(?:"
        rf"(?P<named>[樓閣苑廈屋軒居臺])[ ,]?(?:{_SIDE})?(?:{_NUMBER} ?號?室|[0-9]{{1,2}}[a-z](?![a-z0-9]))"
        r"|(?P<bare>[樓閣苑廈])[ ,]?[0-9]{3,4}(?![0-9年月號樓座])"
        rf"|(?P<parts>{_OPENS}(?:[ ,]{{0,2}}{_PART}){{1,6}}(?![枱檯桌]))"
        rf"|(?P<house>(?<=[村鄉圍])[ ]?(?:[0-9]{{1,4}}[a-z]?|[{_HAN}]{{1,4}})號(?:[a-z](?![a-z0-9]))?"
        rf"(?:[ ,]{{0,2}}(?:{_NUMBER}樓|{_GROUND}))?)(?![巴線車樓]))"
    )
)
"""A house stands in a village: nothing but its number is needed."""
_NAME_BEFORE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,11}(?:[邨村苑街道園城區] |[路街道里](?:[0-9]{1,4}|[一二三四五六七八九十])[號段] ?))?"
    r"[\u4e00-\u9fff]{2,14}[ ,]?$"
)
_ESTATE = re.compile(r"[邨村苑園莊城][\u4e00-\u9fff]{1,4}$")
"""An estate and the name of a house in it, but for its last character: a number behind that is a flat."""
_BLOCKS = re.compile(r"[邨村苑園莊城島灣][ ,]?$")
"""An estate whose houses have numbers."""
_VILLAGE = re.compile(r"[村鄉圍][ ,]?$")
_GROUND_LAST = re.compile(rf"{_GROUND}$")
_FLAT_LAST = re.compile(r"[座期號樓棟][ ,]?[0-9]{1,3}[a-z]|樓[ ,]?(?:[0-9]{3}|[a-z])$|(?:單元|[棟幢]|號樓)[0-9]{3,4}$")
_NUMBER_LAST = re.compile(r"[號座][ ,]?[0-9]{3,4}$")
"""What numbers behind the name of a place end with where somebody lives there."""
_STREET = re.compile(r"[路街道巷里弄邨村園]$")
_CLEAR = re.compile(r".*[住去到喺係在址企寄送搬返話]")
_JOINT = re.compile(r"[ ,\-\n]{0,3}(?:no\.? ?)?$")
_DATE_WORD = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?"
    r"|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_NAME_AFTER = re.compile(rf"(?:, ?(?!{_DATE_WORD})[A-Z][\w'\-]*(?: (?![0-9]{{4}})[A-Z0-9][\w'\-]*){{0,3}}){{1,8}}")
_FIRM = re.compile(r"(?:[a-z)] (?:ltd|limited|llp)|有限公司)[.,:;\s]{1,3}\Z")
"""A firm's full name, with nothing between it and its address."""
_AT_HOME = frozenset({"street", "bare", "village", "house", "ground", "numbered"})
"""Kinds that a word for living there makes a home."""
_WORKS = re.compile(
    fold_han(
        r"(?:工業|工貿|商業|貿易|企業|科技|創新|金融)(?:中心|大廈|大樓|廣場|園)|工廈|商廈|寫字樓|辦公大樓|[0-9a-z]舖"
    )
    + r"|(?:industrial|commercial|trade|trading|business|technology|logistics|finance) "
    r"(?:building|bldg|centre|center|plaza|park|tower)"
)
"""What people only work in: a building's own name says more than the words before it ("deliver to", 地址)."""
_BEFORE, _AFTER, _BESIDE, _JOINED, _NAMED = 40, 24, 0, 6, 4


@dataclass(slots=True)
class _Group:
    start: int
    end: int
    kinds: set[str]


class HkAddressRecognizer(ChatRecognizer):
    """Finds home addresses in English and Chinese."""

    entity = "HK_ADDRESS"
    gate_first = NUMBER
    gate_pattern = (
        r"[期座幢棟號樓弄巷閣苑廈屋軒居臺村鄉圍/]"
        rf"(?:(?<=[期座幢棟號樓弄巷])(?:(?<=[0-9a-z{_HAN}].)|(?<=[0-9{_HAN}] .)"
        rf"|(?<=[0-9{_HAN}]字樓)|(?<=[0-9{_HAN}] 字樓)"
        r"|(?<=[0-9]號樓))"
        rf"[ ,]{{0,2}}(?:第?[0-9a-z{_HAN}]|地下|地庫|後座|前座)"
        rf"|(?<=[村鄉圍]) ?[0-9{_HAN}]{{1,4}}[a-z]?號"
        r"|(?<=[樓閣苑廈屋軒居臺])[ ,]?(?:[0-9]{1,2} ?號?室|[0-9]{1,2}[a-z]|[0-9]{3}"
        rf"|[{_HAN}]{{1,4}} ?號?室)"
        r"|(?:(?<=[0-9]/)|(?<=[0-9] /)) ?f(?:[,.]| (?:block|blk|tower|phase|flat|[0-9])))"
    )
    gate_literals = (
        *(
            "flat",
            "flt ",
            "apt ",
            "apartment",
            "block",
            "blk",
            "tower",
            "phase",
            "road",
            "street",
            "avenue",
            "crescent",
        ),
        *(" rd", " st,", " st.", " st ", " ave", "lane", "path,", "drive,", "terrace", "praya", "座"),
        *(" house", "house ", " court", "mansion", "estate", "garden", " village", " tsuen"),
    )
    examples = (
        "I live at «Flat B, 12/F, Block 3, Sunny Garden»",
        "she lives at «88 Castle Peak Road»",
        "屋企地址係«沙田第一城5座12樓A室»，聽日收貨",
        "住址 «長沙灣金華大廈1203»",
        "«元朗朗屏邨玉屏樓1203»個客話未收到",
        "佢住«大角咀道86號金喜大樓12樓F»",
        "«葵盛西邨 第八座 六零九室»",
        "our office: «Room 5, Lok Sin House, 28 Waterloo Road»",
        "Bill to: Sunrise Trading (HK) Ltd, «12/F, 88 Hung To Road, Kwun Tong»",
        "地址例如 «新界元朗朗屏邨玉屏樓1203室»",
        "home: «7C, Hoi Kung Mansion, 22 Man Cheong Street»",
        "her home address: «G/F, 45 Tai Hang Village, Tai Po»",
        "home: «Shek Yam Estate Wing Shek House 1108»",
        "阿珍住«大埔林村新村12號»",
        "佢屋企：«元朗錦田錦上路66號地下»",
        "meet at Sha Tin station at 7",
        "meet at 88 Castle Peak Road",
        "我哋去5樓開會",
    )

    def load(self) -> None:
        """Read the words near addresses."""
        self._cues = Cues.read("address_words.tsv")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each group of parts that makes an address."""
        for group in chain(_english(scan), _chinese(scan.lower)):
            places = scan.places(self._cues)
            before = places.kinds_before(group.start, _BEFORE)
            around = {*before, *places.kinds_after(group.start, group.end - group.start + _AFTER)}
            score = _score(group.kinds, home="home" in around or "own" in around)
            if score:
                traits = {"own"} & around
                if "sample" in around and not _is_somebodys(scan, places, group.start):
                    traits |= {"sample"}
                beside = places.kinds_after(group.end, _BESIDE)
                if _is_firms(scan.lower, group) or ("office" in around and _is_office(before, beside)):
                    traits |= {"business"}
                canonical = re.sub(r"[^a-z0-9\u4e00-\u9fff]", "", scan.lower[group.start : group.end])
                evidence = (*sorted(group.kinds), *(("context_word",) if "home" in around else ()))
                yield Match(group.start, group.end, score, canonical, frozenset(traits), evidence)


def _is_somebodys(scan: Scan, places: Places, start: int) -> bool:
    """Tell whether somebody is named behind the word that makes an example: "the sample box goes to Tiff: Flat ..."."""
    word = next((end for kind, _, end in places.before(start, _BEFORE) if kind == "sample"), start)
    return scan.names.anybody(word, start)


def _is_firms(lower: str, group: _Group) -> bool:
    """Tell whether a firm's name stands before the address, or one of a building where nobody lives in it."""
    return bool(
        _FIRM.search(lower, max(0, group.start - _BEFORE), group.start)
        or _WORKS.search(lower, max(0, group.start - _NAMED), group.end + _NAMED)
    )


def _is_office(before: list[str], beside: list[str]) -> bool:
    """Tell by the nearest word, or one right behind the address, that nobody lives there ("deliver to shop:")."""
    nearest = next((kind for kind in before if kind != "sample"), "")
    return "office" in beside or nearest == "office" or not {"home", "own"} & set(before)


def _score(kinds: set[str], *, home: bool) -> float:
    if "parts" in kinds or "named" in kinds:
        return 0.9
    inside, outside = (
        kinds & {"unit", "floor", "corner", "numbered"},
        kinds & {"block", "street", "building", "village"},
    )
    if inside and outside and (home or not kinds <= {"floor", "corner", "numbered", "building", "block"}):
        return 0.92
    if len(kinds) > 1 and outside >= {"block", "building"}:
        return 0.75
    if "village" in kinds and len(kinds) > 1:
        return 0.75
    return 0.6 if home and (not kinds.isdisjoint(_AT_HOME) or kinds == {"unit", "floor"}) else 0.0


def _english(scan: Scan) -> Iterator[_Group]:
    """Join the English parts that stand side by side, and the names of places behind them."""
    group: _Group | None = None
    for part in _ENGLISH.finditer(scan.lower):
        kind = str(part.lastgroup)
        if group and part.start() - group.end <= _JOINED and _JOINT.fullmatch(scan.lower, group.end, part.start()):
            group.end = part.end()
            group.kinds.add(kind)
            continue
        if group:
            yield _stretched(scan.text, group)
        group = _Group(part.start(), part.end(), {kind})
    if group:
        yield _stretched(scan.text, group)


def _stretched(text: str, group: _Group) -> _Group:
    """Take the capitalised words after the last part into the group: building, estate, district."""
    name = _NAME_AFTER.match(text, group.end)
    if name and group.kinds & {"unit", "floor", "block", "corner"}:
        group.end = name.end()
        group.kinds.add("building")
    return group


def _chinese(lower: str) -> Iterator[_Group]:
    """Yield the Chinese ones: the name of a building with a room, or several numbers behind the name of a place."""
    for core in _CHINESE.finditer(lower):
        kind = str(core.lastgroup)
        name = _NAME_BEFORE.search(lower, max(0, core.start() - 27), core.start())
        if kind == "parts" and not _is_address(core.group(), name.group() if name else ""):
            if not (name and _is_ground(core.group())):
                continue
            kind = "named" if _VILLAGE.search(name.group()) else "ground"
        if kind == "bare" and name and _ESTATE.search(name.group()):
            kind = "named"
        start = name.start() + _skip(name.group()) if name else core.start()
        if start < core.start():
            yield _Group(start, core.end(), {kind})


def _skip(name: str) -> int:
    """Return how many characters before the name of a place belong to the sentence ("佢住", "地址係")."""
    sentence = _CLEAR.match(name)
    return sentence.end() if sentence else 0


def _is_ground(core: str) -> bool:
    """Tell whether the numbers end on the ground floor: a shop's, unless somebody lives there."""
    return bool(_GROUND_LAST.search(core)) and "號" in core


def _is_address(core: str, name: str) -> bool:
    """Tell whether numbers behind the name of a place are where somebody lives: a date has its numbers, too."""
    signs = [sign for sign in "期弄巷座幢棟號樓層室伙房" if sign in core]
    if len(signs) > 1 and signs[-1] in "號樓層室伙房":
        return True
    if _FLAT_LAST.search(core):
        return True
    if not _NUMBER_LAST.search(core):
        return False
    if "號" in core:
        return bool(_STREET.search(name))
    return bool(_BLOCKS.search(name) or _ESTATE.search(name.rstrip(" ,")[:-1]))
