"""What the doctor finds on Telegram's side."""

import pytest

from bot.platform import Check
from bot.platforms.telegram.doctor import doctor
from bot.platforms.telegram.settings import Telegram
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import BOT_ID, TOKEN


async def test_a_healthy_bot(fake: FakeTelegram) -> None:
    fake.world.group(-1001)
    checks = await doctor(Telegram(api_base_url=fake.url, groups=(-1001,)), TOKEN)
    assert all(check.good for check in checks)
    assert checks[0].name == "telegram token, bot @thinktwice_test_bot"
    assert [check.advice for check in checks] == ["", "", "", ""]


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


HOOK = "https://bot.example.com/telegram"


async def seen(fake: FakeTelegram, webhook: str) -> Check:
    """What the doctor says of the way in which updates come."""
    checks = await doctor(Telegram(api_base_url=fake.url, webhook=webhook), TOKEN)
    return next(check for check in checks if check.name in ("telegram webhook", "telegram polling"))


async def test_a_webhook_before_the_first_start(fake: FakeTelegram) -> None:
    assert await seen(fake, HOOK) == Check(
        "telegram webhook", good=True, advice="the address in [telegram] webhook is set when the bot starts; 0 wait"
    )


@pytest.mark.parametrize(("waiting", "good"), [(2, False), (0, True)])
async def test_a_webhook_that_fails_says_how(fake: FakeTelegram, waiting: int, good: bool) -> None:  # noqa: FBT001  # as it is
    fake.poster.url, fake.poster._said, fake.poster._failed_at = HOOK, "Wrong response: 502 B\u00e4d", 1_764_300_000
    fake.updates.waiting = [{"update_id": number} for number in range(waiting)]
    check = await seen(fake, HOOK)
    assert check.good is good
    assert f"2025-11-28 03:20 UTC Telegram could not post: Wrong response: 502 B?d; {waiting} wait" in check.advice


async def test_a_webhook_that_is_well_or_another_programs(fake: FakeTelegram) -> None:
    fake.poster.url = HOOK
    assert await seen(fake, HOOK) == Check("telegram webhook", good=True)
    assert "posts to another address" in (await seen(fake, f"{HOOK}/2")).advice
    assert "takes that away" in (await seen(fake, "")).advice
    fake.refuse("getWebhookInfo", 502, "Bad Gateway")
    assert not (await seen(fake, HOOK)).good
