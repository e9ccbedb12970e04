"""What `sweep` does: exports in, a summary and a list out. Never prints what a message says."""

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import __version__, workers
from bot.cli import yardstick
from bot.cli.scanning import counted as of
from bot.cli.sweeplog import LogOfSweep
from bot.cli.sweepshown import shown, shown_json
from bot.cli.waiting import Waiting
from bot.misuse import InputError, NotBegun
from bot.names import GroupNames
from bot.sweep import cluster, listing, readers
from bot.sweep.export import Chunk, Circumstances, Source
from bot.sweep.journal import Entry, Journal
from bot.sweep.judging import Job, Judge, Swept, judge_of, shape
from bot.sweep.totals import Totals, counted

EXIT_DONE, EXIT_PROBLEM, EXIT_FOUND = 0, 1, 3

_KEY = 32
"""Bytes of the key for senders' hashes."""
_NAMED = 20
"""Exports that a remark names."""
_ID = re.compile(r"[A-Za-z0-9_.@:\-]{1,64}")
_NAMELESS = {"telegram-html": "telegram", "whatsapp": "whatsapp", "signal": "signal", "mail": "mail", "text": "text"}
"""Kinds of exports whose chats have no ids, and what their platform is called."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The exports, all their chunks, and what is to be said of how they are read, as sentences."""

    sources: tuple[Source, ...]
    chunks: tuple[Chunk, ...]
    remarks: tuple[str, ...]


def run(arguments: argparse.Namespace) -> int:
    """Sweep and tell; returns the exit code. Raises errors for the user."""
    try:
        job, found, judge, plan = _prepared(arguments)
        for remark in (*plan.remarks, *_left_aside(found), *_open_wire(arguments)):
            _say(remark)
        journal = Journal.open(arguments.memory, _identity(judge, plan), time.time())
    except InputError as error:
        raise NotBegun(str(error)) from None
    if journal.done:
        _say(f"going on after piece {journal.done:,} of {len(plan.chunks):,}")
    try:
        with LogOfSweep(job.config, journal.began) as log:
            _sweep(arguments, judge, plan, journal, log if job.logs else None)
            totals = _told(arguments, judge, plan, journal)
            if job.logs:
                log.note(f"messages={totals.messages} incidents={totals.new}")
    except KeyboardInterrupt:
        _say("stopped; the same command goes on from here")
        raise
    finally:
        journal.close()
    journal.remove()
    return _code(arguments, totals, whole=not found.refused)


def _prepared(arguments: argparse.Namespace) -> tuple[Job, readers.Recognised, Judge, Plan]:
    """All that is done before a message is read. Raises InputError."""
    for path in arguments.list:
        listing.check(path)
    job, found = _job(arguments)
    judge = judge_of(job)
    return job, found, judge, _plan(judge)


def _code(arguments: argparse.Namespace, totals: Totals, *, whole: bool) -> int:
    if arguments.fail_on and totals.at_least(arguments.fail_on):
        return EXIT_FOUND
    return EXIT_DONE if whole and not totals.unread else EXIT_PROBLEM


def _say(remark: str) -> None:
    print(f"{remark[:1].upper()}{remark[1:]}.", file=sys.stderr)


def _open_wire(arguments: argparse.Namespace) -> list[str]:
    """A warning where others may listen, and run programs on the cluster."""
    here = ("tls://", "inproc://", "tcp://127.", "tcp://localhost", "tcp://[::1]")
    if arguments.engine != "dask" or arguments.scheduler.startswith(here):
        return []
    return ["the cluster is reached without TLS: whoever reaches it can run programs there; use tls:// (docs/sweep.md)"]


def _left_aside(found: readers.Recognised) -> Iterator[str]:
    for one in found.refused:
        yield f"left out: {one.path}: {one.reason}"
    if found.others:
        yield f"not read: {of(found.others, 'other file')}; --files reads what is no export"


