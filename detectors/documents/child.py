"""The process that reads one file and ends: without network, within limits. Started by `Sandbox`."""

import json
import os
import sys

from detectors.documents import wire
from detectors.documents.confine import confine, cut_off

MEMORY = 75
"""The exit code of a child that got no memory."""
CUT_OFF = "cut-off"
"""The argument of a child that only says whether the network is out of its reach."""


def main() -> None:
    """Read a job from standard input, write the answer to standard output."""
    if sys.argv[1:] == [CUT_OFF]:
        print(json.dumps(cut_off()))  # noqa: T201 - the answer to whoever started it
        return
    name, limits = wire.asked(sys.stdin.buffer.readline())
    confine(limits)
    from detectors.documents.reading import read  # noqa: PLC0415 - whatever is imported from here on is confined

    try:
        document = read(sys.stdin.buffer.read(), name, limits)
        sys.stdout.buffer.writelines(wire.answer(document))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(MEMORY)
    # Libraries tear themselves down in their own ways, some of them for long: the answer is out.
    os._exit(0)


if __name__ == "__main__":
    main()
