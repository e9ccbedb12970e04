"""Slack's HTTP door: who is let in, what is counted, and that a wrong secret shows."""

import json
import logging
import time
from pathlib import Path

import aiohttp
import pytest

from bot.platform import Trouble
from bot.words import TroubleCode
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.signed import headers

CHALLENGE = json.dumps({"type": "url_verification", "challenge": "c"})
JSON = {"Content-Type": "application/json"}


async def post(bot: SlackBot, body: str | bytes, proof: dict[str, str]) -> int:
    headed = {**JSON, **proof}
    async with (
        aiohttp.ClientSession() as session,
        session.post(bot.address("/slack/events"), data=body, headers=headed) as answer,
    ):
        return answer.status


@pytest.mark.parametrize(("secret", "age", "status"), [("5e1f", 0, 200), ("5e1f", 600, 401), ("other", 0, 401)])
async def test_signatures(fake: FakeSlack, tmp_path: Path, secret: str, age: int, status: int) -> None:
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        assert await post(bot, CHALLENGE, headers(secret, CHALLENGE, time.time() - age)) == status


GOOD = headers(FakeSlack.signing_secret, CHALLENGE)
MALFORMED = [
    {**GOOD, "X-Slack-Request-Timestamp": "soon"},
    {**GOOD, "X-Slack-Request-Timestamp": "1e300"},
    {**GOOD, "X-Slack-Request-Timestamp": "9" * 5000},
    {**GOOD, "X-Slack-Request-Timestamp": ""},
    {**GOOD, "X-Slack-Signature": "v0="},
    {**GOOD, "X-Slack-Signature": "v0=\u00e9"},
]


@pytest.mark.parametrize("proof", MALFORMED)
async def test_malformed_proofs(fake: FakeSlack, tmp_path: Path, proof: dict[str, str]) -> None:
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        assert await post(bot, CHALLENGE, proof) == 400


async def test_no_proof_at_all(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        assert await post(bot, CHALLENGE, {}) == 401


NOISE = [
    b"not json", b"\xff\xfe", b"[]", b'"x"', b"5", b"{" * 100_000, b"[" * 100_000, b'{"authorizations": 5}',
    b'{"authorizations": [[]]}', b"payload=%7B", b"payload=%5B%5D",
]  # fmt: skip


@pytest.mark.parametrize("body", NOISE)
async def test_noise_at_the_door(fake: FakeSlack, tmp_path: Path, body: bytes) -> None:
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        for proof in ({}, headers(fake.signing_secret, body.decode("latin-1"))):
            assert await post(bot, body, proof) == 400
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert bot.leaked("C1", ts)


async def test_a_wrong_secret_shows_in_the_log_in_status_and_as_trouble(
    fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        for _ in range(10):
            assert await post(bot, CHALLENGE, headers("another", CHALLENGE)) == 401
        assert await bot.platform.trouble() == (Trouble(TroubleCode.REFUSED, 10),)
        told = [record.getMessage() for record in caplog.records if "slack.refused" in record.getMessage()]
        assert len(told) == 1
        assert "SLACK_SIGNING_SECRET" in told[0]
        answer = await fake.command("U0ADMIN", "C1", "status")
        assert answer is not None
        assert await bot.platform.trouble() == (Trouble(TroubleCode.TURNED_AWAY, 10),)
        await bot.settle()


async def test_a_stranger_without_a_signature_does_not_make_the_bot_look_blind(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        assert await post(bot, CHALLENGE, {}) == 401
        assert await post(bot, b"not json", {}) == 400
        assert await bot.platform.trouble() == (Trouble(TroubleCode.TURNED_AWAY, 2),)


async def test_the_log_tells_again_after_a_while(
    fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr("bot.web.refusals.TOLD_EVERY", 0.0)
    async with SlackBot(fake, tmp_path, mode="http") as bot:
        for _ in range(2):
            await post(bot, CHALLENGE, headers("another", CHALLENGE))
    told = [record.getMessage() for record in caplog.records if "slack.refused" in record.getMessage()]
    assert [line.split(":")[0] for line in told] == [
        f"slack.refused count={count} in_a_row={count} status=401" for count in (1, 2)
    ]
