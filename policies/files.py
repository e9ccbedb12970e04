"""Policy files: find, read, prove. A file with anything wrong in it, examples included, yields no policy."""

from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from pathlib import Path

from detectors import files
from policies.errors import PolicyError, Problem, nearest
from policies.extends import extended
from policies.parse import parse, toml
from policies.policy import ANY_PACE, Policy
from policies.schema import PolicyTable
from policies.sense import Find, broken_examples, contradictions, hint_at_unknown_traits
from policies.sentences import read as read_sentences
from policies.shipped import SHIPPED, unusable
from policies.source import Source

Reader = Callable[[Path], bytes]
"""Gives what is in a file. Raises PolicyError."""


def locate(name: str | Path, folder: Path = Path()) -> Path:
    """Return the file that `name` means: a path relative to `folder`, else a shipped policy's name."""
    path = folder / name
    return path if path.is_file() else SHIPPED.get(str(name), path)


def load(path: str | Path, find: Find, own_types: Set[str] = frozenset()) -> Policy:
    """Read the policy at `path`, or the shipped one of that name, and hold it to its examples. Raises PolicyError.

    `own_types` are the entity types of one's own recognizers.
    """
    return prove(locate(path), find, own_types)


def check(paths: Iterable[str | Path], find: Find, own_types: Set[str] = frozenset()) -> list[Problem]:
    """Return what is wrong with the policies at `paths`: nothing when each loads and all their examples hold."""
    problems: list[Problem] = []
    for path in paths:
        try:
            load(path, find, own_types)
        except PolicyError as error:
            problems += error.problems
    return problems


def read(file: Path) -> bytes:
    """Return the bytes of a policy file. Raises PolicyError."""
    try:
        return files.read(file)
    except FileNotFoundError:
        cure = f"check the path, or name a shipped policy: {', '.join(SHIPPED)}"
        raise PolicyError([Problem(str(file), "", "there is no such file", cure)]) from None
    except OSError as error:
        raise PolicyError([unusable(file, "read", error)]) from None


def written(file: Path, reader: Reader = read) -> Source:
    """Return what the policy at `file` says, on top of what it extends. Raises PolicyError."""
    return _on_top(file, reader, ())


def _on_top(file: Path, reader: Reader, above: tuple[Path, ...]) -> Source:
    source = toml(str(file), reader(file))
    name = source.raw.get("extends")
    if not isinstance(name, str) or not name:  # the schema tells what is wrong with anything else
        return source
    base = _below(name, file)
    if base.resolve() in (chain := (*above, file.resolve())):
        cure = "let one of the files extend a shipped policy, or none"
        raise PolicyError([source.problem(("extends",), "leads back to this file", cure)])
    if not base.is_file():
        with suppress(PolicyError):
            reader(base)  # whoever watches the files notices when it comes
        cure = f"{nearest(name, SHIPPED)} Or name a file beside this one" if "." not in name else "check the path"
        raise PolicyError([source.problem(("extends",), "names a policy that is not there", cure)])
    return extended(_on_top(base, reader, chain), source)


def _below(name: str, file: Path) -> Path:
    """Return the file that `name` means in `file`: one beside it, .toml left out or not, else a shipped policy."""
    beside = file.parent / f"{name}.toml"
    return beside if beside.is_file() and beside.resolve() != file.resolve() else locate(name, file.parent)


def prove(file: Path, find: Find, own_types: Set[str] = frozenset(), reader: Reader = read) -> Policy:
    """Make a policy of `file`, if its rules make sense and its examples hold. Raises PolicyError."""
    source, table, policy = understood(file, own_types, reader)
    if problems := list(broken_examples(source, policy, table.example, find)):
        raise PolicyError(problems)
    return policy


def understood(
    file: Path, own_types: Set[str] = frozenset(), reader: Reader = read
) -> tuple[Source, PolicyTable, Policy]:
    """Make a policy of `file`, if its rules make sense; its examples may not hold. Raises PolicyError."""
    source = written(file, reader)
    table = parse(source)
    rules = tuple(rule.rule(table.people) for rule in table.rule)
    exemptions = tuple(one.exemption(table.people) for one in table.exception)
    own = read_sentences(table.wording)
    if problems := list(contradictions(source, rules, exemptions, table.example, own_types, own)):
        raise PolicyError(problems)
    hint_at_unknown_traits(source, rules)
    pace = table.pace.pace() if table.pace else ANY_PACE
    return source, table, Policy(file.stem, source.hash, rules, table.mode, exemptions, pace, own)
