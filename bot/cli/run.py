"""`thinktwice run`: the bot itself."""

import argparse

from bot.cli.arguments import Commands, add_command, add_config


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "run", run, "Run the bot on every enabled platform until it is told to stop.")
    add_config(parser)
    parser.add_argument("--verbose", action="store_true", help="log more; still never what anybody wrote")


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; returns 1 when every platform, or the database, was lost."""
    from bot import running

    return running.run(arguments.config, verbose=arguments.verbose)
