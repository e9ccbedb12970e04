"""The fake Slack behaves as the documents say, seen through slack_sdk itself."""

from collections.abc import Awaitable

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.server import FakeSlack


def web(fake: FakeSlack, token: str = FakeSlack.bot_token) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=fake.api_base_url)


async def refused(call: Awaitable[object]) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_bot_deletes_its_own_messages_only(fake: FakeSlack) -> None:
    theirs = fake.write("C1", "U1", "hello")
    own = (await web(fake).chat_postMessage(channel="C1", text="hello"))["ts"]
    assert await refused(web(fake).chat_delete(channel="C1", ts=theirs)) == "cant_delete_message"
    await web(fake).chat_delete(channel="C1", ts=own)
    await web(fake, fake.admin_token).chat_delete(channel="C1", ts=theirs)
    assert fake.space.channels["C1"].messages == {}


async def test_metadata_comes_back_when_asked_for(fake: FakeSlack) -> None:
    mark = {"event_type": "t", "event_payload": {"send": 1}}
    await web(fake).chat_postMessage(channel="C1", text="hello", metadata=mark)
    plain = await web(fake).conversations_history(channel="C1")
    whole = await web(fake).conversations_history(channel="C1", include_all_metadata=True)
    assert plain["messages"][0]["metadata"] == {"event_type": "t"}
    assert whole["messages"][0]["metadata"] == mark


async def test_history_is_in_pages_newest_first_without_replies(fake: FakeSlack) -> None:
    said = [fake.write("C1", "U1", str(number)) for number in range(5)]
    fake.write("C1", "U1", "reply", thread_ts=said[0])
    first = await web(fake).conversations_history(channel="C1", limit=3, oldest=said[0])
    cursor = first["response_metadata"]["next_cursor"]
    second = await web(fake).conversations_history(channel="C1", limit=3, oldest=said[0], cursor=cursor)
    assert [message["ts"] for message in (*first["messages"], *second["messages"])] == said[:0:-1]
    parent = (await web(fake).conversations_history(channel="C1", latest=said[0], inclusive=True))["messages"][0]
    assert parent["reply_count"] == 1
    assert len((await web(fake).conversations_replies(channel="C1", ts=said[0]))["messages"]) == 2


async def test_scopes_are_demanded_and_told(fake: FakeSlack) -> None:
    answer = await web(fake).auth_test()
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    fake.space.scopes = ("im:write",)
    assert await refused(web(fake).chat_postMessage(channel="C1", text="hello")) == "missing_scope"


async def test_a_trigger_opens_one_modal(fake: FakeSlack) -> None:
    trigger, view = fake.trigger(), {"type": "modal", "title": {"type": "plain_text", "text": "t"}, "blocks": []}
    await web(fake).views_open(trigger_id=trigger, view=view)
    assert await refused(web(fake).views_open(trigger_id=trigger, view=view)) == "expired_trigger_id"


async def test_a_rate_limit_is_http_429_with_the_seconds(fake: FakeSlack) -> None:
    fake.limit("auth.test", 7)
    with pytest.raises(SlackApiError) as caught:
        await web(fake).auth_test()
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"


async def test_an_event_that_nobody_acknowledges_is_sent_four_times(fake: FakeSlack) -> None:
    fake.say("C1", "U1", "hello")
    await fake.post.sent[0].done.wait()
    assert (fake.post.sent[0].attempts, fake.post.sent[0].acknowledged) == (4, False)
    assert fake.post.unacknowledged() == fake.post.sent


@pytest.mark.parametrize(("user", "error"), [("U404", "user_not_found"), ("U1", "user_disabled")])
async def test_conversations_that_cannot_be_opened(fake: FakeSlack, user: str, error: str) -> None:
    fake.space.person("U1", disabled=True)
    assert await refused(web(fake).conversations_open(users=user)) == error


async def test_tokens(fake: FakeSlack) -> None:
    assert await refused(web(fake, "xoxb-other").auth_test()) == "invalid_auth"
    assert await refused(web(fake).apps_connections_open(app_token=fake.bot_token)) == "not_allowed_token_type"
    assert await refused(web(fake).api_call("no.such")) == "unknown_method"
