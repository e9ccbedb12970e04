"""Files on Telegram: getFile and its link, a server of one's own, pictures, albums, and what can't be had."""

from pathlib import Path
from typing import Any

import pytest

from bot.message import Attachment
from bot.platform import Fetched, PlatformRefused, Unfetched
from bot.platforms.telegram.doctor import doctor
from bot.platforms.telegram.files import MOST, Files
from bot.platforms.telegram.parts import attachments
from bot.platforms.telegram.settings import Telegram
from bot.platforms.telegram.wire import Wire
from bot.send import Later
from bot.words import LookCode
from tests.bot.telegram.posted import hook
from tests.fakes.boxes import OpenBox
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import bot_posts, edits, inbox, labels, posts, presses, whispers
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import TOKEN, Chat, Person

ROSTER = b"Name,HKID\nA,{HKID same=1}\nB,{HKID same=2}\nC,{HKID same=3}\n"
PRICES = b"Item,Price\nStapler,38\n"


def people(fake: FakeTelegram) -> tuple[Person, Chat]:
    ann = fake.world.person(11, started=True)
    return ann, fake.world.group(-1001, ann)


async def fetched(fake: FakeTelegram, content: bytes, local: Path | None = None, **given: Any) -> object:
    file = fake.world.upload("x.csv", content)
    wire = Wire(TOKEN, fake.url)
    try:
        asked = Attachment(file.unique, given.pop("ref", file.id), "csv", given.pop("size", len(content)))
        return await Files(wire, local).fetch(asked, given.pop("most", 10**9))
    finally:
        await wire.hang_up()


async def test_a_sheet_is_read_and_told_to_its_sender_alone(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()) as bot:
        ann, group = people(fake)
        posts(fake, ann, group, "roster.csv", ROSTER, "as promised")
        await fake.seen(lambda: inbox(fake, ann))
        (nudge,) = inbox(fake, ann)
        assert "sheet 1, about 3 rows" in nudge["text"]
        assert "Delete it for me" in labels(nudge)
        assert bot_posts(group) == []
        (incident,) = bot.store.incidents(0, 9e9)
        assert (incident.types, incident.sender) == ({"HKID": 3}, "11")
        assert bot.store.counts().files == 0


async def test_a_picture_without_a_word_is_fetched_in_its_largest_size(fake: FakeTelegram, tmp_path: Path) -> None:
    box = OpenBox()
    async with TestBot(fake.url, tmp_path, box=box) as bot:
        ann, group = people(fake)
        posts(fake, ann, group, "", b"not a picture at all")
        await fake.seen(lambda: box.read_names and not bot.store.counts().files)
        assert [call.params["file_id"] for call in fake.made("getFile")] == [next(iter(fake.world.files))]
        assert box.read_names == ["file.jpg"]
        assert inbox(fake, ann) == []


async def test_an_album_is_one_nudge(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()) as bot:
        ann, group = people(fake)
        for _ in range(3):
            posts(fake, ann, group, "a.csv", ROSTER, media_group_id="77")
        await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 3 and inbox(fake, ann))
        assert len(inbox(fake, ann)) == 1


async def test_delete_it_for_me_removes_the_message_with_its_file(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()) as bot:
        ann, group = people(fake)
        number = posts(fake, ann, group, "roster.csv", ROSTER)
        await fake.seen(lambda: inbox(fake, ann))
        presses(fake, ann, inbox(fake, ann)[0], "Delete it for me")
        await fake.seen(lambda: [row.resolution for row in bot.store.incidents(0, 9e9)] == ["removed"])
        assert number not in group.messages


