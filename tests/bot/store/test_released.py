"""A log that an earlier release wrote is opened, brought up to date and says the same as it did then.

`released/VERSION.db.gz` was written by that version; `released/VERSION.json` is what that version read in it.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.message import Press
from bot.names import GroupNames
from bot.reports import render
from bot.store import AlertBody, NudgeBody, Store, ThanksBody
from bot.words import Action, AlertCode, PressCode, SendKind, SendState
from tests.fakes import marked_find

FOLDER = Path(__file__).parent / "released"
VERSIONS = sorted(path.name.removesuffix(".db.gz") for path in FOLDER.glob("*.db.gz"))


@pytest.fixture(params=VERSIONS)
def then(request: pytest.FixtureRequest) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{request.param}.json").read_text("utf-8"))
    return read | {"version": request.param}


@pytest.fixture
def store(then: dict[str, Any], tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "log.db"
    path.write_bytes(gzip.decompress((FOLDER / f"{then['version']}.db.gz").read_bytes()))
    opened = Store.open(path, lambda: float(then["until"]))
    yield opened
    opened.close()


def test_it_reports_the_same_figures(store: Store, then: dict[str, Any]) -> None:
    groups = GroupNames(marked_find.find, {"telegram:-1001": "HR operations"})
    figures = json.loads(render(store, "json", then["since"], then["until"], groups=groups))
    assert figures | then["figures"] == figures, "later releases may add figures"
    assert store.counts().open == then["open"]


def test_every_send_and_incident_is_what_it_was(store: Store, then: dict[str, Any]) -> None:
    assert [[row.id, row.kind, row.state] for row in store.outbox()] == then["outbox"]
    assert [[row.id, row.resolution] for row in store.incidents(0, 1e12)] == then["endings"]


def test_what_an_older_release_did_not_know_is_empty(store: Store) -> None:
    incidents = store.incidents(0, 1e12)
    assert {finding.part for row in incidents for finding in store.findings(row.id)} == {None}
    assert {revision.look for row in incidents for revision in store.revisions(row.id)} == {""}
    assert {row.protects for row in incidents} == {()}


def test_its_bodies_are_read(store: Store) -> None:
    rows = store.outbox()
    nudges = [row.body for row in rows if row.kind is SendKind.NUDGE]
    assert all(isinstance(body, NudgeBody) and body.wording for body in nudges)
    assert any(isinstance(row.body, ThanksBody) for row in rows)
    alerts = {row.body.code for row in rows if isinstance(row.body, AlertBody)}
    assert alerts == {AlertCode.GAP, AlertCode.PERMISSIONS, AlertCode.ANONYMOUS}


async def test_its_incidents_are_answered_and_its_sends_go_out(store: Store, then: dict[str, Any]) -> None:
    now = float(then["until"]) + 60
    open_ = next(row for row in store.incidents(0, 1e12) if row.sender and not row.resolution)
    press = Press(open_.platform, open_.workspace, open_.sender or "", open_.id, Action.REMOVED, now)
    assert await store.commit([press]) == (PressCode.THANKS,)
    for row in store.outbox(states=(SendState.WAITING,)):
        if row.due_at <= now and row.replaces is None:
            assert await store.sending(row, "dm", now)


async def test_it_can_be_purged(store: Store, then: dict[str, Any]) -> None:
    purged = await store.purge(float(then["until"]), float(then["until"]) + 1)
    assert purged.counts["incident"] == sum(bool(resolution) for _, resolution in then["endings"])
    assert purged.remaining == 0
