"""Words stay in memory: planted ones turn up neither in the database nor in any repr, over either line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.message import Cursor, Event
from bot.send import Outcome, Send
from bot.words import PressCode
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack

PLANTED = ("plantedtext", "plantedfile", "plantedtitle", "plantedtopic", "plantedasking", "plantedargument")


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_nothing_that_was_written_is_stored(
    fake: FakeSlack, tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.space.channels["C1"].name = "plantedtitle"
    async with SlackBot(fake, tmp_path, mode=mode) as bot:
        seen = [repr(bot.platform), repr(vars(bot.platform)), repr(vars(bot.platform._directory))]
        handle, deliver = bot.guard.handle, bot.platform.deliver

        async def handled(events: Sequence[Event], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
            seen.append(repr((events, cursor)))
            return await handle(events, cursor)

        async def delivered(rung: str, send: Send) -> Outcome:
            seen.append(repr(send))
            return await deliver(rung, send)

        monkeypatch.setattr(bot.guard, "handle", handled)
        monkeypatch.setattr(bot.platform, "deliver", delivered)
        ts = fake.say("C1", "U1", "plantedtext hkid:planted_value9", files=[{"id": "F1", "name": "plantedfile.pdf"}])
        fake.say("C1", "U2", "set", subtype="channel_topic", topic="plantedtopic hkid:planted_value9")
        await bot.settle()
        nudge, channel = fake.space.told("U1")[0], fake.space.dm("U1").id
        fake.say(channel, "U1", "plantedasking plantedargument hkid:planted_value9")
        fake.say(channel, "U1", "/report plantedargument")
        await fake.press("U1", channel, nudge, "tt:safer")
        await fake.command("U0ADMIN", "C1", "report plantedargument")
        await fake.command("U1", "C1", "mydata plantedargument")
        await fake.press("U1", channel, nudge, "tt:removed", value="planted_value9")
        await fake.shortcut("U1", "C1", ts, "check_message")
        fake.edit("C1", ts, "plantedtext hkid:planted_value9 tel:planted_value9")
        await bot.settle()
        assert bot.leaked("C1", ts)
        shown = "".join(seen)
        stored = b"".join(path.read_bytes() for path in files(tmp_path))
        assert "Message(" in shown
        assert "Ask(" in shown
    for word in (*PLANTED, "planted_value9"):
        assert word.encode() not in stored
        assert word not in shown
    for token in (fake.bot_token, fake.app_token, fake.signing_secret):
        assert token not in shown
        assert token.encode() not in stored
