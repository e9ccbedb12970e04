"""Files that wait to be read: committed with the message, gone once it is known what they hold, merged in one go."""

from dataclasses import replace
from typing import Any

import pytest

from bot.message import Attachment, ChatChange, Deletion, Press
from bot.send import Sent
from bot.store import Attached, Change, Held, Judged, Looked, Spot, Store
from bot.words import Action, ChatState, LookCode, Resolution
from tests.fakes.logbook import NOON, clean, leak

SHEET, LETTER = Attachment("U1", "f1", "csv", 120), Attachment("U2", "f2", "docx", None)
WHERE = ("stub", "", "-100", "1")
FOUND = Held("sheet", (Spot(sheet=2, rows=40),))


def attached(*files: Attachment, revision: str = "", at: float = NOON) -> Attached:
    return Attached(*WHERE, revision, files, at, NOON, sender="7", audience=47, language="zh", sender_role="admin")


def of_file(file: Attachment = SHEET, **changed: Any) -> Judged:
    given: dict[str, Any] = {
        "wording": ("file",),
        "types": {"HKID": 40},
        "held": (FOUND,),
        "look": file.id,
        "at": NOON + 2,
        **changed,
    }
    return leak(**given)


def looked(store: Store, judged: Judged | None = None, code: str = "", file: Attachment = SHEET) -> Looked:
    row = next(row for row in store.looks("stub", NOON + 1e6) if row.file == file.id)
    return Looked(row.id, NOON + 2, judged, code)


def incident(store: Store) -> tuple[dict[str, int], str, tuple[Held, ...]]:
    (row,) = store.incidents(0, 1e12)
    return dict(row.types), row.resolution, row.held


def rows(store: Store, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in store._rows(f"SELECT * FROM {table}")]  # noqa: S608 - a table of ours


async def test_a_file_waits_with_what_rules_may_know_of_its_message(store: Store) -> None:
    await store.commit([attached(SHEET, LETTER)])

    first, second = store.looks("stub", NOON)
    assert (first.file, first.ref, first.ending, first.size) == ("U1", "f1", "csv", 120)
    assert (first.sender, first.audience, first.language, first.sender_role) == ("7", 47, "zh", "admin")
    assert (second.file, second.size, second.tries) == ("U2", None, 0)
    assert (store.counts().files, store.counts().unread) == (2, 0)
    assert store.looks("other", NOON) == ()


async def test_a_file_that_holds_nothing_leaves_no_trace(store: Store) -> None:
    await store.commit([clean(), attached(SHEET)])
    await store.commit([looked(store, of_file(rules=()))])

    assert [rows(store, table) for table in ("look", "incident", "verdict", "outbox")] == [[], [], [], []]


async def test_what_a_file_holds_is_an_incident_with_its_places_and_one_nudge(store: Store) -> None:
    await store.commit([clean(), attached(SHEET)])
    await store.commit([looked(store, of_file())])

    assert incident(store) == ({"HKID": 40}, "", (FOUND,))
    assert [(row.kind, row.recipient) for row in store.outbox()] == [("nudge", "7")]
    assert rows(store, "look") == []


async def test_the_same_reading_twice_tells_once(store: Store) -> None:
    """After a crash a file is read again: whichever reading comes second finds no row."""
    await store.commit([leak(), attached(SHEET)])
    change = looked(store, of_file())
    await store.commit([change, change])
    await store.commit([change])

    assert incident(store)[0] == {"HKID": 41}
    assert len(store.outbox()) == 1


async def test_a_message_that_comes_again_does_not_have_its_file_told_again(store: Store) -> None:
    await store.commit([leak(), attached(SHEET)])
    await store.commit([looked(store, of_file())])
    await store.commit([leak(), attached(SHEET)])

    assert rows(store, "look") == []


