"""The rate of several bots over one log is measured to its end: everything is judged, committed and told."""

from benchmarks.replicas import measure
from bot.addresses import Server
from bot.store import Store


def test_all_that_is_measured_is_done(log: Server) -> None:
    told = measure(log, bots=2, messages=40)
    store = Store.open(log, lambda: 0.0, create=False)
    counts, sent = store.counts(), store.outbox()
    store.close()
    assert "messages/s" in told
    assert counts.waiting == 0
    assert {row.state for row in sent} == {"sent"}
