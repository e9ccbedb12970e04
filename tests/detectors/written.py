"""Numbers in the many ways in which people write them, for property tests. All are made up by the generator."""

from hypothesis import strategies as st

from detectors.recognizers.hkid import check_character

ISSUED = ["A", "B", "C", "D", "E", "G", "H", "K", "M", "P", "R", "S", "V", "W", "Y", "Z", "WX", "XA", "XG"]
FULL_WIDTH = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz()",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｘｙｚ（）",
)
HAN = str.maketrans("0123456789", "零一二三四五六七八九")
BRACKETS = ["()", "（）", "[]", "【】", "〔〕", "{}", "「」"]

digits = st.integers(0, 999_999).map(lambda n: f"{n:06d}")
bodies = st.tuples(st.sampled_from(ISSUED), digits).map("".join)


@st.composite
def hkids(draw: st.DrawFn, *, bracketed: bool | None = None) -> str:
    """Draw a number whose check character is right, in some way of writing."""
    body = draw(bodies)
    return draw(ways(body, check_character(body), bracketed=bracketed))


@st.composite
def wrong_hkids(draw: st.DrawFn) -> str:
    """Draw a number whose check character is one of the ten wrong ones."""
    body = draw(bodies)
    wrong = draw(st.sampled_from([c for c in "0123456789A" if c != check_character(body)]))
    return draw(ways(body, wrong))


@st.composite
def ways(draw: st.DrawFn, body: str, check: str, *, bracketed: bool | None = None) -> str:
    """Draw a way of writing a body and a check character."""
    prefix, number = body[:-6], body[-6:]
    number = draw(st.sampled_from([number, f"{number[:3]} {number[3:]}", f"{number[:3]}-{number[3:]}"]))
    with_bracket = draw(st.booleans()) if bracketed is None else bracketed
    if with_bracket:
        brackets = draw(st.sampled_from(BRACKETS))
        tail = draw(st.sampled_from(["", " "])) + brackets[0] + check + brackets[1]
    else:
        tail = draw(st.sampled_from(["", "-", " "])) + check
    text = prefix + draw(st.sampled_from(["", " ", "-"])) + number + tail
    text = draw(st.sampled_from([text, text.lower(), text.translate(FULL_WIDTH)]))
    return draw(invisible(text))


@st.composite
def invisible(draw: st.DrawFn, text: str) -> str:
    """Draw the text with at most one invisible character in it."""
    at = draw(st.integers(1, len(text) - 1))
    return text[:at] + draw(st.sampled_from(["", "", "\u200b", "\u00ad", "\u2060"])) + text[at:]


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    """Draw an allocated Hong Kong mobile number in some way of writing."""
    number = draw(st.sampled_from(["912", "613", "511", "981", "634"])) + draw(
        st.integers(0, 99_999).map(lambda n: f"{n:05d}")
    )
    grouped = draw(
        st.sampled_from([number, f"{number[:4]} {number[4:]}", f"{number[:4]}-{number[4:]}", " ".join(number)])
    )
    coded = draw(st.sampled_from(["", "+852 ", "(852) ", "00852 ", "+852-"])) + grouped
    written = draw(st.sampled_from([coded, coded.translate(FULL_WIDTH), grouped.translate(HAN)]))
    return draw(invisible(written))
