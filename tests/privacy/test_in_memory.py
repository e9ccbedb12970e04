"""Words stay in memory: planted values must turn up nowhere but in the private notes that people read themselves.

The whole bot runs (detector, policies, store, guard, courier) with logging at DEBUG; then the database, its
write-ahead log, the log lines, the reprs of everything that passed, exceptions and reports are searched.
"""

import io
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs, reports
from bot.demo.scenario import Member, Room
from bot.demo.stage import Stage
from bot.message import Message, Part
from bot.names import GroupNames
from bot.send import Send
from bot.words import Action, PartKind, SendKind
from detectors.detector import Detector
from detectors.finding import Finding
from tests.whole import whole

HKID = "A123456(3)"
PHONE = "9123 4567"
ILLNESS = "糖尿病"
PLANTED = {
    "HKID": HKID,
    "HKID without brackets": "A123456",
    "phone": PHONE,
    "phone joined": "91234567",
    "illness": ILLNESS,
    "illness in English": "chlamydia",
    "ordinary word": "zebrafinch",
    "file name": "payslip-quokka.xlsx",
    "group title": "Operations Wombat",
    "sender name": "Marmaduke",
}
"""What somebody wrote, and forms of it. All invented."""


class Breakable(Detector):
    """Once `broken` it fails on every text, with the text in the exception, as a careless library would."""

    broken = False

    def find(self, text: str) -> tuple[Finding, ...]:
        if self.broken:
            raise ValueError(text)
        return super().find(text)


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Everything that any logger at DEBUG sends to the handlers that `run` sets up."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    stream = io.StringIO()
    logs.start(verbose=True)
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    root.setLevel(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def _stage(folder: Path, detector: Detector) -> Stage:
    people = (Member(name=PLANTED["sender name"]), Member(name="Ada", admin=True), Member(name="Nobody", started=False))
    return Stage(Room(name=PLANTED["group title"], audience=47), people, detector, folder)


async def _afternoon(stage: Stage) -> None:
    """Leaks of every kind, an edit, a deletion, answers, an unreachable person, and reports on it all."""
    await stage.open()
    sender, admin, nobody = stage.world.people.values()
    say = stage.platform.say
    first = await say(sender, f"Peter's id is {HKID}, zebrafinch")
    await say(nobody, f"call Peter {PHONE}")
    await say(sender, f"阿May有{ILLNESS}，聽日請假", file=PLANTED["file name"])
    third = await say(sender, "she tested positive for chlamydia", forwarded=True)
    await stage.settle()
    await stage.platform.edit(sender, first, f"{HKID} and {PHONE} zebrafinch")
    await stage.platform.delete(third)
    await stage.settle()
    for command in ("report", "status", "mydata", "privacy", "help"):
        await stage.platform.ask(admin, command, ("zebrafinch",))
        await stage.platform.ask(sender, command, ("zebrafinch",))
    await stage.wait(90)


async def _checks(stage: Stage) -> None:
    """Texts that are shown to the bot first, and a safer one that a nudge offers."""
    sender = next(iter(stage.world.people.values()))
    for text in (f"阿May有{ILLNESS}，電話 {PHONE}，zebrafinch", f"check names Marmaduke, {HKID}", "zebrafinch"):
        await stage.platform.show(sender, text)
    await stage.platform.say(sender, f"zebrafinch {HKID}")
    await stage.settle()
    for note in [note for note in stage.world.notes[sender.id] if note.incident]:
        await stage.platform.press(sender, note, Action.SAFER)


def _planted_in(text: str) -> list[str]:
    return [name for name, value in PLANTED.items() if value in text]


def _bytes_on_disk(folder: Path) -> str:
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return content.decode("utf-8", "ignore") + content.decode("utf-16-le", "ignore")


@pytest.mark.parametrize("broken", [False, True], ids=["working", "failing on every text"])
async def test_words_are_nowhere_on_disk_and_in_no_log_line(
    tmp_path: Path, log_lines: io.StringIO, *, broken: bool
) -> None:
    detector = Breakable()
    stage = _stage(tmp_path, detector)
    detector.broken = broken
    await _afternoon(stage)
    await _checks(stage)
    while_open = _bytes_on_disk(tmp_path)
    rows = repr((stage.store.outbox(), list(stage.store.incidents(0, 1e12))))
    figures = "".join(
        reports.render(
            stage.store, form, 0, stage.clock() + 1, groups=GroupNames(detector.find, {"simulator:*": "Group"})
        )
        for form in reports.FORMATS
    )
    stage.close()
    assert _planted_in(while_open) == []
    assert _planted_in(_bytes_on_disk(tmp_path)) == []
    assert _planted_in(rows) == []
    assert _planted_in(figures) == []
    assert _planted_in(log_lines.getvalue()) == []


async def test_the_search_would_find_a_word(tmp_path: Path) -> None:
    """The test above can fail: the same search finds the words where they may be, in the private world."""
    stage = _stage(tmp_path, whole())
    await _afternoon(stage)
    stage.close()
    assert _planted_in("".join(post.text for post in stage.world.posts)) != []
    assert len(stage.world.notes[next(iter(stage.world.people.values())).id]) > 0


async def test_private_notes_and_group_lines_never_repeat_a_value(tmp_path: Path) -> None:
    stage = _stage(tmp_path, whole())
    await _afternoon(stage)
    stage.close()
    notes = "".join(note.text for notes in stage.world.notes.values() for note in notes)
    spoken = "".join(post.text for post in stage.world.posts if not post.author)
    values = [value for name, value in PLANTED.items() if name not in {"group title", "sender name"}]
    assert [value for value in values if value in notes + spoken] == []
    assert _planted_in(spoken) == []


def test_values_that_carry_words_do_not_show_them() -> None:
    part = Part(PartKind.TEXT, HKID)
    message = Message("telegram", "", "-1", "1", "7", 0.0, (part,))
    send = Send(1, SendKind.NUDGE, "telegram", "", "-1", "7", text=HKID)
    findings = whole().find(f"Peter's id is {HKID}, 阿May有{ILLNESS}")
    assert findings
    assert _planted_in(repr((part, message, send, findings))) == []
    assert [finding for finding in findings if repr(finding.key) in repr(findings)] == []


def test_a_failing_recognizer_does_not_put_the_text_into_the_exception() -> None:
    try:
        whole().find(f"{HKID} \ud800 {ILLNESS}")
    except ValueError:
        assert _planted_in(traceback.format_exc()) == []