async def test_another_caption_keeps_what_the_file_says(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()) as bot:
        ann, group = people(fake)
        number = posts(fake, ann, group, "roster.csv", ROSTER, "{PHONE_NUMBER}")
        await fake.seen(lambda: any(row.types.get("HKID") for row in bot.store.incidents(0, 9e9)))
        confirmed = fake.updates.confirmed
        edits(fake, group, number, "", caption="hello")
        await fake.seen(lambda: fake.updates.confirmed > confirmed)
        (incident,) = bot.store.incidents(0, 9e9)
        assert (incident.types, incident.resolution) == ({"HKID": 3}, "")


async def test_a_bot_that_reads_no_files_asks_for_none(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group = people(fake)
    posts(fake, ann, group, "roster.csv", ROSTER)
    posts(fake, ann, group, "", ROSTER)
    await fake.seen(lambda: fake.updates.confirmed)
    assert fake.made("getFile") == []
    assert bot.store.counts().files == 0


@pytest.mark.parametrize(
    ("content", "said"), [(ROSTER, "seems to hold HKID"), (PRICES, "I see no personal data in this file")]
)
async def test_a_file_that_is_shown_privately_is_answered_and_not_recorded(
    fake: FakeTelegram, tmp_path: Path, content: bytes, said: str
) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()) as bot:
        ann, _ = people(fake)
        posts(fake, ann, fake.world.chats[11], "mine.csv", content)
        await fake.seen(lambda: inbox(fake, ann))
        (answer,) = inbox(fake, ann)
        assert said.replace("HKID", "a Hong Kong ID card number") in answer["text"]
        assert "nothing was recorded" in answer["text"]
        for table in ("incident", "look", "outbox", "verdict"):
            assert bot.store._rows(f"SELECT * FROM {table}") == []  # noqa: S608 - a table of ours


