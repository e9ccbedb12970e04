"""Raw updates become the events that people meant; strange ones are passed over or refused, never misread."""

from typing import Any

import pytest

from bot.message import Ask, ChatChange, Event, Message, Press, Reach
from bot.platforms.telegram.parse import Me, Parsed, Query, parse
from bot.words import Action, ChatState, ReachState

ME = Me(7000001, "thinktwice_test_bot")
NOW = 1_790_000_100.0
"""A moment after the messages below."""
GROUP = {"id": -1001, "type": "supergroup", "title": "Invented group"}
ANN = {"id": 11, "is_bot": False, "first_name": "Ann", "language_code": "zh-hant"}
INCIDENT = "abcdefghij23"


def posted(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_790_000_000, "chat": GROUP, "from": ANN, **fields}


def events(kind: str = "message", **fields: Any) -> tuple[Event, ...]:
    return parse({"update_id": 9, kind: posted(**fields)}, ME, NOW).events


def judged(kind: str = "message", **fields: Any) -> Message:
    """The message that an update means, and nothing else."""
    (event,) = events(kind, **fields)
    assert isinstance(event, Message)
    return event


def asked(**fields: Any) -> tuple[Event, Ask]:
    """What a command or private words mean besides a question, and the question."""
    event, ask = events(**fields)
    assert isinstance(ask, Ask)
    return event, ask


def words(**fields: Any) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for event in events(**fields) if isinstance(event, Message) for part in event.parts]


def test_a_group_message_carries_ids_times_and_words() -> None:
    message = judged(text="hello")
    assert message == Message("telegram", "", "-1001", "5", "11", 1_790_000_000.0, message.parts, language="zh-hant")
    assert [(part.kind, part.text) for part in message.parts] == [("text", "hello")]


def test_only_the_required_fields_are_needed() -> None:
    (message,) = parse({"update_id": 9, "message": {"message_id": 5, "chat": {"id": -1}, "text": "x"}}, ME, NOW).events
    assert isinstance(message, Message)
    assert (message.chat, message.sender, message.sent_at, message.language) == ("-1", None, NOW, "")


@pytest.mark.parametrize(
    "broken",
    [
        {"message": "not an object"},
        {"message": {}},
        {"message": {"message_id": "five", "date": 1, "chat": GROUP, "text": "x"}},
        {"message": {"message_id": 5, "date": 1, "chat": {"type": "group"}, "text": "x"}},
        {"edited_message": {"chat": GROUP, "text": "x"}},
        {"callback_query": {"data": "x"}},
        {"my_chat_member": {"chat": GROUP, "date": 1}},
    ],
)
def test_an_update_without_what_is_needed_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        parse({"update_id": 9, **broken}, ME, NOW)


def test_a_chat_without_a_type_is_private_where_its_id_is_the_senders() -> None:
    asked = {"message_id": 5, "chat": {"id": 11}, "from": {"id": 11}, "text": "/report"}
    parsed = parse({"update_id": 9, "message": asked}, ME, NOW)
    assert [type(event) for event in parsed.events] == [Reach, Ask]
    elsewhere = parse({"update_id": 9, "message": {**asked, "chat": {"id": 12}}}, ME, NOW)
    assert [type(event) for event in elsewhere.events] == [Message, Ask]


