"""A detector that finds what a text says is there: `{HKID}`, `{PHONE_NUMBER own 0.6}`, `{HKID same=1}`."""

import re

from detectors.finding import Finding

_MARK = re.compile(r"\{([A-Z_]+)((?: [\w.=]+)*)\}")


class Marked:
    """A detector that sees nothing else."""

    slow = False

    def find(self, text: str) -> tuple[Finding, ...]:
        """See the function."""
        return find(text)

    rules = every = find


def find(text: str) -> tuple[Finding, ...]:
    """Return a finding for each mark: score 0.9 unless a number says else; other words are traits.

    `in=` names the part that it stands in, `of=` the number of whose it is.
    Marks of one type with the same `same=` word are the same value, all others differ.
    """
    return tuple(_finding(mark) for mark in _MARK.finditer(text))


def _finding(mark: re.Match[str]) -> Finding:
    words = mark[2].split()
    score = next((float(word) for word in words if word[0].isdigit()), 0.9)
    key = next((word for word in words if word.startswith("same=")), f"at={mark.start()}")
    part = next((word[3:] for word in words if word.startswith("in=")), "")
    person = next((int(word[3:]) for word in words if word.startswith("of=")), 0)
    traits = frozenset(word for word in words if word.isalpha())
    return Finding(
        mark[1], mark.start(), mark.end(), score, "Marked", traits=traits, key=key.encode(), part=part, person=person
    )