async def test_a_second_file_is_news(store: Store) -> None:
    await store.commit([clean(), attached(SHEET, LETTER)])
    await store.commit([looked(store, of_file())])
    (nudge,) = store.outbox()
    await store.sending(nudge, "dm", NOON + 3)
    await store.settled(nudge.id, Sent("{}"), NOON + 3)
    page = Held("letter", (Spot(page=3),))
    await store.commit([looked(store, of_file(LETTER, held=(page,), types={"HKID": 1}), file=LETTER)])

    assert incident(store) == ({"HKID": 41}, "", (FOUND, page))
    assert [(row.kind, row.state) for row in store.outbox()] == [("nudge", "sent"), ("rewrite", "waiting")]


@pytest.mark.parametrize("later", [5.0, 3600.0])
async def test_a_file_changes_the_nudge_about_its_message_however_late_it_is_read(store: Store, later: float) -> None:
    await store.commit([leak(), attached(SHEET)])
    (nudge,) = store.outbox()
    await store.sending(nudge, "dm", NOON)
    await store.settled(nudge.id, Sent("{}"), NOON)
    change = looked(store, of_file(at=NOON + later))
    await store.commit([replace(change, at=NOON + later)])

    assert [(row.kind, row.state) for row in store.outbox()] == [("nudge", "sent"), ("rewrite", "waiting")]


async def test_a_file_that_is_read_after_an_answer_is_a_nudge_of_its_own(store: Store) -> None:
    await store.commit([leak(), attached(SHEET)])
    (nudge,) = store.outbox()
    await store.sending(nudge, "dm", NOON)
    await store.settled(nudge.id, Sent("{}"), NOON)
    await store.commit([Press("stub", "", "7", nudge.incidents[0], Action.REASON, NOON + 1, "work")])
    await store.commit([looked(store, of_file(at=NOON + 3600))])

    assert [row.kind for row in store.outbox()] == ["nudge", "rewrite", "nudge"]


async def test_of_an_unread_file_the_reason_stays_and_nobodys_name(store: Store) -> None:
    await store.commit([attached(SHEET)])
    await store.commit([looked(store, code=LookCode.TOO_LARGE)])

    (row,) = rows(store, "look")
    assert (row["state"], row["code"], row["message"]) == ("unread", "too_large", "1")
    assert [row[name] for name in ("sender", "ref", "language", "sender_role", "audience")] == [None, "", "", "", None]
    assert store.tally(0, 1e12).unread == {"too_large": 1}
    assert (store.counts().files, store.counts().unread) == (0, 1)
    assert store.looks("stub", 1e12) == ()


async def test_words_and_file_are_one_incident_and_an_edit_of_the_words_leaves_the_file(store: Store) -> None:
    await store.commit([leak(types={"PHONE_NUMBER": 1}, files=("U1",)), attached(SHEET)])
    await store.commit([looked(store, of_file())])
    assert incident(store)[0] == {"PHONE_NUMBER": 1, "HKID": 40}

    await store.commit([clean(revision="17", files=("U1",)), attached(SHEET, revision="17")])
    assert incident(store) == ({"HKID": 40}, "", (FOUND,))
    assert rows(store, "look") == []


async def test_taking_the_file_out_leaves_the_words_and_taking_both_out_ends_it(store: Store) -> None:
    await store.commit([leak(types={"PHONE_NUMBER": 1}, files=("U1",)), attached(SHEET)])
    await store.commit([looked(store, of_file())])
    await store.commit([leak(types={"PHONE_NUMBER": 1}, revision="17"), attached(revision="17")])
    assert incident(store) == ({"PHONE_NUMBER": 1}, "", ())

    await store.commit([clean(revision="18"), attached(revision="18")])
    assert incident(store)[1] == Resolution.EDITED


async def test_a_file_alone_that_is_taken_out_is_settled(store: Store) -> None:
    await store.commit([clean(), attached(SHEET)])
    await store.commit([looked(store, of_file())])
    await store.commit([clean(revision="17"), attached(revision="17")])

    assert incident(store)[1] == Resolution.EDITED
    assert [row.state for row in store.outbox()] == ["cancelled"]


