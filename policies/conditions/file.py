"""What kind of file something stands in. What stands in no file is meant by none of these."""

import re
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from detectors.finding import Finding
from policies.conditions.condition import Condition, Wanted
from policies.facts import Facts

FILE_KINDS = ("picture", "pdf", "letter", "sheet", "slides", "text", "mail", "contact", "archive", "unknown")
"""What a file can be, by its bytes."""

_SIZE = re.compile(r"([1-9][0-9]{0,3}) (KB|MB)", re.ASCII)
_BYTES = {"KB": 1_000, "MB": 1_000_000}
_NO_FILE = "it stands in no file, it wants"


def size(written: str) -> int:
    """Read "500 KB" or "2 MB" as bytes; '' is none. Raises PydanticCustomError with the cure."""
    matched = _SIZE.fullmatch(written) if written else None
    if written and matched is None:
        raise PydanticCustomError("size", "is no size of a file", {"cure": 'write it like "500 KB" or "2 MB"'})
    return int(matched[1]) * _BYTES[matched[2]] if matched else 0


Size = Annotated[str, AfterValidator(size)]
"""A size as people write it, as bytes."""


class OfFile(Condition[Wanted]):
    """A condition about the file that something stands in."""


class FileKinds(OfFile[frozenset[str]]):
    """Only what stands in files of these kinds."""

    field = "file_kinds"
    written = Annotated[
        frozenset[Literal[FILE_KINDS]],  # type: ignore[valid-type]  # the words are data
        Field(strict=False, description='a list of kinds of files, such as ["sheet", "picture"]'),
    ]
    default = frozenset()

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.file_kind in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        wanted = f"one of the kind {' or '.join(kind for kind in FILE_KINDS if kind in self.wanted)}"
        return (
            f"the file is of the kind {facts.file_kind}, it wants {wanted}"
            if facts.file_kind
            else f"{_NO_FILE} {wanted}"
        )


class MinFileSize(OfFile[int]):
    """Only what stands in files that are at least so large; an unknown size counts as large."""

    logged: ClassVar[bool] = False
    field = "min_file_size"
    written = Annotated[Size, Field(description='a size, such as "500 KB" or "2 MB"')]
    default = ""

    @classmethod
    def of(cls, wanted: int | str) -> "MinFileSize | None":  # '' is how nothing is written
        return cls(int(wanted)) if wanted else None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return bool(facts.file_kind) and (facts.file_size is None or facts.file_size >= self.wanted)

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        if not facts.file_kind:
            return f"{_NO_FILE} one of at least {self.wanted} bytes"
        return f"the file has {facts.file_size} bytes, it wants at least {self.wanted}"


class Protected(OfFile[bool | None]):
    """Only what stands in a file that is encrypted, or only in one that is not."""

    field = "protected"
    written = Annotated[bool | None, Field(description="true (with a password) or false (without), without quotes")]
    default = None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return bool(facts.file_kind) and facts.protected is self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        wanted = f"one {'with' if self.wanted else 'without'} a password"
        if not facts.file_kind:
            return f"{_NO_FILE} {wanted}"
        return f"the file is {'protected' if facts.protected else 'not protected'}, it wants {wanted}"
