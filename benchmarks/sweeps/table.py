"""The tables that `make sweeps` prints."""

from collections.abc import Mapping

from benchmarks.sweeps.running import Ran

GOAL = 20_000
"""Messages a second a core."""
CORES = (1, 8, 64)
MESSAGES, PICTURES = 10_000_000, 100_000


def run(name: str, ran: Ran, messages: int) -> str:
    """One sweep."""
    return (
        f"{name:24} {messages / ran.worked:9,.0f} messages/s of processor time a core (goal {GOAL:,}), "
        f"{messages / ran.wall:9,.0f}/s on the wall; {ran.early_mb:,.0f} MB after a tenth, {ran.late_mb:,.0f} MB at "
        f"the end; {ran.found:,} to clean up"
    )


def peers(taken: Mapping[str, float], runs: Mapping[str, Ran], messages: int) -> str:
    """Peers over the text alone, beside whole sweeps."""
    lines = ["", "microseconds of processor time a message, and messages a second a core"]
    ours = {f"think twice sweep, {name}": ran.worked / messages * 1e6 for name, ran in runs.items()}
    for name, micro in {**ours, **{f"{name} (text alone)": micro for name, micro in taken.items()}}.items():
        lines.append(f"  {name:44} {micro:10,.1f} {1e6 / micro:12,.0f}")
    return "\n".join(lines)


def extrapolated(runs: Mapping[str, Ran], messages: int, picture: float) -> str:
    """What a large archive would take, by the rates above: nothing of this was run."""
    lines = ["", f"EXTRAPOLATED from these rates, not run: {MESSAGES:,} messages and {PICTURES:,} pictures"]
    lines.append("  cores" + "".join(f"{name:>28}" for name in runs) + f"{'pictures':>16}")
    for cores in CORES:
        texts = "".join(f"{_time(ran.worked / messages * MESSAGES / cores):>28}" for ran in runs.values())
        lines.append(f"  {cores:5}{texts}{_time(picture * PICTURES / cores) if picture else '-':>16}")
    lines.append(f"  a picture takes {picture:.2f} s of processor time")
    return "\n".join(lines)


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