@pytest.mark.parametrize("update", [{}, {"poll": {"id": "1"}}, {"something_new": {"a": 1}}])
def test_an_unknown_kind_of_update_means_nothing(update: dict[str, Any]) -> None:
    assert parse({"update_id": 9, **update}, ME, NOW).events == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"photo": [{}], "caption": "see this"}, [("caption", "see this")]),
        ({"document": {"file_id": "1", "file_name": "list.xlsx"}}, [("file_name", "list.xlsx")]),
        ({"audio": {"title": "Song", "performer": "Somebody"}}, [("file_name", "Song\nSomebody")]),
        ({"poll": {"question": "Who?", "options": [{"text": "A"}, {"text": "B"}]}}, [("poll", "Who?\nA\nB")]),
        ({"contact": {"phone_number": "85251230000", "first_name": "Ann"}}, [("contact", "Ann\n+85251230000")]),
        ({"contact": {"phone_number": "51230000", "vcard": "TEL:1"}}, [("contact", "51230000"), ("contact", "TEL:1")]),
        (
            {"venue": {"title": "Office", "address": "1 Some Street", "location": {}}},
            [("venue", "Office\n1 Some Street")],
        ),
        ({"checklist": {"title": "Do", "tasks": [{"id": 1, "text": "this"}]}}, [("checklist", "Do\nthis")]),
        ({"text": "yes", "quote": {"text": "quoted"}}, [("text", "yes"), ("quote", "quoted")]),
        (
            {"text": "yes", "external_reply": {"document": {"file_name": "x.pdf"}}},
            [("text", "yes"), ("quote", "x.pdf")],
        ),
        ({"forum_topic_created": {"name": "Topic"}}, [("topic", "Topic")]),
        ({"new_chat_title": "New name"}, [("title", "New name")]),
        ({"photo": [{}]}, []),
    ],
)
def test_every_place_that_holds_words_is_read(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert words(**fields) == expected


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("call me", "tel:+85251230000", "+85251230000"),
        ("write", "mailto:ann%40example.com", "mailto:ann@example.com"),
        ("chat", "https://wa.me/85251230000", "https://wa.me/85251230000"),
    ],
)
def test_a_value_behind_a_link_becomes_a_part(text: str, url: str, expected: str) -> None:
    marks = [{"type": "text_link", "offset": 0, "length": len(text), "url": url}]
    assert words(text=text, entities=marks) == [("text", text), ("link", expected)]


def test_a_link_that_shows_its_value_is_not_read_twice() -> None:
    text = "our hotline 5123 0000"
    marks = [{"type": "text_link", "offset": 12, "length": 9, "url": "tel:+85251230000"}]
    assert words(text=text, entities=marks) == [("text", text)]


def test_an_edit_is_another_revision_of_the_same_message() -> None:
    first = judged("edited_message", text="a", edit_date=1_790_000_050)
    (second,) = parse({"update_id": 10, "edited_message": posted(text="b", edit_date=1_790_000_050)}, ME, NOW).events
    assert isinstance(second, Message)
    assert (first.id, second.id) == ("5", "5")
    assert first.revision != second.revision


def test_an_edit_that_takes_all_words_away_is_still_an_edit() -> None:
    message = judged("edited_message", photo=[{}], edit_date=1_790_000_050)
    assert message.parts == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP},
        {"from": {"id": 136817688, "is_bot": True}, "sender_chat": {"id": -1002, "type": "channel"}},
        {"from": {"id": 777000}, "sender_chat": {"id": -1002, "type": "channel"}, "is_automatic_forward": True},
    ],
)
def test_a_message_in_the_name_of_a_chat_has_no_sender(fields: dict[str, Any]) -> None:
    message = judged(text="x", **fields)
    assert message.sender is None


def test_channel_posts_are_read() -> None:
    update = {"message_id": 5, "date": 1, "chat": {"id": -1003, "type": "channel"}, "text": "x"}
    (message,) = parse({"update_id": 9, "channel_post": update}, ME, NOW).events
    assert isinstance(message, Message)
    assert message.sender is None


@pytest.mark.parametrize("author", [{"id": ME.id, "is_bot": True}, {"id": 99, "is_bot": True}])
def test_messages_of_bots_are_not_judged(author: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"from": author}
    assert events(text="x", **fields) == ()


def test_topic_album_and_forward_are_told() -> None:
    message = judged(
        text="x", is_topic_message=True, message_thread_id=42, media_group_id="777", forward_origin={"type": "user"}
    )
    assert (message.thread, message.album, message.forwarded) == ("42", "777", True)


def test_a_reply_thread_outside_a_forum_is_no_topic() -> None:
    message = judged(text="x", message_thread_id=42)
    assert message.thread == ""


