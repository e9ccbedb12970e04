"""What an organisation publishes itself: its switchboards, its mail domain. Compared in canonical form."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from detectors.errors import AllowError
from detectors.text.normalise import fold

Canonical = str


@dataclass(frozen=True, slots=True)
class Allow:
    """One public value of an entity type, or a mail domain, which starts with @: `2123 4567`, `@example.com`."""

    entity: str
    value: str = field(repr=False)


class Allowed:
    """The allow-list, ready to be asked."""

    def __init__(self, entries: Iterable[Allow]) -> None:
        """Bring every entry into canonical form; raises AllowError."""
        pairs = [(entry.entity, canonical(entry)) for entry in entries]
        self._values = frozenset(pairs)
        self._domains = tuple(pair for pair in pairs if pair[1].startswith("@"))

    def __contains__(self, value: tuple[str, str]) -> bool:
        """Tell whether the pair of entity type and canonical value is on the list."""
        if value in self._values:
            return True
        return any(value[0] == entity and value[1].endswith(domain) for entity, domain in self._domains)


def canonical(entry: Allow) -> Canonical:
    """Return the entry's value as recognizers give it; raises AllowError."""
    plain = fold(entry.value).strip()
    if entry.entity == "EMAIL_ADDRESS":
        return plain
    if entry.entity == "PHONE_NUMBER":
        return _number(plain)
    return "".join(char for char in plain.upper() if char.isalnum())


def _number(plain: str) -> Canonical:
    digits = "".join(char for char in plain if char.isdigit()).removeprefix("00")
    if len(digits) < 3:
        raise AllowError("an allowed phone number has fewer than three digits; write it as in `2123 4567`")
    abroad = plain.startswith(("+", "00")) or (len(digits) == 11 and digits.startswith("852"))
    return f"+{digits}" if abroad else f"+852{digits}"
