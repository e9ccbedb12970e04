"""What an installation weighs, package by package: built, installed into a fresh environment, and weighed there.

Then `deploy/slim.py` takes out what the bot never loads, the demo is played with what is left, and that is weighed too.
`python -m benchmarks.size [EXTRAS]`; EXTRAS are those of the package, `telegram` if left out.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000
SHOWN = 1.0
"""Megabytes from which on a package has a line of its own."""

WEIGH = """
import json
from importlib.metadata import distributions
weights = {}
for one in distributions():
    files = [one.locate_file(file) for file in one.files or ()]
    weights[one.name] = sum(file.stat().st_size for file in files if file.is_file())
print(json.dumps(weights))
"""
"""Run by the environment that is weighed; compiled files are counted too, for pip makes them and RECORD lists them."""


def main() -> None:
    """Install, weigh, take out, play, weigh, and print the table."""
    extras = sys.argv[1] if len(sys.argv) > 1 else "telegram"
    with tempfile.TemporaryDirectory(prefix="thinktwice-size-") as folder:
        python = _installed(Path(folder), extras)
        whole = _weighed(python)
        subprocess.run([python, ROOT / "deploy" / "slim.py"], check=True)
        subprocess.run([python, "-m", "bot", "demo"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
        slim = _weighed(python)
    Console().print(_table(extras, whole, slim))


def _installed(folder: Path, extras: str) -> Path:
    """A fresh environment with the package of this checkout in it; returns its Python."""
    pip = ["pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", *pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    [wheel] = folder.glob("*.whl")
    limits = ["--constraint", str(ROOT / "constraints.txt")]
    subprocess.run([python, "-m", *pip, "install", *limits, f"{wheel}[{extras}]"], check=True)
    return python


def _weighed(python: Path) -> Mapping[str, int]:
    """Bytes by package, the heaviest first; the tools that every environment has are left out."""
    done = subprocess.run([python, "-c", WEIGH], capture_output=True, text=True, check=True)
    weights = {name: weight for name, weight in json.loads(done.stdout).items() if name not in ("pip", "setuptools")}
    return dict(sorted(weights.items(), key=lambda one: -one[1]))


def _table(extras: str, whole: Mapping[str, int], slim: Mapping[str, int]) -> Table:
    table = Table(f"thinktwice[{extras}]", "MB", "MB, slim", box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, *weights in _lines(whole, slim):
        table.add_row(name, *(f"{weight / MEGABYTE:.1f}" for weight in weights))
    return table


def _lines(whole: Mapping[str, int], slim: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    small = [name for name, weight in whole.items() if weight < SHOWN * MEGABYTE]
    yield from ((name, weight, slim.get(name, 0)) for name, weight in whole.items() if name not in small)
    yield f"{len(small)} smaller ones", sum(whole[name] for name in small), sum(slim.get(name, 0) for name in small)
    yield "all", sum(whole.values()), sum(slim.values())


if __name__ == "__main__":
    main()
