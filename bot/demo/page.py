"""The page of an office that was played, left open until somebody ends it. Nothing of it stays."""

import asyncio
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.addresses import Address
from bot.demo.scenario import Scenario
from bot.demo.stage import Stage
from bot.misuse import InputError
from bot.stopping import stop_signal
from policies.files import locate, written

POLICIES = "policies"
"""The folder in the office's own one where the policies lie that may be changed on the page."""


def with_page(scenario: Scenario, folder: Path) -> Scenario:
    """Let copies of its policies in `folder` judge, so that whoever opens the page may change them.

    Raises InputError when nobody could open it, PolicyError.
    """
    if not any(member.admin for member in scenario.people):
        raise InputError("Nobody would be let into the page: add admin = true to one of the [[people]]")
    room = scenario.group
    (folder / POLICIES).mkdir()
    judging = {"policy": room.policy, "trial": room.trial}
    named = {what: _copied(name, folder) for what, name in judging.items() if name}
    return scenario.model_copy(update={"group": room.model_copy(update=named)})


def _copied(name: str, folder: Path) -> str:
    """A copy of a policy and of those that it stands on; returns its place in `folder`."""
    file = locate(name)
    for source in written(file).chain():
        shutil.copyfile(source.shown, folder / POLICIES / Path(source.shown).name)
    return f"{POLICIES}/{file.name}"


def free(address: Address) -> Address:
    """The same address with a port that nobody uses, where any will do."""
    if address.port:
        return address
    with socket.create_server((address.host, 0)) as tried:
        return Address(address.host, int(tried.getsockname()[1]))


async def leave_open(stage: Stage, tell: Callable[[str], None]) -> None:
    """Serve the page until SIGINT or SIGTERM; `tell` hears how to get in. Raises ConfigError."""
    stop = stop_signal()
    async with stage.serving():
        tell(f"{_way_in(stage)} Ctrl-C ends it, and nothing stays on disk.")
        with _asked_again(lambda: tell(_way_in(stage))):
            await stop.wait()


def _way_in(stage: Stage) -> str:
    return f"The page is open: {stage.invite()} lets you in once, within five minutes; Enter gives another link."


@contextmanager
def _asked_again(answer: Callable[[], None]) -> Iterator[None]:
    """Call `answer` for each line that somebody types meanwhile; where nobody can type, for none."""
    if not sys.stdin or not sys.stdin.isatty():
        yield
        return
    loop, keyboard = asyncio.get_running_loop(), sys.stdin

    def typed() -> None:
        if keyboard.readline():
            answer()
        else:  # Ctrl-D: it would be told for ever
            loop.remove_reader(keyboard)

    with suppress(OSError, PermissionError):  # a file that can't be waited for
        loop.add_reader(keyboard, typed)
    try:
        yield
    finally:
        loop.remove_reader(keyboard)
