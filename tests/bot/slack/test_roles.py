"""What a sender is in the workspace: from the same answer as the language, and unknown where Slack doesn't say."""

from pathlib import Path
from typing import Any

import pytest

from bot.platforms.slack.person import Person, read
from policies.facts import Role
from policies.reload import Policies
from tests.fakes.judging import Marks
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack, Json
from tests.fakes.slack.workspace import TEAM

BY_ROLE = """
[[rule]]
id = "guests"
types = ["HKID"]
sender_roles = ["guest"]
severity = "high"
[[rule]]
id = "members"
types = ["HKID"]
sender_roles = ["member"]
severity = "medium"
[[rule]]
id = "leads"
types = ["HKID"]
sender_roles = ["owner", "admin"]
severity = "low"
[[rule]]
id = "bots"
types = ["HKID"]
sender_roles = ["bot"]
severity = "low"
"""


@pytest.mark.parametrize(
    ("told", "workspace", "role"),
    [
        ({}, "T1", Role.MEMBER),
        ({"team_id": "T1"}, "T1", Role.MEMBER),
        ({"team_id": "T1", "is_admin": True, "is_owner": True, "is_primary_owner": True}, "T1", Role.OWNER),
        ({"team_id": "T1", "is_admin": True, "is_owner": True}, "T1", Role.OWNER),
        ({"team_id": "T1", "is_admin": True}, "T1", Role.ADMIN),
        ({"team_id": "T1", "is_restricted": True}, "T1", Role.GUEST),
        ({"team_id": "T1", "is_restricted": True, "is_ultra_restricted": True}, "T1", Role.GUEST),
        ({"team_id": "T2", "is_stranger": True}, "T1", Role.GUEST),
        ({"team_id": "T2", "is_owner": True}, "T1", Role.GUEST),
        ({"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T1", "T2"]}}, "T1", Role.MEMBER),
        ({"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]}}, "E1", Role.MEMBER),
        ({"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]}}, "E2", Role.GUEST),
        ({"team_id": "T1", "is_bot": True}, "T1", Role.BOT),
        ({"team_id": "T2", "is_bot": True}, "T1", Role.BOT),
        ({"team_id": "T1", "enterprise_user": "nonsense"}, "T1", Role.MEMBER),
    ],
)
def test_the_role_is_what_slack_says(told: dict[str, Any], workspace: str, role: Role) -> None:
    assert read(told).role(workspace) is role


def test_somebody_unknown_has_no_role() -> None:
    assert Person().role("T1") is None


@pytest.fixture
def rules(tmp_path: Path) -> Policies:
    (tmp_path / "by-role.toml").write_text(BY_ROLE)
    return Policies("by-role.toml", {}, lambda _: (), tmp_path)


async def test_the_role_decides_which_rule_fires(fake: FakeSlack, tmp_path: Path, rules: Policies) -> None:
    fake.space.person("U1", flags=("is_admin",))
    fake.space.person("U2", flags=("is_restricted",))
    fake.space.person("U3")
    fake.space.person("U4", team="T0OTHER", flags=("is_owner",))
    async with SlackBot(fake, tmp_path, rules=rules, detector=Marks(), judge_bots=True) as bot:
        for user in ("U1", "U2", "U3", "U4"):
            fake.say("C1", user, "hkid:1")
        fake.say("C1", "U9", "hkid:1", subtype="bot_message", bot_id="B9")
        await bot.settle()
        found = {incident.sender: incident.rules for incident in bot.store.incidents(0, 9e9)}
    assert found == {"U1": ("leads",), "U2": ("guests",), "U3": ("members",), "U4": ("guests",), None: ("bots",)}
    assert fake.counts["users.info"] == 4


async def test_an_unknown_role_counts_as_any(fake: FakeSlack, tmp_path: Path, rules: Policies) -> None:
    async with SlackBot(fake, tmp_path, rules=rules, detector=Marks()) as bot:
        fake.refuse("users.info", "user_not_visible", times=9)
        ts = fake.say("C1", "U1", "hkid:1")
        await bot.settle()
        assert bot.incident("C1", ts).rules == ("guests", "members", "leads", "bots")


async def test_the_fake_says_what_slack_does(fake: FakeSlack, bot: SlackBot) -> None:
    fake.space.person("U1", flags=("is_admin",), organisation="E1", teams=(TEAM,))
    told: Json = (await bot.platform._web.users_info(user="U1"))["user"]
    assert (told["is_admin"], told["is_owner"], told["enterprise_user"]["teams"]) == (True, False, [TEAM])
