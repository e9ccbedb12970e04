"""A Slack that knows a handful of methods, answers with a field or two, and posts events with as little in them.

Its habits are those of test servers that people write, such as that of github.com/slackapi/bolt-python's own tests,
which says `{"ok": true}` to everything but auth.test; ids such as U_ANN are of that kind too. What it knows follows
docs.slack.dev/reference/methods: auth.test, conversations.open, chat.postMessage, chat.postEphemeral, users.info.
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack

Json = dict[str, Any]
YES = '{"ok": true}'
UNKNOWN = '{"ok": false, "error": "unknown_method"}'

KNOWN: dict[str, dict[str, Json]] = {
    "a field or two": {
        "auth.test": {"user_id": "U_BOT", "bot_id": "B_BOT", "team_id": "T_TEST"},
        "conversations.open": {"channel": {"id": "D_1"}},
        "chat.postMessage": {"ts": "1790000000.000100"},
        "chat.postEphemeral": {},
        "users.info": {"user": {}},
    },
    "not a field": {
        "auth.test": {"user_id": "U_BOT"},
        "conversations.open": {},
        "chat.postMessage": {},
    },
    "no direct messages": {
        "auth.test": {"user_id": "U_BOT", "team_id": "T_TEST"},
        "chat.postMessage": {},
        "chat.postEphemeral": {},
    },
}
"""The methods that are known, and what each says behind `ok: true`."""


class Lean(FakeSlack):
    """Answers from `known`, and with `unknown` whatever is not there."""

    known: dict[str, Json]
    unknown, status = UNKNOWN, 200
    """What a method that is not known is answered with."""

    async def _api(self, request: web.Request) -> web.StreamResponse:
        answer = await super()._api(request)
        answer.set_status(200 if request.match_info["method"] in self.known else self.status)
        return answer

    def _answer(self, method: str, args: Json) -> str:  # noqa: ARG002  # it is the same whatever is asked
        return json.dumps({"ok": True, **self.known[method]}) if method in self.known else self.unknown

    def posts(self, user: str, text: str, ts: str, **fields: Any) -> Json:
        """Somebody posts in a channel; the event that is sent."""
        event = {"type": "message", "channel": "C_HR", "user": user, "text": text, "ts": ts, **fields}
        return {"type": "event_callback", "event": event}

    def told(self) -> list[tuple[str, str]]:
        """To which channel, and of an ephemeral line for whom, something was written."""
        return [
            (args["channel"], args.get("user", "")) for method, args in self.calls if method.startswith("chat.post")
        ]


async def test_a_question_of_years_ago_is_asked_now(tmp_path: Path) -> None:
    async with Lean() as lean:
        lean.known = KNOWN["a field or two"]
        async with SlackBot(lean, tmp_path, mode="http"):
            asked = lean.posts("U_1", "help", "1234567890.123456", channel="D_1")
            assert await lean.send("events_api", asked) is not None
            await lean.until(lambda: lean.told() == [("D_1", "")])


@pytest.mark.parametrize(("unknown", "status"), [(UNKNOWN, 200), (YES, 200), ("Not Found", 404)])
@pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN)
async def test_a_handful_of_methods_is_enough(
    tmp_path: Path, known: dict[str, Json], unknown: str, status: int
) -> None:
    async with Lean() as lean:
        lean.known, lean.unknown, lean.status = known, unknown, status
        async with SlackBot(lean, tmp_path, mode="http") as bot:
            assert bot.line.startswith(f"ready in workspace {known['auth.test'].get('team_id', '')} as U_BOT")
            for number, text in enumerate(("hkid:1", "lunch at one?", "hkid:2", "hkid:2")):
                event = lean.posts(f"U_{min(number, 2)}", text, f"179000000{min(number, 2)}.000100")
                assert await lean.send("events_api", event, retry=number) is not None
            await lean.until(lambda: len(lean.told()) == 2)
            await lean.until(lambda: {row.state for row in bot.store.outbox()} == {"sent"})
            assert await bot.platform.trouble() == ()
        assert len(lean.told()) == 2
        assert all(channel in ("D_1", "U_0", "U_2") or user in ("U_0", "U_2") for channel, user in lean.told())


async def test_thanks_that_nothing_can_rewrite_are_let_go(tmp_path: Path) -> None:
    async with Lean() as lean:
        lean.known, lean.unknown, lean.status = KNOWN["a field or two"], "Not Found", 404
        async with SlackBot(lean, tmp_path, mode="http") as bot:
            ts = f"{time.time():.6f}"
            assert await lean.send("events_api", lean.posts("U_1", "hkid:1", ts)) is not None
            await lean.until(lambda: len(lean.told()) == 1)
            deleted = lean.posts("", "", ts, subtype="message_deleted", deleted_ts=ts, hidden=True)
            assert await lean.send("events_api", deleted) is not None
            await lean.until(lambda: [row.state for row in bot.store.outbox()] == ["sent", "refused"])
