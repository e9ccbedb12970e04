"""No library, at any level, prints a token or what somebody wrote."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import TOKEN

WORDS = "Wong Tai Man and his invented words"


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    """Everything that reaches a root handler at DEBUG."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


async def test_nothing_is_printed_at_debug(fake: FakeTelegram, tmp_path: Path, printed: io.StringIO) -> None:
    ann = fake.world.person(11, started=True, name=WORDS)
    group = fake.world.group(-1001, ann)
    fake.updates.push_raw({"message": {"text": WORDS}})
    fake.fail("sendMessage", Fault(raw="not json " + WORDS))
    async with TestBot(fake.url, tmp_path):
        says(fake, ann, group, f"{WORDS} {{HKID}}")
        await fake.seen(lambda: inbox(fake, ann))
        await fake.stop()
    logging.getLogger("telegram.ext.Application").critical("raw update %s", WORDS)
    logging.getLogger("httpx").info("POST %s/bot%s/sendMessage", fake.url, TOKEN)
    assert "telegram." in printed.getvalue()
    assert WORDS not in printed.getvalue()
    assert TOKEN not in printed.getvalue()


async def test_a_token_is_in_no_error_and_no_repr(fake: FakeTelegram, tmp_path: Path) -> None:
    bot = TestBot(fake.url, tmp_path)
    assert TOKEN not in repr(bot.platform)
    assert TOKEN not in repr(bot.platform._wire)
    await bot.platform.close()
    bot.store.close()
    logs.quiet()


def no_words(folder: Path) -> bool:
    contents = [file.read_bytes() for file in folder.iterdir() if file.name.startswith("bot.db")]
    return len(contents) > 1 and not any(b"Tai Man" in text or TOKEN.encode() in text for text in contents)


async def test_no_words_reach_the_disk(fake: FakeTelegram, tmp_path: Path) -> None:
    ann = fake.world.person(11, started=True, name=WORDS)
    group = fake.world.group(-1001, ann)
    group.title = "Title " + WORDS
    async with TestBot(fake.url, tmp_path):
        says(fake, ann, group, f"{WORDS} {{HKID}}", document={"file_name": f"{WORDS}.pdf"})
        says(fake, ann, group, f"/report {WORDS}")
        await fake.seen(lambda: len(inbox(fake, ann)) == 2)
        assert no_words(tmp_path)
