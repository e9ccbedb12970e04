"""The buttons under a nudge answer their addressee alone."""

import pytest

from bot.platforms.telegram.buttons import data, read, with_choices
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import answers, edits, inbox, labels, presses, says
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import BOT_ID, Chat, Json, Person


async def nudged(fake: FakeTelegram, text: str = "{HKID}") -> tuple[Person, Chat, int, Json]:
    ann = fake.world.person(11, started=True)
    group = fake.world.chats.get(-1001) or fake.world.group(-1001, ann)
    before = len(inbox(fake, ann))
    message = says(fake, ann, group, text)
    await fake.seen(lambda: len(inbox(fake, ann)) > before)
    return ann, group, message, inbox(fake, ann)[-1]


def ending(bot: TestBot) -> tuple[str, str]:
    (incident,) = bot.store.incidents(0, 9e9)
    return incident.resolution, incident.reason


@pytest.mark.parametrize(
    ("label", "resolution"), [("I removed it", "said_removed"), ("Not personal data", "false_alarm")]
)
async def test_one_tap_ends_an_incident(fake: FakeTelegram, bot: TestBot, label: str, resolution: str) -> None:
    ann, _, _, nudge = await nudged(fake)
    query = presses(fake, ann, nudge, label)
    await fake.seen(lambda: answers(fake))
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    assert ending(bot) == (resolution, "")
    assert answers(fake)[0]["callback_query_id"] == query
    assert "hank" in answers(fake)[0]["text"]


