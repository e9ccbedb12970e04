"""`extends`: a policy on top of another. What has an id there is changed or removed by it, all else is inherited."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policies.errors import PolicyError, Problem, nearest
from policies.source import Origin, Source, Steps

OWN = frozenset({"extends", "remove", "example"})
"""What a policy says for itself alone. The examples of the base were held to the base."""


def extended(base: Source, above: Source) -> Source:
    """Return what `above` means on top of `base`. Raises PolicyError when it removes what is not there.

    Lists of tables with an `id` are joined table by table and field by field; tables key by key; of anything else the
    word of `above` counts.
    """
    removed = _removed(base, above)
    raw: dict[str, Any] = {name: above.raw[name] for name in OWN & above.raw.keys()}
    origins: dict[Steps, Origin] = {}
    for name in dict.fromkeys([*base.raw, *above.raw]):
        if name not in OWN:
            raw[name] = _joined(base, above, (name,), removed if name == "rule" else (), origins)
    digest = hashlib.sha256(f"{above.hash} {base.hash}".encode()).hexdigest()[:12]
    return Source(above.shown, raw, above.lines, digest, origins, base)


def _removed(base: Source, above: Source) -> Sequence[str]:
    written = above.raw.get("remove", [])
    known = [str(rule.get("id")) for rule in _tables(base.raw.get("rule"))]
    if not isinstance(written, list) or not all(isinstance(rule, str) for rule in written):
        return []  # the schema tells what is wrong with it
    if unknown := [rule for rule in written if rule not in known]:
        reason = "names a rule that the policy below does not have"
        raise PolicyError([above.problem(("remove",), reason, nearest(rule, known)) for rule in unknown])
    return written


def _joined(base: Source, above: Source, steps: Steps, removed: Sequence[str], origins: dict[Steps, Origin]) -> Any:
    """Return what stands at `steps`, one step from the top, and note in `origins` what comes from below."""
    below, own = base.at(steps), above.at(steps)
    if own is None:
        own = type(below)() if isinstance(below, list | dict) else None
    if below is None or type(below) is not type(own):
        if own is None:
            origins[steps] = Origin(base, steps)
        return below if own is None else own
    if isinstance(own, list) and _tables(below) and len(_tables(own)) == len(own):
        return list(_by_id(base, above, steps, removed, origins))
    if isinstance(own, dict):
        origins |= {(*steps, key): Origin(base, (*steps, key)) for key in below if key not in own}
        return {**below, **own}
    return own


def _by_id(
    base: Source, above: Source, steps: Steps, removed: Sequence[str], origins: dict[Steps, Origin]
) -> Iterator[Mapping[str, Any]]:
    """Give the tables of a list: those from below, changed by those of the same id above, then the new ones."""
    own = dict(enumerate(_tables(above.at(steps))))
    count = 0
    for number, below in enumerate(_tables(base.at(steps))):
        if below.get("id") in removed:
            continue
        place, inherited = (*steps, count), Origin(base, (*steps, number))
        # A second change of one id is left over, and then refused as an id that is written twice.
        change = next((index for index, table in own.items() if table.get("id") == below.get("id")), None)
        if change is None:
            origins[place] = inherited
            yield below
        else:
            table = own.pop(change)
            origins[place] = Origin(above, (*steps, change))
            origins |= {(*place, key): Origin(base, (*inherited.steps, key)) for key in below if key not in table}
            yield {**below, **table}
        count += 1
    for index, table in own.items():
        origins[(*steps, count)] = Origin(above, (*steps, index))
        yield table
        count += 1


def _tables(written: object) -> list[Mapping[str, Any]]:
    tables = written if isinstance(written, list) else []
    return [table for table in tables if isinstance(table, dict)]


def lone_remove(source: Source) -> Iterator[Problem]:
    """Yield a problem when a policy that extends nothing removes something."""
    if "remove" in source.raw and source.base is None:
        cure = 'say what to remove it from, such as extends = "hr-default"'
        yield source.problem(("remove",), "there is nothing to remove from", cure)
