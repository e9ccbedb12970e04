"""The process that reads one file and ends: without network, within limits. Started by `Sandbox`."""

import sys

from detectors.documents import wire
from detectors.documents.reading import read


def main() -> None:
    """Read a job from standard input, write the answer to standard output."""
    name, limits = wire.asked(sys.stdin.buffer.readline())
    document = read(sys.stdin.buffer.read(), name, limits)
    sys.stdout.buffer.write(wire.answer(document))


if __name__ == "__main__":
    main()
