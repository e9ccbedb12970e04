"""One life of a whole bot that is one of several over a log on a server; most waits are shorter than in earnest.

Not the time that others have to return: on a busy machine all of them would take each other for dead all the time.
"""

from dataclasses import dataclass

from bot import beating
from bot.addresses import Server
from bot.platforms.slack import upkeep
from bot.platforms.telegram import receive
from bot.store.postgres import replica, server, silence
from tests.crash import bot_life

HASTE = 4
"""How many times shorter: a lease of 1.5 seconds."""


@dataclass(frozen=True)
class Place(bot_life.Place):
    """`server`: the address of the log."""

    server: str = ""

    @property
    def log(self) -> Server:
        return Server(self.server)


def live(place: Place, point: str = "never", count: int = 0) -> None:
    """Run until SIGTERM, whatever else ends it, or until `point` is reached for the `count`th time."""
    for module, names in (
        (replica, ("LEASE", "MARGIN")),
        (silence, ("ANSWERS",)),
        (server, ("HANGS",)),
        (beating, ("BEAT",)),
        (upkeep, ("AGAIN", "HEARTBEAT", "UNPROVEN")),
        (receive, ("STANDBY",)),
    ):
        for name in names:
            setattr(module, name, getattr(module, name) / HASTE)
    upkeep.HEARTBEAT = int(upkeep.HEARTBEAT)
    bot_life.live(place, point, count)
