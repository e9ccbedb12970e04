"""What goes out: the right words, in the reader's language, with the right buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import wording
from bot.clocks import WallClock
from bot.config import Config, PolicyChoice, Privacy, Wellbeing
from bot.names import GroupNames
from bot.platform import Trouble
from bot.store import AlertBody, IncidentRow, NoticeBody, NudgeBody, OutboxRow, ReplyBody, Store, ThanksBody
from bot.talk.commands import Commands
from bot.talk.compose import Composer, nudge, nudge_buttons, reason_buttons, thanks
from bot.talk.language import Languages
from bot.talk.presses import protects
from bot.words import AlertCode, Command, NoticeCode, Reason, Resolution, SendKind
from detectors.types import NAMES
from policies.policy import WORDING_KEYS, Policy, Rule
from policies.reload import PolicySet, together
from tests.fakes import marked_find
from tests.fakes.log import INCIDENT, NOON, NUDGE, ended

PRIVACY = Privacy(operator="Example Ltd, Human Resources", contact="privacy@example.com")
CHAT_NAME = {"chat": "telegram:-1001", "name": "HR operations"}


class Rows:
    """Incidents and sends that a composer looks up; the rest is a store's."""

    def __init__(self, store: Store, known: dict[str, IncidentRow], sends: dict[int, OutboxRow]) -> None:
        self._store = store
        self.known = known
        self.sends = sends

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def incident(self, incident: str) -> IncidentRow | None:
        return self.known.get(incident)

    def outbox_row(self, row_id: int) -> OutboxRow | None:
        return self.sends.get(row_id)


@dataclass(frozen=True)
class Platform:
    """A platform that knows a chat's title and may delete in it."""

    knocks: bool = False
    slash: str = "/"
    files: bool = True

    async def trouble(self) -> tuple[Trouble, ...]:
        return ()

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        return {"-1002": "人事部", "-1003": "Case {HKID}"}.get(workspace + chat)

    def may_delete(self, workspace: str, chat: str) -> bool:
        return workspace + chat == "-1002"


REMOVING = Policy("removes", "0" * 12, (Rule("hkid", "high", (), frozenset({"nudge", "delete", "log"})),))


