"""What `scan` does: messages in, findings and the policy's verdict out. Never prints what a message says."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.cli.circumstances import standing
from bot.cli.lines import EXPORTS, Chunk, Line, chunks
from bot.cli.yardstick import TOO_SLOW, Yardstick
from bot.misuse import InputError
from bot.sweep import stamps
from bot.workers import in_order
from detectors.documents.formats.lined import NoTextError, lines
from detectors.errors import TooSlowError
from detectors.finding import Finding
from policies.facts import UNKNOWN, Facts
from policies.policy import Decision

SHOWN = 0.5
"""Findings with a lower score are evidence for the detector, not for people."""

PROGRESS_EVERY = 10_000

_CURE = "`thinktwice scan --files FOLDER` reads the files of a folder, `thinktwice sweep PATH` exports of chats"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was found in one line."""

    id: object
    findings: tuple[Finding, ...] = ()
    decision: Decision = Decision()
    error: str = ""

    @property
    def warn(self) -> bool:
        """Whether the policy would nudge the sender."""
        return "nudge" in self.decision.effects


@dataclass(frozen=True, slots=True)
class Told:
    """What some lines came to: how many there were, how many warn or are broken, and what is shown of them."""

    total: int
    warned: int
    broken: int
    rows: tuple[tuple[str, ...], ...] = ()
    lines: str = ""


class Judge:
    """Judges chunks of lines; in another process it builds a yardstick of its own."""

    def __init__(self, form: str, measure: Callable[[], Yardstick], facts: Facts = UNKNOWN, part: str = "text") -> None:
        """Tell in `form` (jsonl, table) what `measure` builds says; the rest is what `run` takes."""
        self._form = form
        self._measure = measure
        self._facts = facts
        self._part = part

    @cached_property
    def yardstick(self) -> Yardstick:
        """The detector and the policy. Raises errors for the user."""
        return self._measure()

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "yardstick"}

    def __call__(self, chunk: Chunk) -> Told:
        """Judge the lines of a chunk."""
        verdicts = list(_judged(chunk.lines(self._facts), self.yardstick, self._part))
        told = len(verdicts), sum(v.warn for v in verdicts), sum(bool(v.error) for v in verdicts)
        if self._form == "jsonl":
            return Told(*told, lines="".join(json.dumps(_row(verdict)) + "\n" for verdict in verdicts))
        return Told(*told, rows=tuple(_cells(verdict) for verdict in verdicts if verdict.error or verdict.findings))


def run(path: str, form: str, judge: Judge, jobs: int) -> int:
    """Scan the file at `path` (- is standard input) with so many processes; returns the exit code. Raises InputError.

    Fails for the user before it reads a line. Lines that could not be read are a problem, and the code 1.
    """
    write = _write_jsonl if form == "jsonl" else _write_table
    _ = judge.yardstick
    with _open(path) as file, closing(in_order(judge, chunks(_lines(file, path)), jobs)) as told:
        sums = _Sums()
        write(_counted(told, sums), sys.stdout)
    if sums.total and sums.broken == sums.total:
        print(f"No line could be read as a message. {EXPORTS}", file=sys.stderr)
    return 1 if sums.broken else 0


def _lines(file: BinaryIO, path: str) -> Iterator[bytes]:
    """The lines of the file, as UTF-8; says on stderr what a person should know of it as a whole. Raises InputError."""
    name = "standard input" if path == "-" else path
    try:
        how, read = lines(file)
    except NoTextError as error:
        raise InputError(f"{name}: {error}; {_CURE}") from None
    if not how.plain:
        print(f"{name}: read as {how.encoding}, not as UTF-8", file=sys.stderr)
    head = list(islice(read, 1))
    if not head:
        print(f"{name}: the file is empty", file=sys.stderr)
    elif stamps.begins(head[0]):
        print(
            f"{name}: looks like an export of WhatsApp, whose dates and senders are judged as words here; "
            "`thinktwice sweep PATH` reads it message by message",
            file=sys.stderr,
        )
    return chain(head, read)


@dataclass(slots=True)
class _Sums:
    """How many lines there were so far, and how many of them are no message."""

    total: int = 0
    broken: int = 0


def _open(path: str) -> "nullcontext[BinaryIO] | BinaryIO":
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}; check the path") from None


def _counted(told: Iterable[Told], sums: _Sums) -> Iterator[Told]:
    """Count, and tell a person who waits how far the work is; say nothing into a pipe."""
    for some in told:
        yield some
        before, sums.total = sums.total, sums.total + some.total
        sums.broken += some.broken
        if sums.total // PROGRESS_EVERY > before // PROGRESS_EVERY and sys.stderr.isatty():
            print(f"{sums.total:,} messages scanned", end="\r", file=sys.stderr)


def _judged(lines: Iterable[Line], yardstick: Yardstick, part: str = "text") -> Iterator[Scanned]:
    for line in lines:
        if line.text is None:
            yield Scanned(line.id, error=line.error)
        else:
            yield _verdict(line, line.text, yardstick, part)


def _verdict(line: Line, text: str, yardstick: Yardstick, part: str) -> Scanned:
    identity, facts = line.id, line.facts
    try:
        findings = standing(yardstick.find(text), part)
    except TooSlowError:
        return Scanned(identity, error=TOO_SLOW)
    except Exception as error:  # noqa: BLE001 - whatever one text does must not stop the next
        return Scanned(identity, error=f"the text could not be judged ({type(error).__name__}); please report this")
    shown = tuple(finding for finding in findings if finding.score >= SHOWN)
    return Scanned(identity, shown, yardstick.policy(facts.platform, facts.chat).decide(findings, facts))


def _write_jsonl(told: Iterable[Told], out: TextIO) -> None:
    out.writelines(some.lines for some in told)


def _row(verdict: Scanned) -> dict[str, object]:
    if verdict.error:
        return {"id": verdict.id, "error": verdict.error}
    spans = [{"start": f.start, "end": f.end, "type": f.type, "score": round(f.score, 2)} for f in verdict.findings]
    decision = verdict.decision
    return {
        "id": verdict.id,
        "spans": spans,
        "warn": verdict.warn,
        "severity": decision.severity,
        "rules": list(decision.rules),
    }


def _write_table(told: Iterable[Told], out: TextIO) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("message", "found", "severity", "rules", "nudge", box=None, header_style="bold")
    total = warned = broken = 0
    for some in told:
        total, warned, broken = total + some.total, warned + some.warned, broken + some.broken
        for identity, *cells in some.rows:
            table.add_row(escape(identity), *cells)
    console = Console(file=out)
    if table.row_count:
        console.print(table)
    malformed = f", {counted(broken, 'malformed line')}" if broken else ""
    console.print(f"{counted(total, 'message')}, {warned:,} would be nudged{malformed}")


def _cells(verdict: Scanned) -> tuple[str, ...]:
    if verdict.error:
        return _shown(verdict.id), f"[red]{verdict.error}[/red]", "", "", ""
    counts = Counter(finding.type for finding in verdict.findings)
    found = ", ".join(f"{kind} x{count}" if count > 1 else kind for kind, count in counts.items())
    decision = verdict.decision
    return (
        _shown(verdict.id),
        found,
        decision.severity or "-",
        ", ".join(decision.rules) or "-",
        "yes" if verdict.warn else "no",
    )


def counted(number: int, noun: str) -> str:
    """A number of things: 1 message, 2 messages."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _shown(identity: object) -> str:
    """An id as a terminal can show it."""
    return str(identity).encode("utf-8", "replace").decode()
