"""What somebody who asked gets."""

from dataclasses import dataclass, field

from bot.send import Button, Document


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker gets to read, privately, with a file if they asked for one, and what can be pressed under it."""

    text: str = field(repr=False)
    document: Document | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
