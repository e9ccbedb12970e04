"""How long until the first answer, and how much memory that takes; every figure from fresh interpreters."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PEAK = "\nfrom benchmarks.memory import peak_mb\nprint(peak_mb())"
"""Prints the peak of resident memory in MB."""

PROGRAMS = {
    "bare python": "pass",
    "thinktwice --help": (
        "import contextlib,io,bot.cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): bot.cli.main(['--help'])"
    ),
    "presidio's import": "import presidio_analyzer",
    "detector ready": "from detectors.detector import Detector; Detector().find('A123456(3)')",
}


def measure(rounds: int = 5) -> dict[str, Any]:
    """Return seconds (the middle of `rounds`) and peak MB of each program, in turns."""
    laps: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(rounds):
        for name, program in PROGRAMS.items():
            laps[name].append(_run(program))
    return {
        name: {"s": statistics.median(lap[0] for lap in taken), "mb": max(lap[1] for lap in taken)}
        for name, taken in laps.items()
    }


def _run(program: str) -> tuple[float, float]:
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program + PEAK], capture_output=True, text=True, check=True, cwd=ROOT)
    return time.perf_counter() - begin, float(done.stdout.split()[-1])
