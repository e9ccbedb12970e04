"""The policies that come with the product, and copies of them for editing. Light: no policy is understood here."""

from pathlib import Path

from policies.errors import PolicyError, Problem
from policies.making import Making, cure, whole

SHIPPED = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.toml"))}
"""The policies that come with the product, by name."""


def init(directory: Path) -> list[Path]:
    """Copy the shipped policies into `directory`, all or none, and return the copies.

    Overwrites nothing. Raises PolicyError.
    """
    with whole() as making:
        return copied(directory, making)


def copied(directory: Path, making: Making) -> list[Path]:
    """The same among other things that are made all or none. Raises PolicyError."""
    copies = {directory / source.name: source for source in SHIPPED.values()}
    advice = "move it away, or choose another folder"
    if taken := [Problem(str(target), "", "is there already", advice) for target in copies if target.exists()]:
        raise PolicyError(taken)
    try:
        making.folder(directory)
        for target, source in copies.items():
            making.file(target, source.read_bytes())
    except OSError as error:
        raise PolicyError([unusable(directory, "written", error)]) from None
    return list(copies)


def unusable(path: Path, done: str, error: OSError) -> Problem:
    """Say why a file or folder can't be `done` something with."""
    reason = f"can't be {done} ({error.strerror or 'unknown reason'})"
    return Problem(str(path), "", reason, cure(error))
