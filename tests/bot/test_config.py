"""config.toml: what is accepted, and what a mistake is told."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load, secret
from bot.platforms.registered import SECTIONS

ROOT = Path(__file__).parents[2]
MINIMAL = '[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n'


def read(path: Path) -> Config:
    return load(path, SECTIONS)


def _write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def _uncommented(example: str) -> str:
    """The example with every commented default switched on, without what has no default or another one."""
    head, chats = example.split("# [[policies.chats]]")
    tail = chats.split("[detector]", 1)[1]
    text = re.sub(r"^# (?=[a-z_]+ = )", "", f"{head}[detector]{tail}", flags=re.MULTILINE)
    chosen = (
        'spacy_model = "en_core_web_sm"', 'trial = "next.toml"', 'listen = "127.0.0.1:8081"', "enabled = false",
        'listen = "127.0.0.1:8080"',
        'local_files = "/var/lib/telegram-bot-api"', 'url = "https://siem.example.com/thinktwice"',
        'font = "NotoSansCJK-Regular.ttc"',
    )  # fmt: skip
    return re.sub("|".join(map(re.escape, chosen)), "", text)


def test_the_smallest_config_is_enough(tmp_path: Path) -> None:
    config = read(_write(tmp_path, MINIMAL))
    assert config.privacy.retention_days == 90
    assert config.database == tmp_path / "thinktwice.db"


def test_the_example_shows_every_key_with_its_default(tmp_path: Path) -> None:
    example = (ROOT / "config.example.toml").read_text("utf-8")
    shown = read(_write(tmp_path, _uncommented(example)))
    defaults = read(
        _write(tmp_path, MINIMAL.replace("Example Ltd", "Example Ltd, Human Resources") + "[telegram]\n[slack]\n")
    )
    assert shown == defaults
    keys = set(re.findall(r"^(?:# )?([a-z_]+) = ", example, re.MULTILINE))
    wanted = {
        name
        for section in (Config, *SECTIONS.values(), *(field.annotation for field in Config.model_fields.values()))
        for name in getattr(section, "model_fields", {})
    }
    assert (
        wanted
        - {
            "privacy",
            "store",
            "admins",
            "policies",
            "wellbeing",
            "wording",
            "detector",
            "files",
            "awareness",
            "reports",
            "health",
            "web",
            "breach",
            "hooks",
            "logs",
            "platforms",
            "folder",
            "chats",
        }
        <= keys
    )


def test_the_example_is_a_config_as_it_stands() -> None:
    assert "telegram" in read(ROOT / "config.example.toml").platforms


MISTAKES = {
    "a deadline that is none": (MINIMAL + "[breach]\ndeadline = 'soon'\n", "breach.deadline: is written wrongly"),
    "a reminded stranger": (
        MINIMAL + "[admins]\nslack = ['U1']\n[breach]\npeople = { slack = ['U1', 'U2'] }\n",
        "breach.people.slack: names somebody who is no admin; add them to slack in [admins]",
    ),
    "no address": (MINIMAL + "[hooks]\nurl = 'siem.example.com'\n", "hooks.url: is written wrongly"),
    "no way to write": (MINIMAL + "[logs]\nformat = 'xml'\n", "logs.format: is not one of the words allowed here"),
    "unknown key": (MINIMAL + "[store]\nfile = 'x'\n", "store.file: there is no such setting"),
    "no privacy section": ("[store]\npath = 'x.db'\n", "privacy: is missing; add a [privacy] section"),
    "no contact": ("[privacy]\noperator = 'Example Ltd'\n", "privacy.contact: is missing"),
    "empty operator": ("[privacy]\noperator = ''\ncontact = 'x'\n", "privacy.operator: is empty; "),
    "not TOML": ("[privacy\n", "not valid TOML"),
    "longer than people are told": (
        MINIMAL + "retention = { low = 91 }\n",
        "privacy.retention: keeps something for longer than retention_days; raise retention_days",
    ),
    "no day kept": (MINIMAL + "retention_days = 0\n", "privacy.retention_days: is too small; "),
    "unknown mode": (MINIMAL + "[slack]\nmode = 'pigeon'\n", "slack.mode: is not one of the words allowed here; "),
    "groups of another kind": (MINIMAL + "[telegram]\ngroups = 'some'\n", "telegram.groups: is not one of the words"),
    "address without a scheme": (
        MINIMAL + "[telegram]\napi_base_url = 'api.telegram.org'\n",
        "telegram.api_base_url: is written wrongly",
    ),
    "a webhook that Telegram can't reach": (
        MINIMAL + "[telegram]\nwebhook = 'https://bot.example.com:3001/telegram'\n",
        "telegram.webhook: is not an address that Telegram posts to; write it like",
    ),
    "a webhook without TLS": (
        MINIMAL + "[telegram]\nwebhook = 'http://bot.example.com'\n",
        "telegram.webhook: is not an",
    ),
    "a webhook without a scheme": (
        MINIMAL + "[telegram]\nwebhook = 'a.example'\n",
        "telegram.webhook: is written wrongly",
    ),
    "admins of another platform": (
        MINIMAL + "[admins]\ntelegarm = [1]\n",
        "admins.telegarm: there is no such platform; did",
    ),
    "an admin's name": (MINIMAL + "[admins]\ntelegram = ['@may']\n", "admins.telegram: is written wrongly"),
    "unknown platform": (
        MINIMAL + "[[policies.chats]]\nchat = 'telegarm:-100'\n",
        "policies.chats.0.chat: names a platform that is not there; did you mean telegram?",
    ),
    "three helplines": (MINIMAL + "[wellbeing]\nhelplines = ['1', '2', '3']\n", "wellbeing.helplines: has too many"),
    "a helpline with a story": (
        MINIMAL + f"[wellbeing]\nhelplines = ['{'1' * 46}']\n",
        "wellbeing.helplines.0: is too long; ",
    ),
    "chat without platform": (MINIMAL + "[[policies.chats]]\nchat = '-100'\n", "policies.chats.0.chat: "),
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_names_the_file_the_place_and_the_cure(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(sentence)) as caught:
        read(_write(tmp_path, text))
    assert str(tmp_path / "config.toml") in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`thinktwice init DIR` writes one"):
        read(tmp_path / "config.toml")


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read(path)


def test_admins_are_compared_as_text(tmp_path: Path) -> None:
    config = read(_write(tmp_path, MINIMAL + "[admins]\ntelegram = [1001]\nslack = ['U0ADMIN']\n"))
    assert config.admins == {"telegram": ("1001",), "slack": ("U0ADMIN",)}


def test_group_names_come_from_the_overrides(tmp_path: Path) -> None:
    config = read(_write(tmp_path, MINIMAL + "[[policies.chats]]\nchat = 'telegram:-100'\nname = 'HR operations'\n"))
    assert config.group_names() == {"telegram:-100": "HR operations"}


class TestSecret:
    """Tokens come from the environment or from a file that it names."""

    def test_from_the_variable(self) -> None:
        assert secret("T", {"T": " abc \n"}) == "abc"

    def test_from_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "token").write_text("abc\n", "utf-8")
        assert secret("T", {"T_FILE": str(tmp_path / "token")}) == "abc"

    def test_absent_or_empty_is_none(self) -> None:
        assert secret("T", {}) is None
        assert secret("T", {"T": "  "}) is None

    def test_both_are_refused(self) -> None:
        with pytest.raises(ConfigError, match="both set"):
            secret("T", {"T": "abc", "T_FILE": "x"})

    def test_an_unreadable_file_is_named_by_its_variable(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="T_FILE"):
            secret("T", {"T_FILE": str(tmp_path / "none")})


def test_the_shape_of_the_example_file_is_toml() -> None:
    tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))


@pytest.mark.parametrize("listen", ["127.0.0.1:3000", "[::1]:65535", "localhost:0", ":8081"])
def test_a_place_to_listen_at(tmp_path: Path, listen: str) -> None:
    assert str(read(_write(tmp_path, f'{MINIMAL}[health]\nlisten = "{listen}"\n')).health.listen) == listen


@pytest.mark.parametrize(
    ("webhook", "server"),
    [
        ("https://bot.example.com/telegram", "https://api.telegram.org"),
        ("https://bot.example.com:8443", "https://api.telegram.org"),
        ("http://10.0.0.5:3001/telegram", "http://127.0.0.1:8081"),
    ],
)
def test_a_webhook_that_can_be_reached(tmp_path: Path, webhook: str, server: str) -> None:
    more = f'[telegram]\nwebhook = "{webhook}"\napi_base_url = "{server}"\n'
    assert read(_write(tmp_path, MINIMAL + more)).platforms["telegram"].model_dump()["webhook"] == webhook


@pytest.mark.parametrize("listen", ["127.0.0.1", "nonsense", "localhost:", "h:65536", "h:-1", "h:8e1", "h:٣"])
def test_no_place_to_listen_at(tmp_path: Path, listen: str) -> None:
    for section in ("health", "slack"):
        with pytest.raises(ConfigError, match=rf"{section}.listen: is not host:port; write it like"):
            read(_write(tmp_path, f'{MINIMAL}[{section}]\nlisten = "{listen}"\n'))
