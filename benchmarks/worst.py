"""The worst messages: what somebody could send to stall the bot, at Telegram's and at Slack's limit of length."""

import time
from collections.abc import Callable, Iterable
from typing import Any

SIZES = (4096, 40000)
"""Characters: Telegram's limit for a message, and Slack's."""

PIECES = {
    "one letter": "a",
    "exclamation marks": "!",
    "open brackets": "(",
    "full stops, Chinese": "。",
    "dotted": "a.a.",
    "spaced digits": "1 ",
    "spaced digits, many kinds": "1-2 3.4/",
    "digits": "9",
    "zeros and letters O": "O0",
    "phone numbers": "91234567 ",
    "phone numbers, no blank": "91234567",
    "country codes": "+852 ",
    "identity numbers": "A123456(3) ",
    "identity numbers, glued": "A123456(3)",
    "identity numbers, spaced out": "A 1 2 3 4 5 6 ( 3 ) ",
    "identity numbers, wrong digit": "A123456(4)",
    "capital letters": "AB",
    "addresses, endless": "a@b.",
    "addresses": "chan@example.com ",
    "at signs": "@",
    "cards": "4111 1111 1111 1111 ",
    "medical words": "cancer ",
    "medical words, Chinese": "佢有糖尿病",
    "medical words, glued": "癌",
    "names": "Chan Tai Man ",
    "names, Chinese": "陳大文",
    "salaries": "人工$35,000",
    "addresses of homes": "沙田第一城5座12樓A室",
    "full-width": "Ａ１２３４５６（３）",
    "compatibility signs": "㋿",
    "one sign, many letters": "ﷺ",
    "zero-width": "1\u200b",
    "zero-width only": "\u200b",
    "soft hyphens": "9\u00ad",
    "combining marks": "e\u0301",
    "Turkish capital": "İ",
    "markup": "<tel:+85291234567|9123 4567> ",
    "markup, open": "<",
    "entities": "&amp;",
    "blank lines": "\n",
    "Chinese": "今日開會",
    "Chinese digits": "九一二三四五六七",
    "emoji": "😀",
    "dates": "12/03/1985 ",
    "a roster": "陳大文\t91234567\tA123456(3)\tHK$35,000\n",
}
"""Repeated up to the size."""


def measure(
    find: Callable[[str], object], scan: Callable[[str], object], sizes: Iterable[int] = SIZES
) -> dict[str, Any]:
    """Return by size the milliseconds of every hostile text, and the worst; `scan` is to normalise and scan once."""
    result: dict[str, Any] = {}
    for size in sizes:
        texts = {name: hostile(piece, size) for name, piece in PIECES.items()}
        times = {name: {"ms": _best(find, text), "scan_once_ms": _best(scan, text)} for name, text in texts.items()}
        slowest = max(times, key=lambda name: times[name]["ms"])
        result[str(size)] = {"worst": slowest, **times[slowest], "kinds": times}
    return result


def hostile(piece: str, size: int) -> str:
    """Return `piece` repeated to exactly `size` characters."""
    return (piece * (size // len(piece) + 1))[:size]


def _best(run: Callable[[str], object], text: str, rounds: int = 3) -> float:
    laps = []
    for _ in range(rounds):
        begin = time.perf_counter_ns()
        run(text)
        laps.append(time.perf_counter_ns() - begin)
    return min(laps) / 1e6
