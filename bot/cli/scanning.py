"""What `scan` does: messages in, findings and the policy's verdict out. Never prints what a message says."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from bot.cli.circumstances import standing
from bot.cli.yardstick import TOO_SLOW, Yardstick
from bot.errors import InputError
from detectors.errors import TooSlowError
from detectors.finding import Finding
from policies.facts import UNKNOWN, Facts
from policies.policy import Decision

SHOWN = 0.5
"""Findings with a lower score are evidence for the detector, not for people."""

PROGRESS_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One input line: its id, and the message in it or what is wrong with it."""

    id: object
    text: str | None
    facts: Facts = UNKNOWN
    error: str = ""


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


def run(path: str, form: str, yardstick: Yardstick, facts: Facts = UNKNOWN, part: str = "text") -> int:
    """Scan the file at `path` (- is standard input); returns the exit code. Raises InputError.

    `facts` is what rules may know of a message whose line does not say it, `part` where in a message the words stand.
    """
    write = _write_jsonl if form == "jsonl" else _write_table
    with _open(path) as file:
        write(_judged(_counted(read(file, facts)), yardstick, part), sys.stdout)
    return 0


def _open(path: str) -> "nullcontext[BinaryIO] | BinaryIO":
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}; check the path") from None


def read(file: Iterable[bytes], facts: Facts = UNKNOWN) -> Iterator[Line]:
    """Lines of JSON or of plain text: the first line that isn't blank decides."""
    parse: Callable[[int, bytes, Facts], Line] | None = None
    blank: list[int] = []
    for number, raw in enumerate(file, 1):
        stripped = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if parse is None and not stripped.strip():
            blank.append(number)
            continue
        if parse is None:
            parse = _json_line if stripped.lstrip().startswith(b"{") else _text_line
            if parse is _text_line:
                yield from (Line(skipped, "", facts) for skipped in blank)
        if parse is _text_line or stripped.strip():
            yield parse(number, stripped, facts)


def _text_line(number: int, raw: bytes, facts: Facts) -> Line:
    try:
        return Line(number, raw.decode("utf-8").rstrip("\r\n"), facts)
    except UnicodeDecodeError:
        return Line(number, None, error="the line is not UTF-8 text")


def _json_line(number: int, raw: bytes, facts: Facts) -> Line:
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError):
        return Line(number, None, error="the line is not valid JSON")
    if not isinstance(row, dict):
        return Line(number, None, error="the line is not a JSON object")
    identity = row.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | float):
        return Line(number, None, error="id is missing, or neither text nor a number")
    if not isinstance(row.get("text"), str):
        return Line(identity, None, error="text is missing or not a string")
    if wrong := [
        name for name in ("platform", "chat", "sender") if not isinstance(row.get(name, ""), str | int | None)
    ]:
        return Line(identity, None, error=f"{wrong[0]} is neither text nor a number")
    return Line(identity, row["text"], _known(row, facts))


def _known(row: Mapping[str, Any], facts: Facts) -> Facts:
    """What a line says about its message, and what is known of all where it says nothing."""
    platform, chat, sender = (str(row.get(name) or "") for name in ("platform", "chat", "sender"))
    at = row.get("sent_at")
    timed = isinstance(at, int | float) and not isinstance(at, bool)
    return replace(
        facts,
        platform=platform or facts.platform,
        chat=chat or facts.chat,
        sender=sender or facts.sender,
        at=at if timed else facts.at,
    )


def _counted(lines: Iterable[Line]) -> Iterator[Line]:
    """Tell a person who waits how far the work is; say nothing into a pipe."""
    for count, line in enumerate(lines, 1):
        yield line
        if count % PROGRESS_EVERY == 0 and sys.stderr.isatty():
            print(f"{count:,} messages scanned", end="\r", file=sys.stderr)


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


def _write_jsonl(verdicts: Iterable[Scanned], out: TextIO) -> None:
    out.writelines(json.dumps(_row(verdict)) + "\n" for verdict in verdicts)


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


def _write_table(verdicts: Iterable[Scanned], out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("message", "found", "severity", "rules", "nudge", box=None, header_style="bold")
    total = warned = broken = 0
    for verdict in verdicts:
        total += 1
        warned += verdict.warn
        broken += bool(verdict.error)
        if verdict.error:
            table.add_row(_shown(verdict.id), f"[red]{verdict.error}[/red]", "", "", "")
        elif verdict.findings:
            table.add_row(*_cells(verdict))
    console = Console(file=out)
    if table.row_count:
        console.print(table)
    console.print(
        f"{total:,} messages, {warned:,} would be nudged" + (f", {broken:,} malformed lines" if broken else "")
    )


def _cells(verdict: Scanned) -> tuple[str, ...]:
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


def _shown(identity: object) -> str:
    """An id as a terminal can show it."""
    from rich.markup import escape

    return escape(str(identity).encode("utf-8", "replace").decode())