async def test_a_message_that_is_edited_while_its_file_is_read(store: Store) -> None:
    await store.commit([leak(files=("U1",)), attached(SHEET)])
    change = looked(store, of_file())
    await store.commit([clean(revision="17", files=("U1",)), attached(SHEET, revision="17")])
    assert incident(store)[1] == Resolution.EDITED

    await store.commit([change])
    assert incident(store) == ({"HKID": 40}, "", (FOUND,))


@pytest.mark.parametrize(
    "gone",
    [
        Deletion(*WHERE, NOON + 1),
        attached(revision="17"),
        attached(LETTER, revision="17"),
        ChatChange("stub", "", "-100", ChatState.LEFT, NOON + 1),
    ],
    ids=["deleted", "taken out", "another one instead", "the bot left"],
)
async def test_what_is_gone_is_not_told(store: Store, gone: Change) -> None:
    await store.commit([attached(SHEET)])
    change = looked(store, of_file())
    await store.commit([gone, change])

    assert store.incidents(0, 1e12) == ()
    assert "U1" not in {row.file for row in store.looks("stub", 1e12)}


async def test_an_answer_stands_until_the_file_says_more(store: Store) -> None:
    await store.commit([leak(), attached(SHEET)])
    (row,) = store.incidents(0, 1e12)
    await store.commit([Press("stub", "", "7", row.id, Action.REASON, NOON + 1, "work")])
    await store.commit([looked(store, of_file())])

    assert incident(store)[1] == Resolution.NONE


async def test_a_deleted_message_stays_deleted(store: Store) -> None:
    await store.commit([leak(), attached(SHEET, LETTER)])
    await store.commit([looked(store, of_file()), Deletion(*WHERE, NOON + 3)])

    assert incident(store)[1] == Resolution.DELETED
    assert rows(store, "look") == []


async def test_a_group_that_moved_takes_its_files_along(store: Store) -> None:
    await store.commit([leak(), attached(SHEET)])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-200")])
    (row,) = store.looks("stub", NOON)
    assert (row.chat, row.message) == ("-200", "-100/1")
    moved = replace(of_file(), chat=row.chat, message=row.message)
    await store.commit([Looked(row.id, NOON + 2, moved)])

    assert incident(store)[0] == {"HKID": 41}


async def test_tries_count_what_the_file_made_fail(store: Store) -> None:
    await store.commit([attached(SHEET)])
    (row,) = store.looks("stub", NOON)
    await store.look_began(row.id)
    await store.look_later(row.id, NOON + 5, counts=False)
    await store.look_began(row.id)
    await store.look_later(row.id, NOON + 9, counts=True)

    assert store.looks("stub", NOON + 8) == ()
    assert store.next_look("stub", NOON) == NOON + 9
    (row,) = store.looks("stub", NOON + 9)
    assert row.tries == 1


async def test_what_nobody_gives_for_two_days_is_unread(store: Store) -> None:
    await store.commit([attached(SHEET)])
    await store.expire(NOON + 47 * 3600)
    assert store.counts().files == 1

    await store.expire(NOON + 48 * 3600)
    assert store.tally(0, 1e12).unread == {"unreachable": 1}


async def test_the_retention_takes_unread_files_too(store: Store) -> None:
    await store.commit([attached(SHEET, LETTER)])
    await store.commit([looked(store, code="broken")])
    purged = await store.purge(NOON + 1, NOON + 1e7)

    assert (purged.counts["look"], purged.remaining) == (1, 0)
    assert [row.file for row in store.looks("stub", 1e12)] == ["U2"]


async def test_a_clock_that_is_set_moves_what_waits(store: Store) -> None:
    await store.commit([attached(SHEET)])
    store.stepped(NOON + 500, 500)
    await store.expire(NOON)

    assert store.looks("stub", NOON + 499) == ()
    assert len(store.looks("stub", NOON + 500)) == 1
