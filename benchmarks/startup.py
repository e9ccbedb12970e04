"""How long until the first answer, and how much memory that takes; every figure from fresh interpreters.

Seconds on the clock are what people wait; the processor's are the same however busy the machine is.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.store import Store

ROOT = Path(__file__).parent.parent
SPENT = "\nimport time\nfrom benchmarks.memory import peak_mb\nprint()\nprint(time.process_time(), peak_mb())"
"""Prints seconds of processor time and the peak of resident memory in MB."""
CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
"""


def _command(*arguments: str) -> str:
    """The program that carries out a command; what it says is thrown away."""
    return (
        "import contextlib,io,os,sys,bot.cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):"
        f" bot.cli.main([os.path.expandvars(one) for one in {list(arguments)!r}])"
    )


PROGRAMS = {
    "bare python": "pass",
    "thinktwice --help": _command("--help"),
    "policy init": _command("policy", "init", "$FOLDER/policies"),
    "report": _command("report", "--config", "$FOLDER/config.toml"),
    "purge": _command("purge", "--config", "$FOLDER/config.toml"),
    "presidio's import": "import presidio_analyzer",
    "detector ready": "from detectors.detector import Detector; Detector().find('A123456(3)')",
    "scan of one line": _command("scan", "$FOLDER/one.txt"),
    "doctor": _command("doctor", "--config", "$FOLDER/config.toml"),
}


def measure(rounds: int = 5) -> dict[str, Any]:
    """Return seconds, seconds of processor time (the middle of `rounds`) and peak MB of each program, in turns."""
    laps: dict[str, list[tuple[float, float, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(rounds):
        for name, program in PROGRAMS.items():
            laps[name].append(_run(program))
    return {
        name: {
            "s": statistics.median(lap[0] for lap in taken),
            "cpu_s": statistics.median(lap[1] for lap in taken),
            "mb": max(lap[2] for lap in taken),
        }
        for name, taken in laps.items()
    }


def _run(program: str) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").write_text(CONFIG, "utf-8")
        (Path(folder) / "one.txt").write_text("Morning all\n", "utf-8")
        Store.open(Path(folder) / "thinktwice.db", time.time).close()
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", program + SPENT],
            capture_output=True, text=True, check=True, cwd=ROOT, env={"FOLDER": folder, "PATH": ""},
        )  # fmt: skip
        took = time.perf_counter() - begin
    spent, peak = done.stdout.split()[-2:]
    return took, float(spent), float(peak)
