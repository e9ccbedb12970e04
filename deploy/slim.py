"""Takes out of an installation what the bot never loads; run it with the Python of that installation.

`make slim` does it, and so does the Dockerfile. `make size` weighs what is left and plays the demo with it. pip does
not know of this: `pip check` misses sympy afterwards.
"""

import shutil
import sysconfig
from pathlib import Path

UNUSED = {
    "sympy": "for onnxruntime's tools that make models; to run one needs none of it",
    "mpmath": "for sympy",
    "onnxruntime/transformers": "makes models",
    "onnxruntime/quantization": "makes models",
    "onnxruntime/tools": "makes models",
    "phonenumbers/geodata": "in which town a number is",
    "phonenumbers/carrierdata": "which company has given a number out",
    "phonenumbers/tzdata": "in which time zone a number is",
    "spacy/tests": "tests",
    "thinc/tests": "tests",
    "numpy/**/tests": "tests",
}
"""Folders of libraries, and what they are for."""
MEGABYTE = 1_000_000


def main() -> None:
    """Remove them, and say how much that was."""
    libraries = Path(sysconfig.get_path("purelib"))
    for place, purpose in UNUSED.items():
        folders = [folder for folder in libraries.glob(place) if folder.is_dir()]
        weight = sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file())
        for folder in (*folders, *(libraries.glob(f"{place}-*.dist-info") if "/" not in place else ())):
            shutil.rmtree(folder)
        if folders:
            print(f"{weight / MEGABYTE:6.1f} MB  {place}: {purpose}")


if __name__ == "__main__":
    main()
