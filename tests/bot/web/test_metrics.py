"""What Prometheus reads: what happened is counted, by codes alone."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from bot.addresses import Address
from bot.judging.guard import Guard
from bot.message import Message, Part
from bot.meter import Meter, Spread
from bot.platform import Trouble
from bot.send import Refused
from bot.sending.courier import Courier
from bot.store import BOT, Store
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.words import Act, PartKind, TroubleCode
from tests.fakes.judging import Marks, Rules
from tests.fakes.logbook import NOON, Clock
from tests.fakes.stub_platform import StubPlatform, compose

DEPLOY = Path(__file__).parents[3] / "deploy"
NAMES = re.compile(r"\bthinktwice_[a-z_]+")


class Watched:
    """A small bot and what is said of it."""

    def __init__(self, store: Store) -> None:
        self.clock, self.store, self.meter = Clock(NOON), store, Meter()
        self.platform = StubPlatform(ladder=("dm", "channel"))
        self.guard = Guard(Marks(), Rules(), store, self.clock, {}, meter=self.meter)
        self.courier = Courier(store, {"stub": self.platform}, compose, self.clock, meter=self.meter)
        self.metrics = Metrics(store, {"stub": self.platform}, self.meter, lambda: "5d41402abc4b", self.clock)

    async def says(self, text: str, number: int = 1) -> None:
        part = Part(PartKind.TEXT, text)
        await self.guard.handle([Message("stub", "", "-100", str(number), "7", NOON - 2, (part,))])

    async def figures(self) -> dict[str, float]:
        """Every sample by its name and labels, as Prometheus itself would parse them."""
        return {_key(sample.name, sample.labels): sample.value for sample in _samples(await self.metrics.text())}


def _samples(text: bytes) -> Iterator[Sample]:
    for family in text_string_to_metric_families(text.decode()):
        yield from family.samples


def _key(name: str, labels: dict[str, str]) -> str:
    return " ".join([name.removeprefix("thinktwice_"), *(labels[label] for label in sorted(labels))])


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    store = Store.open(tmp_path / "log.db", Clock(NOON))
    yield Watched(store)
    store.close()


async def test_messages_findings_and_sends_are_counted(watched: Watched) -> None:
    watched.platform.answers["dm"].append(Refused("blocked"))
    await watched.says("lunch?", 1)
    await watched.says("hkid:1 hkid:2 tel:3", 2)
    await watched.says("broken", 3)
    await watched.courier.drain()
    seen = await watched.figures()
    assert seen["messages_total stub clean"] == 1
    assert seen["messages_total stub aside"] == 1
    assert seen["messages_total stub high"] == 1
    assert (seen["findings_total HKID"], seen["findings_total PHONE_NUMBER"]) == (2, 1)
    assert seen["sends_total nudge refused stub dm"] == 1
    assert seen["sends_total nudge sent stub channel"] == 1
    assert seen["detector_seconds_count"] == 2
    assert (seen["lag_seconds_count stub"], seen["lag_seconds_sum stub"]) == (2, 4)
    assert seen["unread message"] == 1
    assert seen["incidents_open"] == 1


async def test_what_waits_is_shown_with_its_age(watched: Watched) -> None:
    await watched.says("hkid:1")
    watched.clock.now = NOON + 40
    seen = await watched.figures()
    assert (seen["queue stub sends"], seen["queue_oldest_seconds stub sends"]) == (1, 40)
    await watched.courier.drain()
    assert "queue stub sends" not in await watched.figures()


async def test_health_editions_and_proofs(watched: Watched) -> None:
    seen = await watched.figures()
    assert (seen["ready"], seen["policies_info 5d41402abc4b"]) == (1, 1)
    assert not [name for name in seen if name.startswith(("trouble", "last_timestamp"))]
    watched.platform.troubles = (Trouble(TroubleCode.REFUSED, 10),)
    await watched.store.audit(BOT, "", Act.PURGE, "")
    seen = await watched.figures()
    assert (seen["ready"], seen["trouble refused stub"]) == (0, 10)
    assert seen["last_timestamp_seconds purge"] == NOON


async def test_no_id_of_anybody_is_in_it(watched: Watched) -> None:
    await watched.says("hkid:1", 424_242)
    await watched.courier.drain()
    labels = [value for _, given, *_ in _samples(await watched.metrics.text()) for value in given.values()]
    assert not {"7", "-100", "424242"} & set(labels)


async def test_it_answers_beside_the_health_checks(watched: Watched) -> None:
    health = Health(watched.store, {"stub": watched.platform}, watched.meter, lambda: "5d41402abc4b")
    await health.open(Address("127.0.0.1", 0))
    url = f"http://127.0.0.1:{health.door.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        assert b"thinktwice_ready 1.0" in await answer.read()
    await health.door.close()


def test_steps_of_a_spread_add_up() -> None:
    spread = Spread((0.1, 1.0))
    for seconds in (-3, 0.1, 0.5, 7):
        spread.add(seconds)
    assert list(spread.so_far()) == [(0.1, 2), (1.0, 3), (float("inf"), 4)]
    assert spread.total == pytest.approx(7.6)


async def test_alerts_and_the_dashboard_ask_for_what_there_is(watched: Watched) -> None:
    """A figure that was renamed leaves an alert that never rings."""
    watched.platform.troubles = (Trouble(TroubleCode.REFUSED, 1),)
    await watched.store.audit(BOT, "", Act.PURGE, "")
    await watched.says("broken hkid:1", 1)
    await watched.says("hkid:1", 2)
    there = {name for name, *_ in _samples(await watched.metrics.text())}
    await watched.courier.drain()
    there |= {name for name, *_ in _samples(await watched.metrics.text())}
    alerts = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text("utf-8"))
    board = json.loads((DEPLOY / "grafana" / "thinktwice.json").read_text("utf-8"))
    asked = [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    asked += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert {name for one in asked for name in NAMES.findall(one)} - there == set()
    assert all(rule["annotations"]["cure"] for group in alerts["groups"] for rule in group["rules"])


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus is not installed here")
async def test_prometheus_itself_takes_figures_and_rules(watched: Watched) -> None:
    await watched.says("hkid:1")
    await watched.courier.drain()
    assert await _promtool(await watched.metrics.text(), "check", "metrics") == ""
    await _promtool(b"", "check", "config", str(DEPLOY / "prometheus" / "prometheus.yml"))


async def _promtool(given: bytes, *arguments: str) -> str:
    """What it complains of; fails where it refuses."""
    pipe = asyncio.subprocess.PIPE
    tool = await asyncio.create_subprocess_exec("promtool", *arguments, stdin=pipe, stdout=pipe, stderr=pipe)
    said, complaint = await tool.communicate(given)
    assert tool.returncode == 0, (said + complaint).decode()
    return complaint.decode()
