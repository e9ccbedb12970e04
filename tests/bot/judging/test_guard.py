"""What the guard commits for what a platform hands in."""

import asyncio
import threading
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

import pytest

from bot.judging.guard import Guard
from bot.message import Ask, ChatChange, Cursor, Deletion, Joined, Message, Part, Press
from bot.store import ReplyBody, Sampled, Store, StoreError
from bot.words import Action, AlertCode, ChatState, Command, PartKind, PressCode, SendKind
from detectors.detector import Detector
from detectors.finding import Finding
from detectors.recognizers.hkid import HkidRecognizer
from policies.facts import Facts
from policies.policy import Decision, Mute
from tests.fakes.bodies import code_of
from tests.fakes.endless import Endless
from tests.fakes.judging import Marks, Rules
from tests.fakes.logbook import NOON, Clock

ADMINS = {"stub": ("1",)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock())
    yield opened
    opened.close()


@pytest.fixture
def guard(store: Store) -> Guard:
    return Guard(Marks(), Rules(), store, Clock(), ADMINS)


def said(*texts: str, id: str = "1", revision: str = "", sender: str | None = "7", thread: str = "") -> Message:  # noqa: A002 - the message's word
    parts = tuple(Part(PartKind.TEXT, text) for text in texts)
    return Message("stub", "", "-100", id, sender, NOON, parts, revision=revision, thread=thread)


def incident(store: Store, message: str = "1") -> str:
    row = store.incident_at("stub", "", "-100", message)
    assert row is not None
    return row.id


async def test_values_are_counted_over_all_parts_and_the_same_value_once(guard: Guard, store: Store) -> None:
    await guard.handle([said("hkid:1 hkid:2", "see hkid:1 tel:1")])

    row = store.incident(incident(store))
    assert row is not None
    assert row.types == {"HKID": 2, "PHONE_NUMBER": 1}
    assert [finding.value for finding in store.findings(row.id)] == [1, 2, 1, 3]


async def test_a_clean_message_writes_nothing_but_the_cursor(guard: Guard, store: Store) -> None:
    before = store._one("PRAGMA data_version")
    await guard.handle([said("lunch at one?")])
    assert tuple(store._one("PRAGMA data_version") or ()) == tuple(before or ())

    await guard.handle([said("lunch at two?")], Cursor("stub", "offset", "3"))
    assert store.cursor("stub", "offset") == "3"
    assert store.counts().open == 0


async def test_a_batch_is_one_transaction_in_order(guard: Guard, store: Store) -> None:
    await guard.handle(
        [
            said("hkid:1"),
            said("no more", revision="5"),
            said("hkid:9", id="2"),
            Deletion("stub", "", "-100", "2", NOON),
        ],
        Cursor("stub", "offset", "3"),
    )

    assert [row.resolution for row in store.incidents(0, NOON + 1)] in (["edited", "deleted"], ["deleted", "edited"])


async def test_a_failing_store_raises_and_nothing_advances(guard: Guard, store: Store) -> None:
    await guard.handle([said("hi")], Cursor("stub", "offset", "1"))
    store._writer.close()

    with pytest.raises(StoreError):
        await guard.handle([said("hkid:1")], Cursor("stub", "offset", "2"))
    assert store.cursor("stub", "offset") == "1"


