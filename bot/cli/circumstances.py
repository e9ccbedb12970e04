"""What a command line says of a message besides its words: `--audience`, `--role`, `--at` and the like."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.misuse import InputError
from detectors.finding import Finding
from policies.conditions.when import moment
from policies.errors import nearest
from policies.facts import PARTS, Facts, Role


def facts_of(arguments: argparse.Namespace) -> Facts:
    """Return what rules may know. Raises InputError with the cure."""
    platform, chat = arguments.chat
    return Facts(
        platform=platform,
        chat=chat,
        audience=arguments.audience,
        sender_role=_role(arguments.role),
        edited=arguments.edited,
        forwarded=arguments.forwarded,
        external=arguments.external,
        sender=arguments.sender,
        at=_at(arguments.at),
    )


def part_of(arguments: argparse.Namespace) -> str:
    """Return the part of a message that the words stand in. Raises InputError with the cure."""
    part: str = arguments.part
    if part not in PARTS:
        raise InputError(f"--part {part}: there is no such part of a message; {nearest(part, PARTS)}")
    return part


def standing(findings: Sequence[Finding], part: str) -> tuple[Finding, ...]:
    """Return findings that know the part of a message that they stand in."""
    return tuple(replace(finding, part=part) for finding in findings)


def _role(word: str | None) -> Role | None:
    if word is None or word in set(Role):
        return Role(word) if word else None
    raise InputError(f"--role {word}: there is no such role; {nearest(word, Role)}")


def _at(written: str | None) -> float | None:
    if written is None:
        return None
    try:
        return moment(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        raise InputError(f"--at {written}: is no time; write it like 2026-11-30T14:00") from None
