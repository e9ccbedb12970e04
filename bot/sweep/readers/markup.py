"""Words out of HTML, as somebody reads them."""

import re
from html import unescape

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\b[^>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*?\bhref=\"((?:mailto|tel|sms):[^\"]*)\"[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def words(markup: str) -> str:
    """The text of a piece of HTML; what a link dials or writes to stands beside its words."""
    if "<" in markup:
        markup = _UNSEEN.sub("", markup)
        markup = _LINK.sub(lambda link: f" {link[1].partition(':')[2]} ", markup)
        markup = _TAG.sub("", _CELL.sub("\t", _BREAK.sub("\n", markup)))
    return unescape(markup).strip()