def _job(arguments: argparse.Namespace) -> tuple[Job, readers.Recognised]:
    """What all processes are told, and what was found below the paths. Raises InputError."""
    platform, chat = arguments.chat
    if chat and not _ID.fullmatch(chat):
        raise InputError(
            "--chat: an id is 1 to 64 letters, digits and _ . @ : -, because the log keeps it; write another"
        )
    try:
        zone = ZoneInfo(arguments.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise InputError(f"--zone {arguments.zone}: there is no such time zone; write it like Asia/Hong_Kong") from None
    if arguments.engine == "dask" and not arguments.scheduler:
        raise InputError("--engine dask: say where the cluster is, with --scheduler tls://HOST:8786")
    paths = tuple(path.absolute() for path in arguments.paths)
    found = readers.recognise(paths, with_files=arguments.files)
    if arguments.log:
        _loggable(found.sources, platform, arguments.config)
    if arguments.senders:
        _key(arguments.senders)
    bots = arguments.config is not None and yardstick.judges_bots(arguments.config)
    job = Job(
        paths,
        yardstick.chosen,
        arguments.policy,
        arguments.config and arguments.config.absolute(),
        Circumstances(zone, platform, chat, bots, with_files=arguments.files),
        key=arguments.senders and arguments.senders.absolute(),
        logs=arguments.log,
        shape=shape(found.sources),
    )
    return job, found


def _loggable(sources: Sequence[Source], platform: str, config: Path | None) -> None:
    """Raise InputError where the log could not say where an incident is."""
    if config is None:
        raise InputError("--log: which log? name the bot's configuration with --config")
    nameless = [_NAMELESS[source.reader] for source in sources if source.reader in _NAMELESS]
    if len(nameless) > 1:
        raise InputError(
            f"--log: {len(nameless)} of these exports don't say which chat they are; sweep them one by one, "
            "each with its --chat"
        )
    if nameless and nameless[0] != platform:
        raise InputError(
            f"--log: this export doesn't say which chat it is; give it an id of your own: --chat {nameless[0]}:ID"
        )


def _key(path: Path) -> None:
    """Make the key for senders' hashes, unless it is there. Raises InputError."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(_KEY))
    except FileExistsError:
        if path.stat().st_size < _KEY:
            raise InputError(f"{path}: is no key: it holds less than {_KEY} bytes; name another file") from None
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror}; name another file with --senders") from None


def _plan(judge: Judge) -> Plan:
    """Cut everything. Raises InputError."""
    chunks: list[Chunk] = []
    remarks: dict[str, list[Path]] = {}
    _ = judge.edition  # policies and configuration are refused before any hour of reading
    for number in range(len(judge.sources)):
        export = judge.export(number)
        try:
            for chunk in export.chunks():
                chunks.append(replace(chunk, source=number, number=len(chunks)))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "a message in it has no end"
            raise InputError(f"{judge.sources[number].path}: can't be read: {reason}; check it") from None
        for remark in export.remarks():
            remarks.setdefault(remark, []).append(judge.sources[number].path)
    return Plan(judge.sources, tuple(chunks), tuple(_of(paths) + remark for remark, paths in remarks.items()))


def _of(paths: Sequence[Path]) -> str:
    """What a remark is about."""
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return f"{', '.join(map(str, paths[:_NAMED]))}{more}: "


def _identity(judge: Judge, plan: Plan) -> dict[str, object]:
    """What must be the same for a sweep to go on: no name of a file is in it."""
    job = judge.job
    return {
        "version": __version__,
        "edition": judge.edition,
        "exports": [list(one) for one in judge.job.shape],
        "changed": [source.path.stat().st_mtime_ns for source in plan.sources],
        "pieces": [len(plan.chunks), sum(chunk.size for chunk in plan.chunks)],
        "zone": job.circumstances.zone.key,
        "chat": [job.circumstances.platform, job.circumstances.chat],
        "senders": job.key.stat().st_mtime_ns if job.key else 0,
        "log": job.logs,
        "files": job.circumstances.with_files,
    }


def _sweep(arguments: argparse.Namespace, judge: Judge, plan: Plan, journal: Journal, log: LogOfSweep | None) -> None:
    left = plan.chunks[journal.done :]
    total = sum(chunk.size for chunk in plan.chunks)
    waiting = Waiting(total, total - sum(chunk.size for chunk in left))
    with closing(_engine(arguments, judge, left)) as results, waiting:
        for chunk, swept in zip(left, results, strict=True):
            _same(judge, swept)
            new, known = log.keep(swept.changes) if log else (0, 0)
            journal.add(Entry(swept, new, known))
            waiting.done(sum(swept.seen.values()), chunk.size)


def _same(judge: Judge, swept: Swept) -> None:
    if swept.edition != judge.edition:
        raise InputError("A machine of the cluster judges by other policies; the same files must lie on all of them")


def _engine(arguments: argparse.Namespace, judge: Judge, chunks: Iterable[Chunk]) -> Generator[Swept, None, None]:
    if arguments.engine == "dask":
        return cluster.in_order(judge.job, chunks, arguments.scheduler)
    return workers.in_order(judge, chunks, arguments.jobs or workers.cores(), alone=0)


def _told(arguments: argparse.Namespace, judge: Judge, plan: Plan, journal: Journal) -> Totals:
    """Write the lists and the summary."""
    zone, totals = judge.job.circumstances.zone, Totals()
    name = _names(judge)
    known = listing.Known(zone, name, lambda source, file: _place(judge, source, file))
    sources = {chunk.number: chunk.source for chunk in plan.chunks}
    with ExitStack() as lists:
        adders = [lists.enter_context(listing.writing(path, known)) for path in arguments.list]
        for row in counted(journal.entries(), sources, zone, totals):
            for add in adders:
                add(row)
    write: Callable[..., None] = shown_json if arguments.format == "json" else partial(shown, looks=arguments.files)
    with suppress(BrokenPipeError):  # whoever read it has seen enough: the sweep is over, and nothing is left to do
        write(totals, name, lambda source, file: _place(judge, source, file), logs=judge.job.logs)
    return totals


def _names(judge: Judge) -> Callable[[str, str], str]:
    """How the configuration calls a group; '' when it doesn't."""
    if judge.job.config is None:
        return lambda _platform, _chat: ""
    groups = GroupNames(judge.measure.find, yardstick.names(judge.job.config))
    return lambda platform, chat: groups.configured(platform, chat) or ""


def _place(judge: Judge, source: int, file: int) -> str:
    """The path of an export, and of the file inside it."""
    inside = judge.export(source).name(file)
    root = judge.sources[source].path
    return f"{root}/{inside}" if inside else str(root)
