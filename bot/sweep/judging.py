"""A chunk of messages -> what is to be cleaned up in it: by the same detector, policies and facts as the live bot.

What comes out holds ids, times, codes and counts, so it may travel and be written down.
"""

import asyncio
import os
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.judging.judged import PartFindings, facts_of, judged
from bot.judging.lately import Lately
from bot.judging.looked import by_part, file_facts, held, placed
from bot.message import Message
from bot.misuse import InputError
from bot.store import Judged, Spot
from bot.sweep import readers
from bot.sweep.export import Chunk, Circumstances, Export, Posted, Source
from detectors.documents.document import Unread
from detectors.documents.judge import judge as judge_document
from detectors.documents.sandbox import Sandbox
from detectors.errors import TooSlowError
from detectors.finding import Finding
from policies.conditions.how_many import distinct
from policies.policy import Decision, Policy

OPEN = 4
"""Exports that a process keeps open."""
SHORT, REMEMBERED = 400, 4096
"""Chats repeat themselves (what bots write, forwards, thanks): so many texts of up to so many characters are judged
once by a process, which holds a few megabytes for it."""


class Measure(Protocol):
    """What messages are judged by."""

    @property
    def find(self) -> Callable[[str], tuple[Finding, ...]]:
        """Finds in a text. Raises TooSlowError."""
        ...

    @property
    def rows(self) -> Callable[[str], tuple[Finding, ...]] | None:
        """Finds in a row of a table."""
        ...

    @property
    def policy(self) -> Callable[[str, str], Policy]:
        """The policy of a platform's chat."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What every process must know in order to sweep alike. Of words it holds the paths that somebody typed.

    `measure` builds what is judged by from `policy` and `config`. `shape` is how the exports look, so that another
    machine notices when it sees others. `key` is the file with the key under which senders' ids are hashed, if they
    are asked for. `logs`: what the incident log is to keep comes along.
    """

    paths: tuple[Path, ...] = field(repr=False)
    measure: Callable[[str | None, Path | None], Measure] = field(repr=False)
    policy: str | None
    config: Path | None
    circumstances: Circumstances
    key: Path | None = field(default=None, repr=False)
    logs: bool = False
    shape: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A message that is to be cleaned up. `types` are distinct values, `sender` is a hash where it was asked for."""

    source: int
    file: int
    line: int
    platform: str
    workspace: str
    chat: str
    message: str
    at: float
    types: Mapping[str, int]
    severity: str
    rules: tuple[str, ...]
    nudge: bool
    sender: str = ""
    spots: tuple[tuple[int, int, int, int], ...] = ()
    """Where in a file: numbers of a file inside, of a page, of a sheet, and how many rows."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a chunk came to. `seen` counts messages by export (-1 where the chat is known), platform, chat and month.

    `unread` says where what could not be read stands: the file inside, the line, and a code. `edition` is the hash of
    the policies. `unlogged` counts incidents that the log can't take, their chat being unknown. `looked` counts files
    that were looked into, or should have been; they are in `seen` too. `media` counts, by platform, what came with
    messages and was not.
    """

    number: int
    edition: str
    seen: Mapping[tuple[int, str, str, str], int]
    rows: tuple[Row, ...] = ()
    unread: tuple[tuple[int, int, str], ...] = ()
    changes: tuple[Judged, ...] = field(default=(), repr=False)
    unlogged: int = 0
    looked: int = 0
    media: Mapping[str, int] = field(default_factory=dict)


class Judge:
    """Judges chunks; each process has one for a job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._exports: OrderedDict[int, Export] = OrderedDict()
        self._process = os.getpid()
        self._busy = Lock()

    def __reduce__(self) -> tuple[Callable[[Job], "Judge"], tuple[Job]]:
        """Travel as the job alone; a process builds its own once."""
        return judge_of, (self.job,)

    @cached_property
    def measure(self) -> Measure:
        """The detector and the policies. Raises errors for the user."""
        return self.job.measure(self.job.policy, self.job.config)

    @cached_property
    def find(self) -> Callable[[str], tuple[Finding, ...]]:
        """Finds in a text, in one met lately without looking again. Raises errors for the user, and TooSlowError."""
        find = self.measure.find
        again = lru_cache(REMEMBERED)(find)
        return lambda text: again(text) if len(text) <= SHORT else find(text)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The exports. Raises InputError."""
        found = readers.recognise(self.job.paths, with_files=self.job.circumstances.with_files).sources
        if self.job.shape and shape(found) != self.job.shape:
            raise InputError(
                "A machine of the cluster sees other files than this one; the exports must lie at the same paths on all"
            )
        return found

    @cached_property
    def edition(self) -> str:
        """Tells the policies in force from any others."""
        return self.measure.policy("", "").hash

    def __call__(self, chunk: Chunk) -> Swept:
        """Judge a chunk. Raises InputError alone: what else goes wrong is told without what it was over."""
        try:
            with self._busy:
                return _Chunk(self, chunk, self.export(chunk.source)).swept()
        except InputError:
            raise
        except OSError as error:
            raise InputError(f"Export {chunk.source + 1} can't be read: {error.strerror}; check it and go on") from None
        except Exception as error:  # noqa: BLE001 - its words may be somebody's
            name = type(error).__name__
            raise InputError(f"Piece {chunk.number} of the sweep failed ({name}); please report this") from None

    def export(self, source: int) -> Export:
        """An export, opened. A fork opens its own: how far a file has been read is shared with whoever opened it."""
        if self._process != os.getpid():
            self._exports.clear()
            self._process = os.getpid()
        if source not in self._exports:
            self._exports[source] = readers.opened(self.sources[source], self.job.circumstances)
            while len(self._exports) > OPEN:
                self._exports.popitem(last=False)
        self._exports.move_to_end(source)
        return self._exports[source]

    @cached_property
    def sandbox(self) -> Sandbox:
        """Where files are read."""
        return Sandbox()

    @cached_property
    def key(self) -> bytes:
        """The key for senders' ids; empty where nobody asked for them. Raises InputError."""
        if self.job.key is None:
            return b""
        try:
            return self.job.key.read_bytes()[:64]
        except OSError as error:
            raise InputError(f"{self.job.key}: the key can't be read: {error.strerror}; check the path") from None


