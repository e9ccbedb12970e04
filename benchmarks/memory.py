"""How much memory a process holds, in MB."""

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident_mb() -> float:
    """Return the memory held now where the system tells it (Linux), else the peak."""
    return _from_status("VmRSS") or _peak_of_usage()


def peak_mb() -> float:
    """Return the most memory this program held; on Linux not that of the program which started it."""
    return _from_status("VmHWM") or _peak_of_usage()


def _from_status(key: str) -> float:
    if not _STATUS.exists():
        return 0.0
    lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:")), 0.0)


def _peak_of_usage() -> float:
    """`ru_maxrss` counts KB on Linux and bytes on macOS."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
