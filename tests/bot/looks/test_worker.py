"""The worker: fetched, read, judged, merged; whatever one file does, the others go on, and nothing is told twice."""

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.judging.guard import Guard
from bot.looks.reader import FileReader
from bot.looks.worker import AT_ONCE, LIVES, Looks
from bot.message import Attachment, Deletion, Message, Part
from bot.platform import Unfetched
from bot.send import Later
from bot.store import NudgeBody, Store
from bot.words import LookCode, PartKind
from detectors.documents.document import Document, DocumentKind, DocumentPart, Place, Unread
from detectors.documents.document import PartKind as Inside
from tests.fakes.boxes import OpenBox
from tests.fakes.judging import Marks, Rules
from tests.fakes.logbook import NOON, Clock
from tests.fakes.stub_platform import StubPlatform

ROSTER = b"Name,Number\nA,hkid:1\nB,hkid:2\nC,hkid:3\n"


class Office:
    """A guard, a worker and a platform whose files are a dictionary."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.store = Store.open(folder / "log.db", self.clock)
        self.platform = StubPlatform()
        self.box = OpenBox()
        self.guard = Guard(Marks(), Rules(), self.store, self.clock, {}, reads_files=True)
        self.looks = Looks(
            self.store, self.guard, {"stub": self.platform}, FileReader(self.box, Marks(), 1000), self.clock
        )

    async def posts(self, number: str = "1", text: str = "", content: object = ROSTER, kind: str = "csv") -> Message:
        self.platform.contents[f"ref{number}"] = content
        file = Attachment(f"file{number}", f"ref{number}", kind, 40)
        parts = (Part(PartKind.TEXT, text),) if text else ()
        message = Message("stub", "", "-100", number, f"person{number}", NOON, parts, audience=9, attachments=(file,))
        await self.guard.handle([message])
        return message

    async def begun(self, files: int = 1) -> None:
        """Wait until so many files are being read."""
        while len(self.box.read_names) < files:  # noqa: ASYNC110  # the worker gets there by itself
            await asyncio.sleep(0)

    def types(self) -> dict[str, dict[str, int]]:
        return {row.message: dict(row.types) for row in self.store.incidents(0, 1e12)}

    def unread(self) -> dict[str, int]:
        return dict(self.store.tally(0, 1e12).unread)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.store.close()


async def test_a_file_is_read_and_its_sender_told_where(office: Office) -> None:
    await office.posts()
    await office.looks.drain()

    assert office.types() == {"1": {"HKID": 3}}
    (row,) = office.store.incidents(0, 1e12)
    assert [(spot.sheet, spot.rows) for spot in row.held[0].spots] == [(1, 3)]
    (nudge,) = office.store.outbox()
    assert (nudge.recipient, nudge.body) == ("person1", NudgeBody(("file",), count=1, files=1))
    assert {found.part for found in office.store.findings(row.id)} == {PartKind.FILE}
    assert office.store.counts().files == 0


async def test_words_are_told_at_once_and_the_file_joins_them(office: Office) -> None:
    await office.posts(text="hkid:9")
    assert office.types() == {"1": {"HKID": 1}}
    await office.looks.drain()

    assert office.types() == {"1": {"HKID": 4}}
    (nudge,) = office.store.outbox()
    assert nudge.body == NudgeBody(("hkid", "file"), count=1, files=1)


async def test_a_harmless_file_leaves_nothing(office: Office) -> None:
    await office.posts(content=b"Item,Price\nStapler,38\n")
    await office.looks.drain()

    assert (office.types(), office.unread(), office.store.counts().files) == ({}, {}, 0)


@pytest.mark.parametrize("code", list(LookCode))
async def test_a_file_that_cant_be_had_is_counted(office: Office, code: LookCode) -> None:
    await office.posts(content=Unfetched(code))
    await office.looks.drain()

    assert office.unread() == {code: 1}


async def test_a_file_that_is_gone_is_nobodys_loss(office: Office) -> None:
    await office.posts(content=Unfetched())
    await office.looks.drain()

    assert (office.unread(), office.store.counts().files) == ({}, 0)


@pytest.mark.parametrize("why", [one for one in Unread if one is not Unread.NO_PROCESS])
async def test_a_file_that_cant_be_read_is_counted(office: Office, why: Unread) -> None:
    office.box.answer = Document(DocumentKind.UNKNOWN, unread=why)
    await office.posts()
    await office.looks.drain()

    assert office.unread() == {why: 1}


async def test_of_a_file_that_is_read_in_part_what_was_found_is_told(office: Office) -> None:
    part = DocumentPart(Inside.TEXT, Place(page=4), "hkid:1")
    office.box.answer = Document(DocumentKind.PDF, (part,), unread=Unread.TOO_SLOW)
    await office.posts(kind="pdf")
    await office.looks.drain()

    assert office.types() == {"1": {"HKID": 1}}


async def test_a_machine_that_begins_no_process_is_waited_for(office: Office) -> None:
    office.box.answer = Document(DocumentKind.UNKNOWN, unread=Unread.NO_PROCESS)
    await office.posts()
    await office.looks.drain()
    assert (office.unread(), office.store.counts().files) == ({}, 1)

    office.box.answer = None
    office.clock.now += 60
    await office.looks.drain()
    assert office.types() == {"1": {"HKID": 3}}


async def test_nobody_who_answers_is_asked_again_with_growing_pauses(office: Office) -> None:
    await office.posts(content=deque([Later(1.0, "not_connected")] * 40))
    asked = []
    for _ in range(12):
        await office.looks.drain()
        due = office.store.next_look("stub", office.clock.now)
        assert due is not None
        asked.append(due - office.clock.now)
        office.clock.now = due

    assert asked[0] == 3.0
    assert asked == sorted(asked)
    assert asked[-1] == 3072.0
    assert len(office.platform.fetched) == 12
    office.platform.contents["ref1"] = ROSTER
    await office.looks.drain()
    assert office.types() == {"1": {"HKID": 3}}


async def test_what_breaks_the_reading_stops_nothing_and_is_given_up(office: Office) -> None:
    await office.posts("1", content=RuntimeError("words of somebody"))
    await office.posts("2")
    for _ in range(LIVES + 1):
        await office.looks.drain()
        office.clock.now += 10

    assert office.types() == {"2": {"HKID": 3}}
    assert office.unread() == {"crashed": 1}
    assert office.platform.fetched.count("file1") == LIVES


async def test_lives_that_end_over_a_file_are_counted(office: Office) -> None:
    await office.posts()
    (row,) = office.store.looks("stub", NOON)
    for _ in range(LIVES):
        await office.store.look_began(row.id)
    await office.looks.drain()

    assert (office.unread(), office.platform.fetched) == ({"crashed": 1}, [])


async def test_a_message_that_is_deleted_meanwhile_is_not_told(office: Office) -> None:
    gate = office.box.gate = asyncio.Event()
    await office.posts()
    reading = asyncio.create_task(office.looks.drain())
    await office.begun()
    await office.guard.handle([Deletion("stub", "", "-100", "1", NOON + 1)])
    gate.set()
    await reading

    assert (office.types(), office.unread()) == ({}, {})


async def test_an_edit_meanwhile_does_not_lose_the_file(office: Office) -> None:
    gate = office.box.gate = asyncio.Event()
    message = await office.posts(text="hkid:9")
    reading = asyncio.create_task(office.looks.drain())
    await office.begun()
    await office.guard.handle([replace(message, revision="17", parts=(Part(PartKind.TEXT, "hello"),))])
    gate.set()
    await reading

    assert office.types() == {"1": {"HKID": 3}}


async def test_few_files_are_held_in_memory_at_a_time(office: Office) -> None:
    gate = office.box.gate = asyncio.Event()
    for number in range(AT_ONCE + 2):
        await office.posts(str(number))
    reading = asyncio.create_task(office.looks.drain())
    await office.begun(AT_ONCE)
    assert len(office.platform.fetched) == AT_ONCE
    gate.set()
    await reading

    assert len(office.types()) == AT_ONCE + 2


async def test_a_worker_that_is_stopped_leaves_the_file_to_the_next_life(office: Office) -> None:
    office.box.gate = asyncio.Event()
    await office.posts()
    working = asyncio.create_task(office.looks.run())
    await office.begun()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert office.store.counts().files == 1

    office.box.gate = None
    await office.looks.drain()
    assert office.types() == {"1": {"HKID": 3}}


async def test_a_bot_that_reads_no_files_writes_nothing_down(office: Office) -> None:
    office.guard.reads_files = False
    await office.posts(text="hello")

    assert office.store.counts().files == 0
