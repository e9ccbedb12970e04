"""What a policy knows and what it says. `decide` is pure: the same findings and facts give the same decision."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know besides findings.

    `audience` is the number of people who can read the chat; None is unknown and counts as large.
    """

    platform: str = ""
    chat: str = ""
    audience: int | None = None
    sender_role: str = "member"
    edited: bool = False
    forwarded: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy says about one message. No rule fired: `rules` is empty and `severity` is None.

    `wording` are keys of sentences for the nudge, gravest first; `effects` is a subset of nudge, alert, log.
    `policy` and `policy_hash` name the policy that judged; `mode` is `enforce` or `simulate`.
    `mute_days` says for how long a "not personal data" answer silences each fired rule for this sender and chat.
    """

    rules: tuple[str, ...] = ()
    severity: str | None = None
    effects: frozenset[str] = frozenset()
    wording: tuple[str, ...] = ()
    mute_days: tuple[int, ...] = ()
    policy: str = ""
    policy_hash: str = ""
    mode: str = "enforce"