async def test_a_message_that_can_not_be_judged_is_set_aside_and_the_next_one_is_judged(
    guard: Guard, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await guard.handle([said("broken and secret"), said("hkid:1", id="2")], Cursor("stub", "offset", "3"))

    (aside,) = store.poison("stub")
    assert (aside.name, aside.attempts, aside.code, aside.aside) == ("-100/1", 3, "RecursionError", True)
    assert [row.message for row in store.incidents(0, NOON + 1)] == ["2"]
    assert [code_of(row) for row in store.outbox(kind=SendKind.ALERT)] == ["poison"]
    assert store.cursor("stub", "offset") == "3"
    assert "secret" not in caplog.text


async def test_a_message_that_takes_too_long_is_set_aside_at_once_and_the_next_one_is_judged(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    guard = Guard(Detector([Endless(), HkidRecognizer()]), Rules(), store, Clock(), ADMINS)
    await guard.handle([said("secret and endless"), said("A123456(3)", id="2")], Cursor("stub", "offset", "3"))

    (aside,) = store.poison("stub")
    assert (aside.name, aside.attempts, aside.code, aside.aside) == ("-100/1", 1, "too_slow", True)
    assert [row.message for row in store.incidents(0, NOON + 1)] == ["2"]
    assert [code_of(row) for row in store.outbox(kind=SendKind.ALERT)] == ["poison"]
    assert store.cursor("stub", "offset") == "3"
    assert [record.getMessage() for record in caplog.records] == ["guard.too_slow message=-100/1"]


async def test_a_message_that_can_be_judged_at_last_is_judged(store: Store) -> None:
    await Guard(Marks(failures=2), Rules(), store, Clock(), ADMINS).handle([said("broken hkid:1")])

    assert store.poison() == ()
    assert store.counts().open == 1


async def test_a_rule_that_was_called_wrong_is_silent_for_this_sender_and_chat(guard: Guard, store: Store) -> None:
    await guard.handle([said("tel:1")])
    assert await guard.press(Press("stub", "", "7", incident(store), Action.FALSE_ALARM, NOON)) == "thanks"
    await guard.handle([said("tel:2", id="2"), said("tel:3", id="3", sender="8"), said("tel:4 hkid:1", id="4")])

    rules = {row.message: row.rules for row in store.incidents(0, NOON + 1)}
    assert rules == {"1": ("PHONE_NUMBER",), "3": ("PHONE_NUMBER",), "4": ("HKID",)}


async def test_a_number_with_a_check_digit_is_asked_about_again(guard: Guard, store: Store) -> None:
    await guard.handle([said("hkid:1")])
    assert await guard.press(Press("stub", "", "7", incident(store), Action.FALSE_ALARM, NOON)) == "thanks"
    await guard.handle([said("hkid:1", revision="5"), said("hkid:1", id="2")])

    assert {row.message: row.resolution for row in store.incidents(0, NOON + 1)} == {"1": "false_alarm", "2": ""}


async def test_an_edit_that_only_a_mute_makes_quiet_is_not_thanked(guard: Guard, store: Store) -> None:
    await guard.handle([said("tel:1"), said("tel:2", id="2", thread="t")])
    rows = store.outbox()
    assert await store.sending(rows[0], "dm", NOON)
    await guard.press(Press("stub", "", "7", incident(store), Action.FALSE_ALARM, NOON))
    await guard.handle([said("tel:5 tel:6", revision="8")])

    row = store.incident(incident(store))
    assert row is not None
    assert row.resolution == "false_alarm"


async def test_a_late_first_post_does_not_reopen_what_was_cleaned_or_deleted_before(guard: Guard, store: Store) -> None:
    await guard.handle([said("nothing", revision="5"), Deletion("stub", "", "-100", "2", NOON)])
    await guard.handle([said("hkid:1"), said("hkid:2", id="2"), said("hkid:3", revision="6")])

    assert [(row.message, row.revision) for row in store.incidents(0, NOON + 1)] == [("1", "6")]


async def test_events_of_one_message_keep_their_order_when_handed_in_side_by_side(guard: Guard, store: Store) -> None:
    await asyncio.gather(
        guard.handle([said("hkid:1")]),
        guard.handle([said("hkid:1 hkid:2", revision="5")]),
        guard.handle([said("done", revision="6")]),
    )

    row = store.incident(incident(store))
    assert row is not None
    assert (row.resolution, row.revisions) == ("edited", 3)


async def test_a_policy_on_trial_is_noted_without_sender(store: Store) -> None:
    await Guard(Marks(), Rules(mode="simulate"), store, Clock(), ADMINS).handle([said("hkid:1")])

    (row,) = store.incidents(0, NOON + 1)
    assert (row.sender, row.mode) == (None, "simulate")
    assert store.outbox() == ()


async def test_an_answer_comes_back_for_each_event(guard: Guard, store: Store) -> None:
    await guard.handle([said("hkid:1")])
    press = Press("stub", "", "7", incident(store), Action.REMOVED, NOON)

    assert await guard.handle([said("hi", id="9"), press, said("hkid:1", id="3"), press]) == ("", "thanks", "", "stale")


async def test_words_in_a_command_are_not_stored(guard: Guard, store: Store) -> None:
    ask = Ask("stub", "", "1", "-100", "Report", ("7d", "A123456(3)", "Chan"), NOON, "en")
    await guard.handle([ask, Ask("stub", "", "1", "-100", "chan tai man", (), NOON)])

    assert [row.body for row in store.outbox(kind=SendKind.REPLY)] == [
        ReplyBody(Command.REPORT, ("7d", "?", "?"), "en"),
        ReplyBody(Command.HELP, ("?",)),
    ]


async def test_admins_are_told_what_no_message_caused(store: Store) -> None:
    guard = Guard(Marks(), Rules(), store, Clock(), {"stub": ("1",), "other": ("2",)})
    await guard.alert(AlertCode.POLICY, count=3)
    await guard.alert(AlertCode.PERMISSIONS, platform="stub", chat="-100", detail="not_admin")
    await guard.alert(AlertCode.PERMISSIONS, platform="nobody", chat="-100", detail="not_admin")

    told = [(row.platform, row.recipient, row.chat, code_of(row)) for row in store.outbox(kind=SendKind.ALERT)]
    assert told == [
        ("stub", "1", "", "policy"),
        ("other", "2", "", "policy"),
        ("stub", "1", "-100", "permissions"),
        ("stub", "1", "", "permissions"),
        ("other", "2", "", "permissions"),
    ]


class Slow(Marks):
    """A detector with a language model: it must not hold up the event loop."""

    slow = True

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def find(self, text: str) -> tuple[Finding, ...]:
        self.threads.add(threading.get_ident())
        return super().find(text)


async def test_a_slow_detector_works_beside_the_event_loop_one_text_at_a_time(store: Store) -> None:
    detector = Slow()
    guard = Guard(detector, Rules(), store, Clock(), ADMINS)
    await asyncio.gather(*(guard.handle([said("hkid:1", id=str(number))]) for number in range(100)))
    assert len(detector.threads) == 1
    assert threading.get_ident() not in detector.threads
    assert len(store.incidents(0, NOON + 1)) == 100


async def test_looking_records_nothing(guard: Guard, store: Store) -> None:
    assert (await guard.look(said("hkid:1"))).rules == ("HKID",)
    assert store.incidents(0, NOON + 1) == ()


async def test_other_events_pass_through(guard: Guard, store: Store) -> None:
    await guard.handle([ChatChange("stub", "", "-100", ChatState.JOINED, NOON)])

    assert [row.kind for row in store.outbox()] == ["notice"]


async def test_at_most_fifty_findings_are_stored_and_all_values_are_counted(guard: Guard, store: Store) -> None:
    await guard.handle([said(" ".join(f"hkid:{n}" for n in range(80)))])

    row = store.incident(incident(store))
    assert row is not None
    assert row.types == {"HKID": 80}
    assert len(store.findings(row.id)) == 50


@pytest.mark.parametrize("odd", [1e300, float("inf"), float("nan"), -1.0, NOON + 60])
async def test_nothing_is_posted_in_the_future_or_at_no_time(guard: Guard, store: Store, odd: float) -> None:
    await guard.handle([replace(said("hkid:1"), sent_at=odd)])
    row = store.incident(incident(store))
    assert row is not None
    assert row.posted_at == NOON
    await guard.handle([Deletion("stub", "", "-100", "1", odd)])
    ended = store.incident(row.id)
    assert ended is not None
    assert ended.ended_at == NOON


class OnTrial(Rules):
    """Nothing is in force but what is on trial."""

    def tried(self, platform: str, chat: str) -> tuple[tuple[str, Rules], ...]:  # noqa: ARG002 - everywhere
        return (("set", Rules()),)

    def decide(self, findings: Sequence[Finding], facts: Facts, muted: Set[Mute] = frozenset()) -> Decision:
        return super().decide([finding for finding in findings if finding.type == "HKID"], facts, muted)


async def test_what_is_on_trial_is_stored_without_a_sender_and_nobody_is_told(store: Store) -> None:
    guard = Guard(Marks(), OnTrial(), store, Clock(), ADMINS)
    await guard.handle([said("tel:1"), said("hkid:1", id="2"), said("lunch", id="3")])
    assert [(row.message, row.would.rules, row.does.rules) for row in store.trials(0, NOON + 1)] == [
        ("1", ("PHONE_NUMBER",), ()),
        ("2", ("HKID",), ("HKID",)),
    ]
    assert [row.message for row in store.incidents(0, NOON + 1)] == ["2"]
    assert [row.message for row in store.outbox()] == ["2"]
    assert "sender" not in {column["name"] for column in store._rows("PRAGMA table_info(trial)")}


async def test_a_later_revision_replaces_what_a_trial_said(store: Store) -> None:
    guard = Guard(Marks(), OnTrial(), store, Clock(), ADMINS)
    await guard.handle([said("tel:1")])
    await guard.handle([said("tel:1 hkid:1", revision="5")])
    (row,) = store.trials(0, NOON + 1)
    assert (row.would.types, row.does.types) == (("HKID", "PHONE_NUMBER"), ("HKID",))
    assert (await store.purge(NOON + 1, NOON + 1)).counts["trial"] == 1


@pytest.mark.parametrize("action", [Action.RIGHT, Action.WRONG])
async def test_an_admin_alone_says_whether_the_rules_were_right(guard: Guard, store: Store, action: Action) -> None:
    await guard.handle([said("hkid:1")])
    one = incident(store)
    await store.commit([Sampled((one,), NOON, ADMINS)])
    for stranger in ("7", "8"):
        assert await guard.press(Press("stub", "", stranger, one, action, NOON)) in (
            PressCode.REFUSED,
            PressCode.NOT_YOURS,
        )
    assert store.samples(0, NOON + 1) == ()
    assert await guard.press(Press("stub", "", "1", one, action, NOON)) is PressCode.THANKS
    assert [row.right for row in store.samples(0, NOON + 1)] == [action is Action.RIGHT]


@pytest.mark.parametrize("welcomes", [True, False])
async def test_who_joins_is_greeted_where_the_configuration_wants_it(store: Store, *, welcomes: bool) -> None:
    guard = Guard(Marks(), Rules(), store, Clock(), ADMINS, welcomes=welcomes)
    await guard.handle([Joined("stub", "", "-100", "7", NOON)])
    assert len(store.outbox()) == welcomes
