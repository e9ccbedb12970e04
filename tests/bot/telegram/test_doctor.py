"""What the doctor finds on Telegram's side."""

from bot.platforms.telegram.doctor import doctor
from bot.platforms.telegram.settings import Telegram
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import BOT_ID, TOKEN


async def test_a_healthy_bot(fake: FakeTelegram) -> None:
    fake.world.group(-1001)
    checks = await doctor(Telegram(api_base_url=fake.url, groups=(-1001,)), TOKEN)
    assert all(check.good for check in checks)
    assert checks[0].name == "telegram token, bot @thinktwice_test_bot"
    assert [check.advice for check in checks] == ["", "", ""]


async def test_a_wrong_token(fake: FakeTelegram) -> None:
    (check,) = await doctor(Telegram(api_base_url=fake.url), "1:wrong")
    assert not check.good
    assert "BotFather" in check.advice
    assert "1:wrong" not in f"{check}"


async def test_no_connection(fake: FakeTelegram) -> None:
    await fake.stop()
    (check,) = await doctor(Telegram(api_base_url=fake.url), TOKEN)
    assert not check.good
    assert fake.url in check.advice


async def test_privacy_mode_rights_and_strangers(fake: FakeTelegram) -> None:
    fake.world.reads_all = False
    fake.world.group(-1001, bot="member")
    fake.world.group(-1002).rights[BOT_ID] = set()
    checks = await doctor(Telegram(api_base_url=fake.url), TOKEN, ("-1001", "-1002"))
    advice = {check.name: (check.good, check.advice) for check in checks}
    assert "privacy mode is on" in advice["telegram privacy mode"][1]
    assert "list your groups" in advice["telegram groups"][1]
    assert advice["telegram group -1001"][0] is False
    assert advice["telegram group -1002"][0] is True
    assert "may not delete" in advice["telegram group -1002"][1]
