"""The medical terms that the tuned peer gets as its deny-list: ours, so that both read the same words."""

from detectors.text.fold import rows

FILES = ("medical/terms_en.tsv", "medical/terms_zh.tsv")


def medical_terms() -> list[str]:
    """Return every medical term of the detector's lexicon files, in file order, each once."""
    return list(dict.fromkeys(row[0] for name in FILES for row in rows(name) if row[0] != "term"))
