"""Where `thinktwice` and `python -m bot` begin: who interrupts while it still imports gets no traceback either."""

import sys

INTERRUPTED = 130


def main() -> int:
    """Run the command line; returns its exit code, 130 when interrupted."""
    try:
        from bot.cli import main as command_line  # noqa: PLC0415  # what may be interrupted is the import itself
    except KeyboardInterrupt:
        return INTERRUPTED
    return command_line()


if __name__ == "__main__":
    sys.exit(main())
