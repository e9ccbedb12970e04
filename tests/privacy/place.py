"""A folder that holds all that a bot writes (database, output, temporary files, home), and programs that run there."""

from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from bot.store import Store
from bot.words import SendKind, SendState
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import TOKEN
from tests.zygote import Life, program

SECRETS = {
    "TELEGRAM_BOT_TOKEN": TOKEN, "SLACK_BOT_TOKEN": FakeSlack.bot_token, "SLACK_APP_TOKEN": FakeSlack.app_token,
    "SLACK_SIGNING_SECRET": FakeSlack.signing_secret,
}  # fmt: skip
CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
[admins]
telegram = [1000]
slack = ["U1000"]
[files]
enabled = true
[telegram]
inline = true
api_base_url = "{telegram}"
webhook = "{hook}"
listen = "127.0.0.1:{hook_port}"
[slack]
api_base_url = "{slack}"
mode = "{mode}"
listen = "127.0.0.1:{port}"
"""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where events come in: fetched and by a socket, or posted to the bot, on both platforms."""

    mode: str
    port: int
    hook_port: int

    @property
    def slack(self) -> str:
        """Where Slack posts to; '' where it does not."""
        return f"http://127.0.0.1:{self.port}/slack/events" if self.mode == "http" else ""

    @property
    def hook(self) -> str:
        """Where Telegram posts to; '' where it does not."""
        return f"http://127.0.0.1:{self.hook_port}/telegram" if self.mode == "http" else ""


class Place:
    """`folder` is what is searched; what programs read stands beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bot"
        self._beside = folder
        self._number = count(1)
        for name in ("tmp", "home", "written"):
            (self.folder / name).mkdir(parents=True)

    def configure(self, telegram: FakeTelegram, slack: FakeSlack, doors: Doors) -> None:
        """Write the configuration."""
        text = CONFIG.format(telegram=telegram.url, slack=slack.api_base_url, hook=doors.hook, **asdict(doors))
        (self.folder / "config.toml").write_text(text, "utf-8")

    def start(self, command: str, given: str = "") -> Life:
        """`thinktwice` with the words of `command`; {config} is the configuration, `given` what it reads."""
        number = next(self._number)
        written, stdin = self.folder / "written" / f"{number}", self._beside / f"given-{number}"
        stdin.write_text(given, "utf-8")
        variables = {"TMPDIR": str(self.folder / "tmp"), "HOME": str(self.folder / "home"), "PYTHONASYNCIODEBUG": "1"}
        words = tuple(command.format(config=self.folder / "config.toml").split())
        out, err = written.with_suffix(".out"), written.with_suffix(".err")
        return Life(program, out, err, variables | SECRETS, words, stdin)

    def told(self) -> bool:
        """Whether no file waits to be read, and no nudge to be sent."""
        with self.store() as store:
            return not store.counts().files and not store.outbox(
                kind=SendKind.NUDGE, states=(SendState.WAITING, SendState.SENDING)
            )

    def incidents(self) -> int:
        """How many there are."""
        with self.store() as store:
            return len(store.incidents(0, float("inf")))

    def types(self) -> set[str]:
        """The entity types of all incidents."""
        with self.store() as store:
            return {name for row in store.incidents(0, float("inf")) for name in row.types}

    def store(self) -> closing[Store]:
        """The log."""
        return closing(Store.open(self.folder / "thinktwice.db", lambda: 0.0, create=False))
