"""`EMAIL_ADDRESS`: every address; whose it is stands in the traits.

`business`: a shared mailbox (hr@, info@), known by its local part. `work`: an address at an organisation's own domain,
unless the words around it call it personal. Neither trait: a person's private address.
"""

import re
from collections.abc import Iterator

from detectors.lexicons import by_kind
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.file_names import ENDINGS
from detectors.text.window import Cues

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-")
_LONGEST_LOCAL = 64
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,18}(?![a-z0-9-]|\.[a-z0-9])")
_PROVIDER = re.compile(r"mail|post$|postbox|inbox|letter")
"""What the names of mail providers are made of."""
_HANDLE = re.compile(r"[a-z][a-z._\-]*[0-9]{2,4}")
"""A name and a year or a lucky number: nobody's office address."""
_BEFORE, _AFTER = 40, 30
_PLACE = 2
"""Letters by which an organisation calls a place or a team."""
_PARTS = re.compile(r"[._+\-]+|\d+")


class EmailAddressRecognizer(ChatRecognizer):
    """Finds e-mail addresses around their @."""

    entity = "EMAIL_ADDRESS"
    gate_literals = tuple(f"{char}@" for char in sorted(_LOCAL))
    examples = (
        "send it to «kit.wong88@gmail.com» please",
        "my mail is «ann.lee@example.com», hr is «hr@example.com»",
        "電郵係«kit_wong@yahoo.com.hk»呀",
        "e.g. «chan.taiman@gmail.com»",
        "logo@2x.png is blurred",
        "@ann please mail bob at the desk",
        "電郵我啦，@阿明",
    )

    def load(self) -> None:
        """Read the domains of private mail, the names of shared mailboxes, and the words near addresses."""
        kinds = by_kind("mail.tsv")
        self._private = frozenset(kinds["private"])
        self._private_names = frozenset(kinds["private_name"])
        self._mailboxes = frozenset(kinds["mailbox"])
        self._cues = Cues.read("mail_words.tsv")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each @ with a local part before it and a domain after it."""
        lower = scan.lower
        at = lower.find("@")
        while at >= 0:
            domain = _DOMAIN.match(lower, at + 1)
            start = _local_start(lower, at)
            if domain and start < at and lower[at - 1] in _LOCAL and domain.group().rpartition(".")[2] not in ENDINGS:
                yield self._match(scan, start, at, domain.end())
            at = lower.find("@", domain.end() if domain else at + 1)

    def _match(self, scan: Scan, start: int, at: int, end: int) -> Match:
        lower = scan.lower
        local, domain = lower[start:at], lower[at + 1 : end]
        around = {kind for kind, _, _ in scan.places(self._cues).within(start - _BEFORE, end + _AFTER)}
        traits = {"sample", "own"} & around
        private = self._is_private(domain)
        if self._is_mailbox(local, private=private):
            traits.add("business")
        elif not (private or "personal" in around or _HANDLE.fullmatch(local)):
            traits.add("work")
        return Match(start, end, 0.95, lower[start:end], frozenset(traits), ("pattern", *sorted(traits)))

    def _is_mailbox(self, local: str, *, private: bool) -> bool:
        """Tell whether its parts name a mailbox; at an organisation the first is enough before a place (claims.kt)."""
        if local in self._mailboxes:
            return True
        parts = [part for part in _PARTS.split(local) if part]
        named = [part in self._mailboxes for part in parts]
        of_place = not private and all(word or len(part) <= _PLACE for word, part in zip(named, parts, strict=True))
        return bool(parts) and (all(named) or (named[0] and of_place))

    def _is_private(self, domain: str) -> bool:
        first = domain.partition(".")[0]
        return domain in self._private or first in self._private_names or bool(_PROVIDER.search(first))


def _local_start(lower: str, at: int) -> int:
    start = at
    while start > 0 and at - start < _LONGEST_LOCAL and lower[start - 1] in _LOCAL:
        start -= 1
    while start < at and lower[start] in "._%+-":
        start += 1
    return start
