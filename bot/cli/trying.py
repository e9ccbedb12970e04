"""What `policy test` does: each example of a policy with its facts, what was found in it, and which rules fire."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detectors.detector import Detector
from policies.files import locate, understood
from policies.schema import ExampleTable
from policies.sense import judged
from policies.source import Source


def run(name: str, detector: Detector) -> int:
    """Print the table; returns 1 when an example does not hold. Raises PolicyError.

    An example is named by its number and line: its words are not repeated.
    """
    source, written, policy = understood(locate(name), detector.own_types)
    table = Table("example", "line", "facts", "found", "fires", "verdict", box=None, header_style="bold")
    wrong = 0
    for index, example in enumerate(written.example):
        decision = judged(policy.tried or policy, example, detector.find)
        verdict = _verdict({*example.rules}, {*decision.rules})
        wrong += bool(verdict)
        counted = dict.fromkeys(finding.type for finding in detector.find(example.text))
        line = str(source.line(("example", index)) or "")
        fires = ", ".join((*decision.rules, *decision.excused)) or "-"
        shown = f"[red]{verdict}[/red]" if verdict else "[green]holds[/green]"
        cells = (str(index + 1), line, _facts(source, index), ", ".join(counted) or "-", escape(fires), shown)
        table.add_row(*cells)
    console = Console()
    console.print(table)
    console.print(
        f"{len(written.example)} examples, {wrong} to mend" if wrong else f"{len(written.example)} examples hold"
    )
    return 1 if wrong else 0


def _verdict(wanted: set[str], fired: set[str]) -> str:
    """Say what is wrong; '' when the example holds."""
    missing, extra = sorted(wanted - fired), sorted(fired - wanted)
    pieces = [f"should break {' and '.join(missing)}"] if missing else []
    return "; ".join([*pieces, *([f"should not break {' and '.join(extra)}"] if extra else [])])


def _facts(source: Source, index: int) -> str:
    """What the example says of itself besides its words."""
    said = source.at(("example", index)).items()
    facts = [
        f"{name} {value}" for name, value in said if name in ExampleTable.model_fields and name not in ("text", "rules")
    ]
    return escape(", ".join(facts)) or "-"
