"""Who joins a channel is greeted in a direct message, once; apps are not."""

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack


async def test_somebody_who_joins_is_greeted_once_in_their_language(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.person("U7", locale="zh-TW")
    fake.join("C1", "U7")
    await bot.settle()
    fake.join("C1", "U7")
    await bot.settle()
    (greeting,) = fake.space.told("U7")
    assert greeting["text"].startswith("歡迎！在「#hr」有一個機械人")
    assert "/thinktwice privacy" in greeting["text"]


async def test_an_app_is_not_greeted(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.person("U8", flags=("is_bot",))
    fake.join("C1", "U8")
    await bot.settle()
    assert fake.space.told("U8") == []
