"""`/metrics`: what Prometheus reads, in its text format. Codes, counts and times; no ids of people or messages."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from aiohttp import web as http
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.meter import Meter, Spread
from bot.platform import Platform
from bot.store import Clock, Store
from bot.words import Act

PROVEN = (Act.PURGE, Act.BACKUP)
"""What the audit table is asked for the last time of."""


class _Given(Collector):
    """Families made ahead, since the library asks for them in a function that can't wait for anything."""

    def __init__(self, families: tuple[Metric, ...]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


class Metrics:
    """Answers with all figures of this moment: the meter's since the start, the store's and the platforms' as they are.

    `edition` tells the hash of the policies in force.
    """

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        meter: Meter,
        edition: Callable[[], str],
        clock: Clock = time.time,
    ) -> None:
        self._store, self._platforms, self._meter, self._edition, self._clock = store, platforms, meter, edition, clock

    async def answer(self, _request: http.Request) -> http.Response:
        """Answer a scrape."""
        return http.Response(body=await self.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def text(self) -> bytes:
        """Return the figures."""
        registry = CollectorRegistry()
        ProcessCollector(namespace="thinktwice", registry=registry)
        families = (*self._judging(), *self._sending(), *self._log(), *await self._health(), *self._editions())
        registry.register(_Given(families))
        return generate_latest(registry)

    def _judging(self) -> Iterator[Metric]:
        messages = CounterMetricFamily(
            "thinktwice_messages",
            "Messages judged, by what came of it: clean, the severity of an incident, or aside.",
            labels=("platform", "verdict"),
        )
        for key, count in self._meter.messages.items():
            messages.add_metric(key, count)
        findings = CounterMetricFamily(
            "thinktwice_findings", "Places found in messages, by entity type.", labels=("type",)
        )
        for type_, count in self._meter.findings.items():
            findings.add_metric((type_,), count)
        yield messages
        yield findings
        yield CounterMetricFamily(
            "thinktwice_commits", "Transactions that messages and presses were committed in.", self._meter.commits
        )
        detector = HistogramMetricFamily("thinktwice_detector_seconds", "Time the detector took for a message.")
        _add(detector, (), self._meter.detector)
        lag = HistogramMetricFamily(
            "thinktwice_lag_seconds", "Age of messages when they were judged.", labels=("platform",)
        )
        for platform, spread in self._meter.lag.items():
            _add(lag, (platform,), spread)
        yield detector
        yield lag

    def _sending(self) -> Iterator[Metric]:
        sends = CounterMetricFamily(
            "thinktwice_sends",
            "Calls that sent something, by outcome: sent, refused, later, unknown.",
            labels=("platform", "kind", "rung", "outcome"),
        )
        for key, count in self._meter.sends.items():
            sends.add_metric(key, count)
        waiting = GaugeMetricFamily("thinktwice_queue", "Sends and files that wait.", labels=("queue", "platform"))
        oldest = GaugeMetricFamily(
            "thinktwice_queue_oldest_seconds", "Age of what has waited longest.", labels=("queue", "platform")
        )
        now = self._clock()
        for queue in self._store.queues(now):
            waiting.add_metric((queue.name, queue.platform), queue.count)
            oldest.add_metric((queue.name, queue.platform), max(0.0, now - queue.oldest))
        yield sends
        yield waiting
        yield oldest

    def _log(self) -> Iterator[Metric]:
        counts = self._store.counts()
        yield GaugeMetricFamily("thinktwice_incidents_open", "Incidents that are open.", counts.open)
        lost = GaugeMetricFamily(
            "thinktwice_undelivered", "Sends that no rung delivered, as kept in the log.", labels=("kind",)
        )
        lost.add_metric(("all",), counts.unreachable)
        lost.add_metric(("alert",), counts.alerts)
        yield lost
        aside = GaugeMetricFamily(
            "thinktwice_unread", "What could not be read or judged, as kept in the log.", labels=("what",)
        )
        aside.add_metric(("message",), counts.aside)
        aside.add_metric(("file",), counts.unread)
        yield aside
        last = GaugeMetricFamily(
            "thinktwice_last_timestamp_seconds", "When it was last done, in Unix seconds.", labels=("act",)
        )
        for act, at in self._store.last(PROVEN).items():
            last.add_metric((act,), at)
        yield last

    async def _health(self) -> tuple[Metric, ...]:
        found = {name: await platform.trouble() for name, platform in self._platforms.items()}
        blind = any(trouble.blind for troubles in found.values() for trouble in troubles)
        trouble = GaugeMetricFamily(
            "thinktwice_trouble", "What is wrong with a platform, and how often.", labels=("platform", "code")
        )
        for name, troubles in found.items():
            for one in troubles:
                trouble.add_metric((name, one.code), max(one.count, 1))
        ready = not (blind or self._store.trouble())
        return (trouble, GaugeMetricFamily("thinktwice_ready", "1 while it sees, stores and tells.", int(ready)))

    def _editions(self) -> Iterator[Metric]:
        edition = GaugeMetricFamily(
            "thinktwice_policies_info", "The edition of policies in force.", labels=("edition",)
        )
        edition.add_metric((self._edition(),), 1)
        build = GaugeMetricFamily("thinktwice_build_info", "The program's version.", labels=("version",))
        build.add_metric((__version__,), 1)
        yield edition
        yield build


def _add(family: HistogramMetricFamily, labels: tuple[str, ...], spread: Spread) -> None:
    steps = [("+Inf" if bound == float("inf") else f"{bound:g}", count) for bound, count in spread.so_far()]
    family.add_metric(labels, steps, spread.total)
