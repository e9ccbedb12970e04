"""`thinktwice completion`: what a shell needs to complete commands, options and files."""

import argparse
import os

from bot.cli.arguments import Commands, add_command

SHELLS = ("bash", "zsh", "fish")
ASKED = "_ARGCOMPLETE"
"""The variable by which a shell that completes says so: https://kislyuk.github.io/argcomplete/."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "completion", script, "Print what lets a shell complete commands, options and files."
    )
    parser.add_argument("shell", choices=SHELLS, help="the shell that is to read it")


def script(arguments: argparse.Namespace) -> int:
    """Print the script for a shell."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["thinktwice"], shell=arguments.shell))
    return 0


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell that asks how a line goes on, and end; nothing where none asks, not even an import."""
    if ASKED in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)
