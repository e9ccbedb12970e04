"""E-mail addresses: all are found, and the traits say whose they are."""

import pytest

from detectors.recognizers.email_address import EmailAddressRecognizer
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = EmailAddressRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "send it to «kit.wong88@gmail.com» please",
        "電郵係«kit_wong@yahoo.com.hk»呀",
        "電郵：«ａｎｎ＠ｇｍａｉｌ．ｃｏｍ»",
        "<mailto:«ann@qq.com»|«ann@qq.com»>",
        "(«ann+cv@me.com»).",
        "«ann@a.b.c.example» and «bob@example.com», thanks.",
        "@ann please mail bob at the desk",
        "meet @ 5pm.ok",
        "logo@2x.png is blurred",
        "photo@4x.heic",
        "a@b",
        "ann@@example",
    ],
)
def test_addresses_are_found_whole(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("ann.lee@gmail.com", set()),
        ("ann.lee@yahoo.com.tw", set()),
        ("hr@gmail.com", {"business"}),
        ("it-support@example.com", {"business"}),
        ("no-reply2@example.com", {"business"}),
        ("ann.lee@example.com", {"work"}),
        ("ann's personal email ann@lee.example", set()),
        ("佢私人電郵 ann@lee.example", set()),
        ("e.g. chan.taiman@gmail.com", {"sample"}),
        ("my gmail is ann@gmail.com", {"own"}),
    ],
)
def test_the_traits_say_whose_address_it_is(text: str, whose: set[str]) -> None:
    assert traits(FINDS, text) == whose
