"""The command: what leaks is listed, and no word; exit codes; going on; the same from any number of processes."""

import json
import os
import re
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import messages
from bot.cli import sweeping
from bot.cli.sweeping import run
from bot.cli.waiting import Waiting
from bot.misuse import InputError, NotBegun
from bot.sweep import readers
from bot.sweep.journal import Journal
from bot.sweep.judging import judge_of
from bot.sweep.readers import arrays
from detectors.detector import Detector
from detectors.finding import Finding
from tests.bot.sweep.conftest import MADE, Sweep, arguments, leaks, listed
from tests.small_disk import fill, small


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays.pieces, "__defaults__", (20_000,))


def test_what_leaks_is_listed_with_its_place_and_no_word(sweep: Sweep, archive: Path) -> None:
    code, told = sweep(archive, "--list", "found.csv", "--list", "found.html")
    assert code == 0
    rows = listed(Path("found.csv"))
    wanted = [str(one.number) for one in leaks(MADE)]
    assert [row["message"] for row in rows if row["platform"] == "telegram"] == wanted
    assert [row["message"] for row in rows if row["platform"] == "slack"] == [exports.stamp(one) for one in leaks(MADE)]
    [chat] = {row["link"].rpartition("/")[0] for row in rows if row["platform"] == "telegram"}
    assert chat == "https://t.me/c/1234567890"
    lines = exports.whatsapp(Path("again.txt"), MADE, "android zh")
    assert [int(row["line"]) for row in rows if row["platform"] == "whatsapp"] == [
        lines[one.number - 1] for one in leaks(MADE)
    ]
    assert len([row for row in rows if row["platform"] == "mail"]) == len(wanted)
    assert "4,000 messages in 4 chats" in told
    everything = told + Path("found.csv").read_text("utf-8") + Path("found.html").read_text("utf-8")
    assert [one.name for one in MADE if one.name in everything] == []
    assert re.findall(r"[A-Z]\d{6}\([\dA]\)", everything) == []
    assert Path("found.html").read_text("utf-8").count("<tr class=") == len(rows)
    assert Path("found.csv").stat().st_mode & 0o077 == 0
    assert not Path("thinktwice-sweep.part").exists()


def test_the_summary_for_programs(sweep: Sweep, archive: Path) -> None:
    _, told = sweep(archive / "slack.zip", "--format", "json")
    summary = json.loads(told)
    assert summary["messages"] == 1000
    assert summary["to_clean_up"] == len(leaks(MADE)) == sum(one["messages"] for one in summary["types"].values())
    assert sum(month["found"] for month in summary["months"].values()) == len(leaks(MADE))
    assert summary["chats"]["slack:C0MADE"]["messages"] == 1000


def test_what_is_not_read_and_what_has_nothing_to_show_is_said(
    sweep: Sweep, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / "quiet.txt").write_text("01/05/2024, 14:03 - May: <Media omitted>\n" * 3, "utf-8")
    mail = EmailMessage()
    mail["Subject"] = "the list"
    mail.set_content("see below")
    mail.add_attachment(b"x", maintype="text", subtype="csv", filename="list.csv")
    (archive / "one.eml").write_bytes(mail.as_bytes())
    code, told = sweep(archive)
    assert code == 0
    assert "4,004 messages in 6 chats" in told
    assert "Nothing to clean up in 2 of 6 chats (not in the table)" in told
    assert "not read there (mail 1, whatsapp 3): --files looks into those that hang on mails" in told
    said = capsys.readouterr().err
    assert f"{archive}/quiet.txt: dates are read as day/month: nothing in it tells" in said.replace("\n", " ")
    assert f"{archive}/WhatsApp Chat.txt: dates are read as " in said
    (archive / "odd.bin").write_bytes(b"\0" * 10)
    told = sweep(archive, "--files")[1]
    assert "not read there (whatsapp 3): those that lie in the folders swept were looked into as files" in told
    assert "4,003 messages in 5 chats and 2 files" in told  # the single mail is read as a file, with what hangs on it
    (archive / "odd.bin").unlink()
    summary = json.loads(sweep(archive, "--format", "json")[1])
    assert (summary["files"], summary["media_not_read"]) == (0, {"mail": 1, "whatsapp": 3})


