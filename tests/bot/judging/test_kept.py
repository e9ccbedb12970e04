"""Messages that can't be read again are kept for a while, in memory and within bounds."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.judging import kept
from bot.judging.guard import Guard
from bot.judging.kept import Kept
from bot.message import Deletion, Message, Part
from bot.store import Store
from bot.words import PartKind
from tests.fakes.judging import Marks, Rules
from tests.fakes.logbook import NOON, Clock


def message(number: int, text: str = "hkid:1", sender: str | None = "7") -> Message:
    return Message("stub", "", "-100", str(number), sender, NOON, (Part(PartKind.TEXT, text),))


def place(number: int) -> tuple[str, str, str, str]:
    return "stub", "", "-100", str(number)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock())
    yield opened
    opened.close()


def test_an_hour_later_it_is_gone() -> None:
    now = [0.0]
    memory = Kept(lambda: now[0])
    memory.keep(message(1))
    now[0] = kept.SECONDS - 1
    assert memory.get(place(1)) == message(1)
    now[0] = kept.SECONDS
    assert memory.get(place(1)) is None
    assert not memory._messages


def test_the_oldest_go_when_there_are_too_many_or_they_are_too_long() -> None:
    memory = Kept(lambda: 0.0)
    for number in range(kept.MESSAGES + 1):
        memory.keep(message(number))
    assert (memory.get(place(0)), memory.get(place(1))) == (None, message(1))
    memory.keep(message(9999, "x" * kept.CHARACTERS))
    assert len(memory._messages) == 1


def test_words_are_not_shown() -> None:
    memory = Kept(lambda: 0.0)
    memory.keep(message(1))
    assert "hkid" not in repr(memory)


async def test_only_what_a_sender_is_nudged_for_is_kept_and_only_where_it_can_not_be_read_again(store: Store) -> None:
    guard = Guard(Marks(), Rules(), store, Clock(), {}, keeps={"stub"})
    await guard.handle(
        [message(1), message(2, "lunch"), message(3, sender=None), replace(message(4), platform="other")]
    )
    assert [bool(guard.kept("stub", "", "-100", str(number))) for number in (1, 2, 3)] == [True, False, False]
    assert guard.kept("other", "", "-100", "4") is None


async def test_an_edit_takes_its_place_or_takes_it_out_and_a_deletion_does(store: Store) -> None:
    guard = Guard(Marks(), Rules(), store, Clock(), {}, keeps={"stub"})
    await guard.handle([message(1), message(2)])
    again = replace(message(1, "hkid:2"), revision="1")
    await guard.handle([again])
    assert guard.kept(*place(1)) == again
    await guard.handle([replace(message(1, "sorry"), revision="2"), Deletion("stub", "", "-100", "2", NOON)])
    assert (guard.kept(*place(1)), guard.kept(*place(2))) == (None, None)
