"""The wheel in an environment that holds nothing else, far from the checkout: as somebody would install it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.packed import ROOT, built

__all__ = ["built"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

LEAK = "New starter Siu Ming, HKID Y175954(8)"
READ = """
import asyncio, pathlib, sys
from detectors.documents.document import Limits
from detectors.documents.sandbox import Sandbox
patient = Limits(seconds=200)  # others may work on this machine too
read = asyncio.run(Sandbox(patient).read(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[1]))
print(read.unread, *(part.text for part in read.parts))
"""


class Installed:
    """Runs what was installed, without anything of this environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bin = folder / "env" / "bin"
        self._home = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}

    def run(self, name: str, *arguments: str, says: str = "") -> str:
        """What a program of the environment prints."""
        command = [str(self._bin / name), *arguments]
        done = subprocess.run(
            command, input=says, capture_output=True, text=True, cwd=self.folder, env=self._home, check=False
        )
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    made = Installed(tmp_path_factory.mktemp("elsewhere"))
    subprocess.run([sys.executable, "-m", "venv", made.folder / "env"], check=True)
    wanted = f"{built}[telegram,slack,files]"
    made.run("pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), wanted)
    return made


def test_nothing_that_it_wants_is_missing(installed: Installed) -> None:
    assert "No broken requirements" in installed.run("pip", "check")
    assert str(ROOT) not in installed.run("python", "-c", "import bot; print(bot.__file__)")


def test_it_does_what_it_is_for(installed: Installed) -> None:
    installed.run("thinktwice", "init", "here")
    policies = sorted(str(path) for path in (installed.folder / "here" / "policies").glob("*.toml"))
    installed.run("thinktwice", "policy", "check", *policies)
    [found] = installed.run("thinktwice", "scan", "-", "--format", "jsonl", says=f"{LEAK}\n").splitlines()
    assert json.loads(found)["warn"]
    assert "Y175954" not in installed.run("thinktwice", "mask", says=f"{LEAK}\n")
    assert "none of them is in it" in " ".join(installed.run("thinktwice", "demo").split())


def test_it_reads_pictures(installed: Installed) -> None:
    sheet = Image.new("RGB", (1600, 500), "white")
    ImageDraw.Draw(sheet).text((100, 200), "HKID Y175954(8)", fill="black", font=ImageFont.load_default(90))
    sheet.save(installed.folder / "scan.png")
    assert "Y175954" in installed.run("python", "-c", READ, "scan.png")
