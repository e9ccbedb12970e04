"""Pay that leaves out the thousand: "Jasmine is on 28 now", "Ivan asks for 45", 攞緊廿二個, 上份工廿六, from 18 to 21.

Two digits count everything else, too, so they are pay only in a frame that leaves little else to think of, at its end
(a noun behind it is what is counted), with somebody in the sentence and, for most frames, with talk of pay in the text.
"""

import re
from collections.abc import Iterator

from detectors.recognizers.recognizer import Scan
from detectors.recognizers.salary.amount import HAN
from detectors.recognizers.salary.whom import is_anybody
from detectors.text.normalise import fold_han
from detectors.text.window import Places

_ON = (" is", "'s", " am", "'m", " im", " was", " still", " now", " both", " only")
_DOING = ("攞緊", "拎緊", "搵緊", "收緊")
_SAID = ("getting", "asks for", "went from", "goes from", "bumped from", "starting at", "started at")
GATE = (
    *(f"{word} on {digit}" for word in _ON for digit in "123456789"),
    *(f" {word} {digit}" for word in _SAID for digit in "123456789"),
    *(f"{word}{first}" for word in _DOING for first in fold_han("十廿卅二三四五1234567")),
    *(f"{word}{first}" for word in "攞拎搵" for first in fold_han("廿卅")),
    *(f", me {digit}" for digit in "123456789"),
    *(" to stay", "先肯"),
)
"""What alone opens the gate."""
_NUMBER = r"(?:[1-9][0-9](?:\.[0-9])?)"
_HAN_NUMBER = rf"(?:[1-9][0-9](?:\.[0-9])?|[二三四五六七八九]?十[{HAN}]?|[廿卅][{HAN}]?)"
_END = (
    r"(?=[.,!?;)/]*(?:$|[\n)，。]|[.,!?;/]+ )"
    r"| (?:now|already|after|since|plus|base|basic|all[ -]in|at the|and|but|la|lah|too|there|before|only|flat|gross|net"
    r"|to (?:stay|move|join|come|leave|start)|this year|while|with|when"
    r"|from (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?![a-z]))"
)
"""What may stand behind the number: no noun that it could count."""
_HAN_END = (
    r"(?:個|皮|k)?(?=[ ]?(?:$|[\n,。!?;、)]|先|都|啦|喇|囉|咋|之嘛|一個月|㗎|未|蚊?底|走|留|我|佢|呢|俾|畀|但|係))"
)
_ASKED = (
    r"ask(?:s|ed|ing)?(?: for)?|wants?|wanted|expect(?:s|ed|ing)|offer(?:ed|ing)?|counter(?:ed)?(?: at| with)?"
    r"|match(?: maybe| at)?|(?:bumped|bumped up|raised|moved) to|makes|making|earns?|earning|getting|gets|takes home"
    r"|gave (?:him|her|[a-z]{3,10})|start(?:s|ed|ing) (?:at|on)|stuck (?:at|on)|we said|(?:is|was|'s|still|now) at"
    r"|(?:im|i'm|i am|me|mine)(?: is| still| only| just)"
)
_ON_BARE = re.compile(
    r"(?:(?<![a-z])(?:is|am|was|im|still|now|both|only)|'s|'m) (?:on|(?:only |just )?getting) (?:about |only )?"
    rf"(?P<pay>{_NUMBER}){_END}"
)
_ASKS = re.compile(rf"(?<![a-z])(?:{_ASKED}) (?:about |only |just |maybe |around )?(?P<pay>{_NUMBER}){_END}")
_MOVES = re.compile(rf"(?<![a-z])(?:from )?(?P<pay>{_NUMBER}) ?(?:to|->|→|=>) ?(?P<then>{_NUMBER}){_END}")
_HAN_DOING = re.compile(
    fold_han(rf"(?:{'|'.join(_DOING)}|[攞拎搵](?=[廿卅]))(?:成|近)?[ ]?(?P<pay>{_HAN_NUMBER}){_HAN_END}")
)
_HAN_ASKS = re.compile(
    fold_han(
        rf"(?:[攞拎要開出得俾畀](?:到|咗|返)?|[加升調]到|上份工|呢[份度]|份工|人工|底薪|月薪|月入|[個佢我]底)(?:要|就|係|得|有|先|淨係|都係)*"
        rf"[ ]?(?P<pay>{_HAN_NUMBER}){_HAN_END}"
    )
)
_LATIN_HINT = re.compile(rf"[1-9](?<![0-9].)[0-9](?:\.[0-9])?{_END}")
_HAN_HINT = re.compile(
    fold_han(rf"[1-9二三四五六七八九十廿卅](?:(?<=[1-9])[0-9](?:\.[0-9])?|(?<=[^1-9])十?[{HAN}]?){_HAN_END}")
)
"""What the frames end with: most texts with amounts have no number that stands so."""
_TALK = re.compile(
    fold_han(
        r"(?<![a-z])(?:salary|pay|paid|increment|raise|package|offer|counter|base|bonus|to stay|candidate"
        r"|asks?|asking|exp|comp|resign(?:ed|s)?|same title|audit|probation)(?![a-z])"
        r"|人工|份糧|上份工|底薪|轉工|跳槽|見工|加薪|月薪|肯過嚟|挖角"
    )
)
"""What makes a text one about pay, where the frame alone does not."""
_COUNTED = re.compile(
    fold_han(
        r"(?<![a-z])(?:score|headcount|marks?|age|aged|weight|kg|floor|room|desk|table|price|rent|bus|page|gate|temp"
        r"|degrees|people|pax|boxes|copies|tickets?|line|bpm|level|size|quiz|exam|followers?|stock)(?![a-z])|溫度|[歲樓碼號]"
    )
)
_READ = 8_000
"""Characters of a text that are read."""
_MOST = 40
"""Places of one text that are read."""


