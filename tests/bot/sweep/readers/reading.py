"""What tests of readers share: messages that were made, an export read chunk by chunk, and what is compared."""

from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.sweeps.made import Made, messages
from bot.message import Message
from bot.sweep import readers
from bot.sweep.export import Circumstances, Posted

MADE = [*messages(1200)]
HERE = Circumstances(ZoneInfo("Asia/Hong_Kong"))


def read(path: Path, circumstances: Circumstances = HERE) -> list[Posted]:
    """Everything in an export, chunk by chunk."""
    [source] = readers.recognise([path], with_files=False).sources
    export = readers.opened(source, circumstances)
    return [posted for chunk in [*export.chunks()] for posted in export.read(chunk)]


def read_well(path: Path, circumstances: Circumstances = HERE) -> list[Message]:
    found = read(path, circumstances)
    assert [posted.error for posted in found if posted.error] == []
    return [posted.message for posted in found if posted.message]


def words(message: Message) -> str:
    return "\n".join(part.text for part in message.parts)


def same(found: list[Message], made: list[Made] = MADE) -> None:
    """The same words at the same times, in the same order."""
    assert [words(message) for message in found] == [one.text for one in made]
    assert [int(message.sent_at) for message in found] == [one.at for one in made]


def coded(path: Path, encoding: str) -> None:
    """Write a text of UTF-8 in another encoding, as an editor would."""
    path.write_bytes(path.read_text("utf-8").encode(encoding))
