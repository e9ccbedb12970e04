"""What the made files need of the machine, beside Python's packages: fonts, and tesseract for the peers."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.documents.drawing import MONO
from benchmarks.documents.makers.fourth.camera import LIBERATION
from benchmarks.documents.writing import SANS, SERIF

_FONTS = {SANS: "fonts-noto-cjk", SERIF: "fonts-noto-cjk", MONO: "fonts-dejavu-core", LIBERATION: "fonts-liberation"}
"""Debian's package for each."""
_LANGUAGES = {"eng": "tesseract-ocr", "chi_tra": "tesseract-ocr-chi-tra"}


def missing(*, peers: bool = False) -> str:
    """Return what to install before files can be made, and with `peers` before those can read; '' if all is there."""
    wanted = dict.fromkeys(package for font, package in _FONTS.items() if not Path(font).is_file())
    if peers:
        wanted |= dict.fromkeys(_tesseract())
    if not wanted:
        return ""
    return f"Something is missing that these files need. On Debian or Ubuntu: apt-get install {' '.join(wanted)}"


def _tesseract() -> Iterator[str]:
    program = shutil.which("tesseract")
    said = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False) if program else None
    known = said.stdout.split() if said else []
    yield from (package for language, package in _LANGUAGES.items() if language not in known)
