"""One sweep as an operator runs it, in a process of its own, watched from outside."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CONFIG = """[privacy]
operator = "Made Ltd"
contact = "privacy@example.com"
[detector]
opinion = {opinion}
"""
STARTED = 0.1
"""The share of the work after which memory is looked at the first time."""


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds on the wall and of processor time (all processes), and MB held by the largest process, early and late."""

    wall: float
    worked: float
    early_mb: float
    late_mb: float
    found: int


def sweep(archive: Path, *, opinion: bool, jobs: int) -> Ran:
    """Sweep `archive` (one result.json) and watch the memory of its processes."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG.format(opinion=str(opinion).lower()), "utf-8")
        words = ["sweep", str(archive), "--config", str(config), "--jobs", str(jobs), "--format", "json"]
        before, began = _worked(), time.monotonic()
        with (Path(folder) / "out.json").open("w+b") as out:
            command = [sys.executable, "-m", "bot", *words, "--memory", str(Path(folder) / "memory")]
            with subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL) as run:
                held = _watched(run, Path(folder) / "memory", archive / "result.json")
            wall = time.monotonic() - began
            if run.returncode:
                raise SystemExit(f"the sweep ended with {run.returncode}")
            out.seek(0)
            found = json.load(out)["to_clean_up"]
    early = next((mb for share, mb in held if share >= STARTED), 0.0)
    return Ran(wall, _worked() - before, early, held[-1][1] if held else 0.0, found)


def _watched(run: "subprocess.Popen[bytes]", memory: Path, export: Path) -> list[tuple[float, float]]:
    """How much the largest process holds, by the share of the pieces that are done."""
    held = []
    pieces = export.stat().st_size / (1 << 18)
    while run.poll() is None:
        time.sleep(0.5)
        done = memory.read_bytes().count(b"\n") if memory.exists() else 0
        if mb := max(map(_resident, [run.pid, *_children(run.pid)]), default=0.0):
            held.append((done / pieces, mb))
    return held


def _children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
    except OSError:
        return []


def _resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