async def test_a_number_with_a_check_digit_is_asked_about_again(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, _, nudge = await nudged(fake)
    presses(fake, ann, nudge, "Not personal data")
    await fake.seen(lambda: answers(fake))
    assert "Nothing more to do about this message" in answers(fake)[0]["text"]
    says(fake, ann, group, "another {HKID}")
    await fake.seen(lambda: len(bot.store.incidents(0, 9e9)) == 2)


async def test_not_personal_data_keeps_the_rule_quiet_for_this_sender(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, _, nudge = await nudged(fake, "{PHONE_NUMBER}")
    presses(fake, ann, nudge, "Not personal data")
    await fake.seen(lambda: answers(fake))
    assert "here again for a while" in answers(fake)[0]["text"]
    confirmed = fake.updates.confirmed
    says(fake, ann, group, "another {PHONE_NUMBER}")
    await fake.seen(lambda: fake.updates.confirmed > confirmed)
    assert len(bot.store.incidents(0, 9e9)) == 1


async def test_reasons_are_listed_and_one_is_recorded(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, _, nudge = await nudged(fake)
    presses(fake, ann, nudge, "Needed because")
    await fake.seen(lambda: "The person agreed" in labels(inbox(fake, ann)[0]))
    shown = inbox(fake, ann)[0]
    assert "I removed it" in labels(shown)
    presses(fake, ann, shown, "The person agreed")
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    assert ending(bot) == ("reason", "agreed")


async def test_reasons_fold_away_again(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, _, nudge = await nudged(fake)
    before = labels(nudge)
    presses(fake, ann, nudge, "Needed because")
    await fake.seen(lambda: labels(inbox(fake, ann)[0]) != before)
    presses(fake, ann, inbox(fake, ann)[0], "Needed because")
    await fake.seen(lambda: labels(inbox(fake, ann)[0]) == before)
    assert ending(bot) == ("", "")


async def test_why_explains_under_the_nudge(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, _, nudge = await nudged(fake)
    presses(fake, ann, nudge, "Why?")
    await fake.seen(lambda: "principle 3" in inbox(fake, ann)[0]["text"])
    assert labels(inbox(fake, ann)[0]) == labels(nudge)
    assert ending(bot) == ("", "")


async def test_delete_it_for_me_deletes_and_is_proved(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, message, nudge = await nudged(fake)
    presses(fake, ann, nudge, "Delete it for me")
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    assert message not in group.messages
    assert ending(bot) == ("removed", "")


async def test_what_was_only_said_to_be_removed_can_still_be_deleted(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, message, nudge = await nudged(fake)
    presses(fake, ann, nudge, "I removed it")
    presses(fake, ann, nudge, "Delete it for me")
    await fake.seen(lambda: message not in group.messages)
    await fake.seen(lambda: ending(bot) == ("removed", ""))


async def test_a_message_that_is_gone_already_counts_as_removed(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, message, nudge = await nudged(fake)
    del group.messages[message]
    presses(fake, ann, nudge, "Delete it for me")
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    assert ending(bot) == ("removed", "")


async def test_without_the_right_to_delete_the_button_is_not_offered(fake: FakeTelegram, bot: TestBot) -> None:
    ann = fake.world.person(11, started=True)
    fake.world.group(-1001, ann, bot="member")
    _, _, _, nudge = await nudged(fake)
    assert "Delete it for me" not in labels(nudge)


async def test_a_right_that_was_taken_away_is_told_politely(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, message, nudge = await nudged(fake)
    group.rights[BOT_ID] = set()
    presses(fake, ann, nudge, "Delete it for me")
    await fake.seen(lambda: answers(fake))
    assert message in group.messages
    assert ending(bot) == ("", "")
    assert "delete it yourself" in answers(fake)[0]["text"]


async def test_a_stranger_changes_nothing_and_gets_a_polite_line(fake: FakeTelegram, bot: TestBot) -> None:
    _, group, message, nudge = await nudged(fake)
    ben = fake.world.person(12, started=True)
    for label in ("I removed it", "Not personal data", "Why?", "Delete it for me", "Needed because"):
        presses(fake, ben, nudge, label)
    await fake.seen(lambda: len(answers(fake)) == 5)
    assert {answer["text"] for answer in answers(fake)} == {"These buttons are for somebody else."}
    assert ending(bot) == ("", "")
    assert message in group.messages


async def test_forged_and_stale_data_do_nothing(fake: FakeTelegram, bot: TestBot) -> None:
    ann, group, message, nudge = await nudged(fake)
    forged = ("tt:aaaaaaaaaaaa:removed", "tt:aaaaaaaaaaaa:reason", "drop table", data("a" * 12, "read"))
    for text in forged:
        presses(fake, ann, nudge, data=text)
    await fake.seen(lambda: len(answers(fake)) == len(forged))
    assert {answer["text"] for answer in answers(fake)} == {"I no longer know that message. Nothing to do."}
    assert ending(bot) == ("", "")
    edits(fake, group, message, "gone")
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    presses(fake, ann, nudge, "Not personal data")
    presses(fake, ann, nudge, "Needed because")
    await fake.seen(lambda: len(answers(fake)) == len(forged) + 2)
    assert {answer["text"] for answer in answers(fake)[len(forged) :]} == {"This one is settled already. Thank you!"}
    assert ending(bot) == ("edited", "")


async def test_the_answer_to_a_press_is_sent_once_and_not_missed(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, _, nudge = await nudged(fake)
    fake.refuse("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    presses(fake, ann, nudge, "I removed it")
    await fake.seen(lambda: not labels(inbox(fake, ann)[0]))
    assert ending(bot) == ("said_removed", "")


@pytest.mark.parametrize("action", ["removed", "reason", "false_alarm", "why", "delete", "read"])
def test_data_fits_and_comes_back(action: str) -> None:
    text = data("abcdefghij23", action, "the_longest_reason_code_")
    assert len(text.encode()) <= 64
    assert read(text) == ("abcdefghij23", action, "the_longest_reason_code_")


def test_choices_are_not_added_twice() -> None:
    rows = {"inline_keyboard": [[{"text": "a", "callback_data": data("a" * 12, "reason")}]]}
    choices = {"inline_keyboard": [[{"text": "b", "callback_data": data("a" * 12, "reason", "work")}]]}
    opened = with_choices(rows, choices)
    assert len(opened["inline_keyboard"]) == 2
    assert with_choices(opened, choices) == rows
