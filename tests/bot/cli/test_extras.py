"""Without a platform's library everything else works, and whoever enables the platform is told what to install."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIBRARIES = {"telegram": ("telegram",), "slack": ("slack_bolt", "slack_sdk", "aiohttp")}
CONFIG = '[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n'


def _without(libraries: tuple[str, ...], *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command where `libraries` can't be imported: None in sys.modules says so (Python's reference, 5.3.1)."""
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({libraries!r}))\n"
        f"from bot.cli import main; sys.exit(main({arguments!r}))"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env=environment)


@pytest.mark.parametrize("platform", LIBRARIES)
def test_a_platform_without_its_library_is_one_sentence_with_the_cure(tmp_path: Path, platform: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"{CONFIG}[{platform}]\n", "utf-8")
    tokens = {"TELEGRAM_BOT_TOKEN": "1:a", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    ended = _without(LIBRARIES[platform], "run", "--config", str(config), **tokens)
    assert ended.returncode == 1
    assert f"pip install 'thinktwice[{platform}]'" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("platform", LIBRARIES)
def test_the_doctor_names_the_cure_too(tmp_path: Path, platform: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"{CONFIG}[{platform}]\n", "utf-8")
    ended = _without(
        LIBRARIES[platform], "doctor", "--config", str(config), TELEGRAM_BOT_TOKEN="1:a", SLACK_BOT_TOKEN="xoxb-1"
    )
    assert ended.returncode == 1
    assert f"pip install 'thinktwice[{platform}]'" in ended.stdout


@pytest.mark.parametrize("arguments", [("demo",), ("scan", "README.md"), ("policy", "check", "hr-default")])
def test_what_needs_no_platform_needs_no_platforms_library(arguments: tuple[str, ...]) -> None:
    ended = _without((*LIBRARIES["telegram"], *LIBRARIES["slack"]), *arguments)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_health_checks_without_their_library_are_one_sentence_with_the_cure(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'{CONFIG}[telegram]\n[health]\nlisten = "127.0.0.1:0"\n', "utf-8")
    cure = "pip install 'thinktwice[web]', or take listen out of [health]"
    ended = _without(("aiohttp",), "run", "--config", str(config), TELEGRAM_BOT_TOKEN="1:a")
    assert ended.returncode == 1
    assert cure in ended.stderr.splitlines()[-1]
    ended = _without(("aiohttp",), "doctor", "--config", str(config))
    assert ended.returncode == 1
    assert cure in ended.stdout
