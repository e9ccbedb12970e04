"""The systemd units, the one that `thinktwice init` writes and the template made of it, as systemd itself sees them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import main

OPERATE = Path(__file__).parents[3] / "docs" / "operate.md"
ANALYZE = shutil.which("systemd-analyze")
EXPOSED = 20
"""Of 100, which systemd shows as 2.0: https://www.freedesktop.org/software/systemd/man/latest/systemd-analyze.html."""


@pytest.fixture
def unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """What `init` writes."""
    folder = tmp_path / "hr"
    assert main(["init", str(folder)]) == 0
    capsys.readouterr()
    return folder / "thinktwice.service"


@pytest.fixture
def template(unit: Path) -> Path:
    """What operate.md makes of it for several bots on one machine."""
    [line] = re.findall(r"^sed .*thinktwice@\.service$", OPERATE.read_text("utf-8"), re.MULTILINE)
    made = unit.with_name("thinktwice@.service")
    here = line.replace("/etc/systemd/system", str(unit.parent)).replace("/etc/thinktwice", str(unit.parents[1]))
    subprocess.run(["bash", "-euc", here], check=True)
    return made


def _judged(*asked: str) -> None:
    done = subprocess.run([str(ANALYZE), *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("written", ["unit", "template"])
def test_systemd_accepts_it_and_finds_little_exposed(written: str, request: pytest.FixtureRequest) -> None:
    file: Path = request.getfixturevalue(written)
    _judged("verify", str(file))
    _judged("security", "--offline=true", f"--threshold={EXPOSED}", str(file))


def test_a_bot_of_a_template_is_its_own_user_and_writes_to_its_own_folder(template: Path) -> None:
    lines = template.read_text("utf-8").splitlines()
    assert {"User=thinktwice-%i", "StateDirectory=thinktwice-%i"} <= {*lines}
    assert any(line.endswith('/%i/config.toml"') for line in lines)
    assert not any("/hr/" in line for line in lines if not line.startswith("#"))
