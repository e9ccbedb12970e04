"""What follows chats and people: Start, greetings, reminders, leaving, moving."""

from bot.message import ChatChange, Reach
from bot.send import Refused, Sent
from bot.store import NoticeBody, NudgeBody, Store
from bot.words import ChatState, EphemeralState, NoticeCode, ReachState, SendKind, SendState
from tests.fakes.bodies import code_of
from tests.fakes.logbook import HOUR, NOON, clean, leak, tried


async def test_pressing_start_delivers_young_nudges_as_one_for_each_chat(store: Store) -> None:
    for at, wording in ((0, "hkid"), (100, "phone"), (200, "hkid")):
        await store.commit([leak(str(at), at=NOON + at, wording=(wording,))])
        await tried(store, store.outbox()[-1], Refused("not_started"), at=NOON + at)
    await store.commit([Reach("stub", "", "7", ReachState.STARTED, NOON + 47 * HOUR, "zh")])

    (nudge,) = store.outbox(states=(SendState.WAITING,))
    assert nudge.body == NudgeBody(("hkid", "phone"), count=3)
    person = store.person("stub", "", "7")
    assert (person.reach, person.language, person.app_language) == ("started", "", "zh")


async def test_pressing_start_does_not_deliver_what_is_old_or_settled(store: Store) -> None:
    await store.commit([leak("1"), leak("2", chat="-200", at=NOON + 3 * HOUR)])
    for row in store.outbox():
        await tried(store, row, Refused("not_started"), at=row.due_at)
    await store.commit([clean("2", chat="-200", at=NOON + 4 * HOUR)])
    await store.commit([Reach("stub", "", "7", ReachState.STARTED, NOON + 48 * HOUR)])

    assert [row.state for row in store.outbox()] == ["unreachable", "unreachable"]


async def test_joining_greets_once(store: Store) -> None:
    for state_ in (ChatState.JOINED, ChatState.JOINED, ChatState.LEFT, ChatState.JOINED):
        await store.commit([ChatChange("stub", "", "-100", state_, NOON)])

    (greeting,) = store.outbox()
    assert (greeting.kind, greeting.body, greeting.recipient) == ("notice", NoticeBody(NoticeCode.GREETING), "")
    (chat,) = store.chats("stub")
    assert (chat.state, chat.greeted_at) == ("joined", NOON)


async def test_leaving_cancels_what_waits_for_the_chat(store: Store) -> None:
    await store.commit([leak("1"), leak("2", chat="-200")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.LEFT, NOON)])

    assert [row.state for row in store.outbox()] == ["cancelled", "waiting"]


async def test_a_moved_chat_takes_everything_along_and_new_messages_are_new(store: Store) -> None:
    await store.commit([ChatChange("stub", "", "-100", ChatState.JOINED, NOON), leak("1")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-999")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-999")])
    await store.commit([leak("1", chat="-999", at=NOON + 1)])

    assert sorted(row.message for row in store.incidents(0, NOON + 9, chat="-999")) == ["-100/1", "1"]
    assert {row.chat for row in store.outbox()} == {"-999"}
    assert [(chat.chat, chat.greeted_at) for chat in store.chats()] == [("-999", NOON)]


async def test_a_move_to_where_the_chat_is_changes_nothing(store: Store) -> None:
    await store.commit([leak("1")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-100")])
    assert [row.message for row in store.incidents(0, NOON + 9)] == ["1"]


async def test_a_mute_and_the_greeting_move_along(store: Store) -> None:
    await store.commit([ChatChange("stub", "", "-999", ChatState.JOINED, NOON)])
    await store.commit([ChatChange("stub", "", "-100", ChatState.JOINED, NOON - 5), leak("1")])
    greeted = next(row for row in store.outbox(kind=SendKind.NOTICE) if row.chat == "-100")
    await tried(store, greeted, Sent())
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-999")])

    assert [(row.chat, row.state) for row in store.outbox(kind=SendKind.NOTICE)] == [
        ("-999", "cancelled"),
        ("-999", "sent"),
    ]


async def test_a_reminder_is_queued_and_remembered(store: Store) -> None:
    await store.set_chat("stub", "", "-100", state=ChatState.JOINED, ephemeral=EphemeralState.OPEN)
    await store.remind("stub", "", "-100")

    (chat,) = store.chats("stub")
    assert (chat.ephemeral, chat.reminded_at) == ("open", NOON)
    assert [(row.kind, code_of(row), row.recipient) for row in store.outbox()] == [("notice", "reminder", "")]


async def test_what_is_known_of_a_person_is_kept_piece_by_piece(store: Store) -> None:
    await store.set_person("stub", "", "7", reach=ReachState.STARTED)
    await store.set_person("stub", "", "7", language="zh")

    person = store.person("stub", "", "7")
    assert (person.reach, person.language, person.since) == ("started", "zh", NOON)
