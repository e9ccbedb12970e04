"""What the long proofs showed, a line for each kind, at the end of a run (also of one on several cores)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

import pytest

TALLY = "figures"

Tally = Callable[[str, Mapping[str, int]], None]


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Adds the figures of one test to those of its kind."""
    return lambda kind, figures: record_property(TALLY, (kind, dict(figures)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the sums of all tests that passed; of what is called the most of something, the most."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == TALLY:
                kind, figures = value
                for figure, count in figures.items():
                    known = kinds[kind][figure]
                    kinds[kind][figure] = max(known, count) if figure.startswith("most ") else known + count
    for kind, total in kinds.items():
        told = ", ".join(f"{name} {count}" for name, count in sorted(total.items()))
        terminalreporter.write_line(f"{kind}: {told}")
