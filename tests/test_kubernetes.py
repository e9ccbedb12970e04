"""What is shipped for Kubernetes: in step with the program and the image, and everything points somewhere."""

import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml

from bot.addresses import Server
from bot.config import load
from bot.platforms.registered import SECTIONS
from bot.platforms.slack import setup as slack
from bot.platforms.telegram import setup as telegram
from bot.web.health import Health

DEPLOY = Path(__file__).parents[1] / "deploy"
FILE = DEPLOY / "kubernetes.yaml"
SEVERAL = DEPLOY / "kubernetes.replicas.yaml"
PASSWORD, FILE_OF_PASSWORD = "THINKTWICE_STORE_PASSWORD", "store_password"
VALIDATE = which("kubernetes-validate")


@pytest.fixture(scope="module")
def things() -> dict[tuple[str, str], Any]:
    """Everything in the file, by kind and name."""
    found = list(yaml.safe_load_all(FILE.read_text("utf-8")))
    return {(thing["kind"], thing["metadata"]["name"]): thing for thing in found}


@pytest.fixture(scope="module")
def pod(things: dict[tuple[str, str], Any]) -> Any:
    return things["Deployment", "thinktwice"]["spec"]["template"]


@pytest.fixture(scope="module")
def bot(pod: Any) -> Any:
    (container,) = pod["spec"]["containers"]
    return container


def test_one_process_holds_the_log_and_the_old_one_ends_first(things: dict[tuple[str, str], Any]) -> None:
    spec = things["Deployment", "thinktwice"]["spec"]
    assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})
    assert things["PodDisruptionBudget", "thinktwice"]["spec"]["maxUnavailable"] == 1


def test_everything_that_selects_selects_the_bot(things: dict[tuple[str, str], Any], pod: Any) -> None:
    labels = pod["metadata"]["labels"]
    specs = [thing["spec"] for (kind, _), thing in things.items() if "spec" in thing]
    chosen = [spec[key] for spec in specs for key in ("selector", "podSelector") if key in spec]
    assert len(chosen) == 5
    assert [one.get("matchLabels", one) for one in chosen] == [labels] * 5


def test_the_configuration_is_one(things: dict[tuple[str, str], Any], tmp_path: Path, bot: Any) -> None:
    (tmp_path / "config.toml").write_text(things["ConfigMap", "thinktwice"]["data"]["config.toml"], "utf-8")
    config = load(tmp_path / "config.toml", SECTIONS)
    assert config.health.listen
    doors = {"health": config.health.listen.port} | {
        name: section.model_dump()["listen"]["port"] for name, section in config.platforms.items()
    }
    assert {port["name"]: port["containerPort"] for port in bot["ports"]} == doors
    (data,) = [mount for mount in bot["volumeMounts"] if mount["name"] == "data"]
    assert str(config.store.path.parent) == data["mountPath"]


def test_tokens_come_from_files_that_the_bot_looks_for(bot: Any, pod: Any) -> None:
    given = {one["name"]: Path(one["value"]) for one in bot["env"]}
    assert {name.removesuffix("_FILE") for name in given} == {telegram.TOKEN, slack.BOT, slack.APP}
    assert {path.name for path in given.values()} == {name.removesuffix("_FILE").lower() for name in given}
    (tokens,) = [mount for mount in bot["volumeMounts"] if mount["name"] == "tokens"]
    assert {str(path.parent) for path in given.values()} == {tokens["mountPath"]}
    made = FILE.read_text("utf-8").split("apiVersion")[0]
    assert [path.name for path in given.values() if f"--from-file={path.name}" not in made] == []


def test_the_probes_ask_what_the_bot_answers(bot: Any, things: dict[tuple[str, str], Any]) -> None:
    asked = {name: bot[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    served = {route.path for route in Health({}, {}, {}, str).door._routes}  # type: ignore[arg-type]  # nothing is asked
    assert {one["path"] for one in asked.values()} <= served
    assert {name: one["path"] for name, one in asked.items()} == {
        "startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz",
    }  # fmt: skip
    doors = things["Service", "thinktwice"]["spec"]
    assert doors["publishNotReadyAddresses"] is True


def test_ports_are_called_by_names_that_the_bot_has(things: dict[tuple[str, str], Any], bot: Any) -> None:
    names = {port["name"] for port in bot["ports"]}
    services = [thing["spec"] for (kind, _), thing in things.items() if kind == "Service"]
    policy = things["NetworkPolicy", "thinktwice"]["spec"]["ingress"][0]["ports"]
    assert {port["targetPort"] for spec in services for port in spec["ports"]} == names
    assert {port["port"] for port in policy} == names


def test_the_bot_is_not_root_and_may_write_to_its_data_alone(pod: Any, bot: Any) -> None:
    user = pod["spec"]["securityContext"]
    assert f"\nUSER {user['runAsUser']}\n" in (DEPLOY / "Dockerfile").read_text("utf-8")
    assert user["runAsNonRoot"] is True
    assert bot["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {mount["name"] for mount in bot["volumeMounts"] if not mount.get("readOnly")} == {"data", "scratch"}
    assert pod["spec"]["automountServiceAccountToken"] is False


def test_what_is_mounted_is_a_volume(pod: Any, bot: Any, things: dict[tuple[str, str], Any]) -> None:
    volumes = {volume["name"]: volume for volume in pod["spec"]["volumes"]}
    assert set(volumes) == {mount["name"] for mount in bot["volumeMounts"]}
    assert ("PersistentVolumeClaim", volumes["data"]["persistentVolumeClaim"]["claimName"]) in things
    assert ("ConfigMap", volumes["config"]["configMap"]["name"]) in things
    assert volumes["scratch"]["emptyDir"]["medium"] == "Memory"


def test_several_programs_are_run_as_one_is(things: dict[tuple[str, str], Any], tmp_path: Path) -> None:
    """But for their number, where the log is, and that no disk of theirs is needed."""
    several = list(yaml.safe_load_all(SEVERAL.read_text("utf-8")))
    others = {(thing["kind"], thing["metadata"]["name"]): thing for thing in several}
    assert things.keys() - others.keys() == {("PersistentVolumeClaim", "thinktwice")}
    differing = {kind for kind, name in others if others[kind, name] != things[kind, name]}
    assert differing == {"ConfigMap", "Deployment", "NetworkPolicy"}
    assert others["Deployment", "thinktwice"]["spec"]["replicas"] == 3
    assert others["NetworkPolicy", "thinktwice"]["spec"]["egress"][0]["ports"][-1]["port"] == 5432
    pod = others["Deployment", "thinktwice"]["spec"]["template"]["spec"]
    (bot,) = pod["containers"]
    assert bot["env"][-1] == {"name": f"{PASSWORD}_FILE", "value": f"/run/secrets/thinktwice/{FILE_OF_PASSWORD}"}
    assert {mount["name"] for mount in bot["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    assert f"--from-file={FILE_OF_PASSWORD}" in SEVERAL.read_text("utf-8").split("apiVersion")[0]
    (tmp_path / "config.toml").write_text(others["ConfigMap", "thinktwice"]["data"]["config.toml"], "utf-8")
    assert isinstance(load(tmp_path / "config.toml", SECTIONS).database, Server)


@pytest.mark.skipif(VALIDATE is None, reason="kubernetes-validate is not on this machine")
@pytest.mark.parametrize("file", [FILE, SEVERAL])
def test_kubernetes_own_schema_holds(file: Path) -> None:
    judged = subprocess.run([str(VALIDATE), "--strict", str(file)], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr + judged.stdout
