"""What `scan --files` does: the files of a folder in, findings and the policy's verdict out, a line for every file.

Never prints what a file says: kinds, places (page, sheet, row), counts.
"""

import asyncio
import json
import os
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from bot.cli.circumstances import standing
from bot.cli.scanning import SHOWN, counted
from bot.cli.yardstick import Yardstick
from bot.misuse import InputError
from detectors.documents.document import Document, DocumentKind, Place, Unread
from detectors.documents.judge import DocumentFindings, judge
from detectors.documents.libraries import missing
from detectors.documents.sandbox import Sandbox
from detectors.errors import TooSlowError
from detectors.finding import Finding
from policies.facts import UNKNOWN, Facts
from policies.policy import SEVERITIES, Decision, Policy

_NAMED = 3
"""Places that a table names of one file."""
_AT_ONCE = 4
"""Files that are read at the same time, if there are so many cores."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What was found in one file; `findings` are those of its name too, `places` where they stand, gravest first."""

    path: str
    document: DocumentFindings
    findings: tuple[Finding, ...]
    decision: Decision
    places: tuple[Place, ...] = ()

    @property
    def warn(self) -> bool:
        """Whether the policy would nudge whoever sent it."""
        return "nudge" in self.decision.effects


def run(folder: Path, form: str, yardstick: Yardstick, facts: Facts = UNKNOWN) -> int:
    """Scan the files below `folder`; returns the exit code. Raises InputError."""
    if not folder.is_dir():
        raise InputError(f"{folder}: is no folder; name the folder whose files are to be read")
    if absent := missing():
        print(f"Not installed: {', '.join(absent)}; pip install 'thinktwice[files]' adds them.", file=sys.stderr)
    filed = asyncio.run(_all(sorted(_below(folder)), folder, yardstick, facts))
    write = _write_jsonl if form == "jsonl" else _write_table
    write(filed, sys.stdout)
    return 0


def _below(folder: Path) -> Iterator[Path]:
    """Every file and link; a folder that can't be entered stands for what is in it."""
    unreadable: list[Path] = []
    for top, _, names in os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename))):
        yield from (Path(top, name) for name in names)
    yield from unreadable


async def _all(paths: Sequence[Path], folder: Path, yardstick: Yardstick, facts: Facts) -> list[Filed]:
    """Read the files a few at a time, and judge them in their order, so that few are held in memory."""
    sandbox = Sandbox(at_once=min(_AT_ONCE, os.cpu_count() or 1))
    ahead: deque[asyncio.Task[Document]] = deque()
    filed: list[Filed] = []
    console = Console(stderr=True)
    rest = iter(paths)
    for path in track(paths, "files", console=console, transient=True, disable=not sys.stderr.isatty()):
        while len(ahead) < _AT_ONCE and (following := next(rest, None)):
            ahead.append(asyncio.create_task(_read(sandbox, following)))
        document = await ahead.popleft()
        filed.append(_filed(path.relative_to(folder), document, yardstick, _of_file(facts, document, path)))
    return filed


async def _read(sandbox: Sandbox, path: Path) -> Document:
    data = await asyncio.to_thread(_bytes, path, sandbox.limits.size)
    if isinstance(data, Unread):
        return Document(DocumentKind.UNKNOWN, unread=data)
    return await sandbox.read(data, path.name)


def _bytes(path: Path, most: int) -> bytes | Unread:
    """What is in a file, or why nobody looks; a link is followed nowhere."""
    try:
        if path.is_symlink() or not path.is_file():
            return Unread.NO_ACCESS
        return Unread.TOO_LARGE if path.stat().st_size > most else path.read_bytes()
    except OSError:
        return Unread.NO_ACCESS


def _filed(path: Path, document: Document, yardstick: Yardstick, facts: Facts) -> Filed:
    found = judge(document, yardstick.find, yardstick.rows)
    findings = (*_in_name(path.name, yardstick), *found.findings)
    policy = yardstick.policy(facts.platform, facts.chat)
    return Filed(str(path), found, findings, policy.decide(findings, facts), _places(found, policy, facts))


def _places(document: DocumentFindings, policy: Policy, facts: Facts) -> tuple[Place, ...]:
    """Where the findings stand that are shown, by what the policy says of each alone, gravest first."""
    shown = [one for one in document.found if one.finding.score >= SHOWN]
    return tuple(one.place for one in sorted(shown, key=lambda one: -_gravity(policy.decide([one.finding], facts))))


