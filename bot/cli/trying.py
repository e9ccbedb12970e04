"""What `policy test` prints: each example of a policy with its facts, what was found in it, and which rules fire."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detectors.detector import Detector
from policies.files import locate, understood
from policies.tested import Tested, tested


def run(name: str, detector: Detector) -> int:
    """Print the table; returns 1 when an example does not hold. Raises PolicyError."""
    examples = [*tested(*understood(locate(name), detector.own_types), detector.find)]
    table = Table("example", "line", "facts", "found", "fires", "verdict", box=None, header_style="bold")
    for one in examples:
        shown = "[green]holds[/green]" if one.holds else f"[red]{_verdict(one)}[/red]"
        found, fires = ", ".join(one.found) or "-", ", ".join(one.fires) or "-"
        table.add_row(str(one.number), str(one.line or ""), escape(one.facts) or "-", found, escape(fires), shown)
    console = Console()
    console.print(table)
    wrong = sum(not one.holds for one in examples)
    console.print(f"{len(examples)} examples, {wrong} to mend" if wrong else f"{len(examples)} examples hold")
    return 1 if wrong else 0


def _verdict(one: Tested) -> str:
    """Say what is wrong."""
    missing = [f"should break {' and '.join(one.missing)}"] if one.missing else []
    return "; ".join([*missing, *([f"should not break {' and '.join(one.extra)}"] if one.extra else [])])
