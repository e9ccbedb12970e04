"""Who heads a Chinese clause: 王芳 in "王芳試用期不合格" is somebody for what is only ever said of people."""

import re

from detectors.recognizers.people.han import is_word
from detectors.recognizers.people.lists import lists

_HEAD = re.compile(
    r"(?:^|[\s,。:;!?、()|説話講])(?P<name>[\u4e00-\u9fff]{2,3}?)"
    r"(?:(?:今年|上年|去年|年終|年中|上月|本月|個|嗰份?|的|嘅|因[^,。\n]{1,12}|已經?|將會?|又|昨天|今日) ?){0,4}"
    r"[\s:|]{0,2}[被遭俾畀獲]?$"
)
_REACH = 28
"""Characters before a term that are read."""


def is_headed_by_name(text: str, at: int) -> bool:
    """Tell whether a surname with one or two characters, no ordinary word, heads the clause that goes on at `at`."""
    start, known = max(0, at - _REACH), lists()
    head = _HEAD.search(text[start:at])
    if not head:
        return False
    return head["name"][0] in known.han_surnames and not is_word(text, start + head.start("name"), known)
