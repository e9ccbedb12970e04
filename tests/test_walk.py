"""The way of a message is the folder list: a leak touches the rooms of the bot in the order in which they are drawn."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import bot
from bot.demo.scenario import Member, Room
from bot.demo.stage import Stage
from bot.words import SendKind
from tests.whole import whole

ROOMS = ("judging", "store", "sending", "talk")
HOUSE = Path(bot.__file__).parent


@contextmanager
def touched() -> Iterator[dict[str, None]]:
    """The rooms whose code runs meanwhile, in the order of the first call; the writer's thread included."""
    rooms: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and HOUSE in path.parents and path.parent != HOUSE:
            rooms.setdefault(path.relative_to(HOUSE).parts[0])

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield rooms
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


async def test_a_leak_walks_through_the_rooms_in_order(tmp_path: Path) -> None:
    stage = Stage(Room(name="HR operations", audience=47), (Member(name="May"),), whole(), tmp_path)
    try:
        await stage.open()
        with touched() as rooms:
            await stage.platform.say(stage.world.people["May"], "his HKID is P195119(3)")
            await stage.settle()
        assert [room for room in rooms if room in ROOMS] == list(ROOMS)
        assert [note.kind for note in stage.world.notes["u1"]] == [SendKind.NUDGE]
    finally:
        stage.close()
