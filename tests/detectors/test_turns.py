"""Who answers asks the system for short turns; who reads files takes what it gives."""

import subprocess
import sys

import pytest

from detectors import turns

START = """
from detectors import turns
turns.ask(turns.USUAL)  # whoever starts this process may have asked for short ones, as a bot in another test
first = turns.length()
turns.ask(turns.SHORT)
"""


def _said(code: str) -> str:
    """What a process of its own prints: a wish is never taken back by itself."""
    return subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=True).stdout


takes_wishes = pytest.mark.skipif(not turns.length(), reason="Linux knows of turns from 6.12 on, other systems never")


@takes_wishes
def test_a_wish_holds_for_threads_that_start_later() -> None:
    later = "import threading; one = threading.Thread(target=lambda: print(turns.length())); one.start(); one.join()"
    assert _said(later) == f"{turns.SHORT}\n"


@takes_wishes
def test_what_reads_a_file_has_the_turns_of_everybody_though_the_bot_that_started_it_asked_for_short_ones() -> None:
    confined = (
        "import os\n"
        "from detectors.documents.confine import confine\n"
        "from detectors.documents.document import Limits\n"
        "confine(Limits()); print(turns.length() == first, os.nice(0) > 0)"
    )
    assert _said(confined) == "True True\n"


def test_where_nobody_can_ask_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    turns.ask(turns.SHORT)
    assert turns.length() is None
