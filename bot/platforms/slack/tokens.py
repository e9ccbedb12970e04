"""The secrets of one Slack app."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tokens:
    """`admin_user` is optional: with it, people can let the bot delete their message."""

    bot: str = field(repr=False)
    app: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    admin_user: str = field(default="", repr=False)
