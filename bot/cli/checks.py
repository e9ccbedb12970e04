"""What the doctor does: it looks at everything that `run` needs and says what to do."""

import asyncio
import time
import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.markup import escape

from bot import app, logs
from bot.cli.disk import on_disk
from bot.config import Config, ConfigError, load
from bot.platform import Check, Cure
from bot.platforms.registered import PLATFORMS, SECTIONS
from bot.store import Store, StoreError, waiting
from bot.wording import helplines
from bot.words import ChatState
from detectors.documents.libraries import missing
from detectors.documents.sandbox import cut_off
from detectors.errors import DetectorError
from policies.errors import PolicyError


def run(path: Path, *, fix: bool = False) -> int:
    """Check the installation that the configuration at `path` describes; returns the exit code.

    `fix`: do what can be done safely, and look again.
    """
    logs.quiet()
    config, console = load(path, SECTIONS), Console(highlight=False)
    checks = _shown(config, path, console)
    cures = [check.cure for check in checks if check.cure]
    if fix and cures:
        _done(cures, console)
        checks = _shown(config, path, console)
    elif fix:
        console.print("\nThere is nothing that can be done without you.")
    elif cures:
        told = escape(f"`thinktwice doctor --config {path} --fix` does {len(cures)} of this by itself.")
        console.print(f"\n{told}", soft_wrap=True)
    wrong = sum(not check.good for check in checks)
    console.print(f"\n{wrong} to mend" if wrong else "\nAll is well.")
    return 1 if wrong else 0


def _shown(config: Config, path: Path, console: Console) -> list[Check]:
    """Look at everything, and show it."""
    checks = [
        Check(f"configuration {path}", good=True),
        *on_disk(config, path),
        *_policies(config),
        *_operator(config),
        *_admins(config),
        _helplines(config),
        *_platforms_and_health(config),
        _files(config),
    ]
    checks += asyncio.run(_platforms(config))
    checks += asyncio.run(_hook(config))
    for check in checks:
        _show(console, check)
    return checks


def _done(cures: Sequence[Cure], console: Console) -> None:
    """Say what is to be done, then do it; what can't be done stops nothing else."""
    console.print("\nTo be done:")
    for cure in cures:
        console.print(f"  {escape(cure.says)}", soft_wrap=True)
    for cure in cures:
        try:
            cure.do()
        except (OSError, StoreError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            console.print(escape(f"Could not {cure.says}: {reason}"), style="red", soft_wrap=True)
    console.print("Looked at again:\n")


def _show(console: Console, check: Check) -> None:
    mark = "[green]ok  [/green]" if check.good else "[red]mend[/red]"
    advice = f"\n     {escape(check.advice)}" if check.advice else ""
    console.print(f"{mark} {escape(check.name)}{advice}", soft_wrap=True)


def _policies(config: Config) -> Iterator[Check]:
    try:
        rules = app.policies(config, app.detector(config))
    except DetectorError as error:
        yield from (Check("detector", good=False, advice=problem) for problem in str(error).splitlines())
    except PolicyError as error:
        yield from (Check("policies", good=False, advice=str(problem)) for problem in error.problems)
    else:
        yield Check(f"policies, set {rules.set.hash}", good=True)


def _operator(config: Config) -> Iterator[Check]:
    """Everybody in the groups is told who runs the bot: not somebody who was made up for the example."""
    example = tomllib.loads(resources.files("bot").joinpath("shipped", "config.example.toml").read_text("utf-8"))
    if config.privacy.operator == example["privacy"]["operator"]:
        advice = "it is the example's, and everybody in the groups would be told: put in your own, and your own contact"
        yield Check("[privacy] operator", good=False, advice=advice)


def _admins(config: Config) -> Iterator[Check]:
    for name, section in config.platforms.items():
        if section.enabled and not config.admins.get(name):
            advice = f"nobody can ask for reports: put user ids into [admins] {name}"
            yield Check(f"admins on {name}", good=False, advice=advice)


def _helplines(config: Config) -> Check:
    own = config.wellbeing.helplines
    advice = "" if own else "as published; ring them, or put others into [wellbeing] helplines"
    return Check(f"helplines {helplines.spoken('en', own)}", good=True, advice=advice)


def _platforms_and_health(config: Config) -> Iterator[Check]:
    """What `run` refuses before it asks any platform."""
    for name, judge in (("platforms", app.enabled), ("health", app.health), ("wording", app.speak)):
        try:
            judge(config)
        except ConfigError as error:
            yield Check(name, good=False, advice=str(error))


def _files(config: Config) -> Check:
    """Whether attachments are read, by what, and whether what reads them has no way out."""
    if not config.files.enabled:
        advice = "names and captions of files are read, and not what is in them: see [files] and docs/files.md"
        return Check("files", good=True, advice=advice)
    if lacking := missing():
        advice = f"{', '.join(lacking)} is not installed: pip install 'thinktwice[files]'"
        return Check("files", good=False, advice=advice)
    if asyncio.run(cut_off()):
        return Check("files, each read in a process without network", good=True)
    advice = "this system does not let the process that reads a file leave the network: keep the bot behind a firewall"
    return Check("files", good=True, advice=advice)


async def _platforms(config: Config) -> list[Check]:
    checks: list[Check] = []
    for name, section in config.platforms.items():
        if section.enabled:
            try:
                checks += await PLATFORMS[name].look(section, _known_chats(config, name))
            except ConfigError as error:
                checks.append(Check(name, good=False, advice=str(error)))
    return checks


async def _hook(config: Config) -> list[Check]:
    """Whether the operator's own system takes what it is told; nothing where there is none."""
    try:
        hook = app.hook(config, time.time)
    except ConfigError as error:
        return [Check("hook", good=False, advice=str(error))]
    if hook is None or config.hooks.url is None:
        return []
    checks = [await hook.look()]
    host = urlsplit(config.hooks.url).hostname or ""
    if config.hooks.url.startswith("http://") and host not in ("localhost", "127.0.0.1", "::1"):
        advice = "ids and codes go there unencrypted: let url in [hooks] begin with https://"
        checks.append(Check("hook's address", good=True, advice=advice))
    return checks


def _known_chats(config: Config, platform: str) -> tuple[str, ...]:
    """The chats that the bot was in when it last ran; none without a log that can be read as it is."""
    try:
        if waiting(config.database):
            return ()
        store = Store.open(config.database, time.time, create=False)
    except StoreError:
        return ()
    try:
        return tuple(row.chat for row in store.chats(platform) if row.state is ChatState.JOINED)
    finally:
        store.close()