def test_a_command_in_a_group_is_asked_and_its_words_are_judged_too() -> None:
    message, ask = asked(text="/report@ThinkTwice_test_bot 7d csv")
    assert isinstance(message, Message)
    assert message.parts[0].text == "/report@ThinkTwice_test_bot 7d csv"
    assert ask == Ask("telegram", "", "11", "-1001", "report", ("7d", "csv"), 1_790_000_000.0, "zh-hant", private=False)


def test_words_behind_a_command_never_travel_as_arguments() -> None:
    _, ask = asked(text="/report A123456(3) Chan")
    assert ask.args == ("?", "?")


@pytest.mark.parametrize("text", ["/report@another_bot", "/weather", "/ report", "see /report"])
def test_what_is_not_for_this_bot_is_judged_only(text: str) -> None:
    assert [type(event) for event in events(text=text)] == [Message]


def test_an_anonymous_admin_cannot_be_answered() -> None:
    fields: dict[str, Any] = {"from": {"id": 1087968824, "is_bot": True}}
    assert judged(text="/report", sender_chat=GROUP, **fields).parts


def test_what_only_the_bot_can_see_is_answered_and_not_judged() -> None:
    shown = events(text="/report 7d", message_id=0, ephemeral_message_id=3)
    assert [type(event) for event in shown] == [Ask]


PRIVATE = {"id": 11, "type": "private"}


def test_pressing_start_opens_the_way_to_a_person() -> None:
    reach, ask = asked(chat=PRIVATE, text="/start from_group")
    assert reach == Reach("telegram", "", "11", ReachState.STARTED, 1_790_000_000.0, "zh-hant")
    assert (ask.name, ask.args, ask.private) == ("start", (), True)


@pytest.mark.parametrize(
    ("fields", "args"),
    [({"photo": [{}]}, ()), ({"text": "/A1234563 9123"}, ("?",))],
)
def test_what_is_asked_privately_and_not_known_gets_help(fields: dict[str, Any], args: tuple[str, ...]) -> None:
    reach, ask = asked(chat=PRIVATE, **fields)
    assert isinstance(reach, Reach)
    assert (ask.name, ask.args) == ("help", args)
    assert events("edited_message", chat=PRIVATE, edit_date=1_790_000_001, **fields) == ()


def test_private_words_are_shown_to_be_checked_and_no_event() -> None:
    update = {"update_id": 9, "message": posted(chat=PRIVATE, text="check names my id is A123456(3)", photo=[{}])}
    parsed = parse(update, ME, NOW)
    (reach,) = parsed.events
    assert isinstance(reach, Reach)
    assert parsed.shown
    assert parsed.shown.names
    assert [part.text for part in parsed.shown.message.parts] == ["my id is A123456(3)"]
    assert "A123456" not in repr(parsed)
    edited = {"update_id": 9, "edited_message": posted(chat=PRIVATE, text="x", edit_date=1_790_000_001)}
    assert parse(edited, ME, NOW) == Parsed()


@pytest.mark.parametrize(
    ("fields", "chat", "to"),
    [({"migrate_to_chat_id": -1009}, "-1001", "-1009"), ({"migrate_from_chat_id": -7}, "-7", "-1001")],
)
def test_a_group_that_becomes_a_supergroup_moves(fields: dict[str, Any], chat: str, to: str) -> None:
    (change,) = events(**fields)
    assert isinstance(change, ChatChange)
    assert (change.chat, change.state, change.to) == (chat, "moved", to)


def member(old: str, new: str, chat: dict[str, Any] = GROUP, **extra: Any) -> Parsed:
    bot = {"id": ME.id, "is_bot": True}
    change = {"chat": chat, "from": ANN, "date": 1_790_000_000, "old_chat_member": {"status": old, "user": bot}}
    return parse(
        {"update_id": 9, "my_chat_member": {**change, "new_chat_member": {"status": new, "user": bot, **extra}}},
        ME,
        NOW,
    )


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("left", "member", ChatState.JOINED),
        ("kicked", "administrator", ChatState.JOINED),
        ("member", "kicked", ChatState.LEFT),
        ("administrator", "left", ChatState.LEFT),
    ],
)
def test_the_bots_place_in_a_group_is_followed(old: str, new: str, state: ChatState) -> None:
    assert member(old, new).events == (ChatChange("telegram", "", "-1001", state, 1_790_000_000.0, by="11"),)


