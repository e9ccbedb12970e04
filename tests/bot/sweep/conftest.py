"""What tests of sweeps share: one detector, the command in this process, and a folder of made exports."""

import argparse
import csv
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import Made, messages
from bot.cli import _parser, yardstick
from bot.cli.sweeping import run
from detectors.detector import Detector
from tests.whole import whole

MADE = [*messages(1000)]

Sweep = Callable[..., tuple[int, str]]
"""Arguments of the command -> its exit code and what it printed."""


@cache
def detector(config: Path | None) -> Detector:
    """The rules alone: what a sweep does with a verdict is tested here, not the verdict."""
    del config
    return whole()


@pytest.fixture(autouse=True)
def _one_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yardstick, "detector", detector)


def arguments(*words: object) -> argparse.Namespace:
    """What the command line reads of these words."""
    return _parser().parse_args(["sweep", *map(str, words)])


@pytest.fixture
def sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sweep:
    """The command, with one process unless told otherwise, in a folder of its own."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def swept(*words: object) -> tuple[int, str]:
        told = words if "--jobs" in words or "dask" in words else (*words, "--jobs", 1)
        with redirect_stdout(io.StringIO()) as out:
            code = run(arguments(*told))
        return code, out.getvalue()

    return swept


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with an export of each of four apps."""
    folder = tmp_path / "exports"
    folder.mkdir()
    exports.telegram(folder / "result.json", MADE)
    exports.slack(folder / "slack.zip", MADE)
    exports.whatsapp(folder / "WhatsApp Chat.txt", MADE, "android zh")
    exports.mbox(folder / "box.mbox", MADE)
    return folder


def listed(path: Path) -> list[dict[str, str]]:
    """The rows of a list."""
    return [*csv.DictReader(path.read_text("utf-8-sig").splitlines())]


def leaks(made: list[Made]) -> list[Made]:
    """Those that are to be found."""
    return [one for one in made if one.leaks]
