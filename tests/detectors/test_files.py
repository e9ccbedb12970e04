"""What people wrote for the bot is read at once, or refused in a sentence; nothing that is no file is waited for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import ConfigError
from bot.config import load as load_config
from bot.demo.scenario import read as read_scenario
from bot.misuse import InputError
from detectors.errors import CustomError
from detectors.files import MOST, read
from detectors.recognizers.custom import load_custom
from policies.errors import PolicyError
from policies.files import load as load_policy
from policies.reload import Policies
from tests.fakes import marked_find

POLICY = '[[rule]]\nid = "hkid"\ntypes = ["HKID"]\nseverity = "high"\n'
READERS: dict[str, tuple[Callable[[Path], object], type[Exception]]] = {
    "policy": (lambda path: load_policy(path, marked_find.find), PolicyError),
    "configuration": (lambda path: load_config(path, {}), ConfigError),
    "recognizers": (load_custom, CustomError),
    "scenario": (read_scenario, InputError),
}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)


@pytest.mark.parametrize(("make", "reason"), [(pipe, "regular"), (folder, ""), (endless, "regular"), (huge, "1 MB")])
@pytest.mark.parametrize("what", READERS)
def test_what_is_no_file_that_somebody_wrote_is_refused(
    tmp_path: Path, what: str, make: Callable[[Path], None], reason: str
) -> None:
    path = tmp_path / "written.toml"
    make(path)
    load, refused = READERS[what]
    with pytest.raises(refused, match=f"written.toml.*can't be read.*{reason}"):
        load(path)


@pytest.mark.parametrize("make", [pipe, folder, endless, huge])
def test_in_place_of_a_policy_in_force_it_changes_nothing(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY)
    policies = Policies(path, {}, marked_find.find)
    path.unlink()
    make(path)
    assert policies.refresh() == ()
    (problem,) = policies.refresh()
    assert problem.reason.startswith("can't be read")
    assert [rule.id for rule in policies.set.default.rules] == ["hkid"]


def test_a_whole_megabyte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_bytes(b"#" * MOST)
    assert read(path) == b"#" * MOST