def _gravity(decision: Decision) -> int:
    return 1 + SEVERITIES.index(decision.severity) if decision.severity else 0


def _of_file(facts: Facts, document: Document, path: Path) -> Facts:
    """What rules may know of a file besides what is in it."""
    try:
        size = path.stat().st_size
    except OSError:
        size = None
    return replace(facts, file_kind=document.kind, file_size=size, protected=document.protected)


def _in_name(name: str, yardstick: Yardstick) -> tuple[Finding, ...]:
    try:
        return standing(yardstick.find(name), "file_name")
    except TooSlowError:
        return ()


def _write_jsonl(filed: Iterable[Filed], out: TextIO) -> None:
    out.writelines(json.dumps(_row(one)) + "\n" for one in filed)


def _row(filed: Filed) -> dict[str, object]:
    document, decision = filed.document, filed.decision
    found = [
        {"type": one.finding.type, "score": round(one.finding.score, 2), "in": one.kind, **_numbers(one.place)}
        for one in document.found
        if one.finding.score >= SHOWN
    ]
    return {
        "id": filed.path,
        "kind": document.kind,
        "found": found,
        "people": document.people,
        "protected": document.protected,
        "unread": document.unread,
        "unread_files": document.unread_files,
        "cut": document.cut,
        "warn": filed.warn,
        "severity": decision.severity,
        "rules": list(decision.rules),
    }


def _numbers(place: Place) -> dict[str, int]:
    return {name: number for name, number in asdict(place).items() if number}


def _write_table(filed: Sequence[Filed], out: TextIO) -> None:
    table = Table("file", "found", "where", "severity", "rules", "nudge", box=None, header_style="bold")
    for one in filed:
        if one.document.unread or one.document.protected or _shown(one.findings):
            table.add_row(*_cells(one))
    console = Console(file=out)
    if table.row_count:
        console.print(table)
    console.print(_summary(filed))


def _cells(filed: Filed) -> tuple[str, ...]:
    decision = filed.decision
    return (
        escape(filed.path.encode("utf-8", "replace").decode()),
        ", ".join([*_shown(filed.findings), *_remarks(filed.document)]),
        _where(filed),
        decision.severity or "-",
        ", ".join(decision.rules) or "-",
        "yes" if filed.warn else "no",
    )


def _shown(findings: Sequence[Finding]) -> list[str]:
    counts = Counter(finding.type for finding in findings if finding.score >= SHOWN)
    return [f"{kind} x{count}" if count > 1 else kind for kind, count in counts.items()]


def _remarks(document: DocumentFindings) -> list[str]:
    """What is to be known besides findings: nothing is skipped silently."""
    remarks = ["encrypted"] if document.protected else []
    remarks += [f"[red]unread: {document.unread}[/red]"] if document.unread else []
    return remarks + (["longer than was read"] if document.cut else [])


def _where(filed: Filed) -> str:
    """Where it stands: "sheet 2, about 40 rows" for most of a table, else "page 2, line 1; page 1, line 3"."""
    if filed.document.sheets:
        place, people = max(filed.document.sheets, key=lambda one: one[1])
        return ", ".join([*_named(place), f"about {people} rows" if people > 1 else "1 row"])
    places = list(dict.fromkeys(", ".join(_named(place)) for place in filed.places))
    more = f"; {len(places) - _NAMED:,} more" if len(places) > _NAMED else ""
    return "; ".join(places[:_NAMED]) + more if places else "-"


def _named(place: Place) -> tuple[str, ...]:
    return tuple(f"{name} {number}" for name, number in _numbers(place).items() if name not in ("row", "column"))


def _summary(filed: Sequence[Filed]) -> str:
    unread = Counter(str(one.document.unread) for one in filed if one.document.unread)
    said = [counted(len(filed), "file"), f"{sum(one.warn for one in filed):,} would be nudged"]
    said += (
        [f"{sum(unread.values()):,} unread ({', '.join(f'{why} {n}' for why, n in unread.items())})"] if unread else []
    )
    protected, cut = (sum(getattr(one.document, name) for one in filed) for name in ("protected", "cut"))
    said += [f"{protected:,} encrypted"] if protected else []
    return ", ".join(said + ([f"{cut:,} longer than was read"] if cut else []))
