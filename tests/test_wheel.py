"""What is installed is whole: the wheel, unpacked far from the checkout, carries every file and works."""

import json
import os
import subprocess
import sys
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packed import PACKAGES, ROOT, built

__all__ = ["built"]


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel, unpacked."""
    with ZipFile(built) as archive:
        archive.extractall(built.parent / "unpacked")
    return built.parent / "unpacked"


def _run(wheel: Path, folder: Path, *arguments: str, says: str = "") -> str:
    command, there = [sys.executable, *arguments], {**os.environ, "PYTHONPATH": str(wheel)}
    return subprocess.run(
        command, input=says, stdout=subprocess.PIPE, text=True, cwd=folder, env=there, check=True
    ).stdout


def test_every_file_of_the_packages_is_in_it(wheel: Path) -> None:
    ours = {path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()}
    wanted = {path for path in ours if "__pycache__" not in path.parts and path.suffix != ".md"}
    assert {str(path) for path in wanted if not (wheel / path).is_file()} == set()


def test_it_carries_the_licence(wheel: Path) -> None:
    [licences] = wheel.glob("thinktwice-*.dist-info/licenses")
    ours = [path for name in ("LICENSE", "NOTICE") if (path := ROOT / name).exists()]
    assert [path.name for path in ours if (licences / path.name).read_bytes() != path.read_bytes()] == []


def test_a_platforms_library_is_wanted_only_by_its_extra(wheel: Path) -> None:
    [metadata] = wheel.glob("thinktwice-*.dist-info/METADATA")
    wanted = message_from_string(metadata.read_text("utf-8")).get_all("Requires-Dist") or []
    for library, extra in (("python-telegram-bot", "telegram"), ("slack-bolt", "slack"), ("aiohttp", "web")):
        [line] = [line for line in wanted if line.startswith(library)]
        assert line.endswith(f'extra == "{extra}"')


def test_its_commands_work_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    assert _run(wheel, tmp_path, "-c", "import bot; print(bot.__file__)").startswith(str(wheel))
    written = _run(wheel, tmp_path, "-m", "bot", "init", "here").splitlines()
    assert (tmp_path / "here" / "config.toml").read_bytes() == (ROOT / "config.example.toml").read_bytes()
    assert [line for line in written if line.startswith(f"{tmp_path}/") and not Path(line).is_file()] == []
    policies = sorted(str(path) for path in (tmp_path / "here" / "policies").glob("*.toml"))
    assert len(policies) > 2
    _run(wheel, tmp_path, "-m", "bot", "policy", "check", *policies)
    scanned = _run(wheel, tmp_path, "-m", "bot", "scan", "-", "--format", "jsonl", says="HKID A123456(3)\n")
    assert json.loads(scanned)["warn"] is True


def test_the_command_is_called_thinktwice(wheel: Path) -> None:
    [entries] = wheel.glob("thinktwice-*.dist-info/entry_points.txt")
    assert "thinktwice = bot.__main__:main" in entries.read_text("utf-8")
