"""`python -m benchmarks.documents`: make the files, read and judge each, the peers beside us; print one table."""

import argparse
import asyncio
import json
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from benchmarks.documents.case import Case
from benchmarks.documents.makers import first, fourth, second, third
from benchmarks.documents.needs import missing
from benchmarks.documents.peers import Peer, peers
from benchmarks.documents.table import table
from detectors.detector import Detector
from detectors.documents.judge import judge
from detectors.documents.sandbox import Sandbox
from detectors.opinion.opinion import Opinion
from policies.facts import Facts
from policies.files import load

OUT = Path(__file__).parents[1] / "out"
SEED = 20261127
GROUPS = ("picture", "document")


@dataclass(frozen=True, slots=True)
class Result:
    """What one reader said of one file."""

    reader: str
    maker: str
    group: str
    kind: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    warn: bool
    seconds: float
    unread: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; writes documents.json and documents.txt under --out. Returns 2 where the machine lacks something."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.documents", description=__doc__)
    options.add_argument("--rounds", type=int, default=4, help="files of each kind")
    options.add_argument("--maker", choices=("first", "second", "third", "fourth"), help="one maker alone")
    options.add_argument("--skip-peers", action="store_true", help="only ours")
    options.add_argument("--redactor", metavar="PYTHON", help="a Python that has presidio-image-redactor")
    options.add_argument("--out", type=Path, default=OUT)
    chosen = options.parse_args(arguments)
    wanting = missing(peers=not chosen.skip_peers)
    if wanting:
        print(wanting, file=sys.stderr)
        return 2
    made = list(_made(chosen.rounds, chosen.maker))
    results = asyncio.run(_ours(made))
    memory = _memory(made)
    for peer in () if chosen.skip_peers else peers(chosen.redactor):
        results += _theirs(peer, made)
    chosen.out.mkdir(parents=True, exist_ok=True)
    whole = {
        "machine": f"{platform.system()} {platform.machine()}",
        "memory": memory,
        "results": [asdict(one) for one in results],
    }
    (chosen.out / "documents.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    text = table(results, memory)
    (chosen.out / "documents.txt").write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


def _memory(made: Sequence[Case]) -> float:
    """The most memory (MB) of a process of its own that reads the largest picture, and then the largest document."""
    largest = [max((case for case in made if case.group == group), key=lambda case: len(case.data)) for group in GROUPS]
    code = (
        "import resource, sys\n"
        "from detectors.documents.reading import read\n"
        "for _ in range(2): read(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())), 'file')\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    job = b"".join(b"%d\n%s" % (len(case.data), case.data) for case in largest)
    done = subprocess.run([sys.executable, "-c", code], input=job, capture_output=True, check=True)
    return int(done.stdout) / 1024


def _made(rounds: int, only: str | None) -> Iterable[Case]:
    for maker in (first, second, third, fourth):
        if only in (None, maker.MAKER):
            yield from maker.cases(Random(f"{SEED} {maker.MAKER}"), rounds)  # noqa: S311 - invented people, drawn alike each time


async def _ours(made: Iterable[Case]) -> list[Result]:
    detector = Detector(opinion=Opinion())
    policy = load("hr-default", detector.find, detector.own_types)
    sandbox = Sandbox()
    results = []
    for case in made:
        begun = time.perf_counter()
        document = await sandbox.read(case.data, case.name)
        found = judge(document, detector.find, detector.rules)
        seconds = time.perf_counter() - begun
        warn = "nudge" in policy.decide(found.findings, Facts()).effects
        types = {one.type for one in found.findings if one.score >= 0.5}
        results.append(_result("think twice", case, types, warn, seconds, found.unread or ""))
    return results


def _theirs(peer: Peer, made: Iterable[Case]) -> list[Result]:
    results = []
    for case in made:
        if case.group in peer.groups:
            types, warn, seconds = peer.read(case)
            results.append(_result(peer.name, case, types, warn, seconds))
    return results


def _result(reader: str, case: Case, types: Iterable[str], warn: bool, seconds: float, unread: str = "") -> Result:  # noqa: FBT001 - a row has what it has
    return Result(
        reader,
        case.maker,
        case.group,
        case.kind,
        tuple(sorted(case.names)),
        tuple(sorted(types)),
        warn,
        seconds,
        unread,
    )


if __name__ == "__main__":
    sys.exit(main())
