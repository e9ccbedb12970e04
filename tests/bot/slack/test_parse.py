"""Slack's events become our events: shapes as documented, with fields missing and fields too many."""

from typing import Any

import pytest

from bot.message import ChatChange, Deletion, Event, Joined, Message
from bot.platforms.slack.parse import Me, UnreadableError, direct, parse
from bot.words import ChatState
from tests.fakes.slack.acts import rich

Json = dict[str, Any]

ME = Me(workspace="T1", user="U0BOT", bot="B0BOT")
HKID = "A123456(3)"


def body(event: Json, **wrapper: Any) -> Json:
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event, **wrapper}


def message(text: str = "hello", **extra: Any) -> Json:
    return {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "text": text,
        "ts": "1700000000.000100",
        **extra,
    }


def one(event: Json) -> Event:
    (found,) = parse(body(event), ME)
    return found


def judged(event: Json, me: Me = ME, *, judge_bots: bool = False, **wrapper: Any) -> Message:
    (found,) = parse(body(event, **wrapper), me, judge_bots=judge_bots)
    assert isinstance(found, Message)
    return found


def texts(event: Json) -> list[str]:
    return [part.text for part in judged(event).parts]


def test_a_plain_message() -> None:
    found = judged(message("hello"))
    assert (found.platform, found.workspace, found.chat, found.id) == ("slack", "T1", "C1", "1700000000.000100")
    assert (found.sender, found.sent_at, found.thread, found.revision) == ("U1", 1700000000.0001, "", "")


def test_only_the_documented_minimum_is_needed() -> None:
    event = {"type": "message", "channel": "C1", "user": "U1", "text": "hi", "ts": "1.2"}
    (found,) = parse({"event": event, "unheard_of": {"x": 1}}, ME)
    assert isinstance(found, Message)
    assert found.parts[0].text == "hi"


def test_a_message_without_its_ids_names_the_field_and_no_word() -> None:
    with pytest.raises(UnreadableError, match=r"^ts$"):
        parse(body({"type": "message", "channel": "C1", "user": "U1", "text": HKID}), ME)


@pytest.mark.parametrize("broken", [{}, {"event": None}, {"event": "x"}])
def test_a_body_without_an_event_is_unreadable(broken: Json) -> None:
    with pytest.raises(UnreadableError):
        parse(broken, ME)


@pytest.mark.parametrize(
    ("thread_ts", "thread"), [(None, ""), ("1700000000.000100", ""), ("1699999999.000001", "1699999999.000001")]
)
def test_a_thread_reply_knows_its_parent(thread_ts: str | None, thread: str) -> None:
    assert judged(message(thread_ts=thread_ts)).thread == thread


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message", None, "unheard_of"])
def test_subtypes_that_people_write_are_judged(subtype: str | None) -> None:
    assert texts(message("hello", subtype=subtype)) == ["hello"]


@pytest.mark.parametrize("subtype", ["channel_join", "message_replied", "ekm_access_denied", "channel_leave"])
def test_subtypes_that_slack_writes_are_not(subtype: str) -> None:
    assert parse(body(message("hello", subtype=subtype)), ME) == ()


def test_a_new_topic_is_words_too() -> None:
    event = message("<@U1> set the topic: lunch", subtype="channel_topic", topic="lunch")
    assert [(part.kind, part.text) for part in judged(event).parts] == [("topic", "lunch")]


def test_escaping_is_undone_and_links_are_left_for_the_detector() -> None:
    event = message("a &lt; b &amp;&amp; c &gt; d <tel:23456789|2345 6789> <mailto:a@b.hk|a@b.hk> <@U2> &amp;lt;")
    assert texts(event) == ["a < b && c > d <tel:23456789|2345 6789> <mailto:a@b.hk|a@b.hk> <@U2> &lt;"]


def test_words_that_stand_in_text_and_blocks_count_once() -> None:
    assert texts(message("*call* 2345 6789 now", blocks=rich("call 2345 6789 now"))) == ["*call* 2345 6789 now"]