def bare(scan: Scan, places: Places) -> Iterator[tuple[int, int]]:
    """Yield where pay stands that leaves out the thousand."""
    lower = scan.lower
    latin, han = _LATIN_HINT.search(lower, 0, _READ), _HAN_HINT.search(lower, 0, _READ)
    if not (latin or han):
        return
    talk = bool(_TALK.search(lower))
    told = talk or " from " in lower
    in_latin = (_ON_BARE, *((_ASKS, _MOVES) if told else ())) if latin else ()
    in_han = (_HAN_DOING, *((_HAN_ASKS,) if told else ())) if han else ()
    for frame in (*in_latin, *in_han):
        for number, found in enumerate(frame.finditer(lower, 0, _READ)):
            if number >= _MOST:
                break
            start, end = found.span("pay")
            if frame is _MOVES and not _goes_up(found, talk=talk):
                continue
            if (frame is _ASKS or frame is _HAN_ASKS) and not talk:
                continue
            at = found.start()
            if not _is_counted(scan, places, at, found.end()) and _is_of_somebody(scan, at, end):
                yield start, end
                if frame is _MOVES:
                    yield found.span("then")


def _goes_up(found: re.Match[str], *, talk: bool) -> bool:
    first, then = float(found["pay"]), float(found["then"])
    said = found.group().startswith("from") or talk
    return said and first <= then <= 1.7 * first


def _is_of_somebody(scan: Scan, start: int, end: int) -> bool:
    first, _ = scan.sentences.around(start, end)
    return is_anybody(scan, max(first, start - 60), end)


def _is_counted(scan: Scan, places: Places, start: int, end: int) -> bool:
    """Tell whether the number counts something else, or is what a post or a thing costs."""
    near = (*places.kinds_before(start, 34), *places.kinds_after(end, 20))
    return not {"money", "post", "count"}.isdisjoint(near) or bool(
        _COUNTED.search(scan.lower, max(0, start - 24), end + 12)
    )
