"""What the long trials showed, a line for each kind of bot, at the end of a run (also of one on several cores)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

import pytest

TALLY = "crash trials"


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Callable[[str, Mapping[str, int]], None]:
    """Adds one trial's figures to those of its line."""
    return lambda line, figures: record_property(TALLY, (line, dict(figures)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == TALLY:
                line, figures = value
                lines[line].update(figures)
    for line, total in lines.items():
        told = ", ".join(f"{name} {count}" for name, count in sorted(total.items()))
        terminalreporter.write_line(f"{line}: {told}")