def test_words_that_stand_in_blocks_alone_are_found() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Leave"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "id &amp; more"}], "text": None},
        {"type": "rich_text", "elements": [
            {"type": "rich_text_list", "elements": [
                {"type": "rich_text_section", "elements": [
                    {"type": "text", "text": "ring "},
                    {"type": "link", "url": "tel:23456789", "text": "2345 6789"},
                    {"type": "user", "user_id": "U2"}, {"type": "emoji", "name": "wave"},
                ]}]}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]},
        {"type": "image", "alt_text": "a scan", "image_url": "https://example.com/a.png"},
        "nonsense", None,
    ]  # fmt: skip
    assert texts(message("fallback", blocks=blocks)) == [
        "fallback", "Leave", "id & more", "ring <tel:23456789|2345 6789>", "cell", "a scan",
    ]  # fmt: skip


def test_nested_without_end_is_read_to_a_depth_and_no_further() -> None:
    block: Json = {"type": "text", "text": "deep"}
    for _ in range(500):
        block = {"type": "section", "elements": [block]}
    assert texts(message("top", blocks=[block])) == ["top"]


def test_attachments() -> None:
    attachments = [
        {"pretext": "before", "title": "Ticket", "text": "inside", "fields": [{"title": "Id", "value": "7"}]},
        {"fallback": "only a fallback"},
        {"from_url": "https://example.com", "title": "A web page", "text": "not ours"},
    ]
    assert texts(message("", attachments=attachments)) == ["before", "Ticket", "inside", "Id: 7", "only a fallback"]


def test_a_shared_message_is_forwarded_words() -> None:
    shared = {"from_url": "https://x.slack.com/archives/C2/p1", "is_msg_unfurl": True, "text": "from elsewhere"}
    found = judged(message("look", attachments=[shared]))
    assert found.forwarded
    assert [part.text for part in found.parts] == ["look", "from elsewhere"]


def test_files_name_title_preview_and_comment() -> None:
    files = [
        {"id": "F1", "name": "staff list.csv", "title": "staff list.csv", "preview": "name,phone",
         "initial_comment": {"comment": "here it is"}},
        {"id": "F2", "title": "Scan", "name": "scan.png", "mimetype": "image/png", "alt_txt": "a card"},
        {"id": "F3", "file_access": "check_file_info"},
    ]  # fmt: skip
    found = [(part.kind, part.text) for part in judged(message("", subtype="file_share", files=files)).parts]
    assert found == [
        ("file_name", "staff list.csv"), ("preview", "name,phone"), ("caption", "here it is"),
        ("file_name", "scan.png"), ("caption", "a card"),
    ]  # fmt: skip


def changed(new: Json, old: Json | None = None) -> Json:
    event: Json = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": "C1",
        "channel_type": "channel",
        "ts": "1700000009.000000",
        "event_ts": "1700000009.000000",
        "message": {"type": "message", "user": "U1", "ts": "1700000000.000100", **new},
    }
    if old is not None:
        event["previous_message"] = {"type": "message", "user": "U1", "ts": "1700000000.000100", **old}
    return event


def test_an_edit_is_the_same_message_with_the_edit_stamp() -> None:
    edited = {"user": "U1", "ts": "1700000008.000000"}
    found = judged(changed({"text": "new", "edited": edited}, {"text": "old"}))
    assert (found.id, found.revision, found.sender, found.sent_at) == (
        "1700000000.000100", "1700000008.000000", "U1", 1700000000.0001,
    )  # fmt: skip
    assert found.parts[0].text == "new"


def test_an_edit_as_documented_without_previous_message_is_judged() -> None:
    edited = {"user": "U1", "ts": "1700000008.000000"}
    assert judged(changed({"text": "new", "edited": edited})).revision == "1700000008.000000"


def test_an_edit_to_nothing_is_an_edit() -> None:
    assert judged(changed({"text": "", "edited": {"ts": "2.0"}}, {"text": "old"})).parts == ()