@lru_cache(maxsize=2)
def judge_of(job: Job) -> Judge:
    """This process's judge for a job."""
    return Judge(job)


def shape(sources: Sequence[Source]) -> tuple[tuple[str, int, int], ...]:
    """How exports look from outside."""
    return tuple((source.reader, source.size, source.changed) for source in sources)


class _Chunk:
    """One chunk under way."""

    def __init__(self, judge: Judge, chunk: Chunk, export: Export) -> None:
        self._judge, self._chunk, self._export = judge, chunk, export
        self._measure = judge.measure
        self._ids = readers.ids(judge.sources[chunk.source])
        self._lately: Lately | None = None
        self._rows: list[Row] = []
        self._unread: list[tuple[int, int, str]] = []
        self._changes: list[Judged] = []
        self._seen: Counter[tuple[int, str, str, int]] = Counter()
        self._unlogged = self._looked = 0
        self._media: Counter[str] = Counter()

    def swept(self) -> Swept:
        for posted in self._posted():
            if posted.message is None:
                self._unread.append((posted.file, posted.line, posted.error))
                continue
            self._see(posted, posted.message)
        zone = self._judge.job.circumstances.zone
        seen: Counter[tuple[int, str, str, str]] = Counter()
        for (source, platform, chat, hour), count in self._seen.items():
            seen[source, platform, chat, month(hour, zone)] += count
        return Swept(
            self._chunk.number,
            self._judge.edition,
            dict(seen),
            tuple(self._rows),
            tuple(self._unread),
            tuple(self._changes),
            self._unlogged,
            self._looked,
            dict(self._media),
        )

    def _posted(self) -> Iterator[Posted]:
        """The messages; where a rule looks at what senders wrote before, those before them are looked at first."""
        messages = self._export.read(self._chunk)
        first = next(messages, None)
        if first is None:
            return
        if first.message and self._policy(first.message).gathers:
            self._lately = Lately()
            before = replace(self._chunk, start=self._chunk.lead, end=self._chunk.start)
            for posted in self._export.read(before) if before.start < before.end else ():
                if posted.message:
                    self._remember(posted.message)
        yield first
        yield from messages

    def _remember(self, message: Message) -> None:
        try:
            self._keep(message, self._find(message))
        except Exception:  # noqa: BLE001 - what is wrong with it was said with the chunk that it belongs to
            return

    def _see(self, posted: Posted, message: Message) -> None:
        source = -1 if message.chat else self._chunk.source
        self._seen[source, message.platform, message.chat, int(message.sent_at // 3600)] += 1
        self._looked += posted.content is not None
        if posted.media:
            self._media[message.platform] += posted.media
        try:
            if posted.content:
                self._look(posted, message, posted.content)
            else:
                self._judge_words(posted, message)
        except TooSlowError:
            self._unread.append((posted.file, posted.line, "too_slow"))
        except Exception as error:  # noqa: BLE001 - whatever one message does must not stop the next
            self._unread.append((posted.file, posted.line, f"failed_{type(error).__name__}"))

    def _find(self, message: Message) -> list[PartFindings]:
        find = self._judge.find
        return [(part.kind, found) for part in message.parts if (found := find(part.text))]

    def _judge_words(self, posted: Posted, message: Message) -> None:
        found = self._find(message)
        if found:
            earlier = self._lately.earlier(message) if self._lately else ()
            findings = [replace(finding, part=kind) for kind, some in found for finding in some]
            decision = self._policy(message).decide(findings, facts_of(message, earlier))
            self._tell(posted, message, decision, found)
        self._keep(message, found)

    def _keep(self, message: Message, found: Sequence[PartFindings]) -> None:
        if self._lately is not None:
            findings = [replace(finding, part=kind) for kind, some in found for finding in some]
            self._lately.keep(message, findings)

    def _look(self, posted: Posted, message: Message, content: Callable[[], bytes]) -> None:
        """Look into a file."""
        try:
            data = content()
        except (OSError, ValueError) as error:
            code = str(error) if isinstance(error, ValueError) else Unread.NO_ACCESS
            self._unread.append((posted.file, posted.line, code))
            return
        document = asyncio.run(self._judge.sandbox.read(data, message.parts[0].text))
        if document.unread and not document.parts:
            self._unread.append((posted.file, posted.line, document.unread))
        found = judge_document(document, self._measure.find, self._measure.rows)
        inside = placed(found)
        findings = [replace(one, part=message.parts[0].kind) for one in self._measure.find(message.parts[0].text)]
        findings += [one.finding for one in inside]
        facts = replace(facts_of(message), **file_facts(found, len(data)))
        decision = self._policy(message).decide(findings, facts)
        spots = [spot for one in held(found, inside, decision.counted) for spot in one.spots]
        self._tell(posted, message, decision, by_part(inside), spots)

    def _policy(self, message: Message) -> Policy:
        return self._measure.policy(message.platform, message.chat)

    def _tell(
        self,
        posted: Posted,
        message: Message,
        decision: Decision,
        found: Sequence[PartFindings],
        spots: Sequence[Spot] = (),
    ) -> None:
        if not decision.rules:
            return
        self._rows.append(
            Row(
                self._chunk.source,
                posted.file,
                posted.line,
                message.platform,
                message.workspace,
                message.chat,
                message.id,
                message.sent_at,
                distinct(decision.counted),
                decision.severity or "",
                decision.rules,
                "nudge" in decision.effects,
                self._hashed(message),
                tuple((spot.file, spot.page, spot.sheet, spot.rows) for spot in spots),
            )
        )
        if not self._judge.job.logs:
            return
        if not message.chat or posted.content:
            self._unlogged += 1
            return
        known = message if self._ids else replace(message, sender=None)
        self._changes.append(judged(known, found, decision, 0.0, muted=False, admins=()))

    def _hashed(self, message: Message) -> str:
        """What tells a sender from others to whoever has the key's list; their id stays here."""
        key = self._judge.key
        if not key or not message.sender:
            return ""
        return blake2b(f"{message.platform}\0{message.sender}".encode(), key=key, digest_size=8).hexdigest()


@lru_cache(maxsize=1 << 16)
def month(hour: int, zone: ZoneInfo) -> str:
    """The month of an hour since 1970; '' where nobody knows the time."""
    return f"{datetime.fromtimestamp(hour * 3600, UTC).astimezone(zone):%Y-%m}" if hour > 0 else ""
