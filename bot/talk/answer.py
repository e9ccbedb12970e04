"""What somebody who asked gets."""

from dataclasses import dataclass, field

from bot.send import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker gets to read, privately, with a file if they asked for one."""

    text: str = field(repr=False)
    document: Document | None = None
