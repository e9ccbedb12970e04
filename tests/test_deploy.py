"""What is shipped for containers: clean by its linter, and in step with the program."""

import ast
import runpy
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.platforms.slack import setup as slack
from bot.platforms.slack.settings import Slack
from bot.platforms.telegram import setup as telegram
from bot.platforms.telegram.settings import Telegram

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def postgres() -> Any:
    return yaml.safe_load((DEPLOY / "compose.postgres.yaml").read_text("utf-8"))


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


def test_tokens_come_from_files_that_the_bot_looks_for(compose: Any, postgres: Any) -> None:
    bot = compose["services"]["bot"]
    known = {telegram.TOKEN, slack.BOT, slack.APP}
    assert {name.removesuffix("_FILE") for name in bot["environment"]} == known
    assert [Path(file).name for file in bot["environment"].values()] == bot["secrets"]
    given = postgres["services"]["bot"]
    assert [Path(file).name for file in given["environment"].values()] == given["secrets"] == ["store_password"]


def test_every_secret_is_a_file_that_somebody_uses(compose: Any, postgres: Any) -> None:
    for written in (compose, postgres):
        used = {name for service in written["services"].values() for name in service.get("secrets", ())}
        assert {name: {"file": f"./secrets/{name}"} for name in used} == written["secrets"]


def test_only_the_bot_starts_unless_more_is_asked_for(compose: Any) -> None:
    assert [name for name, service in compose["services"].items() if "profiles" not in service] == ["bot"]


def test_what_is_mounted_is_there(compose: Any) -> None:
    brought = [volume.split(":")[0] for name in ("prometheus", "grafana") for volume in _files(compose, name)]
    assert brought
    assert [file for file in brought if not (DEPLOY / file).exists()] == []
    inside = yaml.safe_load((DEPLOY / "prometheus" / "compose.yml").read_text("utf-8"))
    assert inside["scrape_configs"][0]["static_configs"][0]["targets"] == ["bot:8081"]
    assert "8081" in compose["services"]["bot"]["expose"]


def test_nothing_that_the_bot_loads_is_taken_out_of_the_image() -> None:
    """What is taken out lies beside what `thinktwice scan` has loaded, the second opinion included."""
    unused = runpy.run_path(str(DEPLOY / "slim.py"))["UNUSED"]
    code = (
        "import sys; from bot.cli import main; main(['scan', '-', '--format', 'jsonl']); import bot.running;"
        " print([module.__file__ for module in [*sys.modules.values()] if getattr(module, '__file__', None)])"
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


def test_grafana_finds_the_figures_and_the_dashboard(compose: Any) -> None:
    provisioning = DEPLOY / "grafana" / "provisioning"
    sources = yaml.safe_load((provisioning / "datasources" / "prometheus.yml").read_text("utf-8"))["datasources"]
    assert [source["url"] for source in sources] == ["http://prometheus:9090"]
    providers = yaml.safe_load((provisioning / "dashboards" / "thinktwice.yml").read_text("utf-8"))["providers"]
    (shown,) = [volume.split(":")[1] for volume in _files(compose, "grafana") if volume.startswith("./grafana/think")]
    assert [provider["options"]["path"] for provider in providers] == [str(Path(shown).parent)]


def test_nothing_is_published_beyond_this_machine(compose: Any, postgres: Any) -> None:
    services = [*compose["services"].values(), *postgres["services"].values()]
    assert [
        port for service in services for port in service.get("ports", ()) if not port.startswith("127.0.0.1:")
    ] == []


def test_the_doors_of_the_bot_are_those_that_its_settings_have(compose: Any) -> None:
    doors = {str(Telegram().listen.port), str(Slack().listen.port), "8081"}
    assert set(compose["services"]["bot"]["expose"]) == doors


PROGRAMS = (("docker", "compose"), ("docker-compose",))


def _answers(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _program() -> tuple[str, ...]:
    """Docker's own program for such files; the older one is of before `name`."""
    for program in PROGRAMS:
        if shutil.which(program[0]) and _answers([*program, "version"]):
            return program
    return ()


@pytest.mark.skipif(not _program(), reason="no docker compose on this machine")
@pytest.mark.parametrize("count", [1, 2, 3])
def test_docker_compose_understands_the_files(tmp_path: Path, count: int) -> None:
    program, files = _program(), ("compose.yaml", "compose.postgres.yaml", "compose.replicas.yaml")[:count]
    for file in files:
        text = (DEPLOY / file).read_text("utf-8")
        (tmp_path / file).write_text(text.replace("\nname: thinktwice\n", "\n"), "utf-8")
    given = [piece for file in files for piece in ("--file", str(tmp_path / file))]
    told = [*program, "--project-directory", str(DEPLOY), *given, "--profile", "watched", "config"]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(yaml.safe_load(done.stdout)["services"]) == sorted(
        {"bot", "prometheus", "grafana", *(["postgres"] if count > 1 else [])}
    )
    assert yaml.safe_load(done.stdout)["services"]["bot"].get("deploy", {}).get("replicas", 1) == (
        3 if count > 2 else 1
    )


def _files(compose: Any, service: str) -> Iterator[str]:
    """What a service is given of this folder."""
    return (volume for volume in compose["services"][service]["volumes"] if volume.startswith("./"))
