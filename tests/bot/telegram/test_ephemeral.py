"""The rung that needs no Start: opened by a harmless probe, closed at the first answer without proof."""

from dataclasses import replace
from pathlib import Path

from bot.config import ChatPolicy, Wellbeing
from bot.demo.stage import Clock
from bot.send import Document, Send
from bot.words import ReachState, SendKind
from tests.fakes.telegram.bot import ADMIN, TestBot
from tests.fakes.telegram.people import adds_bot, answers, bot_posts, edits, inbox, labels, migrates, presses, says
from tests.fakes.telegram.server import FakeTelegram, Fault
from tests.fakes.telegram.world import Chat, Json, Person


def place(fake: FakeTelegram, bot: str = "administrator") -> tuple[Person, Person, Chat]:
    ann, boss = fake.world.person(11), fake.world.person(ADMIN, started=True)
    group = fake.world.group(-1001, ann, boss, bot=bot)
    group.status[ADMIN] = "creator"
    return ann, boss, group


def shown_to(group: Chat, person: Person) -> list[Json]:
    return [dict(message) for message in group.ephemeral.values() if message["receiver_user"]["id"] == person.id]


async def opened(fake: FakeTelegram, bot: TestBot, person: Person, group: Chat) -> None:
    says(fake, person, group, "hello")
    await fake.seen(lambda: (row := bot.store.chat("telegram", "", "-1001")) and row.ephemeral == "open")


async def test_the_probe_goes_to_an_admin_and_says_nothing(fake: FakeTelegram, bot: TestBot) -> None:
    ann, boss, group = place(fake, bot="left")
    adds_bot(fake, boss, group, "administrator")
    await fake.seen(lambda: (row := bot.store.chat("telegram", "", "-1001")) and row.ephemeral == "open")
    (probe,) = shown_to(group, boss)
    assert "check by the bot" in probe["text"]
    assert shown_to(group, ann) == []


async def test_somebody_without_start_gets_a_tip_and_reads_it_alone(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    await opened(fake, bot, ann, group)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: shown_to(group, ann))
    (tip,) = shown_to(group, ann)
    assert tip["text"].startswith("A private tip for you. Only you can see this.")
    assert [label.split(" · ")[0] for label in labels(tip)] == ["Read it"]
    presses(fake, ann, tip, "Read it")
    await fake.seen(lambda: len(labels(shown_to(group, ann)[0])) > 1)
    (nudge,) = shown_to(group, ann)
    assert "ID card" in nudge["text"]
    presses(fake, ann, nudge, "Needed because")
    await fake.seen(lambda: "The person agreed" in labels(shown_to(group, ann)[0]))
    presses(fake, ann, shown_to(group, ann)[0], "The person agreed")
    await fake.seen(lambda: not labels(shown_to(group, ann)[0]))
    assert [row.resolution for row in bot.store.incidents(0, 9e9)] == ["reason"]
    assert bot_posts(group) == []
    assert [row.rung for row in bot.store.outbox(kind=SendKind.NUDGE)] == ["ephemeral"]


async def test_an_answer_with_a_file_is_never_ephemeral(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    await opened(fake, bot, ann, group)
    reply = Send(1, SendKind.REPLY, "telegram", "", "-1001", "11", "The figures are in the file.")
    assert bot.platform.rungs(reply, ReachState.UNKNOWN) == ("dm", "ephemeral", "hint")
    with_a_file = replace(reply, document=Document("report.html", b"<!doctype html>"))
    assert bot.platform.rungs(with_a_file, ReachState.UNKNOWN) == ("dm", "hint")


DISTRESS = """
[[rule]]
id = "distress"
types = ["HKID"]
severity = "low"
wording = "distress"
"""


OURS = Wellbeing(helplines=("5000 0000 (our nurse)",))


async def test_a_tip_names_the_operators_helplines(fake: FakeTelegram, tmp_path: Path) -> None:
    (tmp_path / "distress.toml").write_text(DISTRESS)
    async with TestBot(fake.url, tmp_path, policy="distress.toml", wellbeing=OURS) as bot:
        ann, _, group = place(fake)
        await opened(fake, bot, ann, group)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: shown_to(group, ann))
        presses(fake, ann, shown_to(group, ann)[0], "Read it")
        await fake.seen(lambda: "5000 0000 (our nurse)." in shown_to(group, ann)[0]["text"])


