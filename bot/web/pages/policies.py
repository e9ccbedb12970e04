"""Policies: what is in force where, and an editor that checks while somebody types and keeps what was there before."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.judging.judged import KEPT
from bot.reports import trial
from bot.reports.text import type_name
from bot.reports.trial import Difference
from bot.reports.whatif import Change, replayed
from bot.web import editing
from bot.web.page import Onward, Page, Visit
from bot.web.sources import Sources
from bot.words import ChatState
from policies.errors import PolicyError
from policies.policy import Policy
from policies.tested import Tested

DAY = 86_400.0
REPLAYED = 30 * DAY
"""How far back the log is judged anew by a changed policy."""
CHANGES = tuple(change for change in Change if change is not Change.SAME)


async def show(sources: Sources, visit: Visit) -> Page:
    """List the groups with the policy in force, what is on trial beside it, and the files that can be opened."""
    joined = [chat for chat in sources.store.chats() if chat.state is ChatState.JOINED]
    rows = []
    for chat in joined:
        policy = sources.policies.current(chat.platform, chat.chat)
        tried = [trial for trial, _ in sources.policies.set.tried(chat.platform, chat.chat)]
        name = await sources.group(chat.platform, chat.workspace, chat.chat)
        rows.append({"group": name, "policy": policy, "tried": tried})
    now = sources.clock()
    figures = await asyncio.to_thread(trial.gather, sources.store, now - REPLAYED, now)
    return Page(
        "policies.html",
        {
            "rows": rows,
            "trials": [(one, await _tables(sources, visit, one)) for one in figures],
            "default": sources.policies.set.default,
            "edition": sources.policies.set.hash,
            "files": editing.files(sources.config),
        },
    )


async def _tables(sources: Sources, visit: Visit, figures: trial.TrialFigures) -> Mapping[str, Sequence[Difference]]:
    """What one trial would do more and less often, by rule, type and group; what is empty is left out."""
    workspaces = {f"{chat.platform}:{chat.chat}": chat.workspace for chat in sources.store.chats()}
    groups: list[Difference] = []
    for address, more, fewer in figures.groups:
        platform, _, chat = address.partition(":")
        groups.append((await sources.group(platform, workspaces.get(address, ""), chat), more, fewer))
    types = [(type_name(visit.language, name), more, fewer) for name, more, fewer in figures.types]
    tables: Mapping[str, Sequence[Difference]] = {"rule": figures.rules, "type": types, "group": groups}
    return {name: lines for name, lines in tables.items() if lines}


async def one(sources: Sources, visit: Visit) -> Page:
    """Show a policy's file, to an editor in a form, and what it says about its examples."""
    found = editing.files(sources.config).get(visit.query.get("file", ""))
    if found is None:
        return Page("gone.html", {}, status=404)
    try:
        text = await asyncio.to_thread(editing.opened, found.path)
    except PolicyError as error:
        return Page("policy.html", _editor(found, "", "", str(error)), status=409)
    examples = await asyncio.to_thread(editing.examples, found.path, sources.find, sources.policies.own_types)
    return Page("policy.html", _editor(found, text.written, text.edition, "", examples))


async def check(sources: Sources, visit: Visit) -> Page:
    """Say what is wrong with what stands in the form, or what it would have made of the last thirty days."""
    found = editing.files(sources.config).get(visit.form.get("file", ""))
    if found is None:
        return Page("gone.html", {}, status=404)
    values = await asyncio.to_thread(_checked, sources, found.path, visit.form.get("text", ""))
    return Page("checked.html", values)


async def save(sources: Sources, visit: Visit) -> Page | Onward:
    """Put what stands in the form in force, if nothing is wrong with it and nobody was faster."""
    name = visit.form.get("file", "")
    found = editing.files(sources.config).get(name)
    if found is None or not found.ours:
        return Page("gone.html", {}, status=404)
    text, edition = visit.form.get("text", ""), visit.form.get("edition", "")
    try:
        await asyncio.to_thread(_saved, sources, found.path, text, edition)
    except PolicyError as error:
        return Page("policy.html", _editor(found, text, edition, str(error)), status=409)
    except editing.EditingError as error:
        return Page("policy.html", _editor(found, text, edition, error.said(visit.language)), status=409)
    return Onward(f"/policies/file?file={name}&said=saved")


def _saved(sources: Sources, path: Path, text: str, edition: str) -> None:
    editing.proved(path, text, sources.find, sources.policies.own_types)
    editing.save(path, text, edition)


def _editor(
    found: editing.File, text: str, edition: str, problem: str, examples: Sequence[Tested] = ()
) -> Mapping[str, object]:
    return {"file": found, "text": text, "edition": edition, "problem": problem, "examples": examples}


def _checked(sources: Sources, path: Path, text: str) -> Mapping[str, object]:
    try:
        policy = editing.proved(path, text, sources.find, sources.policies.own_types)
    except PolicyError as error:
        return {"problems": [str(problem) for problem in error.problems], "changes": (), "judged": 0}
    return {"problems": (), **_replayed(sources, policy)}


def _replayed(sources: Sources, policy: Policy) -> Mapping[str, object]:
    """What the log's incidents would have been; in the words of `policy whatif`."""
    now = sources.clock()
    seen = Counter(one.change for one in replayed(sources.store, policy, now - REPLAYED, now, None, KEPT))
    return {"changes": [(change, seen[change]) for change in CHANGES if seen[change]], "judged": seen.total()}
