"""What the commands have in common: how they end, and what they say when they can't go on."""

import errno
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import _trouble, main
from bot.store import Store

ROOT = Path(__file__).parents[3]


def _run(*arguments: str, stdout: int | None = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize(
    "arguments", [(), ("nonsense",), ("scan",), ("scan", "-", "--format", "xml"), ("explain", "x", "--audience", "-3")]
)
def test_misuse_ends_with_2(arguments: tuple[str, ...]) -> None:
    ended = _run(*arguments)
    assert ended.returncode == 2
    assert "usage: thinktwice" in ended.stderr


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_an_output_that_is_full_is_one_sentence(tmp_path: Path, form: str) -> None:
    messages = tmp_path / "messages.txt"
    messages.write_text("HKID A123456(3)\n")
    with Path("/dev/full").open("w") as full:
        ended = _run("scan", str(messages), "--format", form, stdout=full.fileno())
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert "can't be written" in ended.stderr


def test_a_path_that_may_not_be_looked_at_is_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A name that no file system takes stands for a folder without rights, which root may enter."""
    path = str(tmp_path / ("long" * 100))
    assert main(["policy", "check", path]) == 1
    assert capsys.readouterr().err == f"{path}: File name too long; check the path and its permissions\n"


def test_a_path_is_known_again_however_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "chats" / "a.txt"))
    assert _trouble(refused, ["sweep", "chats"]).endswith(
        "a.txt: Permission denied; check the path and its permissions"
    )
    assert _trouble(refused, ["sweep", "elsewhere"]) == "", "a fault of ours keeps its traceback"


@pytest.mark.parametrize("module", ["bot.cli", "argparse"])
def test_who_interrupts_while_it_imports_gets_no_traceback(module: str) -> None:
    code = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "from bot.__main__ import main\n"
        "[sys.modules.pop(name) for name in list(sys.modules) if name.startswith('bot.cli') or name == 'argparse']\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.exit(main())\n"
    )
    command = [sys.executable, "-c", code, "--version"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, "")


def test_a_page_whose_port_is_taken_is_told_before_the_afternoon(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["demo", "--web", where]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"--web {where}: Address already in use; choose another after --web\n"


def test_a_reader_that_went_away_is_no_error(tmp_path: Path) -> None:
    messages = tmp_path / "messages.txt"
    messages.write_text("HKID A123456(3)\n" * 20_000)
    command = [sys.executable, "-m", "bot", "scan", str(messages), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as scan:
        assert scan.stdout
        assert scan.stderr
        scan.stdout.readline()
        scan.stdout.close()
        assert scan.wait(60) == 0
        assert scan.stderr.read() == b""


@pytest.mark.parametrize("arguments", [("report",), ("purge",), ("policy", "init", "made"), ("init", "made")])
def test_what_judges_no_message_wakes_no_detector(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "config.toml").write_text('[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n')
    Store.open(tmp_path / "thinktwice.db", lambda: 0.0).close()
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bot.cli import main; ended = main({arguments!r})\n"
        "heavy = {'presidio_analyzer', 'spacy', 'numpy', 'telegram', 'slack_bolt', 'bot.judging.guard',"
        " 'policies.schema'}\n"
        "print(ended, sorted(heavy & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "0 []"


def test_a_scan_of_ordinary_talk_loads_no_model_and_no_http_client(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("Morning all\n", "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bot.cli import main; ended = main(['scan', 'chat.txt'])\n"
        "print(ended, sorted({'onnxruntime', 'requests', 'urllib3', 'telegram'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "0 []"
