"""What is compared: logs that differ in one thing, the smallest first."""

from dataclasses import dataclass

from benchmarks.growth.filling import Filling
from benchmarks.growth.live import Traffic


@dataclass(frozen=True, slots=True)
class Case:
    """A log and what is written meanwhile; `grown` cases also report and purge."""

    label: str
    filling: Filling
    traffic: Traffic
    grown: bool = False


def cases(incidents: tuple[int, ...], some: int) -> dict[str, list[Case]]:
    """By what grows: incidents, groups, members, and what a person was sent before, in a log of `some` incidents."""
    return {
        "incidents": [
            Case(f"{count:,} incidents", Filling(count, 200, 2_000), Traffic(200, 2_000), grown=True)
            for count in incidents
        ],
        "groups": [
            Case(f"{count:,} groups", Filling(some, count, 2_000), Traffic(count, 2_000)) for count in (1, 200, 2_000)
        ],
        "members": [
            Case(f"{count:,} members", Filling(some, 20, count), Traffic(20, count)) for count in (100, 2_000, 50_000)
        ],
        "history": [
            Case(f"{some // count:,} sends to each person", Filling(some, 1, count), Traffic(1, 10))
            for count in (some, some // 100, 10)
        ],
    }