def test_a_link_preview_is_no_edit() -> None:
    page = {"from_url": "https://example.com", "title": "Example"}
    assert parse(body(changed({"text": "same", "attachments": [page]}, {"text": "same"})), ME) == ()


def test_a_change_without_edit_stamp_takes_the_stamp_of_the_event() -> None:
    assert judged(changed({"text": "new"}, {"text": "old"})).revision == "1700000009.000000"


def test_deletions_and_what_a_deleted_thread_leaves_behind() -> None:
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "channel": "C1",
        "deleted_ts": "1.5",
        "ts": "1700000009.0",
    }
    assert one(event) == Deletion("slack", "T1", "C1", "1.5", 1700000009.0)
    tombstone = changed({"subtype": "tombstone", "text": "This message was deleted."}, {"text": "old"})
    assert one(tombstone) == Deletion("slack", "T1", "C1", "1700000000.000100", 1700000009.0)


@pytest.mark.parametrize("own", [{"user": "U0BOT"}, {"bot_id": "B0BOT", "subtype": "bot_message", "user": None}])
def test_own_messages_are_not_judged(own: Json) -> None:
    assert parse(body(message(**own)), ME, judge_bots=True) == ()


@pytest.mark.parametrize(
    "bot", [{"bot_id": "B9", "subtype": "bot_message", "user": None}, {"bot_id": "B9", "user": "U9"}]
)
def test_other_bots_are_judged_when_wanted_and_nobody_is_their_sender(bot: Json) -> None:
    assert parse(body(message(**bot)), ME) == ()
    found = judged(message(**bot), judge_bots=True)
    assert (found.sender, found.sender_role) == (None, "bot")


def test_slack_connect_is_external() -> None:
    assert judged(message(), is_ext_shared_channel=True).external
    assert not judged(message()).external


def test_a_direct_message_is_never_a_message_to_judge() -> None:
    for event in (message(HKID, channel_type="im", channel="D1"), message(HKID, channel_type=None, channel="D1")):
        assert direct(event)
        assert parse(body(event), ME) == ()
    assert not direct(message())


def test_coming_and_going() -> None:
    joined = {"type": "member_joined_channel", "user": "U0BOT", "channel": "C1", "inviter": "U1", "event_ts": "5.0"}
    assert one(joined) == ChatChange("slack", "T1", "C1", ChatState.JOINED, 5.0, by="U1")
    assert one(joined | {"user": "U2"}) == Joined("slack", "T1", "C1", "U2", 5.0)
    assert one({"type": "channel_left", "channel": "C1", "event_ts": "6.0"}) == ChatChange(
        "slack", "T1", "C1", ChatState.LEFT, 6.0
    )
    assert one({"type": "group_left", "channel": {"id": "G1"}, "event_ts": "6.0"}) == ChatChange(
        "slack", "T1", "G1", ChatState.LEFT, 6.0
    )
    moved = {"type": "channel_id_changed", "old_channel_id": "G1", "new_channel_id": "C1", "event_ts": "7.0"}
    assert one(moved) == ChatChange("slack", "T1", "G1", ChatState.MOVED, 7.0, to="C1")


def test_unknown_events_are_nothing() -> None:
    assert parse(body({"type": "reaction_added", "user": "U1"}), ME) == ()


def test_no_repr_shows_words() -> None:
    assert HKID not in repr(one(message(f"id {HKID}", blocks=rich(HKID), files=[{"name": HKID}])))


def test_a_member_of_another_company_is_external_and_one_of_the_same_organisation_is_not() -> None:
    event = message(user_team="T2", source_team="T2", team="T2")
    theirs = judged(event, Me("T1", "U0BOT", "B0BOT", "T1"))
    ours = judged(message(user_team="T1", source_team=None), Me("T1", "U0BOT", "B0BOT", "T1"))
    within = judged(event, Me("E1", "U0BOT", "B0BOT", "T1"))
    assert (theirs.external, ours.external, within.external) == (True, False, False)
    assert within.workspace == "E1"
