"""`python -m benchmarks`: measure everything, print one table, write one JSON file."""

import argparse
import datetime as dt
import json
import platform
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import accuracy, natural, report, soak, speed, startup, unread, worst
from benchmarks.libraries import libraries
from benchmarks.ours import RulesAlone, ThinkTwice, scan_once
from benchmarks.peers import Patterns, default_presidio, tuned_presidio
from benchmarks.rows import FRESH_AUTHORS, HK_CHAT, OTHER_AUTHORS, PERFORMANCE_TALK, TWENTY_AUTHORS, Row, chat_mix, load
from benchmarks.scanner import Scanner

OUT = Path(__file__).parent / "out"
SECTIONS = ("unread", "accuracy", "natural", "speed", "worst", "startup", "soak")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections that were asked for, print the table, write `report.json` and `report.txt` under --out."""
    options = _options().parse_args(arguments)
    ours = ThinkTwice()
    peers: list[Scanner] = [RulesAlone()]
    peers += [] if options.skip_peers else [default_presidio(), tuned_presidio(), Patterns()]
    result = _measure(options, ours, [ours, *peers])
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "report.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    table = report.text(result)
    (options.out / "report.txt").write_text(table, encoding="utf-8")
    print(table, end="")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--corpus", type=Path, default=HK_CHAT, help="labelled messages, JSON lines")
    options.add_argument("--natural", type=Path, help="ordinary messages (id, text), JSON lines, for needless nudges")
    options.add_argument("--quick", action="store_true", help="fewer rounds: to see that it works, not to publish")
    options.add_argument("--skip-peers", action="store_true", help="only ours")
    options.add_argument("--only", choices=SECTIONS, action="append", help="one section; may be repeated")
    options.add_argument("--out", type=Path, default=OUT, help="where report.json and report.txt go")
    return options


def _measure(options: argparse.Namespace, ours: ThinkTwice, scanners: list[Scanner]) -> dict[str, Any]:
    wanted = options.only or SECTIONS
    rows = load(options.corpus)
    rounds = 1 if options.quick else 5
    result: dict[str, Any] = {"date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", "machine": _machine()}
    if "unread" in wanted and options.corpus == HK_CHAT:
        result["unread"] = unread.measure(load(TWENTY_AUTHORS), scanners)
        result["unread_dense"] = unread.measure(load(FRESH_AUTHORS), scanners)
    if "accuracy" in wanted:
        result["accuracy"] = accuracy.measure(rows, scanners)
        if options.corpus == HK_CHAT:
            result["other_authors"] = accuracy.measure(load(OTHER_AUTHORS), scanners)
            result["performance_talk"] = accuracy.measure(load(PERFORMANCE_TALK), scanners)
    if "natural" in wanted and options.natural:
        result["natural"] = natural.measure(options.natural, scanners)
    if "speed" in wanted:
        result["speed"] = _speed(options, rows, scanners, rounds)
    if "worst" in wanted:
        result["worst"] = worst.measure(ours.find, scan_once())
    if "startup" in wanted:
        result["startup"] = startup.measure(rounds)
    if "soak" in wanted:
        result["soak"] = soak.resident_growth(ours.find, 5_000 if options.quick else 100_000)
    return result


def _speed(options: argparse.Namespace, rows: list[Row], scanners: list[Scanner], rounds: int) -> dict[str, Any]:
    """Time everybody over three mixes, or one where no file of ordinary chat is given; names are found as in use."""
    size = 200 if options.quick else 1000
    mixes = {"published": chat_mix(rows, size)}
    if options.natural:
        chat = natural.texts(options.natural)
        plain = random.Random(852).choices(chat, k=size)  # noqa: S311  # a reproducible sample, not a secret
        mixes = {"natural": plain, "90/5/5": chat_mix(rows, size, natural=chat), **mixes}
    others, absent = ([], []) if options.skip_peers else libraries()
    everybody = [*scanners, *others]
    leaks = rows[:: 10 if options.quick else 1]
    return {"mixes": speed.measure(mixes, everybody, rounds), "met": speed.met(leaks, everybody), "absent": absent}


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
