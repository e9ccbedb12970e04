"""One readable table of everything that was measured. Counts, codes and ids; never a word of a message."""

from collections.abc import Iterator, Mapping
from typing import Any

TAGS_SHOWN = 24


def text(result: Mapping[str, Any]) -> str:
    """Return the report as plain text, section by section, for the sections that were measured."""
    sections = {
        "unread": _unread,
        "unread_dense": _unread_dense,
        "accuracy": _accuracy,
        "other_authors": _other_authors,
        "performance_talk": _performance_talk,
        "natural": _natural,
        "speed": _speed,
        "worst": _worst,
        "startup": _startup,
        "soak": _soak,
    }
    lines = [f"Think Twice benchmark, {result['date']}, {result['machine']}"]
    for name, section in sections.items():
        if name in result:
            lines += ["", *section(result[name])]
    return "\n".join(lines) + "\n"


def _unread(result: Mapping[str, Any]) -> Iterator[str]:
    authors = len(result["authors"])
    yield f"AUTHORS THAT NOBODY READS: {result['messages']} messages by {authors}, scored and never looked at"
    yield from _parts(result)
    yield from ("", "F1 (of warn F2), 95% interval over a thousand draws of these messages")
    for name, (low, high) in result["resampled"].items():
        yield _line(name, [f"{low:.3f}", f"{high:.3f}"])
    yield from _groups("authors", result["authors"])
    yield from _groups("languages", result["languages"])


def _unread_dense(result: Mapping[str, Any]) -> Iterator[str]:
    yield "FRESH AUTHORS, dense in illness, pay, discipline and what only sounds like it"
    yield from _unread(result)


def _accuracy(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"ACCURACY by overlap, {result['messages']} labelled messages"
    yield from _parts(result)
    yield from ("", "F1 on dev over five folds grouped by sentence frame, with the 95% interval")
    for entity, (mean, half) in result["intervals"].items():
        yield _line(entity, [f"{mean:.3f}", f"+-{half:.3f}"])
    yield from _groups("languages", result["languages"])
    yield from _groups("tags", dict(list(result["tags"].items())[:TAGS_SHOWN]))


def _other_authors(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"OTHER AUTHORS, {result['messages']} messages by five hands that never saw the detector or the corpus"
    yield from _parts(result)


def _performance_talk(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"PERFORMANCE TALK, {result['messages']} messages of the added part (written by the recognizer's authors)"
    yield from _parts(result)


def _parts(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield a table for each part: precision, recall and F of the first scanner, F of the others."""
    for part, scanners in result["parts"].items():
        ours, *peers = scanners
        yield ""
        yield _line(part, [f"{ours} P", "R", "F1", *(f"{peer} F1" for peer in peers)])
        types = sorted({entity for scores in scanners.values() for entity in scores["types"]})
        rows = {entity: [scores["types"].get(entity) for scores in scanners.values()] for entity in types}
        for name, counts in rows.items():
            yield _line(name, [*_prf(counts[0], "f1"), *(_prf(other, "f1")[2] for other in counts[1:])])
        warn = [scores["warn"] for scores in scanners.values()]
        yield _line("warn (F2)", [*_prf(warn[0], "f2"), *(_prf(other, "f2")[2] for other in warn[1:])])


def _groups(title: str, groups: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield _line(f"warn by {title}", ["messages", "precision", "recall", "F2", "spurious", "missed"])
    for name, group in groups.items():
        warn = group["warn"]
        yield _line(name, [str(group["messages"]), *_prf(warn, "f2"), str(warn["spurious"]), str(warn["missed"])])


def _natural(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"NEEDLESS NUDGES over {result['messages']} ordinary messages (some people do speak of their own health)"
    yield _line("", ["hits", "per 1,000"])
    for name, scanner in result["scanners"].items():
        yield _line(name, [str(len(scanner["hits"])), f"{scanner['per_1000']:.2f}"])
    ours = next(iter(result["scanners"].values()))
    yield "hits of the first scanner: " + ", ".join(f"{hit['id']} {'+'.join(hit['types'])}" for hit in ours["hits"])


def _speed(result: Mapping[str, Any]) -> Iterator[str]:
    yield "SPEED in one run, in turns, middle of all rounds: microseconds of processor time a message, and times ours"
    mixes = result["mixes"]
    yield _line("", [f"{name} {what}" for name in mixes for what in ("us", "x ours")] + ["leaks warned of"])
    digits = [cell for mix in mixes.values() for cell in (f"{mix['digits']:.0%} hold a digit", "")]
    yield _line("", digits)
    for name, met in result["met"].items():
        figures = [mix["scanners"][name] for mix in mixes.values()]
        cells = [cell for one in figures for cell in (f"{one['mean_us']:.1f}", f"{one['times_ours']:.2f}")]
        yield _line(name, [*cells, f"{met['warned']:.0%}"])
    for name, met in result["met"].items():
        faster = [mix for mix, figures in mixes.items() if figures["scanners"][name]["times_ours"] < 1]
        missing = f"never names {', '.join(met['never'])}" if met["names"] else "names no type"
        if met["never"]:
            yield f"{name}: {missing}" + (f"; faster on {', '.join(faster)}" if faster else "")
    for name in result["absent"]:
        yield f"{name} is not installed and was not measured: pip install 'thinktwice[peers]'"


def _worst(result: Mapping[str, Any]) -> Iterator[str]:
    yield "WORST MESSAGE of the hostile set"
    yield _line("characters", ["ms", "scan once ms", "kind"])
    for size, figure in result.items():
        yield _line(size, [f"{figure['ms']:.2f}", f"{figure['scan_once_ms']:.2f}", figure["worst"]])


def _startup(result: Mapping[str, Any]) -> Iterator[str]:
    yield "START, fresh interpreters"
    yield _line("", ["s", "of the processor", "peak MB"])
    for name, figure in result.items():
        yield _line(name, [f"{figure['s']:.2f}", f"{figure['cpu_s']:.2f}", f"{figure['mb']:.0f}"])


def _soak(result: Mapping[str, Any]) -> Iterator[str]:
    yield "MEMORY over a long run, every message with words never seen before"
    yield _line("messages", ["early MB", "late MB"])
    yield _line(f"{result['messages']}", [f"{result['early_mb']:.1f}", f"{result['late_mb']:.1f}"])


def _prf(counts: Mapping[str, Any] | None, f: str) -> list[str]:
    keys = ("precision", "recall", f)
    return ["-" if counts is None or counts[key] is None else f"{counts[key]:.3f}" for key in keys]


def _line(name: str, cells: list[str]) -> str:
    return f"{name:<20}" + "".join(f" {cell[:18]:>18}" for cell in cells)