def test_new_rights_are_no_arrival() -> None:
    parsed = member("member", "administrator")
    assert (parsed.events, parsed.promoted) == ((), "-1001")


@pytest.mark.parametrize(("new", "state"), [("kicked", "blocked"), ("member", "started")])
def test_blocking_and_unblocking_the_bot_is_followed(new: str, state: str) -> None:
    (reach,) = member("member", new, chat=PRIVATE).events
    assert isinstance(reach, Reach)
    assert (reach.user, reach.state) == ("11", state)


def press(data: object) -> tuple[tuple[Event, ...], Query]:
    """What pressing a button with this data means, and the query that must be answered."""
    parsed = parse({"update_id": 9, "callback_query": {"id": "q", "from": ANN, "data": data}}, ME, NOW)
    assert parsed.query
    return parsed.events, parsed.query


def test_a_button_names_incident_action_and_choice() -> None:
    events, query = press(f"tt:{INCIDENT}:reason:work")
    assert events == (Press("telegram", "", "11", INCIDENT, Action.REASON, NOW, "work", query.language),)
    assert (query.id, query.user) == ("q", "11")


@pytest.mark.parametrize("data", [f"tt:{INCIDENT}:reason", f"tt:{INCIDENT}:read"])
def test_opening_a_list_of_reasons_or_a_tip_changes_nothing(data: str) -> None:
    events, query = press(data)
    assert events == ()
    assert query.press
    assert query.press.incident == INCIDENT


@pytest.mark.parametrize(
    "data", ["", "x", None, 5, "tt:ABC:removed", f"tt:{INCIDENT}:burn", f"tt:{INCIDENT}:removed\n"]
)
def test_forged_data_means_nothing(data: object) -> None:
    events, query = press(data)
    assert events == ()
    assert query.press is None


def test_words_are_not_in_the_repr() -> None:
    message = judged(text="A123456(3)", caption="secret")
    assert "A123456" not in repr(message)
    assert "secret" not in repr(message)


def test_a_slow_clock_here_puts_nothing_into_the_future() -> None:
    slow = 1_789_999_000.0
    message, ask = parse({"update_id": 9, "message": posted(text="/help")}, ME, slow).events
    assert isinstance(message, Message)
    assert isinstance(ask, Ask)
    assert (message.sent_at, ask.at) == (slow, slow)


ODD = [1e300, 10**300, -1e300, -1, float("nan"), float("inf"), "yesterday", "9" * 300, None, [], {}]


@pytest.mark.parametrize("odd", ODD)
def test_a_time_that_is_none_is_taken_for_now(odd: object) -> None:
    message, ask = parse({"update_id": 9, "message": posted(text="/help", date=odd)}, ME, NOW).events
    assert isinstance(message, Message)
    assert isinstance(ask, Ask)
    assert (message.sent_at, ask.at) == (NOW, NOW)


@pytest.mark.parametrize("odd", ODD)
def test_an_edit_stamp_that_is_none_is_taken_for_now(odd: object) -> None:
    update = {"update_id": 9, "edited_message": posted(text="hello", edit_date=odd)}
    (message,) = parse(update, ME, NOW).events
    assert isinstance(message, Message)
    assert message.revision == f"{int(NOW)}.9"


@pytest.mark.parametrize("odd", ODD)
def test_a_place_that_changed_at_no_time_changed_now(odd: object) -> None:
    member = {"user": {"id": ME.id}, "status": "member"}
    update = {"my_chat_member": {"chat": GROUP, "date": odd, "new_chat_member": member}}
    (change,) = parse({"update_id": 9, **update}, ME, NOW).events
    assert isinstance(change, ChatChange)
    assert change.at == NOW