async def test_a_tip_calls_the_group_as_the_configuration_does(fake: FakeTelegram, tmp_path: Path) -> None:
    called = ChatPolicy(chat="telegram:-1001", name="Payroll, third floor")
    async with TestBot(fake.url, tmp_path, chats=(called,)) as bot:
        ann, _, group = place(fake)
        await opened(fake, bot, ann, group)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: shown_to(group, ann))
        presses(fake, ann, shown_to(group, ann)[0], "Read it")
        await fake.seen(lambda: "in Payroll, third floor" in shown_to(group, ann)[0]["text"])


async def test_a_tip_speaks_the_language_of_the_configuration(fake: FakeTelegram, tmp_path: Path) -> None:
    async with TestBot(fake.url, tmp_path, language="zh") as bot:
        ann, _, group = place(fake)
        await opened(fake, bot, ann, group)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: shown_to(group, ann))
        assert "tip" not in shown_to(group, ann)[0]["text"]


async def test_only_its_addressee_opens_a_tip(fake: FakeTelegram, bot: TestBot) -> None:
    ann, boss, group = place(fake)
    await opened(fake, bot, ann, group)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: shown_to(group, ann))
    presses(fake, boss, shown_to(group, ann)[0], "Read it")
    await fake.seen(lambda: answers(fake))
    assert answers(fake)[0]["text"] == "These buttons are for somebody else."
    assert len(labels(shown_to(group, ann)[0])) == 1


async def test_an_edit_turns_a_tip_into_thanks(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    await opened(fake, bot, ann, group)
    message = says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: shown_to(group, ann))
    edits(fake, group, message, "gone")
    await fake.seen(lambda: not labels(shown_to(group, ann)[0]))
    assert bot_posts(group) == []


