"""The medical terms that the tuned peer gets as its deny-list: ours, so that both read the same words."""

import csv
from pathlib import Path

LEXICONS = Path(__file__).parent.parent / "detectors" / "lexicons"


def medical_terms() -> list[str]:
    """Return every medical term of the detector's lexicon files, in file order, each once."""
    terms: dict[str, None] = {}
    for path in sorted(LEXICONS.glob("medical_term*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for record in csv.DictReader(lines, delimiter="\t"):
                terms[record["term"]] = None
    return list(terms)