class Judges:
    """Policies in force, for Commands; in some chats messages are removed."""

    @property
    def set(self) -> PolicySet:
        return together(Policy("office", "0" * 12, ()), {})

    def current(self, platform: str, chat: str) -> Policy:
        if chat in ("-1002", "-1009"):
            return REMOVING
        return Policy(f"policy of {platform}:{chat}", "0" * 12, ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", lambda: NOON)
    yield opened
    opened.close()


def composer(
    store: Store, *, incident: IncidentRow = INCIDENT, language: str = "auto", wellbeing: Wellbeing | None = None,
    sent: OutboxRow = NUDGE,
) -> Composer:  # fmt: skip
    config = Config.model_validate(
        {
            "privacy": PRIVACY,
            "policies": PolicyChoice.model_validate({"chats": [CHAT_NAME]}),
            "language": language,
            "admins": {"telegram": ["9"]},
            "wellbeing": wellbeing or Wellbeing(),
        }
    )
    platforms = {"telegram": Platform(knocks=True), "slack": Platform(slash="/thinktwice ")}
    rows = Rows(store, {incident.id: incident}, {1: sent})
    languages, groups = Languages(config.language, store), GroupNames(marked_find.find, config.group_names(), platforms)
    commands = Commands(config, store, Judges(), languages, groups, platforms, WallClock(lambda: NOON))
    return Composer(config, rows, commands, languages, groups, platforms, Judges())


def body(**changes: Any) -> NudgeBody:
    return replace(NudgeBody(("hkid",), count=1, language="en"), **changes)


@pytest.mark.parametrize("kind", [NUDGE.kind, SendKind.ALERT])
async def test_a_title_that_holds_a_value_is_called_the_group(store: Store, kind: SendKind) -> None:
    row = replace(NUDGE, chat="-1003", kind=kind)
    if kind is SendKind.ALERT:
        row = replace(row, body=AlertBody(AlertCode.INCIDENT, 1, "high", {"HKID": 1}))
    send = await composer(store).compose(row)
    assert "in the group" in send.text
    assert "{HKID}" not in send.text


async def test_a_nudge_goes_to_its_sender_with_all_ids_of_the_message(store: Store) -> None:
    send = await composer(store).compose(NUDGE)
    assert (send.kind, send.recipient, send.chat, send.message, send.incident) == (
        "nudge",
        "501",
        "-1001",
        "1",
        "aaaaaaaaaaaa",
    )
    assert "ID card number" in send.text
    assert "in HR operations" in send.text
    assert "about 47 people can read it" in send.text


@pytest.mark.parametrize(
    ("stored", "config", "code", "language"),
    [
        ("", "auto", "zh-hant", "zh"),
        ("", "auto", "en", "en"),
        ("", "auto", "", "en"),
        ("zh", "auto", "en", "zh"),
        ("en", "zh", "zh", "en"),
        ("", "zh", "en", "zh"),
        ("", "en", "zh-hk", "en"),
    ],
)
async def test_what_a_person_set_goes_before_the_config_and_that_before_the_app(
    store: Store, stored: str, config: str, code: str, language: str
) -> None:
    await store.set_person("telegram", "", "501", language=stored)
    send = await composer(store, language=config).compose(replace(NUDGE, body=body(language=code)))
    assert ("身份證" in send.text) == (language == "zh")


async def test_a_group_without_a_configured_name_is_called_by_its_live_title(store: Store) -> None:
    send = await composer(store).compose(replace(NUDGE, chat="-1002", body=body(language="zh")))
    assert "在「人事部」" in send.text


async def test_a_group_without_any_name_is_the_group(store: Store) -> None:
    assert "in the group" in (await composer(store).compose(replace(NUDGE, chat="-1009"))).text


async def test_the_buttons_offer_deletion_only_where_the_platform_may(store: Store) -> None:
    may = await composer(store).compose(replace(NUDGE, chat="-1002"))
    may_not = await composer(store).compose(NUDGE)
    actions = [[[button.action for button in row] for row in send.buttons] for send in (may, may_not)]
    assert actions == [
        [["removed", "delete"], ["safer"], ["reason"], ["false_alarm", "why"]],
        [["removed"], ["safer"], ["reason"], ["false_alarm", "why"]],
    ]


async def test_a_nudge_says_that_the_message_goes_only_where_the_platform_lets_us(store: Store) -> None:
    said = body(wording=("hkid", "removes"))
    may = await composer(store).compose(replace(NUDGE, chat="-1002", body=said))
    may_not = await composer(store).compose(replace(NUDGE, body=said))
    assert ("I take such a message out" in may.text, may.removes) == (True, True)
    assert ("I take such a message out" in may_not.text, may_not.removes) == (False, False)


@pytest.mark.parametrize("code", [NoticeCode.GREETING, NoticeCode.REMINDER])
async def test_a_group_is_told_when_messages_are_taken_out_there(store: Store, code: NoticeCode) -> None:
    """In -1002 the policy wants it and the platform lets us; elsewhere one of the two is missing."""
    notices = [
        await composer(store).compose(
            replace(NUDGE, kind=SendKind.NOTICE, recipient="", chat=chat, body=NoticeBody(code), incidents=())
        )
        for chat in ("-1002", "-1001", "-1009")
    ]
    assert ["take some such messages out" in notice.text for notice in notices] == [True, False, False]
    assert "由我移除" in notices[0].text


def test_the_reasons_are_those_that_the_log_takes() -> None:
    assert tuple(row[0].choice for row in reason_buttons("en")) == tuple(Reason)
    assert {row[0].action for row in reason_buttons("zh")} == {"reason"}


def test_buttons_are_labelled_in_both_languages() -> None:
    english, chinese = (nudge_buttons(language, delete=True) for language in ("en", "zh"))
    assert english[0][0].label == "I removed it"
    assert chinese[0][0].label == "我已刪除"


@pytest.mark.parametrize(
    ("wording", "own", "types", "holds"),
    [
        (["hkid"], False, {"HKID": 1}, "ID card number"),
        (["hkid", "phone"], False, {"HKID": 1, "PHONE_NUMBER": 1}, "Also seen: a phone number."),
        (["hkid", "bulk", "several"], False, {"HKID": 3, "PHONE_NUMBER": 3}, "personal data"),
        (["hkid", "several"], False, {"HKID": 1, "BANK_ACCOUNT": 1}, "of one person"),
        (
            ["hkid", "phone", "dob"],
            False,
            {"PHONE_NUMBER": 1, "DATE_OF_BIRTH": 1},
            "a date of birth and a phone number.",
        ),
        (["own"], True, {"PHONE_NUMBER": 1}, "a phone number of your own"),
        (["own"], True, {"PERSON": 1, "PHONE_NUMBER": 1, "SALARY": 1}, "pay details of your own"),
        (["phone"], True, {"PHONE_NUMBER": 1}, "a phone number of your own"),
        (["hkid"], True, {"HKID": 1}, "a Hong Kong ID card number of your own"),
        (["medical"], True, {"MEDICAL_TERM": 1}, "your own health"),
        (["medical_own"], True, {"MEDICAL_TERM": 1}, "your own health"),
        (["distress"], True, {"MEDICAL_TERM": 1}, "18111"),
        (["not-a-sentence"], False, {"HKID": 1}, "personal data"),
        ([], False, {}, "personal data"),
    ],
)
def test_one_sentence_leads_and_the_rest_is_named(
    wording: list[str], *, own: bool, types: dict[str, int], holds: str
) -> None:
    incident = replace(INCIDENT, id="kaaaaaaaaaab", types=types)
    text = nudge("en", body(wording=wording, own=own), [incident], "in HR")
    assert holds in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", WORDING_KEYS)
def test_even_the_fullest_nudge_is_short(language: str, key: str) -> None:
    full = body(wording=[key, "passport", "salary", "dob"], count=12)
    where = "in HR and payroll operations" if language == "en" else "在「人力資源及薪酬組」"
    for n in range(12):
        incident = replace(INCIDENT, id=f"incident{n}", types=dict.fromkeys(NAMES, 3), audience=1247)
        text = nudge(language, full, [incident], where)
        assert len(text.split()) < 60 if language == "en" else len(text) < 150


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_operators_helplines_stand_in_place_of_the_shipped_ones(language: str) -> None:
    text = nudge(language, body(wording=("distress",)), [INCIDENT], "", ("5000 0000 (our nurse)", "5000 0001"))
    assert "5000 0000 (our nurse)" in text
    assert "5000 0001" in text
    assert "18111" not in text


async def test_a_nudge_that_is_sent_names_the_helplines_of_the_configuration(store: Store) -> None:
    own = Wellbeing(helplines=("5000 0000 (our nurse)",))
    sent = await composer(store, wellbeing=own).compose(replace(NUDGE, body=body(wording=("distress",))))
    assert "5000 0000 (our nurse)" in sent.text


def test_joined_messages_are_counted_and_one_is_not() -> None:
    assert "This goes for 3 messages." in nudge("en", body(count=3), [INCIDENT], "in HR")
    assert "This goes for" not in nudge("en", body(), [INCIDENT], "in HR")


def test_an_audience_that_nobody_knows_is_everyone() -> None:
    unknown = replace(INCIDENT, audience=None)
    assert "everyone there can read it" in nudge("en", body(), [INCIDENT, unknown], "in HR")
    assert "about 47 people can read it" in nudge("en", body(), [INCIDENT], "in HR")


async def test_a_settled_nudge_becomes_a_thank_you_in_the_language_of_the_nudge(store: Store) -> None:
    rewrite = replace(NUDGE, id=2, kind=SendKind.REWRITE, replaces=1, body=ThanksBody())
    sent = replace(NUDGE, body=body(language="zh"))
    send = await composer(store, incident=ended(INCIDENT, Resolution.EDITED, 1), sent=sent).compose(rewrite)
    assert send.buttons == ()
    assert "多謝" in send.text


@pytest.mark.parametrize(
    ("resolution", "holds"),
    [
        (Resolution.EDITED, "sorted"),
        (Resolution.REASON, "telling me why"),
        (Resolution.FALSE_ALARM, "setting me right"),
        (Resolution.EXPIRED, "over"),
    ],
)
def test_thanks_fit_how_it_ended(resolution: Resolution, holds: str) -> None:
    texts = {thanks("en", [ended(INCIDENT, resolution, 1, id=f"i{n}")]) for n in range(20)}
    assert any(holds in text for text in texts)


async def test_a_nudge_that_more_messages_joined_is_written_anew(store: Store) -> None:
    rewrite = replace(NUDGE, id=2, kind=SendKind.REWRITE, replaces=1, body=body(count=4))
    send = await composer(store).compose(rewrite)
    assert "4 messages" in send.text
    assert send.buttons != ()


async def test_where_everybody_can_be_written_to_nobody_is_asked_to_press_start(store: Store) -> None:
    notice = replace(NUDGE, kind=SendKind.NOTICE, platform="slack", recipient="", body=NoticeBody(NoticeCode.GREETING))
    send = await composer(store).compose(notice)
    assert send.buttons == ()
    assert "Start" not in send.text
    assert "/thinktwice privacy" in send.text


async def test_the_greeting_says_who_runs_this_in_both_languages_and_offers_start(store: Store) -> None:
    send = await composer(store).compose(
        replace(NUDGE, kind=SendKind.NOTICE, recipient="", body=NoticeBody(NoticeCode.GREETING))
    )
    english, chinese = send.text.split("\n\n")
    assert all(
        word in english for word in ("Example Ltd, Human Resources", "privacy@example.com", "/privacy", "Nothing that")
    )
    assert all(word in chinese for word in ("Example Ltd, Human Resources", "privacy@example.com", "不會保存"))
    assert [button.action for row in send.buttons for button in row] == ["start"]


@pytest.mark.parametrize(
    ("alert", "holds"),
    [
        (AlertBody(AlertCode.INCIDENT, severity="high", types={"HKID": 3}), "high"),
        (
            AlertBody(AlertCode.ANONYMOUS, severity="high", types={"PHONE_NUMBER": 1}),
            "a phone number in HR operations",
        ),
        (AlertBody(AlertCode.INCIDENT, 3, "high", {"HKID": 3}), "3 incidents in HR operations"),
        (AlertBody(AlertCode.ANONYMOUS, 2, "high", {"HKID": 3}), "(2 messages)"),
        (AlertBody(AlertCode.POISON, count=2), "2 messages"),
        (AlertBody(AlertCode.POLICY), "1 problem."),
        (AlertBody(AlertCode.PERMISSIONS, detail="not_admin"), "I am not an admin"),
        (AlertBody(AlertCode.EPHEMERAL), "in HR operations; until"),
        (AlertBody(AlertCode.GAP), "I was away"),
    ],
)
async def test_alerts_speak_in_codes_alone(store: Store, alert: AlertBody, holds: str) -> None:
    send = await composer(store).compose(replace(NUDGE, kind=SendKind.ALERT, recipient="9", body=alert))
    assert holds in send.text
    assert send.buttons == ()


async def test_a_reply_is_the_answer_to_the_command(store: Store) -> None:
    asked = ReplyBody(Command.PRIVACY, language="zh")
    send = await composer(store).compose(replace(NUDGE, kind=SendKind.REPLY, body=asked, incidents=()))
    assert "並非徵求你同意" in send.text
    assert send.incident == ""


async def test_a_report_as_a_file_goes_with_the_reply(store: Store) -> None:
    asked = ReplyBody(Command.REPORT, ("7d", "csv"), "en")
    send = await composer(store).compose(replace(NUDGE, kind=SendKind.REPLY, recipient="9", body=asked, incidents=()))
    assert send.document is not None
    assert send.document.content.startswith(b"\xef\xbb\xbfsection,item")


async def test_words_are_not_shown_by_a_repr(store: Store) -> None:
    assert "ID card" not in repr(await composer(store).compose(NUDGE))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_is_a_sentence_for_every_alert_and_notice(language: str) -> None:
    book = wording.sentences(language)
    assert {f"alert.{code}" for code in AlertCode} | {f"notice.{code}" for code in NoticeCode} <= set(book)


def test_why_quotes_what_rules_protect_word_for_word_and_not_without_end() -> None:
    assert protects("en", ("DPP3",)) == "This protects: DPP3."
    assert protects("zh", ("DPP3", "Code 2.7")) == "所依據的條文：DPP3和Code 2.7。"
    assert protects("en", tuple(f"B{n}" for n in range(9))) == "This protects: B0, B1, B2, B3, B4, B5 and more."