async def test_an_older_server_is_asked_for_the_method_and_nothing_is_posted(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.ephemeral = "ignored"
    ann, _, group = place(fake)
    says(fake, ann, group, "hello")
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert not [call for call in fake.made("sendMessage") if call.params["chat_id"] == "-1001"]
    row = bot.store.chat("telegram", "", "-1001")
    assert row
    assert row.ephemeral == "unknown"


async def test_a_server_that_says_yes_to_anything_proves_nothing(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.ephemeral = "public"
    fake.fail("editEphemeralMessageText", Fault(raw='{"ok": true, "result": true}', times=10))
    ann, _, group = place(fake)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert not [call for call in fake.made("sendMessage") if call.params["chat_id"] == "-1001"]


async def test_a_server_that_posts_in_public_is_found_out_by_the_probe(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.ephemeral = "public"
    ann, boss, group = place(fake)
    says(fake, ann, group, "hello")
    await fake.seen(lambda: (row := bot.store.chat("telegram", "", "-1001")) and row.ephemeral == "closed")
    await fake.seen(lambda: inbox(fake, boss))
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert bot_posts(group) == []
    sent = [call for call in fake.made("sendMessage") if call.params["chat_id"] == "-1001"]
    assert ["check by the bot" in call.params["text"] for call in sent] == [True]


async def test_a_server_that_turns_old_closes_the_rung_at_once(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    await opened(fake, bot, ann, group)
    fake.world.ephemeral = "ignored"
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert bot_posts(group) == []
    row = bot.store.chat("telegram", "", "-1001")
    assert row
    assert row.ephemeral == "closed"


async def test_a_refusal_is_no_proof_and_no_harm(fake: FakeTelegram, bot: TestBot) -> None:
    fake.world.ephemeral = "off"
    ann, _, group = place(fake)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert bot_posts(group) == []
    assert group.ephemeral == {}


async def test_off_means_off(fake: FakeTelegram, tmp_path: Path) -> None:
    ann, _, group = place(fake)
    async with TestBot(fake.url, tmp_path, ephemeral="off") as bot:
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: [row for row in bot.store.outbox() if row.state == "unreachable"])
    assert group.ephemeral == {}


async def test_a_question_in_the_group_is_answered_to_the_asker_alone(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    await opened(fake, bot, ann, group)
    says(fake, ann, group, "/privacy")
    await fake.seen(lambda: shown_to(group, ann))
    assert "Example Ltd" in shown_to(group, ann)[0]["text"]
    assert bot_posts(group) == []


async def test_a_leak_that_comes_before_the_probe_is_over_waits_for_it(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: shown_to(group, ann))
    assert bot_posts(group) == []


async def test_without_a_named_admin_in_the_group_one_of_its_own_is_probed(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    owner = fake.world.person(12)
    group.status |= {owner.id: "creator", ADMIN: "left"}
    await opened(fake, bot, ann, group)
    assert len(shown_to(group, owner)) == 1


async def test_a_press_that_does_not_say_where_it_was_still_opens_the_tip(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    says(fake, ann, group, "{HKID}")
    await fake.seen(lambda: shown_to(group, ann))
    tip = shown_to(group, ann)[0]
    pressed = {"message_id": 0, "chat": tip["chat"], "reply_markup": tip["reply_markup"]}
    presses(fake, ann, pressed, "Read it")
    await fake.seen(lambda: len(labels(shown_to(group, ann)[0])) > 1)


async def test_the_rung_is_tried_again_where_a_group_moved_to(fake: FakeTelegram, bot: TestBot) -> None:
    ann, boss, group = place(fake)
    await opened(fake, bot, ann, group)
    new = migrates(fake, ann, group, -1007)
    await fake.seen(lambda: (row := bot.store.chat("telegram", "", "-1007")) and row.ephemeral == "open")
    assert len(shown_to(new, boss)) == 1
    says(fake, ann, new, "{HKID}")
    await fake.seen(lambda: shown_to(new, ann))
    assert [row.chat for row in bot.store.chats("telegram")] == ["-1007"]


async def test_a_leak_right_after_the_move_waits_for_the_probe(fake: FakeTelegram, bot: TestBot) -> None:
    ann, _, group = place(fake)
    await opened(fake, bot, ann, group)
    new = migrates(fake, ann, group, -1007)
    says(fake, ann, new, "{HKID}")
    await fake.seen(lambda: shown_to(new, ann))
    assert bot_posts(new) == []


async def test_what_joins_a_tip_from_before_the_move_is_told_anew(fake: FakeTelegram, tmp_path: Path) -> None:
    clock = Clock()
    async with TestBot(fake.url, tmp_path, clock) as bot:
        ann, boss, group = place(fake)
        await opened(fake, bot, ann, group)
        says(fake, ann, group, "{HKID}")
        await fake.seen(lambda: shown_to(group, ann))
        new = migrates(fake, ann, group, -1007)
        says(fake, ann, new, "{PHONE_NUMBER}")
        await fake.seen(lambda: [row for row in bot.store.outbox(kind=SendKind.REWRITE) if row.state == "refused"])
        clock.forward(61)  # what is told anew waits until the minute is over
        says(fake, boss, new, "{HKID}")  # wakes the courier, which rests until then by our clock
        await fake.seen(lambda: shown_to(new, ann))
        (rewrite,) = bot.store.outbox(kind=SendKind.REWRITE)
        assert [attempt.code for attempt in bot.store.attempts() if attempt.outbox == rewrite.id] == ["gone"]
        assert [row.chat for row in bot.store.outbox(kind=SendKind.NUDGE) if row.recipient == "11"] == ["-1007"] * 2
        assert [row.message for row in bot.store.incidents(0, 9e12) if "/" in row.message] == ["-1001/2"]
