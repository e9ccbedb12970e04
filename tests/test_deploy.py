"""What is shipped for containers: clean by its linter, and in step with the program."""

import ast
import runpy
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.platforms.slack import setup as slack
from bot.platforms.telegram import setup as telegram

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text("utf-8")


def test_the_linter_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_does_not_run_as_root_and_starts_what_there_is(dockerfile: str) -> None:
    stage = dockerfile.rpartition("FROM ")[2]
    assert "\nUSER 10001\n" in stage
    assert 'ENTRYPOINT ["thinktwice"]' in stage
    assert "thinktwice" in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]


def test_the_context_has_what_the_package_is_built_of() -> None:
    """And nothing else: no configuration, no database, no tokens of whoever builds it."""
    sent = {
        line[1:]
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {one.rstrip("*") for one in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    linked = {one.resolve().relative_to(ROOT).parts[0] for one in (ROOT / "bot" / "shipped").iterdir()}
    built_by = {"README.md", "constraints.txt", "deploy/slim.py", "pyproject.toml"}
    assert sent == packages | linked | built_by | {"LICENSE", "NOTICE"}


def test_the_bot_may_write_to_its_data_alone(compose: Any, dockerfile: str) -> None:
    bot = compose["services"]["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["ulimits"] == {"core": 0}
    assert bot["mem_limit"] == bot["memswap_limit"]
    assert [volume for volume in bot["volumes"] if not volume.endswith(":ro")] == ["data:/var/lib/thinktwice"]
    assert 'VOLUME ["/var/lib/thinktwice"]' in dockerfile


def test_tokens_come_from_files_that_the_bot_looks_for(compose: Any) -> None:
    bot = compose["services"]["bot"]
    known = {telegram.TOKEN, slack.BOT, slack.APP}
    assert {name.removesuffix("_FILE") for name in bot["environment"]} == known
    assert [Path(file).name for file in bot["environment"].values()] == bot["secrets"] == list(compose["secrets"])


def test_what_is_mounted_is_there(compose: Any) -> None:
    mounted = [volume.split(":")[0] for volume in compose["services"]["prometheus"]["volumes"]]
    assert all((DEPLOY / file).is_file() for file in mounted)
    inside = yaml.safe_load((DEPLOY / "prometheus" / "compose.yml").read_text("utf-8"))
    assert inside["scrape_configs"][0]["static_configs"][0]["targets"] == ["bot:8081"]
    assert compose["services"]["bot"]["expose"] == ["8081"]


def test_nothing_that_the_bot_loads_is_taken_out_of_the_image() -> None:
    """What is taken out lies beside what `thinktwice scan` has loaded, the second opinion included."""
    unused = runpy.run_path(str(DEPLOY / "slim.py"))["UNUSED"]
    code = (
        "import sys; from bot.cli import main; main(['scan', '-', '--format', 'jsonl']); import bot.running;"
        " print([module.__file__ for module in sys.modules.values() if getattr(module, '__file__', None)])"
    )
    text = "his HKID is A123456(3), he has depression, call +44 20 7946 0018\n"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=text, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {Path(file) for file in ast.literal_eval(done.stdout.splitlines()[-1])}
    libraries = Path(sysconfig.get_path("purelib"))
    assert libraries / "onnxruntime" / "__init__.py" in loaded
    taken = [folder for place in unused for folder in libraries.glob(place)]
    assert len(taken) > len(unused)
    assert [file for file in loaded if any(folder in file.parents for folder in taken)] == []
