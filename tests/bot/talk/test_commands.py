"""What people can ask, who may, and what is written down about it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.addresses import Server
from bot.clocks import WallClock
from bot.config import Config
from bot.judging.asked import codes
from bot.message import Ask, ChatChange, Reach
from bot.names import GroupNames
from bot.platform import Trouble
from bot.reports import fonts
from bot.store import Found, Judged, Store
from bot.talk.commands import ADMINS, EVERYONE, Commands
from bot.talk.language import Languages
from bot.words import ChatState, PartKind, ReachState, TroubleCode
from policies.policy import Policy
from policies.reload import PolicySet, together
from tests.fakes import marked_find
from tests.fakes.log import NOON

Answers = Callable[..., Any]
DAY = 86400.0


class Judges:
    """Policies in force."""

    @property
    def set(self) -> PolicySet:
        return together(Policy("office", "0" * 12, ()), {})

    def current(self, platform: str, chat: str) -> Policy:
        return Policy("hr-strict" if (platform, chat) == ("telegram", "-2") else "hr-default", "0" * 12, ())


@dataclass(frozen=True)
class Titles:
    """A platform that knows titles."""

    slash: str = "/"
    files: bool = True
    troubles: tuple[Trouble, ...] = ()

    async def trouble(self) -> tuple[Trouble, ...]:
        return self.troubles

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        return {"-2": "Payroll"}.get(workspace + chat)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", lambda: NOON)
    yield opened
    opened.close()


@pytest.fixture
def commands(store: Store) -> Commands:
    return answering(store)


def answering(store: Store, **changed: Titles) -> Commands:
    config = Config.model_validate(
        {
            "privacy": {"operator": "Example Ltd, HR", "contact": "privacy@example.com", "retention_days": 30},
            "admins": {"telegram": [9], "slack": ["U9"]},
            "policies": {"chats": [{"chat": "telegram:-1", "name": "HR operations"}]},
        }
    )
    platforms = {"telegram": Titles(), "slack": Titles("/tt ", files=False), **changed}
    languages, groups = Languages(config.language, store), GroupNames(marked_find.find, config.group_names(), platforms)
    return Commands(config, store, Judges(), languages, groups, platforms, WallClock(lambda: NOON))


def ask(name: str, *args: str, user: str = "501", **changes: Any) -> Ask:
    return replace(Ask("telegram", "", user, "-1", name, args, NOON, "en"), **changes)


def leak(message: str, *, chat: str = "-1", sender: str = "501", ago: float = 60.0, **changes: Any) -> Judged:
    at = NOON - ago
    found = (Found(PartKind.TEXT, "HKID", 0.95, "hkid", (), ("check_digit",), 1),)
    given: dict[str, Any] = {"rules": ("hkid",), "severity": "high", "found": found, "types": {"HKID": 1}} | changes
    return Judged("telegram", "", chat, message, "", at, at, sender=sender, **given)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (("report", ("7d", "csv")), ("report", ("7d", "csv"))),
        (("REPORT", ("24H",)), ("report", ("24h",))),
        (("report", ("A123456(3)",)), ("report", ("?",))),
        (("report", ("1h", "2h", "3h", "4h", "5h")), ("report", ("1h", "2h", "3h", "4h"))),
        (("mydata", ("Ah", "Fai")), ("mydata", ())),
        (("language", ("ZH",)), ("language", ("zh",))),
        (("language", ("français",)), ("language", ("?",))),
        (("whatever", ("A123456(3)",)), ("help", ("?",))),
        (("start", ("payload",)), ("start", ())),
    ],
)
def test_of_what_was_typed_only_codes_remain(typed: tuple[str, tuple[str, ...]], known: tuple[str, Any]) -> None:
    assert codes(*typed) == known
    assert codes(*known) == known


@pytest.mark.parametrize("name", ADMINS)
async def test_others_than_admins_are_refused_politely_and_it_is_written_down(
    commands: Commands, store: Store, name: str
) -> None:
    answer = await commands.answer(ask(name))
    assert "for the admins" in answer.text
    assert "privacy@example.com" in answer.text
    [row] = store.audits()
    assert (row.user, row.action, row.allowed) == ("501", name, False)


async def test_every_look_at_the_log_is_written_down(commands: Commands, store: Store) -> None:
    for asked in (ask("report", "30d", user="9"), ask("status", user="9"), ask("mydata"), ask("help"), ask("privacy")):
        await commands.answer(asked)
    looks = [(row.user, row.action, row.detail, row.allowed) for row in store.audits()]
    assert looks == [("9", "report", "30d", True), ("9", "status", "", True), ("501", "mydata", "", True)]


async def test_an_admin_of_one_platform_is_none_on_another(commands: Commands) -> None:
    assert "for the admins" in (await commands.answer(ask("report", user="9", platform="slack"))).text
    assert "report" in (await commands.answer(ask("report", user="U9", platform="slack"))).text


async def test_a_report_names_groups_by_the_config_and_live(commands: Commands, store: Store) -> None:
    await store.commit([leak(f"{chat}{n}", chat=chat) for chat in ("-1", "-2") for n in range(5)])
    text = (await commands.answer(ask("report", user="9"))).text
    assert "  HR operations: 5" in text.splitlines()
    assert "  Payroll: 5" in text.splitlines()


async def test_a_report_can_be_about_the_group_where_it_was_asked(commands: Commands, store: Store) -> None:
    await store.commit([ChatChange("telegram", "", "-2", ChatState.JOINED, NOON)])
    await store.commit([leak("1"), leak("2", chat="-2"), leak("3", chat="-2")])
    text = (await commands.answer(ask("report", "here", user="9", chat="-2"))).text
    assert "Group: Payroll" in text.splitlines()
    assert "Incidents: 2 (2 more than the period before)" in text.splitlines()


async def test_here_means_nothing_where_the_bot_watches_no_group(commands: Commands) -> None:
    assert "works in a group" in (await commands.answer(ask("report", "here", user="9", chat="9"))).text


async def test_a_report_covers_the_period_that_was_asked_for(commands: Commands, store: Store) -> None:
    await store.commit([leak("1"), leak("2", ago=3 * DAY), leak("3", ago=20 * DAY)])
    counts = [
        next(
            line for line in (await commands.answer(ask("report", *args, user="9"))).text.splitlines() if "Inc" in line
        )
        for args in (["24h"], [], ["30d"])
    ]
    assert [count.split()[1] for count in counts] == ["1", "2", "3"]


@pytest.mark.parametrize("args", [["next", "month"], ["csv", "json"], ["7d", "30d"], ["please"], ["text", "csv"]])
async def test_a_report_that_was_not_understood_is_explained(commands: Commands, args: list[str]) -> None:
    answer = await commands.answer(ask("report", *args, user="9"))
    assert answer.text.startswith("Please ask like this: /report last month")
    assert "Periods that I know: today" in answer.text
    assert answer.document is None


@pytest.mark.parametrize(
    ("form", "start"), [("csv", b"\xef\xbb\xbfsection"), ("json", b"{"), ("html", b"<!doctype html>")]
)
async def test_a_report_comes_as_a_file(commands: Commands, form: str, start: bytes) -> None:
    answer = await commands.answer(ask("report", form, user="9"))
    assert answer.document is not None
    assert answer.document.name == f"thinktwice-2023-11-15.{form}"
    assert answer.document.content.startswith(start)


async def test_a_report_comes_as_a_picture(commands: Commands, store: Store) -> None:
    await store.commit([leak("1")])
    answer = await commands.answer(ask("report", "chart", "last-month", user="9"))
    assert answer.text.startswith("The figures as a picture.\nThink Twice report: 2023-10-01 00:00 to 2023-11-01 00:00")
    assert answer.document is not None
    assert answer.document.name == "thinktwice-2023-10-31.png"
    assert answer.document.content.startswith(b"\x89PNG")


async def test_where_no_picture_can_be_drawn_the_figures_come_in_words(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "KNOWN", ())
    fonts._found.cache_clear()
    answer = await commands.answer(ask("report", "chart", user="9", language="zh"))
    fonts._found.cache_clear()
    assert answer.document is None
    assert "fonts-noto-cjk" in answer.text
    assert "Think Twice 報告" in answer.text


async def test_a_page_needs_a_platform_that_takes_files(commands: Commands) -> None:
    answer = await commands.answer(ask("report", "html", platform="slack", user="U9"))
    assert "no right to send files" in answer.text
    assert answer.document is None


@pytest.mark.parametrize("name", ["report", "incidents", "audit"])
@pytest.mark.parametrize(
    ("period", "says"),
    [("2023-13", "Periods that I know: today"), ("2024", "not come yet"), ("2023-02..2023-01", "earlier day first")],
)
async def test_a_period_that_is_none_is_explained(commands: Commands, name: str, period: str, says: str) -> None:
    assert says in (await commands.answer(ask(name, period, user="9"))).text


async def test_help_lists_what_the_asker_may_ask(commands: Commands) -> None:
    everyone, admin = (await commands.answer(ask("help"))).text, (await commands.answer(ask("help", user="9"))).text
    assert [line.split(":")[0] for line in everyone.splitlines()[1:]] == [
        "/help",
        "/check",
        "/privacy",
        "/mydata",
        "/whoami",
        "/language",
        "/notice",
        "/refresher",
        "/forgetme",
    ]
    assert {"/report", "/status"} <= {line.split(":")[0] for line in admin.splitlines()}


async def test_an_unknown_command_gets_help(commands: Commands) -> None:
    text = (await commands.answer(ask("frobnicate", "A123456(3)"))).text
    assert text.startswith("I don't know that one.")
    assert "A123456" not in text
    assert "/privacy" in text


async def test_slack_commands_are_shown_with_the_apps_own_command(commands: Commands) -> None:
    assert "/tt privacy" in (await commands.answer(ask("help", platform="slack"))).text


async def test_privacy_says_who_what_how_long_and_who_can_see(commands: Commands) -> None:
    text = (await commands.answer(ask("privacy"))).text
    words = ("Example Ltd, HR", "privacy@example.com", "30 days", "Admins see counts", "leaves no trace", "/mydata")
    assert [word for word in words if word not in text] == []
    assert "consent" not in text.lower()


async def test_mydata_lists_ones_own_incidents_and_nobody_elses(commands: Commands, store: Store) -> None:
    await store.commit([leak("1"), leak("2", ago=5 * DAY), leak("3", sender="777")])
    mine, other = (
        (incident.id for incident in store.incidents(0, NOON, sender="501")),
        store.incidents(0, NOON, sender="777"),
    )
    text = (await commands.answer(ask("mydata"))).text
    assert text.startswith("Stored about you: 2 incidents.")
    assert all(incident in text for incident in mine)
    assert other[0].id not in text
    assert "a Hong Kong ID card number · open" in text
    assert "30 days" in text


async def test_mydata_is_empty_for_whoever_never_leaked(commands: Commands) -> None:
    text = (await commands.answer(ask("mydata"))).text
    assert text.startswith("Nothing about your messages is stored.")
    assert "1 note that you asked" in text


async def test_mydata_shows_the_newest_and_counts_the_rest(commands: Commands, store: Store) -> None:
    await store.commit([leak(str(n), ago=n * 3600.0) for n in range(1, 15)])
    text = (await commands.answer(ask("mydata"))).text
    assert text.count("a Hong Kong ID card number") == 10
    assert "… and 4 older ones." in text
    newest = max(store.incidents(0, NOON), key=lambda incident: incident.posted_at)
    assert newest.id in text.splitlines()[1]


async def test_mydata_tells_settings(commands: Commands, store: Store) -> None:
    await store.commit([Reach("telegram", "", "501", ReachState.STARTED, NOON, "zh-hant")])
    text = (await commands.answer(ask("mydata", language=""))).text
    assert "語言：zh-hant；私人訊息：可以聯絡" in text


@pytest.mark.parametrize(
    ("trouble", "first", "second"),
    [
        (Trouble(TroubleCode.REFUSED, 10), "Not all is well.", "Slack: 10 requests were refused"),
        (Trouble(TroubleCode.TURNED_AWAY, 1), "Working.", "Slack: 1 request that was not from the platform"),
    ],
)
async def test_status_says_what_is_wrong_with_a_platform(
    store: Store, trouble: Trouble, first: str, second: str
) -> None:
    asking = answering(store, slack=Titles("/tt ", troubles=(trouble,)))
    lines = (await asking.answer(ask("status", user="9"))).text.splitlines()
    assert lines[0] == first
    assert lines[1].startswith(second)


async def test_status_counts_what_waits_and_names_the_policies(commands: Commands, store: Store) -> None:
    await store.commit(
        [
            ChatChange("telegram", "", "-1", ChatState.JOINED, NOON),
            ChatChange("telegram", "", "-2", ChatState.JOINED, NOON),
        ]
    )
    await store.commit([leak("1", effects=frozenset({"nudge"}), wording=("hkid",))])
    lines = (await commands.answer(ask("status", user="9"))).text.splitlines()
    assert lines == [
        "Working.",
        "Groups: 2.",
        "Open incidents: 1.",
        "Waiting to be delivered: 3.",
        "Undelivered, person not reachable: 0.",
        "Alerts that an admin never got: 0.",
        "Messages set aside unread: 0.",
        "Policies in force: hr-default (enforce) and hr-strict (enforce).",
    ]


async def test_status_says_how_many_there_are_and_whether_they_judge_alike(log: Server) -> None:
    one, other = Store.open(log, lambda: NOON, hold=True), Store.open(log, lambda: NOON, hold=True)
    with closing(one), closing(other):
        await one.beat("abc")
        await other.beat("abc")
        lines = (await answering(one).answer(ask("status", user="9"))).text.splitlines()
        assert lines[-2] == "Copies of me over this log: 2."
        await other.beat("def")
        lines = (await answering(one).answer(ask("status", user="9"))).text.splitlines()
        assert lines[-3].startswith("The copies judge by different editions of the policies: abc (1) and def (1).")


async def test_the_language_can_be_set_and_given_back(commands: Commands) -> None:
    said = [(await commands.answer(ask("language", *args))).text for args in (["zh"], [], ["auto"], ["en"], ["x", "y"])]
    assert [text[:6] for text in said] == ["好的，我會用", "我現時用中文", "Done: ", "Done: ", "I writ"]


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everybody_is_answered_in_their_language(commands: Commands, name: str, language: str) -> None:
    text = (await commands.answer(ask(name, language=language))).text
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    assert (han > len(text) / 5) == (language == "zh")


async def test_status_says_that_the_clock_jumped(store: Store, commands: Commands) -> None:
    assert "clock" not in (await commands.answer(ask("status", user="9"))).text
    commands._clock = WallClock(lambda: NOON, NOON - 365 * DAY)
    assert "--clock-is-right" in (await commands.answer(ask("status", user="9"))).text


@pytest.mark.parametrize(("platform", "user"), [("telegram", "501"), ("slack", "U0501")])
async def test_whoever_asks_is_told_their_id(commands: Commands, store: Store, platform: str, user: str) -> None:
    text = (await commands.answer(ask("whoami", platform=platform, user=user))).text
    assert f'{platform} = ["{user}"]' in text
    assert store.audits() == ()


@pytest.mark.parametrize(("platform", "user", "says"), [("telegram", "9", "in the file"), ("slack", "U9", "below")])
async def test_a_report_says_where_its_figures_are(commands: Commands, platform: str, user: str, says: str) -> None:
    answer = await commands.answer(ask("report", "csv", platform=platform, user=user))
    assert says in answer.text
    assert answer.document is not None