def test_a_remark_names_the_exports_that_it_is_about(sweep: Sweep, capsys: pytest.CaptureFixture[str]) -> None:
    Path("chats").mkdir()
    for number in range(22):
        Path(f"chats/{number:02}.txt").write_text("05/05/2024, 14:03 - May: hello\n", "utf-8")
    sweep("chats")
    [said] = [line for line in capsys.readouterr().err.splitlines() if "dates are read" in line]
    assert "/chats/00.txt, " in said
    assert "/chats/19.txt and 2 more: dates are read as day/month: nothing in it tells" in said


def test_exit_codes_for_pipelines(sweep: Sweep, archive: Path, tmp_path: Path) -> None:
    assert sweep(archive / "slack.zip", "--fail-on", "high")[0] == 3
    assert sweep(archive / "slack.zip", "--fail-on", "critical")[0] == 0
    broken = tmp_path / "lines.jsonl"
    broken.write_text('{"id": 1, "text": "hello"}\n{"id": 2, "te\n', "utf-8")
    code, told = sweep(broken)
    assert code == 1
    assert "1 could not be read (broken 1)" in told
    assert "lines.jsonl, line 2: broken" in told


def test_several_processes_write_what_one_writes(sweep: Sweep, archive: Path) -> None:
    _, alone = sweep(archive, "--list", "one.csv", "--list", "one.html")
    _, together = sweep(archive, "--list", "three.csv", "--list", "three.html", "--jobs", 3)
    assert alone == together
    assert [Path(f"one{form}").read_bytes() for form in (".csv", ".html")] == [
        Path(f"three{form}").read_bytes() for form in (".csv", ".html")
    ]


def test_senders_are_hashed_only_if_somebody_asks(sweep: Sweep, archive: Path) -> None:
    sweep(archive / "result.json", "--list", "plain.csv")
    assert {row["sender"] for row in listed(Path("plain.csv"))} == {""}
    sweep(archive / "result.json", "--list", "hashed.csv", "--senders", "key")
    hashed = [row["sender"] for row in listed(Path("hashed.csv"))]
    people = [one.person for one in leaks(MADE)]
    assert len(set(hashed)) == len(set(people)) == len(set(zip(hashed, people, strict=True)))
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in hashed)
    assert Path("key").stat().st_mode & 0o077 == 0
    sweep(archive / "result.json", "--list", "again.csv", "--senders", "key")
    assert Path("again.csv").read_bytes() == Path("hashed.csv").read_bytes()


def test_policies_of_chats_and_facts_count(sweep: Sweep, tmp_path: Path, archive: Path) -> None:
    policy = tmp_path / "forwarded.toml"
    policy.write_text(
        '[[rule]]\nid = "passed-on"\ntypes = ["HKID"]\nseverity = "high"\nforwarded = true\nwording = "hkid"\n'
        '[[example]]\ntext = "hello"\nrules = []\n',
        "utf-8",
    )
    sweep(archive / "result.json", "--policy", policy, "--list", "found.csv")
    wanted = [str(one.number) for one in leaks(MADE) if one.forwarded and "(" in one.text]
    assert [row["message"] for row in listed(Path("found.csv"))] == wanted != []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "is not there"),
        (("README",), "no export that is known"),
        (("chat.txt", "--zone", "Mars/Port"), "no such time zone"),
        (("chat.txt", "--list", "found.pdf"), "written as .csv or .html"),
        (("chat.txt", "--list", "no/found.csv"), "no such folder"),
        (("chat.txt", "--engine", "dask"), "--scheduler"),
        (("chat.txt", "--log"), "--config"),
        (("chat.txt", "--senders", "README"), "is no key"),
        (("chat.txt", "--chat", "whatsapp:陳 大文"), "an id is"),
    ],
)
def test_what_can_not_be_done_is_said_before_anything_is_read(sweep: Sweep, words: tuple[str, ...], said: str) -> None:
    Path("chat.txt").write_text("hello\n", "utf-8")
    Path("README").write_bytes(b"\0\1")
    with pytest.raises(NotBegun, match=re.escape(said)):
        sweep(*words)
    assert not Path("thinktwice-sweep.part").exists()


