"""Policy files: find, read, prove, copy. A file with anything wrong in it, examples included, yields no policy."""

import hashlib
from collections.abc import Iterable, Set
from pathlib import Path

from detectors import files
from policies.errors import PolicyError, Problem
from policies.parse import parse
from policies.policy import Policy
from policies.sense import Find, broken_examples, contradictions, hint_at_unknown_traits

SHIPPED = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.toml"))}
"""The policies that come with the product, by name."""


def locate(name: str | Path, folder: Path = Path()) -> Path:
    """Return the file that `name` means: a path relative to `folder`, else a shipped policy's name."""
    path = folder / name
    return path if path.is_file() else SHIPPED.get(str(name), path)


def load(path: str | Path, find: Find, own_types: Set[str] = frozenset()) -> Policy:
    """Read the policy at `path`, or the shipped one of that name, and hold it to its examples. Raises PolicyError.

    `own_types` are the entity types of one's own recognizers.
    """
    file = locate(path)
    return prove(file, read(file), find, own_types)


def check(paths: Iterable[str | Path], find: Find, own_types: Set[str] = frozenset()) -> list[Problem]:
    """Return what is wrong with the policies at `paths`: nothing when each loads and all their examples hold."""
    problems: list[Problem] = []
    for path in paths:
        try:
            load(path, find, own_types)
        except PolicyError as error:
            problems += error.problems
    return problems


def init(directory: Path) -> list[Path]:
    """Copy the shipped policies into `directory` and return the copies. Overwrites nothing. Raises PolicyError."""
    copies = {directory / source.name: source for source in SHIPPED.values()}
    cure = "move it away, or choose another folder"
    if taken := [Problem(str(target), "", "is there already", cure) for target in copies if target.exists()]:
        raise PolicyError(taken)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for target, source in copies.items():
            with target.open("xb") as file:
                file.write(source.read_bytes())
    except OSError as error:
        raise PolicyError([_unusable(directory, "written", error)]) from None
    return list(copies)


def read(file: Path) -> bytes:
    """Return the bytes of a policy file. Raises PolicyError."""
    try:
        return files.read(file)
    except FileNotFoundError:
        cure = f"check the path, or name a shipped policy: {', '.join(SHIPPED)}"
        raise PolicyError([Problem(str(file), "", "there is no such file", cure)]) from None
    except OSError as error:
        raise PolicyError([_unusable(file, "read", error)]) from None


def prove(file: Path, content: bytes, find: Find, own_types: Set[str] = frozenset()) -> Policy:
    """Make a policy of the `content` of `file`, if its rules make sense and its examples hold. Raises PolicyError."""
    source, table = parse(str(file), content)
    rules = tuple(written.rule() for written in table.rule)
    if problems := list(contradictions(source, rules, table.example, own_types)):
        raise PolicyError(problems)
    hint_at_unknown_traits(source, rules)
    policy = Policy(file.stem, hashlib.sha256(content).hexdigest()[:12], rules, table.mode)
    if problems := list(broken_examples(source, policy, table.example, find)):
        raise PolicyError(problems)
    return policy


def _unusable(path: Path, done: str, error: OSError) -> Problem:
    reason = f"can't be {done} ({error.strerror or 'unknown reason'})"
    return Problem(str(path), "", reason, "check the path and its permissions")
