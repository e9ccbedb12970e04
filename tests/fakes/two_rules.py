"""The policy of the whole bots that tests run: an HKID is grave, a phone number less so; a mute lasts a week."""

from pathlib import Path

from policies.reload import Policies
from policies.sense import Find

POLICY = """
mode = "enforce"
[[rule]]
id = "hkid"
types = ["HKID"]
severity = "high"
wording = "hkid"
mute_days = 7
[[rule]]
id = "phone"
types = ["PHONE_NUMBER"]
severity = "medium"
wording = "phone"
mute_days = 7
"""


def two_rules(folder: Path, find: Find) -> Policies:
    """Write the policy into `folder` and load it."""
    (folder / "policy.toml").write_text(POLICY, "utf-8")
    return Policies("policy.toml", {}, find, folder)
