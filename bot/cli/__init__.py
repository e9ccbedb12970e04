"""The command line. A file that is named after a command holds its parser and what it does with the arguments.

Heavy imports stay inside the commands' functions, so that `--help` answers at once; what needs them at its top
stands in a file beside: scanning, explanation, checks, yardstick.
"""

import argparse
import atexit
import errno
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__, garbage
from bot.cli import (
    audit,
    backup,
    breach,
    chat,
    completion,
    decommission,
    demo,
    doctor,
    explain,
    incidents,
    init,
    mask,
    notice,
    person,
    policy,
    purge,
    report,
    restore,
    retention,
    run,
    scan,
    store,
    sweep,
)
from bot.cli.arguments import Command
from bot.misuse import NotBegun

EXIT_DONE, EXIT_PROBLEM, EXIT_MISUSE = 0, 1, 2

COMMANDS = (
    run,
    demo,
    chat,
    scan,
    sweep,
    explain,
    mask,
    policy,
    init,
    report,
    incidents,
    breach,
    audit,
    person,
    purge,
    retention,
    notice,
    backup,
    restore,
    store,
    decommission,
    doctor,
    completion,
)
"""In the order in which `--help` lists them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 a problem was found, 2 misuse."""
    garbage.building()
    # At the end nothing needs collecting; a search through all that the libraries made would take a second or two.
    atexit.register(gc.freeze)
    parser = _parser()
    completion.complete(parser)
    arguments = parser.parse_args(argv)
    command: Command = arguments.command
    try:
        ended = command(arguments)
        print(end="", flush=True)  # what can't be written shows here, and not as Python ends
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`); let Python's exit not trip over the same pipe again.
        sys.stdout = None
        return EXIT_DONE
    except OSError as error:
        if not (sentence := _trouble(error, sys.argv[1:] if argv is None else argv)):
            raise
        sys.stdout = None
        print(sentence, file=sys.stderr)
        return EXIT_PROBLEM
    except Exception as error:
        if not _for_the_user(error):
            raise
        print(error, file=sys.stderr)
        return EXIT_MISUSE if isinstance(error, NotBegun) else EXIT_PROBLEM
    else:
        return ended


def _trouble(error: OSError, written: Sequence[str]) -> str:
    """A sentence on a file system that refuses: a full disk, or a path that was written on the command line.

    Empty for anything else, which is a fault of ours.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return f"The output can't be written: {error.strerror}; write it somewhere else."
    path = str(error.filename or "")
    if path and any(Path(path).absolute().is_relative_to(Path(word).absolute()) for word in written if word):
        return f"{path}: {error.strerror}; check the path and its permissions"
    return ""


def _for_the_user(error: Exception) -> bool:
    """Whether `error` is a sentence for the person at the keyboard, and not a fault of ours."""
    from bot.errors import FOR_THE_USER

    return isinstance(error, FOR_THE_USER)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thinktwice",
        description="Warns people privately before personal data in a workplace chat hurts somebody.",
        epilog="Start with `thinktwice demo`. Exit codes: 0 done, 1 a problem was found, 2 misuse.",
    )
    parser.add_argument("--version", action="version", version=f"thinktwice {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return parser
