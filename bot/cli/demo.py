"""`thinktwice demo`: a scripted afternoon, played to an end."""

import argparse
from pathlib import Path

from bot.cli.arguments import Commands, add_command


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "demo", play, "Play a scripted afternoon in an HR group: no token, no server.")
    parser.add_argument("--policy", metavar="FILE|NAME", help="judge by this policy in place of the scenario's")
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="another scenario to play")
    parser.add_argument("--people", type=Path, metavar="FILE", help="who is there, in place of the scenario's people")


def play(arguments: argparse.Namespace) -> int:
    """Play it; returns 1 when something was not as the script expects."""
    from bot.demo.demo import demo

    return demo(arguments.scenario, policy=arguments.policy, people=arguments.people)
