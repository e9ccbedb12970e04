"""What `policy show` prints: a policy as it is in force, as TOML, each line with the place that it comes from."""

from collections.abc import Iterator
from pathlib import Path

from bot.cli.toml import toml
from policies.extends import OWN
from policies.files import written
from policies.source import Source, Steps


def shown(file: Path) -> str:
    """Return the policy at `file` with everything that it inherits, examples left out. Raises PolicyError."""
    source = written(file)
    files = " extends ".join(one.shown for one in source.chain())
    lines = [f"# {files}", *_removals(source), *_top(source)]
    for name, value in source.raw.items():
        if name not in OWN and _is_tables(value):
            for index in range(len(value)):
                lines += ["", *_table(source, (name, index), f"[[{name}]]")]
        elif name not in OWN and isinstance(value, dict):
            lines += ["", *_table(source, (name,), f"[{name}]")]
    return "\n".join(lines) + "\n"


def _removals(source: Source) -> Iterator[str]:
    for one in source.chain():
        for rule in one.raw.get("remove", ()):
            yield f"# removed: {rule}{_place(one, ('remove',))}"


def _top(source: Source) -> Iterator[str]:
    for name, value in source.raw.items():
        if name not in OWN and not _is_tables(value) and not isinstance(value, dict):
            yield _line(source, (name,), name, value)


def _table(source: Source, steps: Steps, header: str) -> Iterator[str]:
    yield header
    for key, value in source.at(steps).items():
        yield _line(source, (*steps, key), key, value)


def _line(source: Source, steps: Steps, key: str, value: object) -> str:
    return f"{f'{key} = {toml(value)}':<56}{_place(source, steps)}"


def _place(source: Source, steps: Steps) -> str:
    line = source.line(steps)
    file = Path(source.origin(steps).source.shown).name
    return f"  # {file}, line {line}" if line else f"  # {file}"


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
