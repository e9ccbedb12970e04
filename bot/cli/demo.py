"""`thinktwice demo`: a scripted afternoon, played to an end."""

import argparse
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.arguments import Commands, add_command

if TYPE_CHECKING:
    from bot.addresses import Address


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "demo", play, "Play a scripted afternoon in an HR group: no token, no server.")
    parser.add_argument("--policy", metavar="FILE|NAME", help="judge by this policy in place of the scenario's")
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="another scenario to play")
    parser.add_argument("--people", type=Path, metavar="FILE", help="who is there, in place of the scenario's people")
    parser.add_argument(
        "--web",
        nargs="?",
        const="127.0.0.1:0",
        metavar="HOST:PORT",
        help="leave the page open afterwards, with what happened; here unless said otherwise (127.0.0.1, a free port)",
    )


def play(arguments: argparse.Namespace) -> int:
    """Play it; returns 1 when something was not as the script expects."""
    from bot.demo.demo import demo

    page = _page(arguments.web) if arguments.web else None
    return demo(arguments.scenario, policy=arguments.policy, people=arguments.people, page=page)


def _page(written: str) -> "Address":
    """Where the page listens. Raises InputError, ConfigError when a library is missing."""
    from bot.addresses import address
    from bot.misuse import InputError
    from bot.platforms import needs_extra

    with needs_extra("web", otherwise="leave --web out"):
        import bot.web.site  # noqa: F401 - told before the afternoon is played
    if not (where := address(written)):
        raise InputError(f"--web {written}: is not host:port; write it like 127.0.0.1:8080")
    with closing(socket.socket(socket.AF_INET6 if ":" in where.host else socket.AF_INET)) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server does that is started again
        try:
            door.bind((where.host, where.port))
        except OSError as error:
            raise InputError(f"--web {written}: {error.strerror}; choose another after --web") from None
    return where