def test_what_is_left_out_is_said_and_ends_with_1(
    sweep: Sweep, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("chat.txt").write_text("hello\n", "utf-8")
    found = readers.recognise([Path("chat.txt").absolute()], with_files=False)
    left_out = replace(found, refused=(readers.Refused(Path("other.txt"), "Permission denied"),))
    monkeypatch.setattr(readers, "recognise", lambda *_, **__: left_out)
    code, _ = sweep("chat.txt")
    assert code == 1
    assert "Left out: other.txt: Permission denied." in capsys.readouterr().err


def test_a_sweep_goes_on_where_it_was_stopped(sweep: Sweep, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, whole = sweep(archive, "--list", "whole.csv")
    export = readers.telegram.TelegramExport
    reads, read = [], export.read

    def stops(self, chunk):  # type: ignore[no-untyped-def]  # the method as it is
        reads.append(chunk.number)
        if len(reads) == 4:
            raise KeyboardInterrupt
        return read(self, chunk)

    monkeypatch.setattr(export, "read", stops)
    with pytest.raises(KeyboardInterrupt):
        sweep(archive, "--list", "again.csv")
    assert "HKID" in Path("thinktwice-sweep.part").read_text("utf-8")  # types, and no words
    assert not Path("again.csv").exists()
    _, again = sweep(archive, "--list", "again.csv")
    assert again == whole
    assert Path("again.csv").read_bytes() == Path("whole.csv").read_bytes()
    assert len(reads) == len(set(reads)) + 1  # the one that it was stopped in was done again, and no other


@pytest.mark.parametrize("cut", [1, 7, 200])
def test_a_line_that_a_kill_cut_off_is_done_again(sweep: Sweep, archive: Path, cut: int) -> None:
    path = archive / "result.json"
    _, whole = sweep(path, "--list", "whole.csv")
    memory = _remembered(path)
    memory.write_bytes(memory.read_bytes()[:-cut])
    _, again = sweep(path, "--list", "again.csv")
    assert again == whole
    assert Path("again.csv").read_bytes() == Path("whole.csv").read_bytes()


def _remembered(path: Path) -> Path:
    """A sweep of `path` that ended just before its summary."""
    told = arguments(path, "--jobs", 1)
    job, _ = sweeping._job(told)
    judge = judge_of(job)
    plan = sweeping._plan(judge)
    journal = Journal.open(told.memory, sweeping._identity(judge, plan), 1.0)
    sweeping._sweep(told, judge, plan, journal, None)
    journal.close()
    return Path(told.memory)


def test_what_is_remembered_meanwhile_holds_no_word(sweep: Sweep, archive: Path) -> None:
    del sweep
    memory = _remembered(archive).read_bytes()
    assert memory.count(b"\n") > 10
    words = [*(one.text for one in MADE), *(one.name for one in MADE), "WhatsApp Chat", "made-channel", "Made group"]
    assert [word for word in words if word.encode() in memory or json.dumps(word).encode() in memory] == []
    assert re.findall(rb"[A-Z]\d{6}\([\dA]\)", memory) == []


def test_rules_that_look_back_see_across_pieces(sweep: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "gathered.toml"
    policy.write_text(
        '[[rule]]\nid = "both"\ntypes = ["HKID", "PHONE_NUMBER"]\nmin_types = 2\nwithin = "1 h"\nmessages = 20\n'
        'severity = "high"\nwording = "gathered"\n[[example]]\ntext = "hello"\nrules = []\n',
        "utf-8",
    )
    path = tmp_path / "result.json"
    exports.telegram(path, messages(1500, each=3))
    found = []
    for size in (1 << 18, 15_000):
        monkeypatch.setattr(arrays.pieces, "__defaults__", (size,))
        sweep(path, "--policy", policy, "--list", "found.csv")
        found.append(Path("found.csv").read_bytes())
    assert found[0] == found[1]
    assert found[0].count(b"both") > 40


def test_a_text_that_was_met_is_judged_once_and_listed_each_time(
    sweep: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Detectors answer the same to the same text; too long a one is not kept, but looked at again."""
    asked: list[str] = []
    find = Detector.find

    def heard(self: Detector, text: str) -> tuple[Finding, ...]:
        asked.append(text)
        return find(self, text)

    monkeypatch.setattr(Detector, "find", heard)
    texts = ["Her HKID is A123456(3), please update the file", "A123456(3)" + " good morning" * 40, "Lunch?"] * 30
    path = tmp_path / "chat.txt"
    path.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    judge_of.cache_clear()
    sweep(path, "--list", "found.csv")
    assert [asked.count(text) for text in texts[:3]] == [1, 30, 1]
    assert len(listed(Path("found.csv"))) == 60


def test_who_waits_without_a_terminal_reads_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with Waiting(1_000, before=500) as waiting:
        waiting._said -= 60
        waiting.done(40, 250)
        waiting.done(40, 125)
    assert re.fullmatch(r"75%: 40 messages, [\d,]+/s, \d+ s left\n", capsys.readouterr().err)


def test_a_full_disk_ends_with_a_sentence_and_the_sweep_goes_on_when_there_is_room(
    sweep: Sweep, archive: Path, tmp_path: Path
) -> None:
    _, whole = sweep(archive, "--list", "whole.csv")
    with small(tmp_path / "disk", 1 << 16) as disk:
        memory = disk / "sweep.part"
        filler = fill(disk)
        with pytest.raises(NotBegun, match=r"sweep\.part: can't be written: No space left on device; make room"):
            sweep(archive, "--memory", memory)
        assert not memory.exists()
        filler.write_bytes(bytes(filler.stat().st_size - 3 * 4096))
        with pytest.raises(InputError, match=r"No space left on device; make room, and the same command goes on"):
            sweep(archive, "--memory", memory)
        begun = memory.stat().st_size
        assert begun > 0
        filler.unlink()
        _, again = sweep(archive, "--list", "again.csv", "--memory", memory)
    assert again == whole
    assert Path("again.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_a_reader_that_has_seen_enough_leaves_nothing_to_go_on_with(sweep: Sweep, archive: Path) -> None:
    """`thinktwice sweep … | head`: the next sweep is not told that this one was stopped."""
    read, write = os.pipe()
    os.close(read)
    with suppress(BrokenPipeError), os.fdopen(write, "w", encoding="utf-8") as gone, redirect_stdout(gone):
        run(arguments(archive / "result.json", "--jobs", 1, "--list", "found.csv"))
    assert len(listed(Path("found.csv"))) == len(leaks(MADE))
    assert not Path("thinktwice-sweep.part").exists()
    assert sweep(archive / "slack.zip")[0] == 0


def test_what_can_not_remember_is_refused(sweep: Sweep, archive: Path) -> None:
    with pytest.raises(NotBegun, match="/dev/full: is no file that can remember"):
        sweep(archive, "--memory", "/dev/full")


def test_another_sweep_is_not_mixed_with_one_that_was_stopped(sweep: Sweep, archive: Path) -> None:
    _remembered(archive / "result.json")
    with pytest.raises(InputError, match="remembers another sweep"):
        sweep(archive / "slack.zip")
    exports.telegram(archive / "result.json", messages(900))
    with pytest.raises(InputError, match="have changed since"):
        sweep(archive / "result.json")


def test_files_are_looked_into_when_somebody_asks(sweep: Sweep, archive: Path) -> None:
    folder = archive / "media"
    folder.mkdir()
    leak = next(one for one in leaks(MADE) if "(" in one.text)
    (folder / "people.csv").write_text(
        f"name,HKID\nAmy,{re.findall('[A-Z][0-9]{6}[(][0-9A][)]', leak.text)[0]}\n", "utf-8"
    )
    (folder / "odd.bin").write_bytes(b"\0" * 10)
    mail = EmailMessage()
    mail["Subject"] = "the list"
    mail.set_content("see below")
    mail.add_attachment((folder / "people.csv").read_bytes(), maintype="text", subtype="csv", filename="list.csv")
    mail.add_attachment(b"\0" * 10, maintype="application", subtype="octet-stream", filename="odd.bin")
    (folder / "box.mbox").write_bytes(b"From - Mon Jan  3 10:00:00 2022\n" + mail.as_bytes())
    code, told = sweep(folder, "--files", "--list", "files.csv")
    assert "1 message in 1 chat and 4 files" in told
    assert sorted((row["platform"], row["file"], row["line"], row["types"]) for row in listed(Path("files.csv"))) == [
        ("file", f"{folder}/people.csv", "", "HKID"),
        ("mail", f"{folder}/box.mbox", "1", "HKID"),
    ]
    assert code == 1
    assert "box.mbox, line 1: no_reader" in told
    assert "odd.bin: no_reader" in told
