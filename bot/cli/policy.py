"""`thinktwice policy`: what somebody who writes policies needs."""

import argparse
import sys
from pathlib import Path

from bot.cli.arguments import Commands, add_chat, add_command, add_config, add_detector


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    text = "Check and show policy files, ask what a changed one would have done, or copy the shipped ones for editing."
    policy = commands.add_parser("policy", help=text[0].lower() + text[1:-1], description=text)
    actions = policy.add_subparsers(title="actions", metavar="ACTION", required=True)
    checked = add_command(actions, "check", check, "Check that policy files load and that every example in them holds.")
    checked.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_detector(checked)
    shown = add_command(actions, "show", show, "Print a policy as it is in force, and which line each part comes from.")
    shown.add_argument("file", nargs="?", metavar="FILE|NAME", help="the policy (that of the chat, or the default)")
    add_chat(shown)
    add_detector(shown)
    tested = add_command(actions, "test", test, "Print what a policy says about each of its examples, and why.")
    tested.add_argument("file", metavar="FILE|NAME", help="the policy whose examples are shown")
    add_detector(tested)
    asked = add_command(
        actions, "whatif", whatif, "Say what a changed policy would have made of the incidents in the log."
    )
    asked.add_argument("policy", metavar="FILE|NAME", help="the changed policy")
    asked.add_argument("--since", default="30d", metavar="PERIOD", help="30d, last month, 2026-09, ... (30d)")
    asked.add_argument("--chat", metavar="PLATFORM:CHAT", help="one group only")
    add_config(asked)
    copied = add_command(actions, "init", init, "Copy the shipped policies into a folder for editing.")
    copied.add_argument("folder", type=Path, metavar="DIR")


def check(arguments: argparse.Namespace) -> int:
    """Name what is wrong with the files; returns 1 when anything is."""
    from bot.cli import yardstick
    from policies.files import check

    detector = yardstick.detector(arguments.config)
    problems = check(arguments.files, detector.find, detector.own_types)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def show(arguments: argparse.Namespace) -> int:
    """Print what is in force, in this chat or by this file; a policy that can't be used is refused."""
    from bot.cli import showing, yardstick

    file = yardstick.file(arguments.file, arguments.config, arguments.chat)
    print(showing.shown(file), end="")
    return 0


def test(arguments: argparse.Namespace) -> int:
    """Print a table of examples; returns 1 when one does not hold."""
    from bot.cli import trying, yardstick

    return trying.run(arguments.file, yardstick.detector(arguments.config))


def whatif(arguments: argparse.Namespace) -> int:
    """Replay the log against a policy and print what changes."""
    from bot.cli import replaying

    return replaying.run(arguments.policy, arguments.config, arguments.since, arguments.chat)


def init(arguments: argparse.Namespace) -> int:
    """Copy the shipped policies and name the copies."""
    from policies.shipped import init

    for path in init(arguments.folder):
        print(path)
    return 0
