"""`thinktwice mask`: the same messages with personal data hidden, for pipes."""

import argparse

from bot.cli.arguments import Commands, add_command, add_yardstick


def add(commands: Commands) -> None:
    """Add the command."""
    text = (
        "Write messages with what would be nudged for hidden: A12****(*), 9123 ****, [health details]. "
        "Of JSON lines only `text` is read and masked; all other fields pass as they are."
    )
    parser = add_command(commands, "mask", mask, text)
    parser.add_argument(
        "paths", nargs="*", default=["-"], metavar="PATH", help="files of messages, or - for standard input (-)"
    )
    parser.add_argument(
        "--format",
        choices=("lines", "jsonl", "whole"),
        help="each line is a message, or is JSON with one in `text` (an `id` is not needed), "
        "or all of a file is one (by its first line)",
    )
    parser.add_argument("--names", action="store_true", help="make initials of names too")
    add_yardstick(parser)


def mask(arguments: argparse.Namespace) -> int:
    """Write what came in, masked; returns 1 when something could not be masked, and so was left out."""
    from bot.cli import masking, yardstick

    masker = masking.Masker(yardstick.chosen(arguments.policy, arguments.config), names=arguments.names)
    return masking.run(arguments.paths, arguments.format or "", masker)
