"""The wheel of this checkout, built once for those who look at it or install it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "detectors", "policies")
NOT_PACKED = shutil.ignore_patterns("__pycache__")
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
OFFLINE = ("--no-deps", "--no-index")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for path in ROOT.iterdir():
        if path.is_file() and not path.name.startswith(".coverage"):
            shutil.copy(path, source)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, symlinks=True, ignore=NOT_PACKED)
    made = [*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    subprocess.run(made, capture_output=True, check=True)
    [wheel] = folder.glob("*.whl")
    return wheel
