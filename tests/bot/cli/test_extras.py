"""Without a platform's library everything else works, and whoever enables the platform is told what to install."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIBRARIES = {"telegram": ("telegram",), "slack": ("slack_bolt", "slack_sdk", "aiohttp")}
CONFIG = '[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n'


def _without(
    libraries: tuple[str, ...], *commands: tuple[str, ...], **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run commands where `libraries` can't be imported: None in sys.modules says so (Python's reference, 5.3.1).

    In one process, one after another, which ends with the sum of their exit codes.
    """
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({libraries!r}))\n"
        f"from bot.cli import main; sys.exit(sum(main(command) for command in {commands!r}))"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env=environment)


@pytest.mark.parametrize("platform", LIBRARIES)
def test_a_platform_without_its_library_is_one_sentence_with_the_cure_also_of_the_doctor(
    tmp_path: Path, platform: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"{CONFIG}[{platform}]\n", "utf-8")
    tokens = {"TELEGRAM_BOT_TOKEN": "1:a", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    given = ("--config", str(config))
    ended = _without(LIBRARIES[platform], ("run", *given), ("doctor", *given), **tokens)
    cure = f"pip install 'thinktwice[{platform}]'"
    assert ended.returncode == 2
    assert cure in ended.stderr.splitlines()[-1]
    assert cure in ended.stdout
    assert "Traceback" not in ended.stderr


def test_what_needs_no_platform_needs_no_platforms_library() -> None:
    libraries = (*LIBRARIES["telegram"], *LIBRARIES["slack"])
    ended = _without(libraries, ("demo",), ("scan", "README.md"), ("policy", "check", "hr-default"))
    assert (ended.returncode, ended.stderr) == (0, "")


NOBODY = '[telegram]\napi_base_url = "http://127.0.0.1:9"\n'
"""A Telegram at a port where nothing listens (RFC 863's, which no system serves any more)."""
SERVED = {
    "health": (f'{NOBODY}[health]\nlisten = "127.0.0.1:0"\n', "take listen out of [health]"),
    "webhook": (f'{NOBODY}webhook = "https://bot.example.com"\n', "take webhook out of [telegram]"),
}


@pytest.mark.parametrize(("section", "otherwise"), SERVED.values(), ids=SERVED)
def test_what_is_served_without_the_library_is_one_sentence_with_the_cure(
    tmp_path: Path, section: str, otherwise: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG + section, "utf-8")
    cure = f"pip install 'thinktwice[web]', or {otherwise}"
    given = ("--config", str(config))
    ended = _without(("aiohttp",), ("run", *given), ("doctor", *given), TELEGRAM_BOT_TOKEN="1:a")
    assert ended.returncode == 2
    assert cure in ended.stderr.splitlines()[-1]
    assert cure in ended.stdout