async def test_without_files_a_file_that_is_shown_privately_gets_help(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _ = people(fake)
    posts(fake, ann, fake.world.chats[11], "mine.csv", ROSTER)
    await fake.seen(lambda: inbox(fake, ann))
    assert "/privacy" in inbox(fake, ann)[0]["text"]


async def test_the_groups_greeting_says_that_files_are_read(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, box=OpenBox()):
        ann, _ = people(fake)
        whispers(fake, ann, "/privacy")
        await fake.seen(lambda: inbox(fake, ann))
        assert "Files and pictures" in inbox(fake, ann)[0]["text"]


async def test_a_file_comes_with_its_bytes_and_the_ending_of_its_name(fake: FakeTelegram) -> None:
    assert await fetched(fake, ROSTER) == Fetched(ROSTER, "file.csv")


async def test_beyond_20_mb_nothing_is_asked(fake: FakeTelegram) -> None:
    assert await fetched(fake, b"", size=MOST + 1) == Unfetched(LookCode.TOO_LARGE)
    assert fake.made("getFile") == []


async def test_a_size_that_telegram_refuses_is_too_large(fake: FakeTelegram) -> None:
    assert await fetched(fake, bytes(MOST + 1), size=None) == Unfetched(LookCode.TOO_LARGE)


async def test_a_file_longer_than_wanted_is_not_read_to_its_end(fake: FakeTelegram) -> None:
    fake.fail("file", Fault(endless=b"x" * 65_536))
    assert await fetched(fake, b"abc", most=100_000) == Unfetched(LookCode.TOO_LARGE)
    assert fake.poured < 50_000_000


@pytest.mark.parametrize("method", ["getFile", "file"])
async def test_a_line_that_breaks_is_tried_again_later(fake: FakeTelegram, method: str) -> None:
    fake.fail(method, Fault())
    assert isinstance(await fetched(fake, ROSTER), Later)


async def test_a_limit_says_how_long_to_wait(fake: FakeTelegram) -> None:
    fake.refuse("getFile", 429, "Too Many Requests: retry after 7", retry_after=7)
    assert await fetched(fake, ROSTER) == Later(7.0, "refused_429")


async def test_an_id_that_is_not_known_now_is_tried_again_later(fake: FakeTelegram) -> None:
    assert isinstance(await fetched(fake, ROSTER, ref="nobody"), Later)


async def test_a_server_of_ones_own_gives_a_path_on_the_disk(fake: FakeTelegram, tmp_path: Path) -> None:
    fake.world.local = tmp_path
    large = bytes(MOST + 1)
    assert await fetched(fake, large, local=tmp_path) == Fetched(large, "file.csv")
    assert await fetched(fake, large, local=tmp_path, most=1000) == Unfetched(LookCode.TOO_LARGE)
    assert fake.made("file") == []


async def test_a_server_of_ones_own_is_waited_for_until_it_has_the_file(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of megabytes take that server longer than any other answer."""
    monkeypatch.setattr("bot.platforms.telegram.files.SECONDS", 0.05)
    fake.world.local = tmp_path
    fake.fail("getFile", Fault(slow=0.2))
    assert await fetched(fake, ROSTER, local=tmp_path) == Fetched(ROSTER, "file.csv")
    fake.fail("getFile", Fault(slow=0.2))
    assert isinstance(await fetched(fake, ROSTER), Later)


async def test_a_bot_on_a_server_of_ones_own_reads_a_large_file_and_writes_its_path_nowhere(
    fake: FakeTelegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The path has the bot's token in it."""
    caplog.set_level("DEBUG")
    fake.world.local = tmp_path / "server"
    async with TestBot(fake.url, tmp_path, box=OpenBox(), local_files=fake.world.local, **hook()) as bot:
        assert bot.bot.looks
        bot.bot.looks._reader.most = 2 * MOST
        ann, group = people(fake)
        posts(fake, ann, group, "roster.csv", ROSTER + b" " * MOST)
        await fake.seen(lambda: inbox(fake, ann))
        assert fake.made("file") == []
    assert TOKEN not in caplog.text
    assert TOKEN.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("bot.db*"))  # noqa: ASYNC240  # a test may wait


async def test_a_bot_that_was_moved_away_is_told_so(fake: FakeTelegram, tmp_path: Path) -> None:
    """See https://core.telegram.org/bots/api#logout."""
    wire = Wire(TOKEN, fake.url)
    assert await wire.call("logOut") is True
    await wire.hang_up()
    bot = TestBot(fake.url, tmp_path)
    with pytest.raises(PlatformRefused, match="logged out of the server"):
        await bot.platform.open(bot.bot.inbound)
    await bot.platform.close()
    bot.store.close()
    (check,) = await doctor(Telegram(api_base_url=fake.url), TOKEN)
    assert "logged out" in check.advice


@pytest.mark.parametrize("local", [None, "another"])
async def test_only_the_folder_that_the_operator_named_is_read(
    fake: FakeTelegram, tmp_path: Path, local: str | None
) -> None:
    """Whoever answers as Telegram may name any path of this computer."""
    fake.world.local = tmp_path
    (tmp_path / "another").mkdir()
    folder = tmp_path / local if local else None
    assert await fetched(fake, ROSTER, local=folder) == Unfetched(LookCode.NO_ACCESS)


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ({"document": {"file_id": "A1", "file_unique_id": "u", "file_name": "a.XLSX", "file_size": 9}}, ["xlsx"]),
        ({"document": {"file_id": "A1", "file_name": "Chan Tai Man"}}, [""]),
        ({"document": {"file_id": "words of somebody", "file_unique_id": "u"}}, []),
        ({"document": {"file_id": "A1"}, "animation": {"file_id": "A1"}}, []),
        ({"video": {"file_id": "A1", "file_unique_id": "u"}}, []),
        ({"photo": [{"file_id": "s", "width": 9, "height": 9}, {"file_id": "b", "width": 90, "height": 90}]}, ["jpg"]),
        ({"photo": ["x", {"width": 3}]}, []),
    ],
)
def test_which_files_are_read_and_what_is_kept_of_their_names(message: dict[str, Any], found: list[str]) -> None:
    assert [file.ending for file in attachments(message)] == found
